package engine

import (
	"iter"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// GapKind says what is amiss with the emergency location of an assigned number.
// The zero GapKind is nothing.
type GapKind uint8

// The kinds. A number has the first that applies.
const (
	GapMissing      GapKind = 1 + iota // it has no location
	GapNotValidated                    // its address is not validated
	GapStale                           // its address was validated longer ago than WithRevalidation lets it be
)

// String returns "missing", "not validated", "stale" or "none".
func (k GapKind) String() string {
	switch k {
	case GapMissing:
		return "missing"
	case GapNotValidated:
		return "not validated"
	case GapStale:
		return "stale"
	}
	return "none"
}

// Gap is an assigned number whose emergency location has to be looked into.
type Gap struct {
	Number   telephony.Number
	Person   telephony.PersonID
	Kind     GapKind
	Location telephony.LocationID // empty if there is none
	Address  telephony.AddressID
	Checked  time.Time // when the address was checked last; zero if there is none
}

// GapCounts counts the assigned numbers by what is amiss.
type GapCounts struct{ Missing, NotValidated, Stale int64 }

// Total returns how many there are in all.
func (c GapCounts) Total() int64 { return c.Missing + c.NotValidated + c.Stale }

// Gaps yields the assigned numbers whose emergency location is missing, not
// validated or stale, ascending in the order of dialling.
func (v *View) Gaps() iter.Seq[Gap] {
	return func(yield func(Gap) bool) {
		gap := v.gapFinder()
		for n := range v.numbersWithGaps(0) {
			if g, ok := gap(n); ok && !yield(g) {
				return
			}
		}
	}
}

// GapPage returns a page of what Gaps yields, of up to size, 0 for 100, out of the
// tenant's next MaxScan numbers. Where nothing is amiss with any location, which is
// looked for at MaxScan of them, it looks at no number.
//
// Errors: ErrCursor; ErrRequest for a size below 0 or above 1000.
func (v *View) GapPage(after Cursor, size int) (Page[Gap], error) {
	list := v.listing(gapNames, nil)
	from, err := after.word(list)
	if err != nil {
		return Page[Gap]{}, err
	}
	return pageOf(list, v.numbersWithGaps(from), size, numberRow.cursor, v.gapFinder())
}

// GapCount counts what Gaps yields. Its cost grows with the tenant's locations
// and not with its numbers.
func (v *View) GapCount() GapCounts {
	var c GapCounts
	c.Missing = v.account.Use[telephony.UserNumber].Assigned // to people; a service calls nobody for help
	for l := range v.tables.locations.Prefix(v.rows, accountKey(v.tenant)) {
		l = v.seenLocation(l)
		c.Missing -= l.Assigned
		switch v.gapAt(l).Kind {
		case GapNotValidated:
			c.NotValidated += l.Assigned
		case GapStale:
			c.Stale += l.Assigned
		}
	}
	return c
}

// gapAt returns what is amiss with a location that assigned numbers have.
func (v *View) gapAt(l locationRow) (g Gap) {
	if l.Assigned == 0 {
		return g
	}
	a, _ := v.tables.addresses.Get(v.rows, addressKey(v.tenant, l.Address))
	g = Gap{Location: l.ID, Address: l.Address, Checked: unix(a.Record.At)}
	switch {
	case a.Record.Status != emergency.Validated:
		g.Kind = GapNotValidated
	case v.settings.Revalidate > 0 && a.Record.At <= v.now-int64(v.settings.Revalidate):
		g.Kind = GapStale
	}
	return g
}

// mayHaveGaps reports whether something may be amiss with some number. It looks at
// MaxScan locations.
func (v *View) mayHaveGaps() bool {
	missing, looked := v.account.Use[telephony.UserNumber].Assigned, 0
	for l := range v.tables.locations.Prefix(v.rows, accountKey(v.tenant)) {
		l = v.seenLocation(l)
		if looked == MaxScan || v.gapAt(l).Kind != 0 {
			return true
		}
		missing -= l.Assigned
		looked++
	}
	return missing > 0
}

// numbersWithGaps yields the numbers from a word on if something may be amiss with
// some.
func (v *View) numbersWithGaps(from uint64) iter.Seq[numberRow] {
	return func(yield func(numberRow) bool) {
		if v.mayHaveGaps() {
			v.numbersFrom(from, lastWord)(yield)
		}
	}
}

// gapFinder returns what tells what is amiss with a number, if anything is. It
// looks at each location once.
func (v *View) gapFinder() func(numberRow) (Gap, bool) {
	known := map[telephony.LocationID]Gap{}
	return func(n numberRow) (g Gap, ok bool) {
		if n.Person == "" {
			return g, false
		}
		g, looked := known[n.Location]
		if !looked {
			g = v.gapOf(n.Location)
			known[n.Location] = g
		}
		g.Number, g.Person = n.Number, n.Person
		return g, g.Kind != 0
	}
}

func (v *View) gapOf(id telephony.LocationID) Gap {
	l, ok := v.tables.locations.Get(v.rows, locationKey(v.tenant, id))
	if !ok {
		return Gap{Kind: GapMissing}
	}
	return v.gapAt(v.seenLocation(l))
}
