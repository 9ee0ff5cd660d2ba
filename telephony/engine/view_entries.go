package engine

import (
	"context"
	"iter"
	"slices"
	"strconv"
	"time"

	"example.com/callingplan/telephony"
)

// EntryQuery says which entries of the log are wanted: those that match all fields
// that are set, of one event where several are about events. The zero EntryQuery is
// all.
type EntryQuery struct {
	From      uint64 // from this index on; 0 for as far back as the log is kept
	Op        Op
	Actor     string
	RequestID string
	Tenant    telephony.TenantID // of this tenant; for the provider, who sees those of all
	Refused   bool               // that were refused
	Done      bool               // that were not
	Code      telephony.Code     // that were refused for this
	After     time.Time          // strictly after; zero for any
	Before    time.Time          // strictly before; zero for any

	// Those with an event of one of these types, and about these things.
	Types       []EventType
	Person      telephony.PersonID
	Number      telephony.Number
	Reservation telephony.ReservationID
	Address     telephony.AddressID
	Location    telephony.LocationID
	Service     telephony.ServiceID
	Order       telephony.PortOrderID
}

// aboutEvents reports whether the query asks anything of the events.
func (q EntryQuery) aboutEvents() bool {
	return len(q.Types) > 0 || q.Person != "" || q.Number.IsValid() || q.Reservation != "" || q.Address != "" || q.Location != "" ||
		q.Service != "" || q.Order != ""
}

func (q EntryQuery) matches(e Entry) bool {
	switch {
	case q.Op != "" && e.Op != q.Op,
		q.Actor != "" && e.Actor != q.Actor,
		q.RequestID != "" && e.RequestID != q.RequestID,
		q.Tenant != "" && e.Tenant != q.Tenant,
		q.Refused && e.Refused == "",
		q.Done && e.Refused != "",
		q.Code != "" && e.Refused != q.Code,
		!q.After.IsZero() && !e.At.After(q.After),
		!q.Before.IsZero() && !e.At.Before(q.Before):
		return false
	}
	return !q.aboutEvents() || slices.ContainsFunc(e.Events, q.matchesEvent)
}

func (q EntryQuery) matchesEvent(e Event) bool {
	return (len(q.Types) == 0 || slices.Contains(q.Types, e.Type)) &&
		(q.Person == "" || e.Person == q.Person) &&
		(!q.Number.IsValid() || slices.Contains(e.Numbers, q.Number)) &&
		(q.Reservation == "" || e.Reservation == q.Reservation) &&
		(q.Address == "" || e.Address == q.Address) &&
		(q.Location == "" || e.Location == q.Location) &&
		(q.Service == "" || e.Service == q.Service) &&
		(q.Order == "" || e.Order == q.Order)
}

// Entries yields the tenant's entries of the log that match, in the order in which
// they came, up to the view's moment: what Log yields, sifted. Its cost grows with
// the entries of all tenants from the index on.
//
// Errors: those of EntryQuery.Check; ErrLogPruned, as Log has it.
func (v *View) Entries(q EntryQuery) (iter.Seq[Entry], error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	kept, err := v.Log(q.From)
	return sifted(kept, q), err
}

// EntryPage returns a page of what Entries yields, of up to size, 0 for 100, out of
// the log's next MaxScan entries, those of other tenants included: they are in the
// same log, and looked at like all that do not match.
//
// Errors: those of EntryQuery.Check; ErrCursor; ErrLogPruned; ErrRequest for a size
// below 0 or above 1000.
func (v *View) EntryPage(q EntryQuery, after Cursor, size int) (Page[Entry], error) {
	log := func(from uint64) (iter.Seq[Entry], error) { return v.history.since(from, v.index) }
	return entryPage(v.listing(entryNames, q), q, after, size, log, func(e Entry) (Entry, bool) { return e.of(v.id) })
}

// Entries yields the entries of the log that match, of all tenants, for the
// provider.
//
// Errors: those of EntryQuery.Check; ErrRequest for a nil context; ErrDenied;
// ErrLogPruned.
func (p *Provider) Entries(ctx context.Context, q EntryQuery) (iter.Seq[Entry], error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	kept, err := p.Log(ctx, q.From)
	return sifted(kept, q), err
}

// EntryPage returns a page of what Entries yields, of up to size, 0 for 100, out of
// the next MaxScan entries.
//
// Errors: those of EntryQuery.Check; ErrCursor; the others of Entries; ErrRequest for
// a size below 0 or above 1000.
func (p *Provider) EntryPage(ctx context.Context, q EntryQuery, after Cursor, size int) (Page[Entry], error) {
	return entryPage(listingOf(entryNames, "", q), q, after, size, func(from uint64) (iter.Seq[Entry], error) { return p.Log(ctx, from) }, every)
}

func sifted(entries iter.Seq[Entry], q EntryQuery) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for e := range entries {
			if q.matches(e) && !yield(e) {
				return
			}
		}
	}
}

// entryPage cuts a page out of a log, of which seen shows what may be seen.
func entryPage(list listing, q EntryQuery, after Cursor, size int, log func(from uint64) (iter.Seq[Entry], error), seen func(Entry) (Entry, bool)) (Page[Entry], error) {
	if err := q.Check(); err != nil {
		return Page[Entry]{}, err
	}
	last, err := after.index(list)
	if err != nil {
		return Page[Entry]{}, err
	}
	if last > 0 {
		q.From = max(q.From, last+1)
	}
	kept, err := log(q.From)
	if err != nil {
		return Page[Entry]{}, err
	}
	return pageOf(list, kept, size, func(e Entry) string { return strconv.FormatUint(e.Index, 10) },
		func(e Entry) (Entry, bool) {
			e, ok := seen(e)
			return e, ok && q.matches(e)
		})
}

// index returns the index that the cursor of a list of entries stands for, 0 for
// the empty one. Its error is ErrCursor.
func (c Cursor) index(list listing) (uint64, error) {
	key, err := c.key(list)
	if err != nil || c == "" {
		return 0, err
	}
	index, err := strconv.ParseUint(key, 10, 64)
	if err != nil {
		return 0, notACursor()
	}
	return index, nil
}
