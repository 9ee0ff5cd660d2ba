package emergency_test

import (
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
)

// The names and numbers are those of table 1 and section 3 of RFC 5139, of
// RFC 4776 section 3.4 and of RFC 6848 section 8.
func TestCivic(t *testing.T) {
	const base, ext = "urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr", "urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr:ext"
	want := map[emergency.Field]emergency.CivicElement{
		emergency.FieldCountry:            {Space: base, Name: "country"},
		emergency.FieldState:              {Space: base, Name: "A1", Type: 1},
		emergency.FieldCounty:             {Space: base, Name: "A2", Type: 2},
		emergency.FieldCity:               {Space: base, Name: "A3", Type: 3},
		emergency.FieldDistrict:           {Space: base, Name: "A4", Type: 4},
		emergency.FieldPreDirectional:     {Space: base, Name: "PRD", Type: 16},
		emergency.FieldPostDirectional:    {Space: base, Name: "POD", Type: 17},
		emergency.FieldStreetSuffix:       {Space: base, Name: "STS", Type: 18},
		emergency.FieldHouseNumber:        {Space: base, Name: "HNO", Type: 19},
		emergency.FieldHouseNumberSuffix:  {Space: base, Name: "HNS", Type: 20},
		emergency.FieldCompany:            {Space: base, Name: "NAM", Type: 23},
		emergency.FieldPostalCode:         {Space: base, Name: "PC", Type: 24},
		emergency.FieldCityAlias:          {Space: base, Name: "PCN", Type: 30},
		emergency.FieldStreet:             {Space: base, Name: "RD", Type: 34},
		emergency.FieldStreetPreModifier:  {Space: base, Name: "PRM", Type: 38},
		emergency.FieldStreetPostModifier: {Space: base, Name: "POM", Type: 39},
		emergency.FieldStreetTypePrefix:   {Space: ext, Name: "STP", Type: 40},
		emergency.FieldHouseNumberPrefix:  {Space: ext, Name: "HNP", Type: 40},
	}
	for f := emergency.Field(0); f < 40; f++ {
		got, ok := f.Civic()
		if expected, has := want[f]; ok != has || got != expected {
			t.Errorf("%v: %v, %v, want %v", f, got, ok, expected)
		}
		if back, ok := emergency.FieldOfCivic(got.Space, got.Name); ok != (got.Name != "") || ok && back != f {
			t.Errorf("%v leads back to %v, %v", got, back, ok)
		}
	}
	for _, none := range []string{"", "A5", "A6", "LOC", "a3", "STP"} {
		if f, ok := emergency.FieldOfCivic(base, none); ok {
			t.Errorf("%q is %v", none, f)
		}
	}
}

// The sequence is that of the schema of RFC 5139, section 4.
func TestCivicOrder(t *testing.T) {
	sequence := strings.Fields("country A1 A2 A3 A4 A5 A6 PRM PRD RD STS POD POM RDSEC RDBR RDSUBBR HNO HNS LMK LOC FLR NAM PC BLD UNIT ROOM SEAT PLC PCN POBOX ADDCODE STP HNP")
	last := -1
	for _, f := range emergency.CivicFields() {
		element, ok := f.Civic()
		at := slices.Index(sequence, element.Name)
		if !ok || at <= last {
			t.Errorf("%v, %s is out of order", f, element.Name)
		}
		last = at
	}
}
