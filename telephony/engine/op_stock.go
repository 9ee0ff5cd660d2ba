package engine

import (
	"math"
	"strconv"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// Stock is a range of numbers that the provider can give out, all of one area
// and kind.
type Stock struct {
	Range     telephony.Range
	Area      telephony.Area
	Kind      telephony.Kind
	RequestID string `cbor:"-"` // for the log; free text of up to 128 bytes as in identifiers
}

func (Stock) op() Op         { return OpAddStock }
func (r Stock) content() any { return r }

func (r Stock) check() error {
	if err := checkRange(r.Range); err != nil {
		return err
	}
	if err := r.Area.Check("area"); err != nil {
		return err
	}
	if err := telephony.CheckKind("kind", r.Kind); err != nil {
		return err
	}
	return checkCountry(r.Range, r.Area)
}

// checkRange refuses a range without numbers.
func checkRange(r telephony.Range) error {
	if r.Len() == 0 {
		return refuse(ErrRequest, "range", "there is no number in the range", "make it with telephony.NewRange or ParseRange")
	}
	return nil
}

// checkCountry refuses numbers whose calling code the area's country does not have.
func checkCountry(r telephony.Range, a telephony.Area) error {
	if code := r.First().CallingCode(); !code.Serves(a.Country) {
		return &telephony.Error{Code: ErrStockCountry, Field: "area", Numbers: telephony.NumberList{r.First()},
			Detail:  "the numbers' calling code is not one of the area's country, " + string(a.Country),
			Figures: []telephony.Figure{{Name: "calling code", Value: int64(code)}}}
	}
	return nil
}

func (r Stock) apply(s *step) (any, *telephony.Error) { return nil, s.addStock([]Stock{r}) }

// MaxStockList is how many ranges one command puts in stock.
const MaxStockList = 500

// StockList is several ranges that go in stock together: all of them or, if one
// cannot, none.
type StockList struct {
	Stock     []Stock // 1 to MaxStockList, with at most telephony.MaxRange numbers together and no request ids of their own
	RequestID string  `cbor:"-"`
}

func (StockList) op() Op         { return OpAddStockList }
func (r StockList) content() any { return r }

// check reports everything that is wrong with the ranges in themselves, the
// ranges numbered from 1 on.
func (r StockList) check() error {
	if len(r.Stock) == 0 || len(r.Stock) > MaxStockList {
		return &telephony.Error{Code: ErrRequest, Field: "stock", Detail: "the count of ranges is out of bounds", Fix: "add fewer ranges at once, and at least one",
			Figures: []telephony.Figure{{Name: "ranges", Value: int64(len(r.Stock))}, {Name: "most", Value: MaxStockList}}}
	}
	var reasons []*telephony.Error
	total := int64(0)
	for i, part := range r.Stock {
		err := asError(part.check())
		if err == nil && part.RequestID != "" {
			err = refuse(ErrRequest, "request id", "a range of a list has a request id", "give the list one")
		}
		if err != nil {
			about := *err
			about.Subject = "range " + strconv.Itoa(i+1)
			reasons = append(reasons, &about)
		}
		total += int64(part.Range.Len())
	}
	if len(reasons) == 0 && total > telephony.MaxRange {
		return &telephony.Error{Code: ErrRequest, Field: "stock", Detail: "the list has too many numbers", Fix: "make several lists of it",
			Figures: []telephony.Figure{{Name: "numbers", Value: total}, {Name: "most", Value: telephony.MaxRange}}}
	}
	if err := telephony.Join(reasons); err != nil {
		return err
	}
	return nil
}

func (r StockList) apply(s *step) (any, *telephony.Error) { return nil, s.addStock(r.Stock) }

// addStock puts ranges on their shelves, block by block. All blocks are read and
// checked before the first is written.
func (s *step) addStock(list []Stock) *telephony.Error {
	for _, part := range list {
		if refusal := s.checkUnordered(part.Range); refusal != nil {
			return refusal
		}
	}
	s.openBlocks()
	l := stocking{step: s, blocks: make(map[telephony.Number][]*stockingBlock)}
	for _, part := range list {
		l.read(part)
	}
	if len(l.overlap) > 0 {
		overlap := extentOf(l.overlap)
		return overlap.refuse(ErrStockOverlap, "numbers of the range are in stock already, or given twice", "load each number once")
	}
	l.write()
	for _, part := range list {
		s.event(Event{Type: StockAdded, Area: part.Area, Quantity: int64(part.Range.Len()),
			Numbers: telephony.NumberList{part.Range.First(), part.Range.Last()}})
	}
	return nil
}

// openBlocks lets blocks be read and written past what is remembered of them.
func (s *step) openBlocks() {
	s.flush()
	s.blocks.drop()
	clear(s.shelves)
}

// stocking is stock that is about to be added.
type stocking struct {
	step    *step
	shelves []*stockingShelf
	blocks  map[telephony.Number][]*stockingBlock // all that there are at a base, by base
	changed []*stockingBlock                      // in the order in which they are to be written
	overlap []reservation.Pick                    // numbers that are in stock already, or come twice
}

// stockingShelf is a shelf that numbers come to.
type stockingShelf struct {
	area  telephony.Area
	kind  telephony.Kind
	on    shelf
	known bool // whether there is the shelf yet
	added int64
}

// stockingBlock is a block as it will be.
type stockingBlock struct {
	blockRow
	to    *stockingShelf // where numbers come to; nil if none do
	there bool           // whether there is the block yet
}

// read prepares a range to be added, and notes the numbers that any shelf has in
// stock or an earlier range adds.
func (l *stocking) read(part Stock) {
	to := l.shelf(part.Area, part.Kind)
	to.added += int64(part.Range.Len())
	for base, span := range part.Range.Blocks() {
		added := reservation.BitsBetween(span[0], span[1])
		var target *stockingBlock
		var overlap reservation.Bits // several shelves can have numbers of one block
		for _, b := range l.blocksAt(base) {
			overlap = overlap.Or(b.Stock.And(added))
			if b.to == to || b.there && to.known && b.shelf == to.on {
				target = b
			}
		}
		if !overlap.IsEmpty() {
			l.overlap = append(l.overlap, reservation.Pick{Base: base, Taken: overlap})
			added = added.AndNot(overlap)
		}
		if target == nil {
			target = &stockingBlock{blockRow: blockRow{Block: reservation.Block{Base: base}}}
			l.blocks[base] = append(l.blocks[base], target)
		}
		if target.to == nil {
			target.to = to
			l.changed = append(l.changed, target)
		}
		target.Block = must1(target.Join(reservation.Block{Base: base, Stock: added, Free: added}))
	}
}

// shelf returns the shelf of an area and kind, which there may be or not.
func (l *stocking) shelf(a telephony.Area, k telephony.Kind) *stockingShelf {
	for _, to := range l.shelves {
		if to.area == a && to.kind == k {
			return to
		}
	}
	to := &stockingShelf{area: a, kind: k}
	to.on, to.known = l.step.findShelf(a, k)
	l.shelves = append(l.shelves, to)
	return to
}

// blocksAt returns the blocks of all shelves at a base, read once.
func (l *stocking) blocksAt(base telephony.Number) []*stockingBlock {
	if all, read := l.blocks[base]; read {
		return all
	}
	var all []*stockingBlock
	for row := range l.step.tables.blocks.Prefix(l.step.tx, blocksKey(base)) {
		all = append(all, &stockingBlock{blockRow: row, there: true})
	}
	l.blocks[base] = all
	return all
}

// write makes the shelves that are new, and writes the blocks.
func (l *stocking) write() {
	s := l.step
	for _, to := range l.shelves {
		if !to.known {
			to.on = s.addShelf(to.area, to.kind)
		}
		s.resizeShelf(to.on, to.added, to.added)
	}
	for _, b := range l.changed {
		b.shelf = b.to.on
		if b.there {
			must(s.tables.blocks.Replace(s.tx, b.blockRow))
		} else {
			must(s.tables.blocks.Insert(s.tx, b.blockRow))
		}
	}
}

// putBlock writes a block past what is remembered of it; one without stock is no
// more.
func (s *step) putBlock(row blockRow, there bool) {
	switch {
	case !row.Stock.IsEmpty():
		must(s.tables.blocks.Put(s.tx, row))
	case there:
		must(s.tables.blocks.Delete(s.tx, blockKey(row.Base, row.shelf)))
	}
}

// resizeShelf counts numbers that come to a shelf or leave it, and those of them
// that are free. A shelf with none left is no more: its area is known, and offers
// nothing of the kind.
func (s *step) resizeShelf(on shelf, stock, free int64) {
	row, ok := s.tables.shelves.Get(s.tx, shelfKey(on))
	if !ok {
		panic("engine: stock of no shelf")
	}
	s.free.add(on, free)
	if row.Total += stock; row.Total > 0 {
		must(s.tables.shelves.Replace(s.tx, row))
		return
	}
	must(s.tables.shelves.Delete(s.tx, shelfKey(on)))
	delete(s.shelves, on.id())
}

// findShelf returns the shelf of an area and kind, and whether there is one.
func (s *step) findShelf(a telephony.Area, k telephony.Kind) (shelf, bool) {
	area, ok := s.findArea(a)
	if !ok {
		return shelf{}, false
	}
	on := shelf{area.Ordinal, k}
	return on, s.shelf(on) != nil
}

// findArea returns the row of an area, and whether there is one. Areas never
// change, so what was found once is found again.
func (s *step) findArea(a telephony.Area) (areaRow, bool) {
	if row, ok := s.areas[a]; ok {
		return row, true
	}
	row, ok := s.tables.areaNames.Get(s.tx, areaNameKey(a))
	if ok {
		s.areas[a] = row
	}
	return row, ok
}

// addShelf makes the shelf of an area and kind, and the area if it is new.
func (s *step) addShelf(a telephony.Area, k telephony.Kind) shelf {
	area, ok := s.findArea(a)
	if !ok {
		if int64(len(s.known)) == math.MaxUint32 {
			panic("engine: no ordinal left for an area")
		}
		area = areaRow{Ordinal: uint32(len(s.known)) + 1, Area: a}
		must(s.tables.areas.Insert(s.tx, area))
		s.known = append(s.known, a)
	}
	on := shelf{area.Ordinal, k}
	must(s.tables.shelves.Insert(s.tx, shelfRow{shelf: on}))
	return on
}
