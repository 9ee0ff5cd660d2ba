package licensing

import (
	"math"
	"slices"
	"strings"

	"example.com/callingplan/telephony"
)

// Product is the part number of a licence, such as "MCOEV". It is an identifier
// of 1 to 128 bytes out of A-Z a-z 0-9 . _ : @ - and compares byte by byte. The
// zero value is no product.
type Product string

// The products of the standard catalogue [lic].
const (
	EnterpriseE5               Product = "ENTERPRISEPREMIUM"
	EnterpriseE5NoConferencing Product = "ENTERPRISEPREMIUM_NOPSTNCONF"
	EnterpriseE3               Product = "ENTERPRISEPACK"
	EnterpriseE1               Product = "STANDARDPACK"
	PhoneSystem                Product = "MCOEV"
	AudioConferencing          Product = "MCOMEETADV"
	DomesticCallingPlan        Product = "MCOPSTN1"
	InternationalCallingPlan   Product = "MCOPSTN2" // domestic and international
	DomesticCallingPlan120     Product = "MCOPSTN5"
	DomesticCallingPlan240     Product = "MCOPSTN6"
	PayAsYouGoZone1            Product = "MCOPSTN_PAYG_1"
	PayAsYouGoZone2            Product = "MCOPSTN_PAYG_2"
	TeamsPhoneWithCallingPlan  Product = "MCOTEAMS_ESSENTIALS"
	CommunicationsCredits      Product = "MCOPSTNC"
)

// subject names a product in an error, if it looks like a part number. What a
// caller put there by mistake may be a telephone number or a person, which an
// error does not tell.
func (p Product) subject() string {
	const maxLength, maxDigits = 64, 6
	if telephony.CheckID("", p) != nil || len(p) > maxLength || strings.ContainsRune(string(p), '@') {
		return ""
	}
	digits := 0
	for i := range len(p) {
		if '0' <= p[i] && p[i] <= '9' {
			digits++
		}
	}
	if digits > maxDigits {
		return ""
	}
	return "product " + string(p)
}

// Entry is a line of the catalogue: one product, all data.
type Entry struct {
	Product  Product
	Name     string  // for people to read; 1 to 256 characters
	Features Feature // what one licence carries

	TenantNeeds Feature // what the tenant must own before this can be bought
	PersonNeeds Feature // what a person must hold to be given this, and to keep it
	OpensVoice  bool    // one licence bought opens the Voice area

	// A person can be given the product where SoldIn is empty or lists the
	// usage location, and NotSoldIn does not list it.
	SoldIn    []telephony.Country
	NotSoldIn []telephony.Country

	Minutes []Minutes // included minutes; the first that fits a country counts
}

// Minutes is how many minutes of outgoing calls a licence includes in a group
// of countries.
type Minutes struct {
	Countries []telephony.Country // empty: every country
	PerPerson int64               // minutes a person and month, 0 or more
}

// IsSoldIn reports whether a person with that usage location can be given the
// product. The billing address of the tenant has no say in it [lic].
func (e Entry) IsSoldIn(country telephony.Country) bool {
	if slices.Contains(e.NotSoldIn, country) {
		return false
	}
	return len(e.SoldIn) == 0 || slices.Contains(e.SoldIn, country)
}

// MinutesIn returns the minutes one person has in a month, and whether the
// catalogue says. Someone who pays as he goes has a known figure: none. What
// people share is for [Catalogue.MinutePools] to say.
func (e Entry) MinutesIn(country telephony.Country) (int64, bool) {
	for _, m := range e.Minutes {
		if len(m.Countries) == 0 || slices.Contains(m.Countries, country) {
			return m.PerPerson, true
		}
	}
	return 0, false
}

// clone returns a copy that shares no memory with e, so that nobody can write
// into a catalogue that others read.
func (e Entry) clone() Entry {
	e.SoldIn = slices.Clone(e.SoldIn)
	e.NotSoldIn = slices.Clone(e.NotSoldIn)
	e.Minutes = slices.Clone(e.Minutes)
	for i := range e.Minutes {
		e.Minutes[i].Countries = slices.Clone(e.Minutes[i].Countries)
	}
	return e
}

// MaxLicences is the most licences of one product a tenant can own.
const MaxLicences = math.MaxInt32

// Holding is how many licences of one product a tenant owns and has given to
// people. Lists of holdings may be in any order and may name a product more than
// once: the counts are added up. Negative counts are taken as zero, and products
// that the catalogue does not list carry nothing.
type Holding struct {
	Product  Product
	Bought   int64
	Assigned int64
}

// count adds up what is owned of one product.
func count(owned []Holding, p Product) (bought, assigned int64) {
	for i := range owned {
		if owned[i].Product == p {
			bought = add(bought, owned[i].Bought)
			assigned = add(assigned, owned[i].Assigned)
		}
	}
	return bought, assigned
}
