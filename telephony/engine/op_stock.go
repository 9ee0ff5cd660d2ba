package engine

import (
	"math"

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
	if r.Range.Len() == 0 {
		return refuse(ErrRequest, "range", "there is no number in the range", "make it with telephony.NewRange or ParseRange")
	}
	if err := r.Area.Check("area"); err != nil {
		return err
	}
	if err := telephony.CheckKind("kind", r.Kind); err != nil {
		return err
	}
	if code := r.Range.First().CallingCode(); !code.Serves(r.Area.Country) {
		return &telephony.Error{Code: ErrStockCountry, Field: "area", Numbers: telephony.NumberList{r.Range.First()},
			Detail:  "the numbers' calling code is not one of the area's country, " + string(r.Area.Country),
			Figures: []telephony.Figure{{Name: "calling code", Value: int64(code)}}}
	}
	return nil
}

// apply puts the range on its shelf, block by block. All blocks are read and
// checked before the first is written.
func (r Stock) apply(s *step) (any, *telephony.Error) {
	if refusal := s.checkUnordered(r.Range); refusal != nil {
		return nil, refusal
	}
	s.openBlocks()
	on, known := s.findShelf(r.Area, r.Kind)
	blocks := make([]blockRow, 0, r.Range.Len()/telephony.BlockSize+2)
	existing := make([]bool, 0, cap(blocks))
	for base, span := range r.Range.Blocks() {
		row, there, refusal := s.stockBlock(base, on, known, reservation.BitsBetween(span[0], span[1]))
		if refusal != nil {
			return nil, refusal
		}
		if row.Block, refusal = loaded(row.Block, span); refusal != nil {
			return nil, refusal
		}
		blocks, existing = append(blocks, row), append(existing, there)
	}
	if !known {
		on = s.addShelf(r.Area, r.Kind)
	}
	for i := range blocks {
		blocks[i].shelf = on
		if existing[i] {
			must(s.tables.blocks.Replace(s.tx, blocks[i]))
		} else {
			must(s.tables.blocks.Insert(s.tx, blocks[i]))
		}
	}
	row, _ := s.tables.shelves.Get(s.tx, shelfKey(on))
	row.Total += int64(r.Range.Len())
	must(s.tables.shelves.Replace(s.tx, row))
	s.free.add(on, int64(r.Range.Len()))
	s.event(Event{Type: StockAdded, Area: r.Area, Quantity: int64(r.Range.Len()),
		Numbers: telephony.NumberList{r.Range.First(), r.Range.Last()}})
	return nil, nil
}

func loaded(b reservation.Block, span [2]int) (reservation.Block, *telephony.Error) {
	changed, err := b.Load(span[0], span[1])
	return changed, asError(err)
}

// stockBlock returns the shelf's block to which numbers are added, new if there
// is none, and refuses numbers that any shelf has in stock.
func (s *step) stockBlock(base telephony.Number, on shelf, known bool, added reservation.Bits) (row blockRow, there bool, refusal *telephony.Error) {
	row = blockRow{shelf: on, Block: reservation.Block{Base: base}}
	var overlap reservation.Bits // with the stock of any shelf: several can have numbers of one block
	for b := range s.tables.blocks.Prefix(s.tx, blocksKey(base)) {
		overlap = overlap.Or(b.Stock.And(added))
		if known && b.shelf == on {
			row, there = b, true
		}
	}
	if overlap.IsEmpty() {
		return row, there, nil
	}
	numbers := reservation.Numbers([]reservation.Pick{{Base: base, Taken: overlap}})
	return row, false, &telephony.Error{Code: ErrStockOverlap, Field: "range", Numbers: numbers,
		Detail:  "numbers of the range are in stock already",
		Figures: []telephony.Figure{{Name: "overlapping in the first such block", Value: int64(len(numbers))}},
		Fix:     "load each number once"}
}

// findShelf returns the shelf of an area and kind, and whether there is one.
func (s *step) findShelf(a telephony.Area, k telephony.Kind) (shelf, bool) {
	area, ok := s.findArea(a)
	if !ok {
		return shelf{}, false
	}
	on := shelf{area.Ordinal, k}
	return on, s.hasShelf(on)
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
