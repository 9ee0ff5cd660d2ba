package engine

import (
	"iter"
	"strings"
	"time"

	"example.com/callingplan/telephony"
)

// TenantNumber is a number the tenant has.
type TenantNumber struct {
	Number     telephony.Number
	Kind       telephony.Kind
	Area       telephony.Area
	State      telephony.NumberState
	Person     telephony.PersonID   // who has it; empty if nobody
	Service    telephony.ServiceID  // the service that has it; empty if none
	Ported     bool                 // it was ported in, and does not count against the quota
	Location   telephony.LocationID // its emergency location; empty if none
	Acquired   time.Time
	Since      time.Time            // since when it is as it is
	Activation telephony.Activation // whether it works
	Orphaned   bool                 // the person who has it is gone from the directory
	// Capabilities are what it can be used for as it is.
	Capabilities  telephony.Capability
	Tags          telephony.Tags // must not be written to
	Description   string
	ReverseLookup bool                      // it may be listed with whose it is
	Block         telephony.AssignmentBlock // what keeps it from being assigned; zero if nothing does
	// Place and Address are the location's, if the query asked to expand it.
	Place   *Location
	Address *Address
}

// NumberQuery says which of the tenant's numbers are wanted: those that match
// all fields that are set. The zero NumberQuery is all.
type NumberQuery struct {
	Number         telephony.Number // this one
	Prefix         telephony.Prefix // that begin so, country code first
	Contains       string           // with these digits anywhere in the international form, as telephony.ParsePart reads them
	Above, Below   telephony.Number // strictly between, in the order of dialling
	Kind           telephony.Kind   // of this kind
	State          telephony.NumberState
	Activation     telephony.ActivationState
	Assigned       bool              // that somebody or something has
	Unassigned     bool              // that nobody has
	Country        telephony.Country // of this country
	Region         string            // of this region of the country, capitals or not
	City           string            // of this city, capitals or not
	AreaCode       string            // whose digits behind the country code begin so, as telephony.ParsePart reads them
	Address        telephony.AddressID
	Location       telephony.LocationID
	Person         telephony.PersonID
	Service        telephony.ServiceID
	Orphaned       bool      // that somebody has who is gone from the directory
	Ported         bool      // that were ported in
	FromPool       bool      // that were not
	Tag            string    // that bear it, in any spelling
	Description    string    // with this text in the description, capitals or not
	Blocked        bool      // that are kept from being assigned now
	ReverseLookup  bool      // that may be listed with whose they are
	AcquiredAfter  time.Time // strictly after; zero for any
	AcquiredBefore time.Time // strictly before; zero for any
	// Expand gives Place and Address with each number.
	Expand bool
	// Skip leaves out the first ones and Top bounds how many there are, 0 for
	// no bound. A page's cursor costs less than Skip.
	Skip, Top int
}

// Numbers yields the tenant's numbers that match, ascending in the order of
// dialling. All of them: nothing is cut off. It yields none for a query that Check
// refuses.
func (v *View) Numbers(q NumberQuery) iter.Seq[TenantNumber] {
	return func(yield func(TenantNumber) bool) {
		q, err := q.folded()
		if err != nil {
			return
		}
		skip, given := q.Skip, 0
		for row := range v.numberRows(q, 0) {
			if !v.matches(q, row) {
				continue
			}
			if skip > 0 {
				skip--
				continue
			}
			if q.Top > 0 && given == q.Top {
				return
			}
			given++
			if !yield(v.number(row, q.Expand)) {
				return
			}
		}
	}
}

// fields returns the names of the fields that are set, in order, beside those
// that say what is given of each number and how many.
func (q NumberQuery) fields() (names []string) {
	for _, f := range []struct {
		name string
		set  bool
	}{
		{"number", q.Number.IsValid()}, {"prefix", !q.Prefix.IsZero()}, {"contains", q.Contains != ""},
		{"above", q.Above.IsValid()}, {"below", q.Below.IsValid()}, {"kind", q.Kind != 0}, {"state", q.State != 0},
		{"activation", q.Activation != 0}, {"assigned", q.Assigned}, {"unassigned", q.Unassigned},
		{"country", q.Country != ""}, {"region", q.Region != ""}, {"city", q.City != ""}, {"area code", q.AreaCode != ""},
		{"address", q.Address != ""}, {"location", q.Location != ""}, {"person", q.Person != ""},
		{"service", q.Service != ""}, {"orphaned", q.Orphaned}, {"ported", q.Ported}, {"from pool", q.FromPool},
		{"tag", q.Tag != ""}, {"description", q.Description != ""}, {"blocked", q.Blocked}, {"reverse lookup", q.ReverseLookup},
		{"acquired after", !q.AcquiredAfter.IsZero()}, {"acquired before", !q.AcquiredBefore.IsZero()},
	} {
		if f.set {
			names = append(names, f.name)
		}
	}
	return names
}

// question is what a page is asked: what is given of each number, how many, and how
// places are spelt may differ from one to the next.
func (q NumberQuery) question() NumberQuery {
	q.Expand, q.Skip, q.Top = false, 0, 0
	q.Region, q.City = strings.ToLower(q.Region), strings.ToLower(q.City)
	return q
}

