package licensing

import "example.com/callingplan/telephony"

// Codes of what a tenant owns.
const (
	ErrLicenceQuantity    telephony.Code = "licence_quantity"
	ErrTenantPrerequisite telephony.Code = "tenant_prerequisite"
	ErrLicencesAssigned   telephony.Code = "licences_assigned"
	ErrVoiceClosed        telephony.Code = "voice_closed"
	ErrCreditsNeeded                     = telephony.ErrCreditsNeeded
	ErrCreditsInUse       telephony.Code = "communications_credits_in_use"
)

// CheckPurchase reports whether a tenant with these licences may buy quantity
// more of p. Phone System comes before a Calling Plan [lic]. Its errors, in this
// order:
//
//   - ErrUnknownProduct
//   - ErrLicenceQuantity: not between 1 and what is left up to [MaxLicences];
//     figures asked, bought, most
//   - ErrTenantPrerequisite: says what is missing and which products carry it
func (c *Catalogue) CheckPurchase(owned []Holding, p Product, quantity int64) error {
	e := c.find(p)
	if e == nil {
		return unknownProduct("product", p)
	}
	bought, _ := count(owned, p)
	if quantity < 1 || quantity > max(0, MaxLicences-bought) {
		return &telephony.Error{Code: ErrLicenceQuantity, Field: "quantity", Subject: p.subject(),
			Detail: "a purchase is of one licence or more, and of no more than a tenant can own in all",
			Fix:    "ask for 1 up to what is left of the most",
			Figures: []telephony.Figure{
				{Name: "asked", Value: quantity}, {Name: "bought", Value: bought}, {Name: "most", Value: MaxLicences},
			}}
	}
	missing := e.TenantNeeds
	if missing != 0 {
		missing &^= c.owned(owned)
	}
	if missing != 0 {
		return &telephony.Error{Code: ErrTenantPrerequisite, Field: "product", Subject: p.subject(),
			Detail: "the tenant must own " + missing.String() + " before it can buy this product",
			Fix:    "buy " + c.carriers(missing) + " first"}
	}
	return nil
}

// CheckReturn reports whether a tenant with these licences and these toll-free
// numbers may give back quantity licences of p. It asks nothing of quotas: a
// limit may fall below what is in use, and then only keeps use from growing. But
// toll-free numbers are kept with Communications Credits only, ported ones too,
// so the last that carry them are kept as long as there are any [lic]. The
// product does not have to be in the catalogue still. Its errors, in this order:
//
//   - ErrLicenceQuantity: not between 1 and what was bought; figures asked, bought
//   - ErrLicencesAssigned: people hold more than would be left; figures asked,
//     bought, assigned
//   - ErrCreditsInUse: no Communications Credits would be left; figures acquired,
//     held, ported
func (c *Catalogue) CheckReturn(owned []Holding, p Product, quantity int64, tollFree Use) error {
	bought, assigned := count(owned, p)
	if quantity < 1 || quantity > bought {
		return &telephony.Error{Code: ErrLicenceQuantity, Field: "quantity", Subject: p.subject(),
			Detail:  "what is given back is one licence or more, and no more than was bought",
			Fix:     "ask for 1 up to what was bought",
			Figures: []telephony.Figure{{Name: "asked", Value: quantity}, {Name: "bought", Value: bought}}}
	}
	if bought-quantity < assigned {
		return &telephony.Error{Code: ErrLicencesAssigned, Field: "quantity", Subject: p.subject(),
			Detail: "people hold more of these licences than would be left",
			Fix:    "remove them from people first, or give back fewer",
			Figures: []telephony.Figure{
				{Name: "asked", Value: quantity}, {Name: "bought", Value: bought}, {Name: "assigned", Value: assigned},
			}}
	}
	tollFree = tollFree.atLeastNone()
	if tollFree != (Use{}) && quantity == bought && c.carriesLastCredits(owned, p) {
		return &telephony.Error{Code: ErrCreditsInUse, Field: "quantity", Subject: p.subject(),
			Detail: "toll-free numbers are kept with " + FeatureCredits.String() + " only, and none would be left",
			Fix:    "release the toll-free numbers and let their reservations end first, or keep a licence",
			Figures: []telephony.Figure{
				{Name: "acquired", Value: tollFree.Acquired}, {Name: "held", Value: tollFree.Held},
				{Name: "ported", Value: tollFree.Ported},
			}}
	}
	return nil
}

// carriesLastCredits reports whether the tenant owns Communications Credits with
// p and with nothing else.
func (c *Catalogue) carriesLastCredits(owned []Holding, p Product) bool {
	e := c.find(p)
	if e == nil || !e.Features.Has(FeatureCredits) {
		return false
	}
	for i := range owned {
		other := c.find(owned[i].Product)
		if owned[i].Product != p && owned[i].Bought > 0 && other != nil && other.Features.Has(FeatureCredits) {
			return false
		}
	}
	return true
}

// VoiceOpen reports whether the Voice area is open to the tenant: once it has
// bought a licence that opens it; giving it to anybody is not needed [setup]. Its
// error is ErrVoiceClosed, which names the products that open it.
func (c *Catalogue) VoiceOpen(owned []Holding) error {
	for i := range owned {
		if owned[i].Bought > 0 {
			if e := c.find(owned[i].Product); e != nil && e.OpensVoice {
				return nil
			}
		}
	}
	return &telephony.Error{Code: ErrVoiceClosed,
		Detail: "the Voice area opens with the first licence that carries voice, and none was bought",
		Fix:    "buy " + c.listing(func(e *Entry) bool { return e.OpensVoice })}
}

// CheckTollFree reports whether the tenant may reserve and keep toll-free
// numbers, for which it must own Communications Credits [lic]. Its error is
// ErrCreditsNeeded.
func (c *Catalogue) CheckTollFree(owned []Holding) error {
	if c.owned(owned).Has(FeatureCredits) {
		return nil
	}
	return &telephony.Error{Code: ErrCreditsNeeded,
		Detail: "toll-free numbers are reserved and kept with " + FeatureCredits.String() + " only",
		Fix:    "buy " + c.carriers(FeatureCredits)}
}

// carriers names the products that carry any of these features.
func (c *Catalogue) carriers(wanted Feature) string {
	return c.listing(func(e *Entry) bool { return e.Features&wanted != 0 })
}
