package engine

import (
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// TenantSpec describes a new tenant.
type TenantSpec struct {
	ID        telephony.TenantID
	Name      string // shown to people; up to 256 characters, may be empty
	RequestID string `cbor:"-"`
}

func (TenantSpec) op() Op         { return OpCreateTenant }
func (r TenantSpec) content() any { return r }

func (r TenantSpec) check() error {
	if err := telephony.CheckID("id", r.ID); err != nil {
		return err
	}
	return telephony.CheckText("name", r.Name, telephony.MaxTextRunes)
}

func (r TenantSpec) apply(s *step) (any, *telephony.Error) {
	if _, taken := s.tables.tenants.Get(s.tx, tenantKey(r.ID)); taken {
		return nil, &telephony.Error{Code: ErrTenantExists, Field: "id", Subject: "tenant " + string(r.ID),
			Detail: "there is a tenant with that identifier", Fix: "choose another"}
	}
	last, _ := s.tables.accounts.Last(s.tx, nil)
	ordinal := last.Tenant + 1
	must(s.tables.tenants.Insert(s.tx, tenantRow{Ordinal: ordinal, ID: r.ID, Name: r.Name, Created: s.now}))
	must(s.tables.accounts.Insert(s.tx, accountRow{Tenant: ordinal, ID: r.ID}))
	s.event(Event{Type: TenantCreated, Tenant: r.ID})
	return nil, nil
}

func unknownTenant(id telephony.TenantID) *telephony.Error {
	return &telephony.Error{Code: ErrUnknownTenant, Subject: "tenant " + string(id),
		Detail: "there is no such tenant", Fix: "create it first, or check the identifier"}
}

// Purchase is a number of licences of one product.
type Purchase struct {
	Product   licensing.Product
	Quantity  int64  // 1 to 2,147,483,647 in all
	RequestID string `cbor:"-"`
}

type buyCommand struct{ Purchase }

func (buyCommand) op() Op         { return OpBuyLicences }
func (r buyCommand) content() any { return r.Purchase }
func (r buyCommand) check() error { return checkProducts(r.Product) }

func (r buyCommand) apply(s *step) (any, *telephony.Error) {
	if err := s.settings.Catalogue.CheckPurchase(s.account.Licences, r.Product, r.Quantity); err != nil {
		return nil, asError(err)
	}
	a := s.edit(s.account)
	a.Licences = withBought(a.Licences, r.Product, r.Quantity)
	s.tell(Event{Type: LicencesBought, Products: []licensing.Product{r.Product}, Quantity: r.Quantity})
	return nil, nil
}

type returnCommand struct{ Purchase }

func (returnCommand) op() Op         { return OpReturnLicences }
func (r returnCommand) content() any { return r.Purchase }
func (r returnCommand) check() error { return checkProducts(r.Product) }

// checkProducts refuses names that no product of any catalogue has, so that
// whatever is asked for, the command stays small and can be written.
func checkProducts(all ...licensing.Product) error {
	for _, p := range all {
		if telephony.CheckID("product", p) != nil {
			_, err := new(licensing.Catalogue).Lookup(p)
			return err
		}
	}
	return nil
}

// apply lowers what was bought. Licences that people hold cannot be returned,
// nor the Communications Credits of toll-free numbers, those that are being ported
// in included; numbers are never taken
// away: where there are more than the quota that is left, no more can be held
// until there are fewer.
func (r returnCommand) apply(s *step) (any, *telephony.Error) {
	_, use := s.account.standing(s.now)
	tollFree := use[telephony.TollFreeNumber].licensed()
	tollFree.Ported += s.reader().ordered(telephony.TollFreeNumber)
	if err := s.settings.Catalogue.CheckReturn(s.account.Licences, r.Product, r.Quantity, tollFree); err != nil {
		return nil, asError(err)
	}
	a := s.edit(s.account)
	a.Licences = withBought(a.Licences, r.Product, -r.Quantity)
	s.tell(Event{Type: LicencesReturned, Products: []licensing.Product{r.Product}, Quantity: r.Quantity})
	return nil, nil
}
