package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

// portsWorld has two tenants with orders in every state, of several carriers,
// countries and kinds, made and transferred at several moments.
func portsWorld(t *testing.T) *world {
	w := newWorld(t)
	w.buy(w.org, licensing.CommunicationsCredits, 1)
	office := w.address("FR")
	other := w.tenant("fabrikam", 10)
	first := w.org
	for i, org := range []*engine.Tenant{first, other} {
		w.org = org
		for j, state := range porting.States() {
			w.clock.Add(time.Minute)
			r := portRequest(w.clock.Now(), fmt.Sprintf("+15035550%d%d0..+15035550%d%d4", i+1, j, i+1, j))
			r.Carrier = []string{"Losing Carrier", "Other", "Third"}[j%3]
			r.Date += int64(j) * int64(day)
			o, err := org.OrderPort(w.ctx, engine.OrderPort{Request: r, Area: portland, Reference: []string{"", "PO 1"}[j%2]})
			w.must(err)
			w.bringTo(o, state)
		}
	}
	w.org = first
	r := portRequest(w.clock.Now(), "+33199000200")
	r.Country, r.Address.Country, r.Account.Billing, r.Location = "FR", "FR", number("+33199000299"), office.Default
	w.orderOf(r, paris)
	r = portRequest(w.clock.Now(), "+18885550100")
	r.Kind = telephony.TollFreeNumber
	w.orderOf(r, freeUS)
	return w
}

// bringTo takes a new order to a state.
func (w *world) bringTo(o engine.PortOrder, state porting.State) {
	w.Helper()
	desk := w.desk()
	ok := func(_ engine.PortOrder, err error) { w.Helper(); w.must(err) }
	switch state {
	case porting.ContactingCarrier:
		ok(desk.ContactCarrier(w.ctx, engine.ContactCarrier{Tenant: o.Tenant, Order: o.ID}))
	case porting.TransferApproved:
		w.approve(o, w.clock.Now().Add(20*day))
	case porting.TransferPending:
		w.approve(o, w.clock.Now().Add(time.Second)) // overdue by the end
	case porting.InError:
		ok(desk.ContactCarrier(w.ctx, engine.ContactCarrier{Tenant: o.Tenant, Order: o.ID}))
		ok(desk.RejectPort(w.ctx, engine.RejectPort{Tenant: o.Tenant, Order: o.ID, Reason: porting.OrderPending}))
	case porting.Completed:
		w.portIn(o)
	case porting.Cancelled:
		_, err := w.org.CancelPort(w.ctx, engine.CancelPort{Order: o.ID})
		w.must(err)
	}
}

// portPart is a field of a query, and what it asks of an order in words of its own.
type portPart struct {
	name string
	set  func(*engine.PortQuery)
	want func(engine.PortOrder) bool
}

// portParts are all of them.
func portParts() []portPart {
	late := begin.Add(5 * time.Minute)
	soon := begin.Add(13 * day)
	return []portPart{
		{"tenant", func(q *engine.PortQuery) { q.Tenant = "contoso" }, func(o engine.PortOrder) bool { return o.Tenant == "contoso" }},
		{"state", func(q *engine.PortQuery) { q.State = porting.TransferPending }, func(o engine.PortOrder) bool { return o.State == porting.TransferPending }},
		{"open", func(q *engine.PortQuery) { q.Open = true }, func(o engine.PortOrder) bool { return o.State != porting.Completed && o.State != porting.Cancelled }},
		{"overdue", func(q *engine.PortQuery) { q.Overdue = true }, func(o engine.PortOrder) bool { return o.Overdue }},
		{"number", func(q *engine.PortQuery) { q.Number = number("+15035550132") }, func(o engine.PortOrder) bool {
			return slices.Contains(slices.Collect(o.Request.Numbers.All()), number("+15035550132"))
		}},
		{"kind", func(q *engine.PortQuery) { q.Kind = telephony.TollFreeNumber }, func(o engine.PortOrder) bool { return o.Request.Kind == telephony.TollFreeNumber }},
		{"country", func(q *engine.PortQuery) { q.Country = "FR" }, func(o engine.PortOrder) bool { return o.Area.Country == "FR" }},
		{"carrier", func(q *engine.PortQuery) { q.Carrier = "losing CARRIER" }, func(o engine.PortOrder) bool { return strings.HasPrefix(o.Request.Carrier, "Losing") }},
		{"reference", func(q *engine.PortQuery) { q.Reference = "PO 1" }, func(o engine.PortOrder) bool { return o.Reference == "PO 1" }},
		{"made after", func(q *engine.PortQuery) { q.MadeAfter = late }, func(o engine.PortOrder) bool { return o.Made.After(late) }},
		{"made before", func(q *engine.PortQuery) { q.MadeBefore = late }, func(o engine.PortOrder) bool { return o.Made.Before(late) }},
		{"transfer after", func(q *engine.PortQuery) { q.TransferAfter = soon }, func(o engine.PortOrder) bool { return o.Transfer.After(soon) }},
		{"transfer before", func(q *engine.PortQuery) { q.TransferBefore = soon }, func(o engine.PortOrder) bool { return o.Transfer.Before(soon) }},
	}
}

