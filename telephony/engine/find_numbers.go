package engine

import (
	"context"
	"strings"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// NumberSearch says which free numbers are looked for, and where. Without Area
// and Within they are looked for everywhere.
type NumberSearch struct {
	Area   telephony.Area // in this one alone, as Reserve has it
	Within telephony.Area // in all areas in it, whose empty fields stand for any, as View.Areas has it
	Kind   telephony.Kind // what for; left out, UserNumber
	// Search is what they look like and how many are wanted. Its After is left
	// out: the cursor stands for it.
	Search reservation.Search
	// ExcludeGivenUp leaves out what the tenant gave up lately, as Reserve does.
	// The provider gives up nothing and cannot ask for it.
	ExcludeGivenUp bool
}

// FoundNumbers is what a search found, and how far it looked.
type FoundNumbers struct {
	Numbers  []FreeNumber // in the order asked for; none where runs are
	Runs     []FreeRun    // in the order asked for
	Matching int          // how many, numbers or runs, matched of what was looked at
	Looked   int          // free numbers looked at
	Blocks   int          // blocks of a thousand read
	// RanOut is how many numbers were gone through besides, of holds and
	// quarantines that have run out and that nothing has settled yet. Those that
	// match are among what was looked at.
	RanOut int
	// Complete says that the search came to the end of the stock. If it did not
	// there may be more, from Next on.
	Complete bool
	Next     Cursor
}

// FreeNumber is a number that was free at the moment of the view.
type FreeNumber struct {
	Number telephony.Number
	Area   telephony.Area
	Score  int // how memorable it is, 0 to reservation.MaxScore
}

// FreeRun is a run of numbers that were free at the moment of the view.
type FreeRun struct {
	Range telephony.Range
	Area  telephony.Area // the zero Area where they are of several
}

// List returns all the numbers found, of runs all of each, to reserve just these.
func (f FoundNumbers) List() (list telephony.NumberList) {
	for _, n := range f.Numbers {
		list = append(list, n.Number)
	}
	for _, r := range f.Runs {
		for n := range r.Range.All() {
			list = append(list, n)
		}
	}
	return list
}

// FindNumbers looks for free numbers and holds none. To hold them, reserve the
// List: where others were faster, reservation.ErrNumbersTaken names what went.
// What has run out by the view's moment is free, whether or not it was settled.
//
// The cost is bounded by the scan limit, and for what is Lowest or Near by what
// is found; it grows besides with the areas searched, not with their stock, and
// with what has run out there and is not settled, of which Run leaves little. With
// ExcludeGivenUp it grows with the reservations that are kept, and with what else
// was given up and is remembered.
//
// What was found goes on with the same question; how many are wanted, what is left
// out and how far to look may differ.
//
// Errors, in order of precedence: those of reservation.Search.Validate;
// telephony.ErrKind, those of Area.Check; ErrRequest for both Area and Within, or
// for an After; ErrCursor; ErrAreaNotOffered where there is no stock of the kind.
func (v *View) FindNumbers(q NumberSearch, after Cursor) (FoundNumbers, error) {
	var givenUp mask
	if q.ExcludeGivenUp {
		givenUp = v.account.givenUp(v.settings, v.now)
	}
	return v.findNumbers(q, after, givenUp)
}

// FindNumbers does what FindNumbers of a View does, for the provider.
//
// Errors, in order of precedence: ErrRequest for a nil context; ErrDenied;
// ErrRequest for ExcludeGivenUp; those of View.FindNumbers.
func (p *Provider) FindNumbers(ctx context.Context, q NumberSearch, after Cursor) (FoundNumbers, error) {
	if err := p.caller().allow(ctx, OpView); err != nil {
		return FoundNumbers{}, err
	}
	if q.ExcludeGivenUp {
		return FoundNumbers{}, refuse(ErrRequest, "exclude given up", "the provider gives up nothing", "leave it out")
	}
	r, _ := p.engine.read()
	return r.findNumbers(q, after, nil)
}

func (r reader) findNumbers(q NumberSearch, after Cursor, givenUp mask) (FoundNumbers, error) {
	if q.Kind == 0 {
		q.Kind = telephony.UserNumber
	}
	if err := q.check(); err != nil {
		return FoundNumbers{}, err
	}
	list := listingOf(freeNames, "", q.question())
	from, err := after.position(list)
	if err == nil && from.Down.IsValid() && !q.Search.Near.IsValid() {
		err = notACursor()
	}
	if err != nil {
		return FoundNumbers{}, err
	}
	shelves := r.shelvesToSearch(q)
	if where := q.place(); len(shelves) == 0 && where != (telephony.Area{}) {
		return FoundNumbers{}, notOffered(q.Kind, where)
	}
	sources, ranOut := make([]reservation.Source, len(shelves)), 0
	for i, on := range shelves {
		due, count := r.ranOutOn(on)
		sources[i] = &shelfStock{tables: r.tables, rows: r.rows, on: on, due: due, without: givenUp}
		ranOut += count
	}
	q.Search.After = from
	got, err := reservation.Find(q.Search, reservation.Merged(sources...))
	if err != nil {
		return FoundNumbers{}, err
	}
	found := FoundNumbers{Matching: got.Matching, Looked: got.Looked, Blocks: got.Blocks, RanOut: ranOut, Complete: got.Complete}
	r.describe(got, &found)
	if !got.Complete {
		found.Next = cursorAt(list, got.Next)
	}
	return found, nil
}

// check reports what is wrong with the search in itself.
func (q NumberSearch) check() error {
	place := q.Search.After
	q.Search.After = reservation.Position{}
	if err := q.Search.Validate(); err != nil {
		return err
	}
	if err := telephony.CheckKind("kind", q.Kind); err != nil {
		return err
	}
	if q.Area != (telephony.Area{}) {
		if err := q.Area.Check("area"); err != nil {
			return err
		}
		if q.Within != (telephony.Area{}) {
			return refuse(ErrRequest, "within", "an area is named, and others to look in", "name one of the two")
		}
	}
	if place != (reservation.Position{}) {
		return refuse(ErrRequest, "after", "where to go on is told in the search", "pass the cursor of what was found before")
	}
	return nil
}

// question is what of the search is the same from one page to the next.
func (q NumberSearch) question() NumberSearch {
	q.Search.Quantity, q.Search.ScanLimit, q.Search.Exclude, q.ExcludeGivenUp = 0, 0, nil, false
	return q
}

// place is where the search looks.
func (q NumberSearch) place() telephony.Area {
	if q.Area != (telephony.Area{}) {
		return q.Area
	}
	return q.Within
}

// shelvesToSearch returns the shelves of the area, or of all within.
func (r reader) shelvesToSearch(q NumberSearch) (shelves []shelf) {
	add := func(ordinal uint32) {
		on := shelf{ordinal, q.Kind}
		if r.offers(on) {
			shelves = append(shelves, on)
		}
	}
	if q.Area != (telephony.Area{}) {
		if row, ok := r.tables.areaNames.Get(r.rows, areaNameKey(q.Area)); ok {
			add(row.Ordinal)
		}
		return shelves
	}
	for row := range r.tables.areaNames.Prefix(r.rows, areasWithin(q.Within)) {
		if row.Area.Within(q.Within) {
			add(row.Ordinal)
		}
	}
	return shelves
}

// ranOutOn returns the numbers of reservations with numbers of a shelf that have
// run out and are not settled, and how many they are.
func (r reader) ranOutOn(on shelf) (mask, int) {
	var numbers telephony.NumberList
	for row := range dueOn(r.due, on, r.now) {
		numbers = append(numbers, row.Numbers...)
	}
	return maskOf(numbers), len(numbers)
}

// describe puts what was found into the result, with the areas.
func (r reader) describe(got reservation.Found, found *FoundNumbers) {
	areas := areasByBlock{reader: r}
	for _, n := range got.Numbers {
		base, offset := n.Block()
		found.Numbers = append(found.Numbers, FreeNumber{n, areas.of(base, reservation.BitsOf(offset)), reservation.Score(n)})
	}
	for _, run := range got.Runs {
		area, blocks := telephony.Area{}, 0
		for base, part := range run.Blocks() {
			of := areas.of(base, reservation.BitsBetween(part[0], part[1]))
			if blocks > 0 && of != area {
				of = telephony.Area{}
			}
			area = of
			if blocks++; area == (telephony.Area{}) {
				break
			}
		}
		found.Runs = append(found.Runs, FreeRun{run, area})
	}
}

// areasByBlock tells the areas of numbers, those of a block that come together
// at the cost of one.
type areasByBlock struct {
	reader
	base   telephony.Number
	blocks []blockRow // of that base, on all shelves
}

// of returns the area of numbers of one block, the zero Area if they are of
// several.
func (a *areasByBlock) of(base telephony.Number, numbers reservation.Bits) telephony.Area {
	if a.base != base {
		a.base, a.blocks = base, a.blocks[:0]
		for row := range a.tables.blocks.Prefix(a.rows, blocksKey(base)) {
			a.blocks = append(a.blocks, row)
		}
	}
	for i := range a.blocks {
		if here := numbers.And(a.blocks[i].Stock); !here.IsEmpty() {
			if here != numbers {
				return telephony.Area{}
			}
			return a.known.of(a.blocks[i].Area)
		}
	}
	return telephony.Area{}
}

// cursorAt makes the cursor of a place where a search goes on.
func cursorAt(list listing, p reservation.Position) Cursor {
	digits := func(n telephony.Number) string {
		if !n.IsValid() {
			return ""
		}
		return n.String()[1:]
	}
	return encodeCursor(list, digits(p.Up)+"/"+digits(p.Down))
}

// position returns the place of a cursor. Its error is ErrCursor.
func (c Cursor) position(list listing) (p reservation.Position, err error) {
	key, err := c.key(list)
	if err != nil || c == "" {
		return p, err
	}
	up, down, two := strings.Cut(key, "/")
	for _, part := range []struct {
		digits string
		into   *telephony.Number
	}{{up, &p.Up}, {down, &p.Down}} {
		if part.digits != "" && err == nil {
			*part.into, err = telephony.ParseDigits(part.digits)
		}
	}
	if err != nil || !two {
		return reservation.Position{}, notACursor()
	}
	return p, nil
}
