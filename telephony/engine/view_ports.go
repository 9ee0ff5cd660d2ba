package engine

import (
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// PortOrder is a port order as it was at one moment. It prints and logs masked.
type PortOrder struct {
	ID        telephony.PortOrderID
	Tenant    telephony.TenantID
	Area      telephony.Area // what the numbers are to be of
	Reference string
	Request   porting.Request // as it goes to the carrier, names cut to what it takes
	State     porting.State
	Since     time.Time // when it came to that state
	Made      time.Time
	Transfer  time.Time       // what the carrier approved, or else what is asked for
	Locked    time.Time       // from when it can be changed and cancelled no more; zero before it is approved
	Overdue   bool            // the transfer's moment has come, and the carrier has not told of all numbers
	Allowed   []porting.Verb  // what can be done to it now
	Results   porting.Results // what stands of each number
	History   porting.History // with the carrier's reasons
	// Notes tell which names were cut, in the answers to OrderPort and EditPort.
	Notes []porting.Note
}

// portResult is what is kept of an answer about a port order: the order as it was
// then.
type portResult struct {
	Tenant telephony.TenantID
	Row    portRow
	At     int64
	Notes  []porting.Note
}

func (r portResult) order() PortOrder {
	o := newPortOrder(r.Tenant, r.Row, r.At)
	o.Notes = slices.Clone(r.Notes)
	return o
}

func newPortOrder(tenant telephony.TenantID, row portRow, now int64) PortOrder {
	o, at := row.Order, unix(now)
	v := PortOrder{ID: row.ID, Tenant: tenant, Area: row.Area, Reference: row.Reference, Request: o.Request, State: o.StateAt(at),
		Made: row.made(), Transfer: o.TransferAt(), Overdue: o.OverdueAt(at), Allowed: o.Allowed(at), Results: o.ResultsAt(at), History: o.HistoryAt(at)}
	v.Request.Numbers = slices.Clone(v.Request.Numbers)
	v.Since, _ = o.Since(at)
	if from, approved := o.LockedFrom(); approved {
		v.Locked = from
	}
	return v
}

// made is when the order was made.
func (r *portRow) made() time.Time { return r.Order.History[0].When() }

// String says where the order stands, with the numbers masked.
func (o PortOrder) String() string {
	return portSubject + string(o.ID) + ": " + o.Request.Numbers.String() + ", " + o.State.String()
}

// GoString is what %#v prints: the masked form.
func (o PortOrder) GoString() string { return "engine.PortOrder{" + o.String() + "}" }

// PortQuery says which port orders are wanted: those that match all fields that
// are set. The zero PortQuery is all.
type PortQuery struct {
	Tenant         telephony.TenantID // of this tenant; for the provider
	State          porting.State      // in this state at the moment of the query
	Open           bool               // neither completed nor cancelled
	Overdue        bool
	Number         telephony.Number // that ask for this one
	Kind           telephony.Kind
	Country        telephony.Country
	Carrier        string    // of this losing carrier, capitals or not
	Reference      string    // with this reference of the tenant's
	MadeAfter      time.Time // strictly after; zero for any
	MadeBefore     time.Time // strictly before; zero for any
	TransferAfter  time.Time // strictly after; zero for any
	TransferBefore time.Time // strictly before; zero for any
}

func (q PortQuery) matches(row *portRow, now int64) bool {
	o, at := row.Order, unix(now)
	r := o.Request
	switch {
	case q.Open && !row.isOpen(),
		q.State != 0 && o.StateAt(at) != q.State,
		q.Overdue && !o.OverdueAt(at),
		q.Number.IsValid() && !r.Numbers.Contains(q.Number),
		q.Kind != 0 && r.Kind != q.Kind,
		q.Country != "" && r.Country != q.Country,
		q.Carrier != "" && !strings.EqualFold(r.Carrier, q.Carrier),
		q.Reference != "" && row.Reference != q.Reference:
		return false
	}
	return within(row.made(), q.MadeAfter, q.MadeBefore) && within(o.TransferAt(), q.TransferAfter, q.TransferBefore)
}

// within reports whether a moment lies strictly between two, either of which may
// be zero for any.
func within(at, after, before time.Time) bool {
	return (after.IsZero() || at.After(after)) && (before.IsZero() || at.Before(before))
}

// PortOrder returns one port order. Its error is ErrUnknownPort.
func (v *View) PortOrder(id telephony.PortOrderID) (PortOrder, error) {
	row, ok := v.tables.ports.Get(v.rows, portKey(v.tenant, id))
	if !ok {
		return PortOrder{}, unknownPort(id)
	}
	return newPortOrder(v.id, row, v.now), nil
}

// PortOrders yields the tenant's port orders that match, by identifier, ascending:
// those made by one engine as they were made. Which of them are pending or overdue
// is told by the view's moment alone. It yields none for a query that Check refuses.
func (v *View) PortOrders(q PortQuery) iter.Seq[PortOrder] {
	if q.Check() != nil {
		return func(func(PortOrder) bool) {}
	}
	return matchingPorts(v.reader, q, v.portsFrom(portPlace{tenant: v.tenant}))
}

// PortPage returns a page of the port orders that match, of up to size of them, 0
// for 100.
//
// Errors: those of PortQuery.Check; ErrCursor; ErrRequest for a size below 0 or above
// 1000.
func (v *View) PortPage(q PortQuery, after Cursor, size int) (Page[PortOrder], error) {
	if err := q.Check(); err != nil {
		return Page[PortOrder]{}, err
	}
	list := v.listing(portNames, q)
	from, err := after.portPlace(list, v.tenant)
	if err != nil {
		return Page[PortOrder]{}, err
	}
	from.tenant = v.tenant
	return portPage(list, v.reader, q, v.portsFrom(from), size)
}

// PortOrders yields the port orders of all tenants that match, tenant by tenant
// and of each by identifier: what is on the carrier's desk.
//
// Errors: ErrRequest for a nil context; ErrDenied; ErrUnknownTenant for a tenant
// that the query names and that is not there; those of PortQuery.Check.
func (p *Provider) PortOrders(ctx context.Context, q PortQuery) (iter.Seq[PortOrder], error) {
	r, err := p.portReader(ctx, q)
	if err != nil {
		return nil, err
	}
	return matchingPorts(r, q, r.portsFrom(portPlace{tenant: r.tenant})), nil
}

// PortPage returns a page of what PortOrders yields, of up to size of them, 0 for
// 100.
//
// Errors: those of PortOrders; ErrCursor; ErrRequest for a size below 0 or above
// 1000.
func (p *Provider) PortPage(ctx context.Context, q PortQuery, after Cursor, size int) (Page[PortOrder], error) {
	r, err := p.portReader(ctx, q)
	if err != nil {
		return Page[PortOrder]{}, err
	}
	list := listingOf(portNames, "", q)
	from, err := after.portPlace(list, r.tenant)
	if err != nil {
		return Page[PortOrder]{}, err
	}
	return portPage(list, r, q, r.portsFrom(from), size)
}

// portReader returns a reader of the state now, of the tenant that the query names
// or of none for all.
func (p *Provider) portReader(ctx context.Context, q PortQuery) (reader, error) {
	if err := p.caller().allow(ctx, OpView); err != nil {
		return reader{}, err
	}
	r, _ := p.engine.read()
	if q.Tenant == "" {
		return r, q.Check()
	}
	tenant, refusal := r.tenantRow(q.Tenant)
	if refusal != nil {
		return reader{}, named(OpView, refusal)
	}
	r.tenant = tenant.Ordinal
	return r, q.Check()
}

// portPlace is a place in the list of port orders: behind one of a tenant, or at
// the tenant's first.
type portPlace struct {
	tenant uint32
	behind telephony.PortOrderID
}

func (r *portRow) cursor() string {
	return strconv.FormatUint(uint64(r.Tenant), 36) + "/" + string(r.ID)
}

// portPlace returns the place that a cursor marks, the first of a tenant where it
// is empty. Its error is ErrCursor.
func (c Cursor) portPlace(list listing, tenant uint32) (portPlace, error) {
	key, err := c.key(list)
	if err != nil || c == "" {
		return portPlace{tenant: tenant}, err
	}
	ordinal, id, two := strings.Cut(key, "/")
	at, err := strconv.ParseUint(ordinal, 36, 32)
	if err != nil || !two || tenant != poolTenant && uint32(at) != tenant {
		return portPlace{}, notACursor()
	}
	return portPlace{uint32(at), telephony.PortOrderID(id)}, nil
}

// portsFrom yields the port orders from a place on: of the reader's tenant, or of
// all where it has none.
func (r reader) portsFrom(place portPlace) iter.Seq[portRow] {
	return func(yield func(portRow) bool) {
		from := accountKey(place.tenant)
		if place.behind != "" {
			from = portKey(place.tenant, place.behind)
		}
		rows := r.tables.ports.From(r.rows, from)
		if r.tenant != poolTenant {
			rows = r.tables.ports.Between(r.rows, from, accountKey(r.tenant+1))
		}
		for row := range rows {
			if (row.Tenant != place.tenant || row.ID != place.behind) && !yield(row) {
				return
			}
		}
	}
}

func matchingPorts(r reader, q PortQuery, rows iter.Seq[portRow]) iter.Seq[PortOrder] {
	return func(yield func(PortOrder) bool) {
		for row := range rows {
			if q.matches(&row, r.now) && !yield(newPortOrder(r.tenantID(row.Tenant), row, r.now)) {
				return
			}
		}
	}
}

func portPage(list listing, r reader, q PortQuery, rows iter.Seq[portRow], size int) (Page[PortOrder], error) {
	return pageOf(list, rows, size, func(row portRow) string { return row.cursor() }, func(row portRow) (o PortOrder, ok bool) {
		if ok = q.matches(&row, r.now); ok {
			o = newPortOrder(r.tenantID(row.Tenant), row, r.now)
		}
		return o, ok
	})
}

// tenantID returns the identifier of a tenant.
func (r reader) tenantID(ordinal uint32) telephony.TenantID {
	a, _ := r.tables.accounts.Get(r.rows, accountKey(ordinal))
	return a.ID
}

// PortOutState is what stands between the tenant's numbers and other carriers.
type PortOutState struct {
	PINSet  bool      // without a PIN no number is ported out
	Locked  bool      // the tenant locked the door
	Wrong   int       // wrong PINs that were given lately, one after the other
	Guessed time.Time // until when too many of them keep the door closed; zero if they do not
}

// PortOut returns what stands between the tenant's numbers and other carriers.
func (v *View) PortOut() PortOutState {
	row, _ := v.tables.guards.Get(v.rows, accountKey(v.tenant))
	s := PortOutState{PINSet: !row.Guard.PIN.IsZero(), Locked: row.Locked, Wrong: len(row.Guard.Wrong)}
	s.Guessed, _ = row.Guard.LockedAt(v.At())
	return s
}
