package engine

import (
	"slices"

	"example.com/callingplan/telephony"
)

// AssignService gives a number to a service.
type AssignService struct {
	Number    telephony.Number
	Service   telephony.ServiceID
	RequestID string `cbor:"-"`
}

func (AssignService) op() Op         { return OpAssignService }
func (r AssignService) content() any { return r }

func (r AssignService) check() error {
	if !r.Number.IsValid() {
		return refuse(ErrRequest, "number", "there is no number", "name the number to assign")
	}
	return telephony.CheckID("service", r.Service)
}

// apply refuses with every obstacle there is.
func (r AssignService) apply(s *step) (any, *telephony.Error) {
	s.number(r.Number) // a number that its person has lost is nobody's first
	row, n, reasons := s.reader().serviceAssignment(r, s.account)
	if refusal := telephony.Join(reasons); refusal != nil {
		return nil, refusal
	}
	was := n
	n.Service, n.ServiceKind, n.Since = row.ID, row.Kind, s.now
	s.setNumber(was, n)
	s.countService(row, n.Number, 1)
	s.tell(Event{Type: NumberAssigned, Service: row.ID, Numbers: telephony.NumberList{n.Number}})
	s.activate(n, telephony.AskAssignment, WhyAssigned, s.now)
	return nil, nil
}

// serviceAssignment gathers the facts of an assignment to a service of the
// account's tenant and returns the service, the number and everything that stands
// in the way.
func (r reader) serviceAssignment(a AssignService, account *accountRow) (serviceRow, numberRow, []*telephony.Error) {
	row, haveS := r.tables.services.Get(r.rows, serviceKey(r.tenant, a.Service))
	n, haveN := r.numberRow(a.Number)
	var missing []*telephony.Error
	if !haveS {
		missing = append(missing, unknownService(a.Service))
	}
	if !haveN {
		missing = append(missing, unknownNumber(a.Number))
	}
	if len(missing) > 0 {
		return row, n, missing
	}
	return row, n, telephony.CheckServiceAssignment(telephony.ServiceAssignmentFacts{
		Now:     unix(r.now),
		Service: telephony.ServiceFacts{ID: row.ID, Kind: row.Kind, UsageLocation: row.Country, Current: row.Number},
		Number:  r.numberFacts(n),
		Credits: r.settings.Catalogue.CheckTollFree(account.Licences) == nil,
	})
}

// countService counts a number as the service's, or no longer where by is -1.
func (s *step) countService(row serviceRow, n telephony.Number, by int64) {
	row.Numbers += by
	if row.Kind.IsResourceAccount() {
		row.Number = telephony.Number{}
		if by > 0 {
			row.Number = n
		}
	}
	must(s.tables.services.Replace(s.tx, row))
}

// UnassignService takes a number from the service that has it. The number stays
// with the tenant.
type UnassignService struct {
	Number    telephony.Number
	RequestID string `cbor:"-"`
}

func (UnassignService) op() Op         { return OpUnassignService }
func (r UnassignService) content() any { return r }

func (r UnassignService) check() error {
	if !r.Number.IsValid() {
		return refuse(ErrRequest, "number", "there is no number", "name the number to unassign")
	}
	return nil
}

func (r UnassignService) apply(s *step) (any, *telephony.Error) {
	n, ok := s.number(r.Number)
	if !ok {
		return nil, unknownNumber(r.Number)
	}
	if n.Service == "" {
		return nil, &telephony.Error{Code: ErrNoService, Field: "number", Numbers: telephony.NumberList{r.Number}, Person: n.Person,
			Detail: "no service has the number", Fix: "leave it as it is, or unassign the person who has it"}
	}
	s.takeFromService(r.Number)
	return nil, nil
}

// takeFromService takes a number from the service that has it. Its emergency
// location, if it has one, stays: a service calls nobody for help.
func (s *step) takeFromService(number telephony.Number) {
	n, _ := s.number(number)
	row, ok := s.service(n.Service)
	if !ok {
		panic("engine: a number with a service that is not there")
	}
	was := n
	n.Service, n.ServiceKind, n.Since = "", 0, s.now
	s.setNumber(was, n)
	s.countService(row, number, -1)
	s.tell(Event{Type: NumberUnassigned, Service: row.ID, Numbers: telephony.NumberList{number}})
	s.activate(n, telephony.WithdrawAssignment, WhyUnassigned, s.now)
}

// numbersOfService returns the numbers of a service, ascending.
func (s *step) numbersOfService(row serviceRow) telephony.NumberList {
	if row.Numbers == 0 {
		return nil
	}
	s.flushPostings() // the list is as it was before the commands of this transaction
	return slices.Collect(s.reader().onList(listOfService(row.ID), 0, lastWord))
}

// lastWord is no less than any number's word.
const lastWord = 1<<64 - 2
