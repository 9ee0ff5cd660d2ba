package engine

import (
	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// Assign gives a number and an emergency location to a person.
type Assign struct {
	Number telephony.Number
	Person telephony.PersonID
	// Location is where the person is. Where the country wants it with the
	// acquisition it may be left out: the number keeps its own.
	Location  telephony.LocationID
	RequestID string `cbor:"-"`
}

func (Assign) op() Op         { return OpAssign }
func (r Assign) content() any { return r }

func (r Assign) check() error {
	if !r.Number.IsValid() {
		return refuse(ErrRequest, "number", "there is no number", "name the number to assign")
	}
	if err := telephony.CheckID("person", r.Person); err != nil {
		return err
	}
	if r.Location != "" {
		return telephony.CheckID("location", r.Location)
	}
	return nil
}

// apply refuses with every obstacle there is.
func (r Assign) apply(s *step) (any, *telephony.Error) {
	s.person(r.Person) // what they have lost is written down first
	s.number(r.Number)
	p, n, reasons := s.reader().assignment(r, false)
	if refusal := telephony.Join(reasons); refusal != nil {
		return nil, refusal
	}
	s.giveNumber(p, n, r.Location)
	return nil, nil
}

// reader is what reads the state of one tenant at one moment, for rules that
// both commands and views ask.
type reader struct {
	tables   *tables
	rows     memtable.Reader
	settings *Settings
	tenant   uint32
	now      int64
	free     freeCounts
	due      dueRows
	known    knownAreas
	graces   graceRows
	ported   portedCounts
}

func (s *step) reader() reader {
	return reader{s.tables, s.tx, s.settings, s.ordinal(), s.now, s.free.freeCounts, s.due.Set, s.known, s.graces.Set, s.ported.freeCounts}
}

// assignment gathers the facts of an assignment and returns the person, the
// number and everything that stands in the way. With instead, the number takes
// the place of the one the person has, which asks for no terms anew.
func (r reader) assignment(a Assign, instead bool) (personRow, numberRow, []*telephony.Error) {
	p, haveP := r.personRow(a.Person)
	n, haveN := r.numberRow(a.Number)
	var missing []*telephony.Error
	if !haveP {
		missing = append(missing, unknownPerson(a.Person))
	}
	if !haveN {
		missing = append(missing, unknownNumber(a.Number))
	}
	location, haveL := r.locationFacts(a.Location, n)
	if a.Location != "" && !haveL {
		missing = append(missing, unknownLocation(a.Location))
	}
	if len(missing) > 0 {
		return p, n, missing
	}
	var reasons []*telephony.Error
	if p.Vanished {
		reasons = append(reasons, vanished(p))
	}
	if refusal := r.checkTerms(); refusal != nil && !instead {
		reasons = append(reasons, refusal)
	}
	facts := telephony.AssignmentFacts{
		Now: unix(r.now), Person: r.personFacts(p), Number: r.numberFacts(n),
		Location: location, LocationWhen: locationWhen(p.Country),
	}
	if instead {
		facts.Person.Current = telephony.Number{}
	}
	return p, n, append(reasons, telephony.CheckAssignment(facts)...)
}

func (r reader) personFacts(p personRow) telephony.PersonFacts {
	features := r.settings.Catalogue.Features(p.Products)
	return telephony.PersonFacts{
		ID: p.ID, VisibleAt: unix(p.VisibleAt), UsageLocation: p.Country,
		PhoneSystem: features.Has(licensing.FeaturePhoneSystem), CallingPlan: features.Has(licensing.FeatureCallingPlan),
		OnPremisesNumber: p.OnPremises, Current: p.Number,
	}
}

func (r reader) numberFacts(n numberRow) telephony.NumberFacts {
	area := r.known.of(n.Area)
	return telephony.NumberFacts{Number: n.Number, Kind: n.Kind, Country: area.Country, Assigned: !n.isIdle(), Block: r.block(n)}
}

// block returns the block that keeps the number from being assigned, if one does.
func (r reader) block(n numberRow) telephony.AssignmentBlock {
	m := r.mark(n)
	return m.block(r.now)
}

// locationFacts returns the facts of the location given, or else of the
// number's own, and whether there is such a location.
func (r reader) locationFacts(given telephony.LocationID, n numberRow) (telephony.LocationFacts, bool) {
	if given == "" {
		given = n.Location
	}
	l, ok := r.tables.locations.Get(r.rows, locationKey(r.tenant, given))
	if !ok {
		return telephony.LocationFacts{}, false
	}
	address, _ := r.tables.addresses.Get(r.rows, addressKey(r.tenant, l.Address))
	return telephony.LocationFacts{Given: true, Country: address.Record.Address.Country,
		Validated: address.Record.Status == emergency.Validated}, true
}

// giveNumber makes the number the person's, at the location if one is given.
func (s *step) giveNumber(p personRow, n numberRow, location telephony.LocationID) {
	was := n
	if location != "" && location != n.Location {
		n.Location, n.Located = location, s.now
	}
	n.Person, n.Since = p.ID, s.now
	s.setNumber(was, n)
	p.Number, p.Since, p.Told, p.ToldAt = n.Number, s.now, false, 0
	must(s.tables.people.Replace(s.tx, p))
	s.tell(Event{Type: NumberAssigned, Person: p.ID, Numbers: telephony.NumberList{n.Number}, Location: n.Location})
	s.tellActivation(n, was.Location)
	s.activate(n, telephony.AskAssignment, WhyAssigned, s.now)
}

// takeNumber takes the person's number away, as of a moment; it stays with the
// tenant. The person's row is returned changed, to be written by the caller.
func (s *step) takeNumber(p personRow, at int64) personRow {
	was, ok := s.tables.numbers.Get(s.tx, numberKey(p.Tenant, p.Number))
	if !ok {
		panic("engine: a person with a number that the tenant does not have")
	}
	n := was.left(at, p.Country)
	s.setNumber(was, n)
	s.tell(Event{Type: NumberUnassigned, Person: p.ID, Numbers: telephony.NumberList{n.Number}})
	s.activate(n, telephony.WithdrawAssignment, WhyUnassigned, at)
	return p.left(at)
}
