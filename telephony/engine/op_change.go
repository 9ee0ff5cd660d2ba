package engine

import (
	"example.com/callingplan/telephony"
)

// Unassign takes a person's number away. The number stays with the tenant.
type Unassign struct {
	Person    telephony.PersonID
	RequestID string `cbor:"-"`
}

func (Unassign) op() Op         { return OpUnassign }
func (r Unassign) content() any { return r }

func (r Unassign) check() error { return telephony.CheckID("person", r.Person) }

func (r Unassign) apply(s *step) (any, *telephony.Error) {
	p, refusal := s.personWithNumber(r.Person)
	if refusal != nil {
		return nil, refusal
	}
	must(s.tables.people.Replace(s.tx, s.takeNumber(p, s.now)))
	return nil, nil
}

// personWithNumber returns a person of the tenant who has a number.
func (s *step) personWithNumber(id telephony.PersonID) (personRow, *telephony.Error) {
	p, ok := s.person(id)
	if !ok {
		return p, unknownPerson(id)
	}
	if !p.Number.IsValid() {
		return p, &telephony.Error{Code: ErrNoNumber, Person: id, Detail: "the person has no number", Fix: "assign one first"}
	}
	return p, nil
}

// ChangeNumber gives a person another number in one step: the one they had is
// free for others of the tenant at the moment they have the new one.
type ChangeNumber struct {
	Person telephony.PersonID
	Number telephony.Number // the new one
	// Location is where the person is. Left out, they stay where they are.
	Location  telephony.LocationID
	RequestID string `cbor:"-"`
}

func (ChangeNumber) op() Op         { return OpChangeNumber }
func (r ChangeNumber) content() any { return r }

func (r ChangeNumber) check() error {
	return Assign{Number: r.Number, Person: r.Person, Location: r.Location}.check()
}

func (r ChangeNumber) apply(s *step) (any, *telephony.Error) {
	p, refusal := s.personWithNumber(r.Person)
	if refusal != nil {
		return nil, refusal
	}
	if p.Number == r.Number {
		return nil, &telephony.Error{Code: ErrSameNumber, Person: r.Person, Numbers: telephony.NumberList{r.Number},
			Detail: "the person has this number already", Fix: "name another number"}
	}
	location := r.Location
	if location == "" {
		current, _ := s.number(p.Number)
		location = current.Location
	}
	s.number(r.Number) // a number that its person has lost is nobody's first
	_, n, reasons := s.reader().assignment(Assign{Number: r.Number, Person: r.Person, Location: location}, true)
	if refusal := telephony.Join(reasons); refusal != nil {
		return nil, refusal
	}
	s.giveNumber(s.takeNumber(p, s.now), n, location)
	return nil, nil
}

// ChangeLocation moves a number to another emergency location, whether a person
// has it or not.
type ChangeLocation struct {
	Number    telephony.Number
	Location  telephony.LocationID
	RequestID string `cbor:"-"`
}

func (ChangeLocation) op() Op         { return OpChangeLocation }
func (r ChangeLocation) content() any { return r }

func (r ChangeLocation) check() error {
	if !r.Number.IsValid() {
		return refuse(ErrRequest, "number", "there is no number", "name the number to move")
	}
	return telephony.CheckID("location", r.Location)
}

func (r ChangeLocation) apply(s *step) (any, *telephony.Error) {
	n, ok := s.number(r.Number)
	if !ok {
		return nil, unknownNumber(r.Number)
	}
	to, ok := s.location(r.Location)
	if !ok {
		return nil, unknownLocation(r.Location)
	}
	if refusal := mayUseLocation(s.addressOf(to), s.known.of(n.Area).Country); refusal != nil {
		return nil, refusal
	}
	if n.Location == r.Location {
		return nil, nil
	}
	if refusal := s.mayUpdate(n); refusal != nil {
		return nil, refusal
	}
	was := n
	n.Location, n.Located, n.Since = r.Location, s.now, s.now
	s.setNumber(was, n)
	s.tell(Event{Type: LocationChanged, Person: n.Person, Service: n.Service, Numbers: telephony.NumberList{n.Number}, Location: r.Location})
	s.tellActivation(n, was.Location)
	if !n.isIdle() {
		s.activate(n, telephony.AskUpdate, WhyLocated, s.now)
	}
	return nil, nil
}

// Told records that a person has been told their number.
type Told struct {
	Person    telephony.PersonID
	RequestID string `cbor:"-"`
}

func (Told) op() Op         { return OpTell }
func (r Told) content() any { return r }

func (r Told) check() error { return telephony.CheckID("person", r.Person) }

func (r Told) apply(s *step) (any, *telephony.Error) {
	p, refusal := s.personWithNumber(r.Person)
	if refusal != nil {
		return nil, refusal
	}
	p.Told, p.ToldAt = true, s.now
	must(s.tables.people.Replace(s.tx, p))
	s.tell(Event{Type: PersonTold, Person: p.ID, Numbers: telephony.NumberList{p.Number}})
	return nil, nil
}
