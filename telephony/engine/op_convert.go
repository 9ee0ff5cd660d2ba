package engine

import (
	"cmp"
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// ConvertNumbers makes numbers ones of another kind, all those listed or none: a
// user number a service number, or a service number a user number again.
type ConvertNumbers struct {
	Numbers   telephony.NumberList
	To        telephony.Kind
	RequestID string `cbor:"-"`
}

type convertCommand struct{ ConvertNumbers }

func (convertCommand) op() Op         { return OpConvertNumbers }
func (r convertCommand) content() any { return r.ConvertNumbers }

func (r convertCommand) check() error {
	if err := checkNumbers(r.Numbers); err != nil {
		return err
	}
	return telephony.CheckKind("to", r.To)
}

// apply converts all. Refusals, in order: the numbers, then every reason of the
// rules, each with all the numbers that it is about.
func (r convertCommand) apply(s *step) (any, *telephony.Error) {
	rows, refusal := s.numbersOf(r.Numbers)
	if refusal != nil {
		return nil, refusal
	}
	if refusal := telephony.Join(s.conversionFaults(rows, r.To)); refusal != nil {
		return nil, refusal
	}
	s.restock(rows, r.To)
	for _, was := range rows {
		is := was
		is.Kind, is.Since = r.To, s.now
		s.setNumber(was, is)
	}
	s.tell(Event{Type: NumbersConverted, Numbers: numbersIn(rows), Kind: r.To})
	return nil, nil
}

// conversionOrder is the order in which reasons against conversions are told.
var conversionOrder = []telephony.Code{telephony.ErrKind, telephony.ErrKindUnchanged, telephony.ErrTollFreeForever,
	telephony.ErrTollFreeByNumber, telephony.ErrNumberAssigned}

// conversionFaults returns every reason against the conversion of the numbers,
// each once. The quota has to have room for all of them together, save those that
// were ported in, which it does not count.
func (s *step) conversionFaults(rows []numberRow, to telephony.Kind) []*telephony.Error {
	counted := int64(0)
	for _, n := range rows {
		if !n.Ported {
			counted++
		}
	}
	var full *telephony.Error
	if counted > 0 {
		_, use := s.account.standing(s.now)
		full = asError(checkQuota(s.settings, s.account.Licences, to, use[to], counted))
	}
	var reasons []*telephony.Error
	for _, n := range rows {
		facts := telephony.ConversionFacts{Number: s.reader().numberFacts(n), To: to}
		if !n.Ported {
			facts.Quota = full
		}
		reasons = append(reasons, telephony.CheckConversion(facts)...)
	}
	reasons = gathered(reasons)
	place := func(e *telephony.Error) int {
		if at := slices.Index(conversionOrder, e.Code); at >= 0 {
			return at
		}
		return len(conversionOrder) // the quota
	}
	slices.SortStableFunc(reasons, func(a, b *telephony.Error) int { return cmp.Compare(place(a), place(b)) })
	return reasons
}

// restock moves acquired numbers to the shelf of another kind in the area that
// each is of, so that they go back there when they are released.
func (s *step) restock(rows []numberRow, to telephony.Kind) {
	s.openBlocks()
	for i := 0; i < len(rows); {
		from := shelf{rows[i].Area, rows[i].Kind}
		base, _ := rows[i].Number.Block()
		var moved reservation.Bits
		for ; i < len(rows) && (shelf{rows[i].Area, rows[i].Kind}) == from; i++ {
			at, offset := rows[i].Number.Block()
			if at != base {
				break
			}
			moved.Set(offset)
		}
		s.moveStock(base, moved, from, shelf{from.Area, to})
	}
}

// moveStock moves numbers of a block that are somebody's from one shelf to
// another.
func (s *step) moveStock(base telephony.Number, moved reservation.Bits, from, to shelf) {
	if s.shelf(to) == nil {
		s.addShelf(s.known.of(to.Area), to.Kind)
	}
	row, _ := s.tables.blocks.Get(s.tx, blockKey(base, from))
	there, ok := s.tables.blocks.Get(s.tx, blockKey(base, to))
	if !ok {
		there = blockRow{to, reservation.Block{Base: base}}
	}
	part, rest := row.Cut(moved)
	there.Block = must1(there.Join(part))
	s.putBlock(blockRow{from, rest}, true)
	s.putBlock(there, ok)
	s.resizeShelf(from, -int64(moved.Count()), 0)
	s.resizeShelf(to, int64(moved.Count()), 0)
}