// NumberPage returns a page of the numbers that match, of up to size of them, 0
// for 100. Skip and Top do not count. What it reads is what ExplainNumbers says.
//
// Errors: those of NumberQuery.Check; ErrCursor; ErrRequest for a size below 0 or
// above 1000.
func (v *View) NumberPage(q NumberQuery, after Cursor, size int) (Page[TenantNumber], error) {
	q, err := q.folded()
	if err != nil {
		return Page[TenantNumber]{}, err
	}
	list := v.listing(numberNames, q.question())
	from, err := after.word(list)
	if err != nil {
		return Page[TenantNumber]{}, err
	}
	return pageOf(list, v.numberRows(q, from), size, numberRow.cursor, func(row numberRow) (n TenantNumber, ok bool) {
		if ok = v.matches(q, row); ok {
			n = v.number(row, q.Expand)
		}
		return n, ok
	})
}

// cursor is by which a page finds a number again.
func (n numberRow) cursor() string { return n.Number.String()[1:] }

// Number returns one number of the tenant. Its error is ErrUnknownNumber.
func (v *View) Number(n telephony.Number) (TenantNumber, error) {
	row, ok := v.numberRow(n)
	if !ok {
		return TenantNumber{}, unknownNumber(n)
	}
	return v.number(row, false), nil
}

// numberRows yields the rows that the best plan reads and whose number's word is
// from or higher; not all of them match.
func (v *View) numberRows(q NumberQuery, from uint64) iter.Seq[numberRow] {
	return func(yield func(numberRow) bool) {
		if lo, hi := q.words(); max(lo, from) <= hi {
			v.planned(v.planNumbers(q), max(lo, from), hi)(yield)
		}
	}
}

// words returns the least and the greatest word a matching number can have, so
// that only that part of the list is read.
func (q NumberQuery) words() (lo, hi uint64) {
	lo, hi = q.Prefix.Words()
	if q.Number.IsValid() {
		lo, hi = max(lo, q.Number.Word()), min(hi, q.Number.Word())
	}
	if q.Above.IsValid() {
		lo = max(lo, q.Above.Word()+1)
	}
	if q.Below.IsValid() {
		hi = min(hi, q.Below.Word()-1)
	}
	return lo, hi
}

// matches reports whether a row has all that the query asks for beyond the
// bounds of the number itself.
func (v *View) matches(q NumberQuery, n numberRow) bool {
	switch {
	case q.Kind != 0 && n.Kind != q.Kind,
		q.State != 0 && n.state() != q.State,
		q.Assigned && n.isIdle(),
		q.Unassigned && !n.isIdle(),
		q.Person != "" && n.Person != q.Person,
		q.Location != "" && n.Location != q.Location,
		q.Service != "" && n.Service != q.Service,
		q.Orphaned && !n.Orphaned,
		q.Ported && !n.Ported,
		q.FromPool && n.Ported,
		!q.AcquiredAfter.IsZero() && n.Acquired <= stamp(q.AcquiredAfter),
		!q.AcquiredBefore.IsZero() && n.Acquired >= stamp(q.AcquiredBefore):
		return false
	}
	return v.matchesDigits(q, n.Number) && v.matchesArea(q, n.Area) && v.matchesAddress(q, n.Location) && v.matchesMark(q, n) && v.matchesActivation(q, n)
}

func (v *View) matchesDigits(q NumberQuery, n telephony.Number) bool {
	if q.Contains == "" && q.AreaCode == "" {
		return true
	}
	var buf [telephony.MaxDigits + 1]byte
	text := string(n.AppendTo(buf[:0]))
	behind := text[1+len(n.CallingCode().String()):]
	return strings.Contains(text, q.Contains) && strings.HasPrefix(behind, q.AreaCode)
}

// asksArea reports whether the query asks for an area.
func (q NumberQuery) asksArea() bool { return q.Country != "" || q.Region != "" || q.City != "" }

func (v *View) matchesArea(q NumberQuery, ordinal uint32) bool {
	if !q.asksArea() {
		return true
	}
	a := v.known.of(ordinal)
	return (q.Country == "" || a.Country == q.Country) &&
		(q.Region == "" || strings.EqualFold(a.Region, q.Region)) && (q.City == "" || strings.EqualFold(a.City, q.City))
}

func (v *View) matchesAddress(q NumberQuery, id telephony.LocationID) bool {
	if q.Address == "" {
		return true
	}
	l, ok := v.tables.locations.Get(v.rows, locationKey(v.tenant, id))
	return ok && l.Address == q.Address
}

func (v *View) matchesActivation(q NumberQuery, n numberRow) bool {
	return q.Activation == 0 || v.activationOf(n).State == q.Activation
}

func (v *View) number(row numberRow, expand bool) TenantNumber {
	area, m := v.known.of(row.Area), v.mark(row)
	n := TenantNumber{Number: row.Number, Kind: row.Kind, Area: area, State: row.state(), Person: row.Person,
		Service: row.Service, Ported: row.Ported, Location: row.Location, Acquired: unix(row.Acquired), Since: unix(row.Since),
		Activation: v.activation(row, &m, area), Orphaned: row.Orphaned, Capabilities: telephony.AcquiredCapabilities(row.Kind),
		Tags: m.Tags, Description: m.Description, ReverseLookup: m.ReverseLookup, Block: m.block(v.now)}
	if expand && row.Location != "" {
		if place, err := v.Location(row.Location); err == nil {
			address, _ := v.Address(place.Address)
			n.Place, n.Address = &place, &address
		}
	}
	return n
}
