package emergency_test

import (
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// The layouts are those of the country table, filled by hand; what stands in
// capitals is what each post office wants so.
func TestEnvelope(t *testing.T) {
	apartment := emergency.Location{Unit: "Apt 3"}
	for _, test := range []struct {
		name     string
		envelope emergency.Envelope
		address  emergency.Address
		want     []string
	}{
		{"US", emergency.Envelope{Location: apartment, CountryName: true},
			emergency.Address{Country: "US", State: "WA", City: "Fernhill", PostalCode: "98099", Company: "Contoso",
				HouseNumber: "410", Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE"},
			[]string{"Contoso", "410 5th Ave NE Apt 3", "FERNHILL, WA 98099", "UNITED STATES"}},
		{"US without a state", emergency.Envelope{}, emergency.Address{Country: "US", City: "Fernhill", PostalCode: "98099"}, []string{"FERNHILL 98099"}},
		{"US without a city", emergency.Envelope{}, emergency.Address{Country: "US", State: "WA", PostalCode: "98099"}, []string{"WA 98099"}},
		{"US without a postal code", emergency.Envelope{}, emergency.Address{Country: "US", State: "WA", City: "Fernhill"}, []string{"FERNHILL, WA"}},
		{"CA", emergency.Envelope{Location: emergency.Location{Unit: "10"}},
			emergency.Address{Country: "CA", State: "ON", City: "Fernhill", PostalCode: "H3Z 2Y7", HouseNumber: "123", HouseNumberSuffix: "1/2", Street: "Main", StreetSuffix: "St", PostDirectional: "NW"},
			[]string{"10-123 1/2 MAIN ST NW", "FERNHILL ON H3Z 2Y7"}},
		{"PR", emergency.Envelope{}, emergency.Address{Country: "PR", City: "San Juan", District: "Urb Las Gladiolas", PostalCode: "00930", HouseNumberPrefix: "A", HouseNumber: "17", StreetTypePrefix: "Calle", Street: "Amapola"},
			[]string{"A17 CALLE AMAPOLA", "Urb Las Gladiolas", "SAN JUAN PR 00930"}},
		{"GB", emergency.Envelope{Location: emergency.Location{Unit: "Flat 3"}}, emergency.Address{Country: "GB", City: "Fernhill", PostalCode: "EC1Y 8SY", HouseNumber: "12", Street: "High", StreetSuffix: "Street"},
			[]string{"Flat 3, 12 High Street", "FERNHILL", "EC1Y 8SY"}},
		{"IE", emergency.Envelope{}, emergency.Address{Country: "IE", State: "CO", City: "Fernhill", District: "Ballygreen", Street: "Main", StreetSuffix: "St"},
			[]string{"Main St", "Ballygreen", "Fernhill", "Co. Cork"}},
		{"DE", emergency.Envelope{CountryName: true}, emergency.Address{Country: "DE", City: "Fernhügel", PostalCode: "26133", Street: "Hauptstraße", HouseNumber: "5", HouseNumberSuffix: "a"},
			[]string{"Hauptstraße 5a", "26133 Fernhügel", "GERMANY"}},
		{"FR", emergency.Envelope{}, emergency.Address{Country: "FR", City: "Fougères-le-Bois", PostalCode: "33380", StreetTypePrefix: "rue", Street: "de la Paix", HouseNumber: "12", HouseNumberSuffix: "bis"},
			[]string{"12 bis rue de la Paix", "33380 FOUGÈRES-LE-BOIS"}},
		{"SE", emergency.Envelope{}, emergency.Address{Country: "SE", City: "Fernby", PostalCode: "114 55", Street: "Storgatan", HouseNumber: "3"},
			[]string{"Storgatan 3", "SE-114 55 Fernby"}},
		{"ES", emergency.Envelope{}, emergency.Address{Country: "ES", State: "M", City: "Robledo", PostalCode: "28039", StreetTypePrefix: "Calle", Street: "Mayor", HouseNumber: "5"},
			[]string{"Calle Mayor, 5", "28039 ROBLEDO MADRID"}},
		{"IT by code", emergency.Envelope{}, emergency.Address{Country: "IT", State: "RM", City: "Felce", PostalCode: "00144", StreetTypePrefix: "Via", Street: "Roma", HouseNumber: "5"},
			[]string{"Via Roma, 5", "00144 FELCE RM"}},
		{"HU, the city first", emergency.Envelope{}, emergency.Address{Country: "HU", City: "Páfrány", PostalCode: "1037", Street: "Fő utca", HouseNumber: "12"},
			[]string{"PÁFRÁNY", "FŐ UTCA 12", "1037"}},
		{"BR", emergency.Envelope{}, emergency.Address{Country: "BR", State: "SP", City: "Samambaia", District: "Centro", PostalCode: "40301-110", StreetTypePrefix: "Rua", Street: "das Flores", HouseNumber: "123"},
			[]string{"Rua das Flores, 123", "Centro", "SAMAMBAIA-SP", "40301-110"}},
		{"LV", emergency.Envelope{}, emergency.Address{Country: "LV", City: "Papardi", PostalCode: "LV-1073", Street: "Brīvības iela", HouseNumber: "12"},
			[]string{"Brīvības iela 12", "Papardi, LV-1073"}},
		{"JP in Latin letters", emergency.Envelope{}, emergency.Address{Country: "JP", State: "13", City: "Chiyoda", PostalCode: "100-0005", Street: "Marunouchi", HouseNumber: "1-2-3"},
			[]string{"1-2-3 Marunouchi", "Chiyoda, TOKYO", "100-0005"}},
		{"JP in its own", emergency.Envelope{}, emergency.Address{Country: "JP", State: "13", City: "千代田区", PostalCode: "100-0005", Street: "丸の内1-2-3", Company: "羊歯"},
			[]string{"〒100-0005", "東京都千代田区", "丸の内1-2-3", "羊歯"}},
		{"SG", emergency.Envelope{Location: emergency.Location{Unit: "#05-12"}}, emergency.Address{Country: "SG", City: "Singapore", PostalCode: "546080", HouseNumberPrefix: "Blk", HouseNumber: "123", Street: "Fern Ave 3"},
			[]string{"Blk 123 Fern Ave 3 #05-12", "Singapore 546080"}},
		{"what the layout has no place for", emergency.Envelope{}, emergency.Address{Country: "FR", State: "Ain", District: "Le Bourg", City: "Felce", PostalCode: "33380", Street: "X", HouseNumber: "1"},
			[]string{"1 X", "Le Bourg", "33380 FELCE", "Ain"}},
		{"a country without rules", emergency.Envelope{CountryName: true}, emergency.Address{Country: "IS", State: "A", City: "B", District: "C", PostalCode: "D", Company: "E", Street: "F", HouseNumber: "1"},
			[]string{"E", "1 F", "C", "B", "A", "D", "IS"}},
		{"nothing", emergency.Envelope{CountryName: true}, emergency.Address{}, nil},
	} {
		if got := test.envelope.Lines(test.address); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		if got := test.envelope.Line(test.address); got != strings.Join(test.want, ", ") {
			t.Errorf("%s: %q", test.name, got)
		}
	}
}

// Every country's table has a layout that shows the fields its addresses need,
// and one in the local script only beside it.
func TestEnvelopeOfEveryCountry(t *testing.T) {
	for _, row := range countryRows(t) {
		a, _ := emergency.Canonical(wellFormed(t, row.Country))
		a.Company, a.District, a.HouseNumberSuffix = "Contoso", "Mill", "B"
		lines := emergency.Envelope{CountryName: true, Location: emergency.Location{Unit: "Apt 3", Place: "Lot 5"}}.Lines(a)
		all := strings.ToUpper(strings.Join(lines, "\n"))
		for _, text := range []string{"CONTOSO", "OAK", "12B", "MILL", "FERNHILL", "APT 3", "LOT 5", strings.ToUpper(a.PostalCode)} {
			if !strings.Contains(all, text) {
				t.Errorf("%s: %q is not in %q", row.Country, text, lines)
			}
		}
		if len(lines) < 4 || slices.Contains(lines, "") || strings.Contains(all, "%") || len(lines[len(lines)-1]) <= 2 {
			t.Errorf("%s: %q", row.Country, lines)
		}
		if row.Format == "" || !strings.Contains(row.Format, "%A") || !strings.Contains(row.Format, "%C") ||
			row.Local != "" && !strings.Contains(row.Local, "%A") {
			t.Errorf("%s: layouts %q and %q", row.Country, row.Format, row.Local)
		}
	}
}

// TestEnvelopeInEveryCountry: whichever fields are filled, no line is empty or has
// spaces and separators at its ends, and no part is left out.
func TestEnvelopeInEveryCountry(t *testing.T) {
	parts := map[emergency.Field]string{emergency.FieldCompany: "Contoso", emergency.FieldHouseNumber: "12", emergency.FieldStreet: "Fiction",
		emergency.FieldDistrict: "Quarter", emergency.FieldCity: "Fernhill", emergency.FieldState: "ZQ", emergency.FieldPostalCode: "98099"}
	fields := []emergency.Field{emergency.FieldCompany, emergency.FieldHouseNumber, emergency.FieldStreet, emergency.FieldDistrict,
		emergency.FieldCity, emergency.FieldState, emergency.FieldPostalCode}
	for _, country := range append(emergency.SupportedCountries(), "AQ") {
		for filled := range 1 << len(fields) {
			a := emergency.Address{Country: country}
			var want []string
			for i, f := range fields {
				if filled>>i&1 != 0 {
					a = a.With(f, parts[f])
					want = append(want, strings.ToUpper(parts[f]))
				}
			}
			lines := emergency.Envelope{}.Lines(a)
			whole := strings.ToUpper(strings.Join(lines, "\n"))
			for _, part := range want {
				if !strings.Contains(whole, part) {
					t.Fatalf("%s: %q lacks %q", country, lines, part)
				}
			}
			for _, line := range lines {
				if line == "" || strings.Trim(line, " ,-") != line {
					t.Fatalf("%s: a line of %q is empty or has loose ends", country, lines)
				}
			}
		}
	}
}

// TestEnvelopeShowsNoMoreThanTheAddress: what is the administrator's own is on no
// envelope.
func TestEnvelopeShowsNoMoreThanTheAddress(t *testing.T) {
	a := emergency.Address{Country: "US", City: "Fernhill", CompanyTaxID: "tax-1", Description: "our words", ELIN: "+14255550111"}
	if got := (emergency.Envelope{}).Line(a); got != "FERNHILL" {
		t.Errorf("got %q", got)
	}
}

// A parsed line is shown on the envelope as it is printed.
func TestEnvelopeHasTheStreetLine(t *testing.T) {
	for c, line := range map[telephony.Country]string{"DE": "Hauptstraße 5a", "AU": "4/12 Smith Street", "ES": "Calle Mayor, 5, 3º B"} {
		l, err := emergency.ParseStreetLine(c, line)
		if got := (emergency.Envelope{Location: l.Location}).Lines(l.Address); err != nil || len(got) != 1 || got[0] != line {
			t.Errorf("%s: %q, %v", c, got, err)
		}
	}
}
