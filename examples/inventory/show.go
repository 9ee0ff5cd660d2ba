package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// showUse shows how the stock is used: by area and kind, by block as bars, and one
// block by the hundred.
func (p *provider) showUse(ctx context.Context, w io.Writer) error {
	use, err := p.Utilisation(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "  %-20s  %-17s  %8s  %6s  %5s  %8s  %7s  %7s\n", "area", "kind", "in stock", "free", "held", "acquired", "resting", "in use")
	for a := range use.Areas(engine.StockQuery{}) {
		fmt.Fprintf(w, "  %-20v  %-17v  %8d  %6d  %5d  %8d  %7d  %3d.%d %%\n", a.Area, a.Kind, a.InStock, a.Free, a.Held, a.Acquired, a.Resting,
			a.PerMille()/10, a.PerMille()%10)
	}
	fmt.Fprintln(w, "\nBy thousands-block (# acquired, r resting, h held, . free):")
	for b := range use.Blocks(engine.StockQuery{Kind: telephony.UserNumber}) {
		showBar(w, b)
	}
	fmt.Fprintln(w, "\nThe second block of Paris by the hundred:")
	for b := range use.Hundreds(engine.StockQuery{Prefix: telephony.MustParsePrefix("33199001")}) {
		showBar(w, b)
	}
	return nil
}

// barWidth is how many signs stand for a whole block.
const barWidth = 50

// showBar shows one block: as many signs of each sort as it has numbers, in
// fiftieths of it, the places that are not in stock left blank.
func showBar(w io.Writer, b engine.BlockUse) {
	var bar strings.Builder
	done, counted := 0, int64(0)
	for _, part := range []struct {
		sign    string
		numbers int64
	}{{"#", b.Acquired}, {"r", b.Resting}, {"h", b.Held}, {".", b.Free}} {
		counted += part.numbers
		upTo := int(counted * barWidth / int64(b.Block.Len()))
		bar.WriteString(strings.Repeat(part.sign, upTo-done))
		done = upTo
	}
	fmt.Fprintf(w, "  %-13v  |%-*s|  %3d.%d %% of %4d\n", b.Block.First(), barWidth, bar.String(), b.PerMille()/10, b.PerMille()%10, b.InStock)
}

// showForecasts shows when stock runs out, if things go on as they did.
func (p *provider) showForecasts(ctx context.Context, w io.Writer) error {
	forecasts, err := p.Forecast(ctx, engine.StockQuery{Kind: telephony.UserNumber}, 0)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "\nIf it goes on like this:")
	for f := range forecasts {
		fmt.Fprintf(w, "  %-20v  %5d free, %d taken and %d returned in %d days: %s a day, %v", f.Area, f.Free, f.Taken, f.Returned, f.Window/(24*time.Hour), f.Rate().RatString(), f.Trend)
		if f.Trend == reservation.Falling {
			fmt.Fprintf(w, "; gone in %d days", f.Days)
		}
		fmt.Fprintln(w)
	}
	return nil
}

// showReasons lists every reason of an error, with the ranges it is about.
func showReasons(w io.Writer, err error) {
	var e *telephony.Error
	if !errors.As(err, &e) {
		fmt.Fprintf(w, "  - %v\n", err)
		return
	}
	for _, reason := range e.All() {
		fmt.Fprintf(w, "  - %v\n    %v\n", reason, append(reason.Ranges, telephony.Fold(reason.Numbers)...))
	}
}

func orProvider(t telephony.TenantID) string {
	if t == "" {
		return "us"
	}
	return string(t)
}
