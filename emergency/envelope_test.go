package emergency_test

import (
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// The layouts are those of the country rules in data, which come from Google's
// Address Data Service; what is checked is the order of lines and parts that the
// Universal Postal Union gives for each country's addresses, and that [Pub 28] has
// no comma before a secondary unit.
func TestEnvelope(t *testing.T) {
	office := emergency.Location{Unit: "Suite 200"}
	for _, test := range []struct {
		address emergency.Address
		place   emergency.Location
		want    []string
	}{
		{emergency.Address{Country: "US", State: "WA", City: "Fernhill", PostalCode: "98099", Company: "Contoso Orchards",
			HouseNumber: "410", Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE"}, office,
			[]string{"Contoso Orchards", "410 5th Ave NE Suite 200", "FERNHILL, WA 98099", "UNITED STATES"}},
		{emergency.Address{Country: "FR", City: "Paris", PostalCode: "75001", HouseNumber: "12", HouseNumberSuffix: "bis",
			StreetTypePrefix: "Rue", Street: "de Fiction"}, emergency.Location{},
			[]string{"12 bis Rue de Fiction", "75001 PARIS", "FRANCE"}},
		{emergency.Address{Country: "DE", City: "Berlin", PostalCode: "10115", HouseNumber: "5", HouseNumberSuffix: "a", Street: "Hauptstraße"},
			emergency.Location{}, []string{"Hauptstraße 5a", "10115 Berlin", "GERMANY"}},
		{emergency.Address{Country: "NL", City: "Amsterdam", PostalCode: "1012 AB", HouseNumber: "12", HouseNumberSuffix: "2", Street: "Fictiestraat"},
			emergency.Location{}, []string{"Fictiestraat 12-2", "1012 AB Amsterdam", "NETHERLANDS"}},
		{emergency.Address{Country: "GB", City: "London", PostalCode: "SW1A 1AA", HouseNumber: "1", Street: "Fiction", StreetSuffix: "Road"},
			emergency.Location{}, []string{"1 Fiction Road", "LONDON", "SW1A 1AA", "UNITED KINGDOM"}},
	} {
		e := emergency.Envelope{Location: test.place, CountryName: true}
		if got := e.Lines(test.address); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.address.Country, got, test.want)
		}
		if got, want := e.Line(test.address), strings.Join(test.want, ", "); got != want {
			t.Errorf("%s: on one line %q, want %q", test.address.Country, got, want)
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

// BenchmarkParseStreetLine takes apart a line of the United States, one of France
// and one that is left whole.
func BenchmarkParseStreetLine(b *testing.B) {
	for _, c := range []struct {
		name    string
		country telephony.Country
		line    string
	}{
		{"US", "US", "410 1/2 N Old Mill Rd NE, Suite 200"},
		{"FR", "FR", "12 bis, rue de la Fiction"},
		{"whole", "US", "RR 2 Box 18"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := emergency.ParseStreetLine(c.country, c.line); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
