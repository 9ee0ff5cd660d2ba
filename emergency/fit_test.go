package emergency_test

import (
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

func TestFitsArea(t *testing.T) {
	paris := emergency.Address{Country: "FR", City: "Paris"}
	etienne := emergency.Address{Country: "FR", City: "Saint-Étienne"}
	brussels := emergency.Address{Country: "BE", City: "Brussel", CityAlias: "Bruxelles"}
	dublin := emergency.Address{Country: "IE", City: "Dublin", District: "Dún Laoghaire"}
	madrid := emergency.Address{Country: "ES", State: "M", City: "Madrid"}
	for _, c := range []struct {
		name    string
		address emergency.Address
		area    string
		want    bool
	}{
		{"same city", paris, "EMEA-FR-ALL-Paris", true},
		{"in capitals", paris, "EMEA-FR-ALL-PARIS", true},
		{"other city", paris, "EMEA-FR-ALL-Lyon", false},
		{"other country", paris, "EMEA-BE-ALL-Paris", false},
		{"whole country", paris, "EMEA-FR-ALL-ALL", true},
		{"accents and hyphens", etienne, "EMEA-FR-ALL-SAINT ETIENNE", true},
		{"alias", brussels, "EMEA-BE-ALL-Bruxelles", true},
		{"neither city nor alias", brussels, "EMEA-BE-ALL-Antwerpen", false},
		{"district", dublin, "EMEA-IE-ALL-Dun Laoghaire", true},
		{"same state", madrid, "EMEA-ES-M-Madrid", true},
		{"other state", madrid, "EMEA-ES-B-Madrid", false},
		{"state of the area alone", paris, "EMEA-FR-75-Paris", true},
		{"code", madrid, "EMEA-ES-ALL-M_MA", true},
		{"short code", madrid, "EMEA-ES-ALL-MAD", true},
		{"code in another state", madrid, "EMEA-ES-B-M_MA", false},
		{"short name is none", emergency.Address{Country: "FR", City: "Paris"}, "EMEA-FR-ALL-Eu", false},
		{"short name", emergency.Address{Country: "FR", City: "Eu"}, "EMEA-FR-ALL-Eu", true},
		{"no alias is no city", emergency.Address{Country: "FR"}, "EMEA-FR-ALL-Lyon", false},
	} {
		if got := emergency.FitsArea(c.address, telephony.MustParseArea(c.area)); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// Where the address must fit the area it cannot be edited, so that what fits
// once does so for good.
func TestFittingAddressesStand(t *testing.T) {
	for _, c := range emergency.SupportedCountries() {
		if p := emergency.PolicyFor(c); p.AreaMustFit && p.Editable {
			t.Errorf("%s lets a city be edited by which numbers are activated", c)
		}
	}
}
