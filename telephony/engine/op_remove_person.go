package engine

import (
	"cmp"
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// RemovePerson takes a person away; the licences are the tenant's to give again.
type RemovePerson struct {
	Person telephony.PersonID
	// Leave says what becomes of the number; somebody who has one is not removed
	// without it.
	Leave     Leave
	Line      reservation.Line `cbor:",omitempty"` // with ReleaseNumbers, what it was used for, as Release has it
	RequestID string           `cbor:"-"`
}

func (RemovePerson) op() Op         { return OpRemovePerson }
func (r RemovePerson) content() any { return r }

func (r RemovePerson) check() error {
	if err := telephony.CheckID("person", r.Person); err != nil {
		return err
	}
	if err := r.Leave.check(true); err != nil {
		return err
	}
	return r.Leave.checkLine(r.Line)
}

func (r RemovePerson) apply(s *step) (any, *telephony.Error) {
	p, ok := s.person(r.Person)
	if !ok {
		return nil, unknownPerson(r.Person)
	}
	if number := p.Number; number.IsValid() {
		if r.Leave == 0 {
			return nil, &telephony.Error{Code: ErrNumberInUse, Field: "leave", Person: r.Person, Numbers: telephony.NumberList{number},
				Detail: "the person has a number, and it is not said what becomes of it", Fix: "say KeepNumbers or ReleaseNumbers, or unassign it first"}
		}
		p = s.takeNumber(p, s.now)
		if r.Leave == ReleaseNumbers {
			n, _ := s.number(number)
			s.releaseRows([]numberRow{n}, cmp.Or(r.Line, reservation.Business))
		}
	}
	a := s.edit(s.account)
	for _, product := range p.Products {
		a.Licences = withAssigned(a.Licences, product, -1)
	}
	if len(p.Products) > 0 {
		s.tell(Event{Type: LicencesRemoved, Person: p.ID, Products: p.Products})
	}
	must(s.tables.people.Delete(s.tx, personKey(p.Tenant, p.ID)))
	a.People--
	if p.Vanished {
		a.Vanished--
	}
	s.tell(Event{Type: PersonRemoved, Person: p.ID})
	return nil, nil
}

// Vanished says that a person is no longer in the directory, as whoever copies it
// finds. The person stays, with licences and number, until RemovePerson, and gets
// nothing more; the number is an orphan, which FreeOrphans frees.
type Vanished struct {
	Person    telephony.PersonID
	RequestID string `cbor:"-"`
}

func (Vanished) op() Op         { return OpMarkVanished }
func (r Vanished) content() any { return r }

func (r Vanished) check() error { return telephony.CheckID("person", r.Person) }

func (r Vanished) apply(s *step) (any, *telephony.Error) { return s.setVanished(r.Person, true) }

// Returned says that a person who had vanished is in the directory again.
type Returned struct {
	Person    telephony.PersonID
	RequestID string `cbor:"-"`
}

func (Returned) op() Op         { return OpMarkReturned }
func (r Returned) content() any { return r }

func (r Returned) check() error { return telephony.CheckID("person", r.Person) }

func (r Returned) apply(s *step) (any, *telephony.Error) { return s.setVanished(r.Person, false) }

// setVanished marks a person and the person's number. To say again what is so
// changes nothing.
func (s *step) setVanished(id telephony.PersonID, gone bool) (any, *telephony.Error) {
	p, ok := s.person(id)
	if !ok {
		return nil, unknownPerson(id)
	}
	if p.Vanished == gone {
		return nil, nil
	}
	told, by := PersonVanished, int64(1)
	p.Vanished, p.VanishedAt = gone, s.now
	if !gone {
		told, by, p.VanishedAt = PersonReturned, -1, 0
	}
	var numbers telephony.NumberList
	if p.Number.IsValid() {
		was, _ := s.number(p.Number)
		is := was
		is.Orphaned = gone
		s.setNumber(was, is)
		numbers = telephony.NumberList{p.Number}
	}
	must(s.tables.people.Replace(s.tx, p))
	s.edit(s.account).Vanished += by
	s.tell(Event{Type: told, Person: id, Numbers: numbers})
	return nil, nil
}

func vanished(p personRow) *telephony.Error {
	return &telephony.Error{Code: ErrPersonVanished, Person: p.ID, At: unix(p.VanishedAt),
		Detail: "the person is gone from the directory", Fix: "mark the person as returned, or choose another"}
}

// FreeOrphans takes numbers from people who are gone from the directory.
type FreeOrphans struct {
	Numbers   telephony.NumberList // these, all or none
	All       bool                 // the first MaxFreed there are, in place of Numbers
	Leave     Leave                // what becomes of them
	Line      reservation.Line     `cbor:",omitempty"` // with ReleaseNumbers, what they were used for, as Release has it
	RequestID string               `cbor:"-"`
}

// MaxFreed is how many orphans one call of FreeOrphans frees.
const MaxFreed = 1000

// Freed is what freeing orphans gave.
type Freed struct {
	Numbers telephony.NumberList // no longer anybody's, ascending
	Left    int64                // orphans that there are still
}

type freeOrphansCommand struct{ FreeOrphans }

func (freeOrphansCommand) op() Op         { return OpFreeOrphans }
func (r freeOrphansCommand) content() any { return r.FreeOrphans }

func (r freeOrphansCommand) check() error {
	if r.All && len(r.Numbers) > 0 {
		return refuse(ErrRequest, "numbers", "numbers are named though all are asked for", "leave one of the two out")
	}
	if !r.All {
		if err := checkNumbers(r.Numbers); err != nil {
			return err
		}
	}
	if len(r.Numbers) > MaxFreed {
		return &telephony.Error{Code: ErrRequest, Field: "numbers", Detail: "too many numbers are named at once", Fix: "make several calls of it",
			Figures: []telephony.Figure{{Name: "asked", Value: int64(len(r.Numbers))}, {Name: "most", Value: MaxFreed}}}
	}
	if err := r.Leave.check(false); err != nil {
		return err
	}
	return r.Leave.checkLine(r.Line)
}

// apply frees the numbers. Refusals, in order: those that are not the tenant's,
// those that are no orphans.
func (r freeOrphansCommand) apply(s *step) (any, *telephony.Error) {
	rows, refusal := r.orphans(s)
	if refusal != nil {
		return nil, refusal
	}
	for _, n := range rows {
		p, _ := s.person(n.Person)
		must(s.tables.people.Replace(s.tx, s.takeNumber(p, s.now)))
	}
	numbers := numbersIn(rows)
	if r.Leave == ReleaseNumbers && len(rows) > 0 {
		idle, _ := s.findNumbers(numbers)
		s.releaseRows(idle, cmp.Or(r.Line, reservation.Business))
	}
	return Freed{Numbers: numbers, Left: s.reader().seenAccount(*s.account).Orphans}, nil
}

// orphans returns the rows of the numbers to free.
func (r freeOrphansCommand) orphans(s *step) ([]numberRow, *telephony.Error) {
	if r.All {
		s.flushPostings()
		var some telephony.NumberList
		r := s.reader()
		most := min(MaxFreed, r.seenAccount(*s.account).Orphans)
		for number := range r.onList(list{Kind: orphanList}, 0, lastWord) {
			if int64(len(some)) == most {
				break
			}
			if n, _ := r.numberRow(number); !n.isIdle() { // what people have lost is no orphan
				some = append(some, number)
			}
		}
		rows, _ := s.findNumbers(some)
		return rows, nil
	}
	rows, unknown := s.findNumbers(r.Numbers)
	var others telephony.NumberList
	for _, n := range rows {
		if !n.Orphaned {
			others = append(others, n.Number)
		}
	}
	var reasons []*telephony.Error
	if refusal := unknownNumbers(unknown); refusal != nil {
		reasons = append(reasons, refusal)
	}
	if len(others) > 0 {
		reasons = append(reasons, &telephony.Error{Code: ErrNotOrphaned, Field: "numbers", Numbers: others,
			Detail: "numbers are listed that nobody has who is gone from the directory", Fix: "leave them out"})
	}
	return slices.Clip(rows), telephony.Join(reasons)
}
