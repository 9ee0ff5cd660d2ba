package engine_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

// longID is an identifier as long as one may be.
func longID(i int) string {
	return fmt.Sprintf("%05d", i) + strings.Repeat("x", telephony.MaxIDLength-5)
}

// TestLargestRows: whatever a state has come to by commands can be written and read
// back, and says the same: the rows that grow with what is asked, each as large as
// commands can make it.
func TestLargestRows(t *testing.T) {
	for name, grow := range map[string]func(t *testing.T) *world{
		"port order, reported number by number": reportedOrder,
		"port order, approved again and again":  approvedOrder,
		"group, refused alike":                  groupRefusedAlike,
		"group, refused each in its own way":    groupRefusedApart,
		"reservation":                           largestReservation,
		"refusal of many numbers":               refusedNumbers,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := grow(t)
			again, err := engine.New(engine.WithClock(w.clock), engine.WithSnapshot(bytes.NewReader(snapshotOf(t, w.eng))))
			w.must(err)
			sameState(t, engine.MachineOf(again), engine.MachineOf(w.eng))
			imported, err := engine.New(engine.WithClock(w.clock), engine.WithExport(bytes.NewReader(exportOf(t, w.eng))))
			w.must(err)
			sameState(t, engine.MachineOf(imported), engine.MachineOf(w.eng))
		})
	}
}

// reportedOrder has a port order of as many numbers as one may have, of each of
// which the carrier has told something else, at length.
func reportedOrder(t *testing.T) *world {
	w := newWorld(t)
	o := w.orderOf(portRequest(w.clock.Now(), "+15035550000..+15035550198", "+15035550200..+15035550999"), portland)
	w.approve(o, w.clock.Now().Add(time.Hour))
	var results porting.Results
	for n := range o.Request.Numbers.All() {
		_, last := n.Block()
		text := fmt.Sprintf("%03d", last) + strings.Repeat("𠀀", telephony.MaxTextRunes-3)
		results = append(results, porting.Result{Numbers: porting.RangesOf(n)[0], Outcome: porting.Failed, Reason: porting.OtherReason, Text: text})
	}
	if len(results) != porting.MaxNumbers {
		t.Fatalf("the order has %d numbers", len(results))
	}
	sent := 0
	for part := range slices.Chunk(results, 200) {
		_, err := w.desk().ReportPort(w.ctx, engine.ReportPort{Tenant: o.Tenant, Order: o.ID, Results: part, RequestID: longID(sent)})
		sent++
		w.must(err)
	}
	return w
}

// approvedOrder has a port order with the longest history.
func approvedOrder(t *testing.T) *world {
	w := newWorld(t)
	o := w.order("+15035550100")
	date := w.clock.Now().Add(9 * day)
	w.approve(o, date)
	desk := w.eng.As(longID(0))
	for i := 0; ; i++ {
		date = date.Add(time.Second)
		_, err := desk.ApprovePort(w.ctx, engine.ApprovePort{Tenant: o.Tenant, Order: o.ID, Date: date})
		if errors.Is(err, porting.ErrTooManyChanges) {
			break
		}
		w.must(err)
	}
	_, err := desk.RejectPort(w.ctx, engine.RejectPort{Tenant: o.Tenant, Order: o.ID, Reason: porting.OtherReason,
		Text: strings.Repeat("𠀀", telephony.MaxTextRunes), RequestID: longID(1)})
	w.must(err)
	return w
}

// largestGroup are people of whom each is refused as many products as one call
// names.
func (w *world) largestGroup() engine.GroupLicences {
	g := engine.GroupLicences{RequestID: longID(0)}
	for i := range engine.MaxGroup {
		id := telephony.PersonID(longID(i))
		w.must(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: id, UsageLocation: "US"}))
		g.People = append(g.People, id)
	}
	return g
}

