package main

import (
	"context"
	"fmt"
	"io"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// find looks for numbers in Paris by what they look like. Nothing is held by that:
// who reserves what was found gets just these, or hears which of them went.
func (p *provider) find(ctx context.Context, w io.Writer) error {
	paris := telephony.Area{Country: "FR", City: "Paris"}
	var memorable telephony.NumberList
	fmt.Fprintln(w, "\nWhat is free in Paris:")
	for _, c := range []struct {
		what   string
		search reservation.Search
	}{
		{"ends in 77", reservation.Search{EndsIn: "77"}},
		{"ends in what CALL dials", reservation.Search{Pattern: reservation.MustParsePattern("*CALL")}},
		{"is +33 1 99 00 29 and two more", reservation.Search{Pattern: reservation.MustParsePattern("+331990029??")}},
		{"is most memorable", reservation.Search{Order: reservation.Memorable}},
		{"is nearest to +33 1 99 00 24 99", reservation.Search{Near: telephony.MustParse("+33199002499")}},
		{"is a run of 200", reservation.Search{Consecutive: 200}},
		{"looks like nothing there", reservation.Search{Pattern: reservation.MustParsePattern("*0000*0000")}},
	} {
		c.search.Quantity = 3
		found, err := p.FindNumbers(ctx, engine.NumberSearch{Area: paris, Search: c.search}, "")
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  %-34s", c.what)
		for _, n := range found.Numbers {
			fmt.Fprintf(w, " %v", n.Number)
			if c.search.Order == reservation.Memorable {
				fmt.Fprintf(w, " (%d)", n.Score)
				memorable = append(memorable, n.Number)
			}
		}
		for _, run := range found.Runs {
			fmt.Fprintf(w, " %v", run.Range)
		}
		fmt.Fprintf(w, " of %d looked at\n", found.Looked)
	}
	rival, err := p.CreateTenant(ctx, engine.TenantSpec{ID: "fabrikam"})
	if err != nil {
		return err
	}
	if err := rival.BuyLicences(ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 10}); err != nil {
		return err
	}
	held, err := rival.Reserve(ctx, engine.Reserve{Area: paris, Numbers: memorable[1:]})
	if err != nil {
		return err
	}
	_, err = p.tenant.Reserve(ctx, engine.Reserve{Area: paris, Numbers: memorable})
	fmt.Fprintln(w, "Who reserves the memorable ones after somebody was faster hears:")
	showReasons(w, err)
	_, err = rival.CancelReservation(ctx, engine.CancelReservation{Reservation: held.ID})
	return err
}
