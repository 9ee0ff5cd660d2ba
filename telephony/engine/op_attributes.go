package engine

import (
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// Attributes changes what is set of numbers, of all those listed or of none.
// What is left out stays as it is.
type Attributes struct {
	Numbers       telephony.NumberList
	RemoveTags    []string // taken off first, in any spelling; one that a number does not bear makes no difference
	AddTags       []string // as telephony.NewTags takes them; a tenant spells a tag one way, that in which it first came in
	Description   *string  // up to 256 characters; empty for none
	ReverseLookup *bool    // whether the number may be listed with whose it is
	RequestID     string   `cbor:"-"`
}

type attributesCommand struct{ Attributes }

func (attributesCommand) op() Op         { return OpSetAttributes }
func (r attributesCommand) content() any { return r.Attributes }

func (r attributesCommand) check() error {
	if err := checkNumbers(r.Numbers); err != nil {
		return err
	}
	if len(r.RemoveTags)+len(r.AddTags) == 0 && r.Description == nil && r.ReverseLookup == nil {
		return refuse(ErrRequest, "numbers", "nothing is to be set", "name a tag, a description or whether the number is listed")
	}
	if _, err := telephony.NewTags("remove tags", r.RemoveTags...); err != nil {
		return err
	}
	if _, err := telephony.NewTags("add tags", r.AddTags...); err != nil {
		return err
	}
	if r.Description == nil {
		return nil
	}
	return telephony.CheckText("description", *r.Description, telephony.MaxTextRunes)
}

// checkNumbers reports what is wrong with a list of numbers in itself.
func checkNumbers(numbers telephony.NumberList) error {
	return reservation.Choice{Numbers: numbers}.Validate()
}

// apply sets what is to be set of all numbers. Refusals, in order: the numbers,
// their tags.
func (r attributesCommand) apply(s *step) (any, *telephony.Error) {
	rows, refusal := s.numbersOf(r.Numbers)
	if refusal != nil {
		return nil, refusal
	}
	add := s.spelled(r.AddTags)
	marks := make([]markRow, len(rows))
	var full telephony.NumberList
	for i, n := range rows {
		m := s.reader().mark(n)
		tags, err := m.Tags.Without(r.RemoveTags...).With("add tags", add...)
		if err != nil {
			full = append(full, n.Number)
		}
		m.Tags = tags
		marks[i] = r.on(m)
	}
	if len(full) > 0 {
		return nil, &telephony.Error{Code: telephony.ErrTagCount, Field: "add tags", Numbers: full,
			Detail:  "numbers would have too many tags",
			Figures: []telephony.Figure{{Name: "most", Value: telephony.MaxTags}}, Fix: "use fewer tags"}
	}
	for i, n := range rows {
		s.setMark(n, marks[i])
	}
	s.tell(Event{Type: AttributesSet, Numbers: numbersIn(rows)})
	return nil, nil
}

// on returns what is set with what the request names beside tags.
func (r attributesCommand) on(m markRow) markRow {
	if len(m.Tags) == 0 {
		m.Tags = nil
	}
	if r.Description != nil {
		m.Description = *r.Description
	}
	if r.ReverseLookup != nil {
		m.ReverseLookup = *r.ReverseLookup
	}
	return m
}

// BlockNumbers keeps numbers from being assigned, all those listed or none.
// Whoever has one keeps it.
type BlockNumbers struct {
	Numbers   telephony.NumberList
	Days      int    // for so many days of 24 hours, 1 to 365
	Forever   bool   // until the block is lifted, in place of Days
	Reason    string // for people to read; up to 256 characters, may be empty
	RequestID string `cbor:"-"`
}

type blockCommand struct{ BlockNumbers }

func (blockCommand) op() Op         { return OpBlockNumbers }
func (r blockCommand) content() any { return r.BlockNumbers }

func (r blockCommand) check() error {
	if err := checkNumbers(r.Numbers); err != nil {
		return err
	}
	if r.Forever && r.Days != 0 {
		return refuse(ErrRequest, "days", "the block is for some days and for ever", "leave one of the two out")
	}
	_, err := r.block(&step{})
	return err
}

// block returns the block as it begins now.
func (r blockCommand) block(s *step) (telephony.AssignmentBlock, error) {
	if r.Forever {
		return telephony.BlockForever(s.time(), r.Reason)
	}
	return telephony.BlockFor(s.time(), r.Days, r.Reason)
}

// apply blocks all. Refusals, in order: the numbers, those that are blocked.
func (r blockCommand) apply(s *step) (any, *telephony.Error) {
	rows, refusal := s.numbersOf(r.Numbers)
	if refusal != nil {
		return nil, refusal
	}
	block, err := r.block(s)
	must(err) // it was checked before it became a command
	marks := make([]markRow, len(rows))
	var blocked []*telephony.Error
	for i, n := range rows {
		marks[i] = s.reader().mark(n)
		if err := marks[i].block(s.now).Check(s.time(), n.Number); err != nil {
			blocked = append(blocked, asError(err))
		}
		marks[i].Block = newBlockMark(block)
	}
	if refusal := telephony.Join(gathered(blocked)); refusal != nil {
		return nil, refusal
	}
	for i, n := range rows {
		s.setMark(n, marks[i])
	}
	s.tell(Event{Type: NumbersBlocked, Numbers: numbersIn(rows)})
	return nil, nil
}

// UnblockNumbers lifts the blocks of numbers, of all those listed or of none.
type UnblockNumbers struct {
	Numbers   telephony.NumberList
	RequestID string `cbor:"-"`
}

type unblockCommand struct{ UnblockNumbers }

func (unblockCommand) op() Op         { return OpUnblockNumbers }
func (r unblockCommand) content() any { return r.UnblockNumbers }
func (r unblockCommand) check() error { return checkNumbers(r.Numbers) }

// apply lifts all. Refusals, in order: the numbers, those that are not blocked.
func (r unblockCommand) apply(s *step) (any, *telephony.Error) {
	rows, refusal := s.numbersOf(r.Numbers)
	if refusal != nil {
		return nil, refusal
	}
	marks := make([]markRow, len(rows))
	var open telephony.NumberList
	for i, n := range rows {
		marks[i] = s.reader().mark(n)
		if marks[i].block(s.now) == (telephony.AssignmentBlock{}) {
			open = append(open, n.Number)
		}
		marks[i].Block = blockMark{}
	}
	if len(open) > 0 {
		return nil, &telephony.Error{Code: ErrNotBlocked, Field: "numbers", Numbers: open,
			Detail: "numbers are listed that are not blocked, or no longer", Fix: "leave them out"}
	}
	for i, n := range rows {
		s.setMark(n, marks[i])
	}
	s.tell(Event{Type: NumbersUnblocked, Numbers: numbersIn(rows)})
	return nil, nil
}
