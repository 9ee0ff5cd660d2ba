package engine

import (
	"slices"

	"github.com/samber/lo"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// PersonSpec describes a new person.
type PersonSpec struct {
	ID            telephony.PersonID
	Name          string            // shown to people; up to 256 characters, may be empty
	UsageLocation telephony.Country // where the person uses the service; may be set later
	// OnPremisesNumber says that the person has a number that is held on
	// premises. Such a person gets neither a Calling Plan nor a number here.
	OnPremisesNumber bool
	RequestID        string `cbor:"-"`
}

func (PersonSpec) op() Op         { return OpAddPerson }
func (r PersonSpec) content() any { return r }

func (r PersonSpec) check() error {
	if err := telephony.CheckID("id", r.ID); err != nil {
		return err
	}
	if err := telephony.CheckText("name", r.Name, telephony.MaxTextRunes); err != nil {
		return err
	}
	if r.UsageLocation == "" {
		return nil
	}
	return telephony.CheckCountry("usage location", r.UsageLocation)
}

// apply adds the person, who becomes a voice user after the directory's delay.
func (r PersonSpec) apply(s *step) (any, *telephony.Error) {
	if _, taken := s.person(r.ID); taken {
		return nil, &telephony.Error{Code: ErrPersonExists, Field: "id", Person: r.ID,
			Detail: "the tenant has a person with that identifier", Fix: "choose another"}
	}
	if refusal := checkLimit("people", s.account.People, s.settings.Tenants.People); refusal != nil {
		return nil, refusal
	}
	must(s.tables.people.Insert(s.tx, personRow{
		Tenant: s.account.Tenant, ID: r.ID, Name: r.Name, Country: r.UsageLocation,
		Created: s.now, VisibleAt: later(s.now, s.settings.Visible), OnPremises: r.OnPremisesNumber,
	}))
	s.edit(s.account).People++
	s.tell(Event{Type: PersonAdded, Person: r.ID, Country: r.UsageLocation})
	return nil, nil
}

// UsageLocation sets where a person uses the service.
type UsageLocation struct {
	Person    telephony.PersonID
	Country   telephony.Country
	RequestID string `cbor:"-"`
}

func (UsageLocation) op() Op         { return OpSetUsageLocation }
func (r UsageLocation) content() any { return r }

func (r UsageLocation) check() error {
	if err := telephony.CheckID("person", r.Person); err != nil {
		return err
	}
	return telephony.CheckCountry("country", r.Country)
}

func (r UsageLocation) apply(s *step) (any, *telephony.Error) {
	p, ok := s.person(r.Person)
	if !ok {
		return nil, unknownPerson(r.Person)
	}
	if p.Number.IsValid() && p.Country != r.Country {
		return nil, &telephony.Error{Code: ErrNumberBlocksMove, Person: r.Person, Numbers: telephony.NumberList{p.Number},
			Detail: "the person has a number in " + string(p.Country), Fix: "unassign the number first"}
	}
	reasons := lo.FilterMap(p.Products, func(product licensing.Product, _ int) (*telephony.Error, bool) {
		entry, err := s.settings.Catalogue.Lookup(product)
		return &telephony.Error{Code: licensing.ErrNotSoldThere, Person: r.Person,
			Detail: "product " + string(product) + " is not sold in " + string(r.Country),
			Fix:    "remove the licence first"}, err == nil && !entry.IsSoldIn(r.Country)
	})
	if refusal := telephony.Join(reasons); refusal != nil {
		return nil, refusal
	}
	p.Country = r.Country
	must(s.tables.people.Replace(s.tx, p))
	s.tell(Event{Type: UsageLocationSet, Person: r.Person, Country: r.Country})
	return nil, nil
}

// LicenceChange gives licences to a person and takes others, in one step: a
// swap that leaves the person with Phone System and a Calling Plan keeps the
// number.
type LicenceChange struct {
	Person    telephony.PersonID
	Add       []licensing.Product
	Remove    []licensing.Product
	RequestID string `cbor:"-"`
}

// licenceCommand is a LicenceChange whose lists are its own.
type licenceCommand struct{ LicenceChange }

func (licenceCommand) op() Op         { return OpAssignLicences }
func (r licenceCommand) content() any { return r.LicenceChange }

func (r licenceCommand) check() error {
	if err := telephony.CheckID("person", r.Person); err != nil {
		return err
	}
	if len(r.Add)+len(r.Remove) == 0 {
		return refuse(ErrRequest, "add", "there is no licence to add or to remove", "name at least one product")
	}
	if n := len(r.Add) + len(r.Remove); n > maxProducts {
		return tooManyProducts(n, maxProducts)
	}
	return checkProducts(slices.Concat(r.Add, r.Remove)...)
}

func tooManyProducts(n, most int) error {
	return &telephony.Error{Code: ErrRequest, Field: "add", Detail: "too many licences change at once", Fix: "make several calls of it",
		Figures: []telephony.Figure{{Name: "asked", Value: int64(n)}, {Name: "most", Value: int64(most)}}}
}

// maxProducts bounds how many licences one call changes: more than any
// catalogue has, little enough for the command to be written.
const maxProducts = 1000

func (r licenceCommand) apply(s *step) (any, *telephony.Error) {
	return nil, s.changeLicences(r.LicenceChange)
}

// changeLicences changes what a person holds. A number that depends on a licence
// that is gone is unassigned, after the time of grace, and stays with the tenant
// [lic].
func (s *step) changeLicences(r LicenceChange) *telephony.Error {
	p, ok := s.person(r.Person)
	if !ok {
		return unknownPerson(r.Person)
	}
	if p.Vanished && len(r.Add) > 0 {
		return vanished(p)
	}
	change := licensing.Change{Add: r.Add, Remove: r.Remove}
	if refusal := telephony.Join(s.settings.Catalogue.CheckChange(s.account.Licences, p.licensee(), change)); refusal != nil {
		about := *refusal
		about.Person = r.Person
		return &about
	}
	a := s.edit(s.account)
	products := slices.Clone(p.Products)
	for _, gone := range r.Remove {
		products = slices.DeleteFunc(products, func(q licensing.Product) bool { return q == gone })
		a.Licences = withAssigned(a.Licences, gone, -1)
	}
	for _, more := range r.Add {
		products = append(products, more)
		a.Licences = withAssigned(a.Licences, more, 1)
	}
	slices.Sort(products)
	p.Products = products
	if len(r.Remove) > 0 {
		s.tell(Event{Type: LicencesRemoved, Person: p.ID, Products: r.Remove})
	}
	if len(r.Add) > 0 {
		s.tell(Event{Type: LicencesAssigned, Person: p.ID, Products: r.Add})
	}
	must(s.tables.people.Replace(s.tx, s.lapsed(p)))
	return nil
}

// licensee is what the rules of licences ask of a person.
func (p personRow) licensee() licensing.Person {
	return licensing.Person{Country: p.Country, Products: p.Products, OnPremisesNumber: p.OnPremises}
}

// person returns a person of the command's tenant.
func (s *step) person(id telephony.PersonID) (personRow, bool) {
	p, ok := s.tables.people.Get(s.tx, personKey(s.account.Tenant, id))
	return s.settled(p), ok
}