// TestPortQueries holds every field of a query, alone and in pairs, to what a look
// at all orders finds, as a sequence and page by page, for a tenant and for the
// provider.
func TestPortQueries(t *testing.T) {
	w := portsWorld(t)
	everything, err := w.desk().PortOrders(w.ctx, engine.PortQuery{})
	w.must(err)
	all := slices.Collect(everything)
	if len(all) != 16 {
		t.Fatalf("there are %d orders", len(all))
	}
	parts := portParts()
	for i, a := range parts {
		for _, b := range parts[i:] {
			name := a.name + ", " + b.name
			var q engine.PortQuery
			a.set(&q)
			b.set(&q)
			var want, mine []telephony.PortOrderID
			for _, o := range all {
				if a.want(o) && b.want(o) {
					want = append(want, o.ID)
					if o.Tenant == "contoso" {
						mine = append(mine, o.ID)
					}
				}
			}
			if len(want) == 0 && a.name == b.name || len(want) == len(all) {
				t.Errorf("%s: the query tells nothing apart", name)
			}
			got, err := w.desk().PortOrders(w.ctx, q)
			w.must(err)
			if ids := idsOf(slices.Collect(got)); !slices.Equal(ids, want) {
				t.Errorf("%s: the provider gets %v, want %v", name, ids, want)
			}
			if ids := idsOf(slices.Collect(w.view().PortOrders(q))); !slices.Equal(ids, mine) {
				t.Errorf("%s: the tenant gets %v, want %v", name, ids, mine)
			}
			if ids := portPages(t, func(after engine.Cursor) (engine.Page[engine.PortOrder], error) {
				return w.desk().PortPage(w.ctx, q, after, 2)
			}); !slices.Equal(ids, want) {
				t.Errorf("%s: the provider's pages have %v, want %v", name, ids, want)
			}
			if ids := portPages(t, func(after engine.Cursor) (engine.Page[engine.PortOrder], error) {
				return w.view().PortPage(q, after, 2)
			}); !slices.Equal(ids, mine) {
				t.Errorf("%s: the tenant's pages have %v, want %v", name, ids, mine)
			}
		}
	}
}

func idsOf(orders []engine.PortOrder) (ids []telephony.PortOrderID) {
	for _, o := range orders {
		ids = append(ids, o.ID)
	}
	return ids
}

// portPages reads page by page to the end.
func portPages(t *testing.T, page func(engine.Cursor) (engine.Page[engine.PortOrder], error)) (ids []telephony.PortOrderID) {
	t.Helper()
	for after := engine.Cursor(""); ; {
		p, err := page(after)
		if err != nil || len(p.Items) > 2 || p.Scanned > 16 {
			t.Fatalf("a page of %d, %d looked at, %v", len(p.Items), p.Scanned, err)
		}
		ids = append(ids, idsOf(p.Items)...)
		if after = p.Next; after == "" {
			return ids
		}
	}
}

// TestPortPageErrors: a cursor is of its own list, a page of a size within bounds,
// and a tenant that is named is there.
func TestPortPageErrors(t *testing.T) {
	w := portsWorld(t)
	p, err := w.desk().PortPage(w.ctx, engine.PortQuery{}, "", 1)
	w.must(err)
	_, err = w.desk().PortPage(w.ctx, engine.PortQuery{Tenant: "fabrikam"}, p.Next, 1)
	refusedFor(t, err, engine.ErrCursor)
	_, err = w.desk().PortPage(w.ctx, engine.PortQuery{}, forged(p.Next, "none"), 1)
	refusedFor(t, err, engine.ErrCursor)
	_, err = w.view().PortPage(engine.PortQuery{}, "", 1001)
	refusedFor(t, err, engine.ErrRequest)
	_, err = w.desk().PortOrders(w.ctx, engine.PortQuery{Tenant: "nobody"})
	refusedFor(t, err, engine.ErrUnknownTenant)
	_, err = w.desk().PortOrders(noContext, engine.PortQuery{})
	refusedFor(t, err, engine.ErrRequest)
}
