package engine

import (
	"example.com/callingplan/telephony"
)

// The causes of the steps of an activation that a tenant takes. Where the carrier
// refuses, the cause is the carrier's own.
const (
	WhyAssigned   telephony.Code = "assigned"          // somebody or something was given the number
	WhyUnassigned telephony.Code = "unassigned"        // and has it no longer
	WhyLocated    telephony.Code = "location_changed"  // its emergency location is another
	WhyConfirmed  telephony.Code = "carrier_confirmed" // the carrier has done what it was asked
)

// ActivationReport is what a carrier says of numbers of a tenant about which it
// was asked, where WithCarrierActivation has it asked.
type ActivationReport struct {
	Tenant  telephony.TenantID
	Numbers telephony.NumberList
	// Refused is the carrier's cause, in the form of an identifier; empty where it
	// confirms.
	Refused   telephony.Code
	Reason    string // of a refusal, in the carrier's words; up to 256 characters, may be empty
	RequestID string `cbor:"-"` // for the log
}

type reportCommand struct{ ActivationReport }

func (reportCommand) op() Op         { return OpReportActivation }
func (r reportCommand) content() any { return r.ActivationReport }

func (r reportCommand) check() error {
	if err := telephony.CheckID("tenant", r.Tenant); err != nil {
		return err
	}
	if err := checkNumbers(r.Numbers); err != nil {
		return err
	}
	if r.Refused == "" {
		if r.Reason != "" {
			return refuse(ErrRequest, "reason", "there is a reason and no refusal", "give the cause too, or leave the reason out")
		}
		return nil
	}
	if err := telephony.CheckID("refused", r.Refused); err != nil {
		return err
	}
	return telephony.CheckText("reason", r.Reason, telephony.MaxTextRunes)
}

// event returns the report as the rules of activations take it.
func (r reportCommand) event(s *step) telephony.ActivationEvent {
	if r.Refused == "" {
		return telephony.ActivationEvent{Step: telephony.CarrierConfirms, At: s.time(), Why: WhyConfirmed}
	}
	return telephony.ActivationEvent{Step: telephony.CarrierRefuses, At: s.time(), Why: r.Refused, Reason: r.Reason}
}

// apply takes the report for all numbers or for none. Refusals, in order: the
// tenant, the numbers, those about which the carrier was not asked.
func (r reportCommand) apply(s *step) (any, *telephony.Error) {
	return s.forTenant(r.Tenant, func() (any, *telephony.Error) { return r.report(s) })
}

func (r reportCommand) report(s *step) (any, *telephony.Error) {
	rows, refusal := s.numbersOf(r.Numbers)
	if refusal != nil {
		return nil, refusal
	}
	event := r.event(s)
	marks := make([]markRow, len(rows))
	var reasons []*telephony.Error
	for i, n := range rows {
		marks[i] = s.reader().mark(n)
		next, err := marks[i].activation(n.Acquired).After(event)
		if err != nil {
			about := *asError(err)
			about.Field, about.Numbers = "numbers", telephony.NumberList{n.Number}
			reasons = append(reasons, &about)
		}
		marks[i].Carrier = newCarrierMark(next)
	}
	if refusal := telephony.Join(gathered(reasons)); refusal != nil {
		return nil, refusal
	}
	for i, n := range rows {
		s.setMark(n, marks[i])
	}
	told := Event{Type: CarrierConfirmed, Numbers: numbersIn(rows)}
	if r.Refused != "" {
		told.Type, told.Why = CarrierRefused, r.Refused
	}
	s.tell(told)
	return nil, nil
}

// activate takes a step of a number's activation, as of a moment. Where no carrier is
// waited for the number works at once, whatever a carrier said of it before.
func (s *step) activate(n numberRow, step telephony.ActivationStep, why telephony.Code, at int64) {
	if !n.Marked && !s.settings.AwaitCarrier {
		return
	}
	m := s.reader().mark(n)
	was := m.activation(n.Acquired)
	next := s.settings.activated(was, step, why, at)
	if next == was {
		return
	}
	m.Carrier = newCarrierMark(next)
	s.setMark(n, m)
	if next.State.IsPending() {
		s.tell(Event{Type: CarrierAsked, Person: n.Person, Service: n.Service, Numbers: telephony.NumberList{n.Number}, Why: why})
	}
}

// activated returns an activation behind a step that a tenant takes, as of a moment.
func (s *Settings) activated(was telephony.Activation, step telephony.ActivationStep, why telephony.Code, at int64) telephony.Activation {
	switch {
	case s.AwaitCarrier:
		next, err := was.After(telephony.ActivationEvent{Step: step, At: unix(at), Why: why})
		must(err) // what the carrier has not answered yet was refused before
		return next
	case was.State != telephony.Activated:
		return telephony.Activation{State: telephony.Activated, Since: unix(at), Why: why}
	}
	return was
}

// mayUpdate reports why the carrier cannot be asked for another change of the
// number now.
func (s *step) mayUpdate(n numberRow) *telephony.Error {
	if n.isIdle() || !s.settings.AwaitCarrier {
		return nil
	}
	m := s.reader().mark(n)
	_, err := m.activation(n.Acquired).After(telephony.ActivationEvent{Step: telephony.AskUpdate, At: s.time(), Why: WhyLocated})
	if err == nil {
		return nil
	}
	about := *asError(err)
	about.Field, about.Numbers = "number", telephony.NumberList{n.Number}
	return &about
}