func groupRefusedAlike(t *testing.T) *world {
	w := newWorld(t)
	g := w.largestGroup()
	for i := range engine.MaxGroupProducts {
		g.Add = append(g.Add, licensing.Product(longID(i)))
	}
	_, err := w.org.AssignGroupLicences(w.ctx, g)
	w.must(err)
	return w
}

// groupRefusedApart has a group of whom each holds other licences, and so lacks
// others.
func groupRefusedApart(t *testing.T) *world {
	w := newWorld(t)
	var products []licensing.Entry
	for e := range licensing.Standard().All() {
		products = append(products, e)
	}
	for i := range engine.MaxGroupProducts {
		products = append(products, licensing.Entry{Product: licensing.Product(longID(i)), Name: longID(i)})
	}
	catalogue, err := licensing.NewCatalogue(products...)
	w.must(err)
	w = newWorld(t, engine.WithCatalogue(catalogue))
	g := w.largestGroup()
	for i := range engine.MaxGroupProducts {
		p := licensing.Product(longID(i))
		w.buy(w.org, p, engine.MaxGroup)
		g.Add = append(g.Add, p)
	}
	for i, id := range g.People {
		has := engine.LicenceChange{Person: id}
		for bit := range 30 {
			if i>>(bit%10)&1 == 1 {
				has.Add = append(has.Add, g.Add[bit], g.Add[bit+50])
			}
		}
		if len(has.Add) > 0 {
			w.must(w.org.AssignLicences(w.ctx, has))
		}
	}
	_, err = w.org.AssignGroupLicences(w.ctx, g)
	w.must(err)
	return w
}

// largestReservation has as many numbers on hold as a request may ask for, of many
// shelves, the answer to that request, and as many at rest.
func largestReservation(t *testing.T) *world {
	w := worldOfMany(t)
	at := w.addressOf(w.org, emergency.Address{Country: "ZZ", City: "Fiction", Street: "Fiction Ave", HouseNumber: "100"})
	held := w.reserve(w.org, engine.Reserve{Prefix: telephony.MustParsePrefix("999"), Quantity: reservation.MaxPerRequest, Order: reservation.Spread,
		Reference: longID(0), RequestID: longID(0)})
	got, err := w.org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true, Location: at.Default, RequestID: longID(1)})
	w.must(err)
	w.must(w.org.Release(w.ctx, engine.Release{Numbers: got.Numbers, RequestID: longID(2)}))
	w.reserve(w.org, engine.Reserve{Prefix: telephony.MustParsePrefix("999"), Quantity: reservation.MaxPerRequest, Order: reservation.Shuffled, RequestID: longID(3)})
	return w
}

// refusedNumbers has the answers to requests of which every number was refused.
func refusedNumbers(t *testing.T) *world {
	w := worldOfMany(t)
	held := w.reserve(w.org, engine.Reserve{Prefix: telephony.MustParsePrefix("999"), Quantity: reservation.MaxPerRequest})
	_, err := w.org.Reserve(w.ctx, engine.Reserve{Numbers: held.Numbers(), RequestID: longID(0)})
	if err == nil {
		t.Error("numbers that are held were reserved again")
	}
	if err := w.org.Release(w.ctx, engine.Release{Numbers: held.Numbers(), RequestID: longID(1)}); err == nil {
		t.Error("numbers that are held were released")
	}
	return w
}

// worldOfMany has stock of many areas and a tenant that may have all of it.
func worldOfMany(t *testing.T) *world {
	w := newWorld(t, engine.WithLimits(reservation.Limits{Open: reservation.MaxOpen, Held: reservation.MaxHeld, PerRequest: reservation.MaxPerRequest}))
	for i := range 120 {
		w.stock(telephony.Area{Country: "ZZ", City: fmt.Sprintf("City %03d", i)}, telephony.UserNumber, fmt.Sprintf("+999100%03d000..+999100%03d099", i, i))
	}
	w.buy(w.org, licensing.DomesticCallingPlan, 20_000)
	w.buy(w.org, licensing.PhoneSystem, 20_000)
	return w
}
