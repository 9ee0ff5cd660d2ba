package engine

import (
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// ServiceSpec describes a new service: a conference bridge, or the resource
// account of an auto attendant or a call queue.
type ServiceSpec struct {
	ID   telephony.ServiceID
	Kind telephony.ServiceKind
	Name string // shown to people; up to 256 characters, may be empty
	// UsageLocation is the country of a resource account, without which it gets no
	// number; it may be set later. A bridge has numbers of many countries and none
	// of its own.
	UsageLocation telephony.Country
	RequestID     string `cbor:"-"`
}

func (ServiceSpec) op() Op         { return OpAddService }
func (r ServiceSpec) content() any { return r }

func (r ServiceSpec) check() error {
	if err := telephony.CheckID("id", r.ID); err != nil {
		return err
	}
	if err := telephony.CheckServiceKind("kind", r.Kind); err != nil {
		return err
	}
	if err := telephony.CheckText("name", r.Name, telephony.MaxTextRunes); err != nil {
		return err
	}
	if r.UsageLocation == "" {
		return nil
	}
	if !r.Kind.IsResourceAccount() {
		return noCountryOfItsOwn(r.ID)
	}
	return telephony.CheckCountry("usage location", r.UsageLocation)
}

func noCountryOfItsOwn(id telephony.ServiceID) *telephony.Error {
	return &telephony.Error{Code: ErrServiceCountry, Field: "usage location", Subject: "service " + string(id),
		Detail: "a conference bridge has numbers of many countries and no usage location", Fix: "leave it out"}
}

// apply adds the service. Refusals, in order: its identifier, the tenant's limit,
// and of a resource account the quota that licences give.
func (r ServiceSpec) apply(s *step) (any, *telephony.Error) {
	if _, taken := s.service(r.ID); taken {
		return nil, &telephony.Error{Code: ErrServiceExists, Field: "id", Subject: "service " + string(r.ID),
			Detail: "the tenant has a service with that identifier", Fix: "choose another"}
	}
	if refusal := checkLimit("services", s.account.Services, s.settings.Tenants.Services); refusal != nil {
		return nil, refusal
	}
	accounts := int64(0)
	if r.Kind.IsResourceAccount() {
		accounts = 1
		if err := accountQuota(s.settings, s.account).Check(1); err != nil {
			return nil, asError(err)
		}
	}
	must(s.tables.services.Insert(s.tx, serviceRow{Tenant: s.account.Tenant, ID: r.ID, Kind: r.Kind, Name: r.Name,
		Country: r.UsageLocation, Added: s.now}))
	a := s.edit(s.account)
	a.Services++
	a.ResourceAccounts += accounts
	s.tell(Event{Type: ServiceAdded, Service: r.ID, Country: r.UsageLocation})
	return nil, nil
}

// accountQuota returns how many resource accounts a tenant may have.
func accountQuota(settings *Settings, a *accountRow) licensing.Quota {
	return settings.Quota.Quota(settings.Catalogue, a.Licences, licensing.ResourceAccounts, licensing.Use{Acquired: a.ResourceAccounts})
}

// ServiceLocation sets the country of a resource account.
type ServiceLocation struct {
	Service   telephony.ServiceID
	Country   telephony.Country
	RequestID string `cbor:"-"`
}

func (ServiceLocation) op() Op         { return OpSetServiceLocation }
func (r ServiceLocation) content() any { return r }

func (r ServiceLocation) check() error {
	if err := telephony.CheckID("service", r.Service); err != nil {
		return err
	}
	return telephony.CheckCountry("country", r.Country)
}

func (r ServiceLocation) apply(s *step) (any, *telephony.Error) {
	row, ok := s.service(r.Service)
	switch {
	case !ok:
		return nil, unknownService(r.Service)
	case !row.Kind.IsResourceAccount():
		return nil, noCountryOfItsOwn(r.Service)
	case row.Number.IsValid() && row.Country != r.Country:
		return nil, &telephony.Error{Code: ErrNumberBlocksMove, Subject: "service " + string(r.Service), Numbers: telephony.NumberList{row.Number},
			Detail: "the service has a number in " + string(row.Country), Fix: "unassign the number first"}
	}
	row.Country = r.Country
	must(s.tables.services.Replace(s.tx, row))
	s.tell(Event{Type: ServiceLocationSet, Service: r.Service, Country: r.Country})
	return nil, nil
}

// RemoveService takes a service away.
type RemoveService struct {
	Service telephony.ServiceID
	// Leave says what becomes of its numbers; a service that has some is not
	// removed without it.
	Leave     Leave
	RequestID string `cbor:"-"`
}

func (RemoveService) op() Op         { return OpRemoveService }
func (r RemoveService) content() any { return r }

func (r RemoveService) check() error {
	if err := telephony.CheckID("service", r.Service); err != nil {
		return err
	}
	return r.Leave.check(true)
}

func (r RemoveService) apply(s *step) (any, *telephony.Error) {
	row, ok := s.service(r.Service)
	if !ok {
		return nil, unknownService(r.Service)
	}
	numbers := s.numbersOfService(row)
	if len(numbers) > 0 && r.Leave == 0 {
		return nil, &telephony.Error{Code: ErrNumberInUse, Field: "leave", Subject: "service " + string(r.Service), Numbers: numbers,
			Detail: "the service has numbers, and it is not said what becomes of them", Fix: "say KeepNumbers or ReleaseNumbers, or unassign them first"}
	}
	for _, n := range numbers {
		s.takeFromService(n)
	}
	if r.Leave == ReleaseNumbers && len(numbers) > 0 {
		rows, _ := s.findNumbers(numbers)
		s.releaseRows(rows, reservation.Business) // what answers for an organisation is no residence
	}
	must(s.tables.services.Delete(s.tx, serviceKey(s.account.Tenant, r.Service)))
	a := s.edit(s.account)
	a.Services--
	if row.Kind.IsResourceAccount() {
		a.ResourceAccounts--
	}
	s.tell(Event{Type: ServiceRemoved, Service: r.Service})
	return nil, nil
}

// service returns a service of the command's tenant.
func (s *step) service(id telephony.ServiceID) (serviceRow, bool) {
	return s.tables.services.Get(s.tx, serviceKey(s.account.Tenant, id))
}
