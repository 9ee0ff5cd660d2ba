package pidflo_test

import (
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/pidflo"
	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

// noon is the time of all tests.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// fernhill is an address of fiction, and east a place in it.
func fernhill() emergency.Address {
	return emergency.Address{
		Country: "US", State: "WA", City: "Fernhill", Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE",
		HouseNumber: "410", HouseNumberSuffix: "B", PostalCode: "98099", Company: "Contoso Orchards",
		CompanyTaxID: "91-0000000", Description: "head office", ELIN: "+12065550100",
	}
}

func east() emergency.Location {
	return emergency.Location{Place: "Second floor, east wing", Description: "by the lift", ELIN: "+12065550101"}
}

func at(lat, lon float64) emergency.Position {
	p, err := emergency.NewPosition(lat, lon)
	if err != nil {
		panic(err)
	}
	return p
}

func circle(p emergency.Position, radius float64) pidflo.Shape {
	s, err := pidflo.Circle(p, radius)
	if err != nil {
		panic(err)
	}
	return s
}

// ofField are the element names of the fields, from the tables of RFC 5139 and
// RFC 6848.
var ofField = []struct {
	name string
	text func(*emergency.Address) *string
}{
	{"A1", func(a *emergency.Address) *string { return &a.State }},
	{"A2", func(a *emergency.Address) *string { return &a.County }},
	{"A3", func(a *emergency.Address) *string { return &a.City }},
	{"A4", func(a *emergency.Address) *string { return &a.District }},
	{"PRM", func(a *emergency.Address) *string { return &a.StreetPreModifier }},
	{"PRD", func(a *emergency.Address) *string { return &a.PreDirectional }},
	{"RD", func(a *emergency.Address) *string { return &a.Street }},
	{"STS", func(a *emergency.Address) *string { return &a.StreetSuffix }},
	{"POD", func(a *emergency.Address) *string { return &a.PostDirectional }},
	{"POM", func(a *emergency.Address) *string { return &a.StreetPostModifier }},
	{"HNO", func(a *emergency.Address) *string { return &a.HouseNumber }},
	{"HNS", func(a *emergency.Address) *string { return &a.HouseNumberSuffix }},
	{"NAM", func(a *emergency.Address) *string { return &a.Company }},
	{"PC", func(a *emergency.Address) *string { return &a.PostalCode }},
	{"PCN", func(a *emergency.Address) *string { return &a.CityAlias }},
	{"STP", func(a *emergency.Address) *string { return &a.StreetTypePrefix }},
	{"HNP", func(a *emergency.Address) *string { return &a.HouseNumberPrefix }},
}

// ofPlace are those of a location [RFC 5139].
var ofPlace = []struct {
	name string
	text func(*emergency.Location) *string
}{
	{"LOC", func(l *emergency.Location) *string { return &l.Place }},
	{"FLR", func(l *emergency.Location) *string { return &l.Floor }},
	{"BLD", func(l *emergency.Location) *string { return &l.Building }},
	{"UNIT", func(l *emergency.Location) *string { return &l.Unit }},
	{"ROOM", func(l *emergency.Location) *string { return &l.Room }},
	{"SEAT", func(l *emergency.Location) *string { return &l.Seat }},
}

// token draws text as fields have it: with what has to be escaped, of many
// scripts, with single spaces inside.
func token() *rapid.Generator[string] {
	return rapid.StringMatching(`[A-Za-z0-9éüşß東京Ж&<>"'/.#-]{1,8}( [A-Za-z0-9&<>"']{1,6}){0,2}`)
}

func maybe(t *rapid.T, label string) string {
	if rapid.Bool().Draw(t, "has "+label) {
		return token().Draw(t, label)
	}
	return ""
}

// drawCivic draws a civic address in one language.
func drawCivic(t *rapid.T, language string) pidflo.Civic {
	c := pidflo.Civic{Language: language, Address: emergency.Address{
		Country: telephony.Country(rapid.StringMatching(`[A-Z]{2}`).Draw(t, "country"))}}
	for _, f := range ofField {
		*f.text(&c.Address) = maybe(t, f.name)
	}
	for _, f := range ofPlace {
		*f.text(&c.Location) = maybe(t, f.name)
	}
	for _, name := range []pidflo.Name{
		{Space: emergency.CivicSpace, Local: "A5"}, {Space: emergency.CivicSpace, Local: "LMK"},
		{Space: emergency.CivicExtSpace, Local: "MP"},
		{Space: "urn:nena:xml:ns:pidf:nenaCivicAddr2", Local: "UNIT_VALUE"}, {Space: "urn:example:other", Local: "gate"},
	} {
		if v := maybe(t, name.Local); v != "" {
			c.Other = append(c.Other, pidflo.Element{Name: name, Value: v})
		}
	}
	if c.Address.CityAlias == c.Address.City {
		c.Address.CityAlias = "" // one name is told once
	}
	return c
}

// drawDocument draws a document as Decode returns it: holders in the order of
// documents.
func drawDocument(t *rapid.T) pidflo.Document {
	d := pidflo.Document{Entity: rapid.SampledFrom([]string{"pres:line-7@fernhill.example", "sip:anonymous@anonymous.invalid"}).Draw(t, "entity")}
	holder := pidflo.Tuple
	for i := range rapid.IntRange(1, 4).Draw(t, "objects") {
		holder = pidflo.Holder(rapid.IntRange(int(holder), int(pidflo.Person)).Draw(t, "holder"))
		o := pidflo.Object{Holder: holder, ID: "o" + string(rune('a'+i))}
		if holder == pidflo.Device {
			o.DeviceID = "urn:uuid:00000000-0000-4000-8000-00005e005301"
		}
		languages := rapid.SampledFrom([][]string{{}, {""}, {"en-US"}, {"en", "fr-CA"}}).Draw(t, "languages")
		for _, language := range languages {
			o.Civic = append(o.Civic, drawCivic(t, language))
		}
		if len(o.Civic) == 0 || rapid.Bool().Draw(t, "has shape") {
			drawShape(t, &o)
		}
		o.Rules.Retransmission = rapid.Bool().Draw(t, "retransmission")
		o.Rules.Expiry = drawTime(t, "expiry")
		o.At = drawTime(t, "at")
		o.Method = pidflo.Method(rapid.SampledFrom([]string{"", "Manual", "802.11"}).Draw(t, "method"))
		d.Objects = append(d.Objects, o)
	}
	return d
}

func drawShape(t *rapid.T, o *pidflo.Object) {
	p := at(rapid.Float64Range(-90, 90).Draw(t, "lat"), rapid.Float64Range(-180, 180).Draw(t, "lon"))
	o.Shape = pidflo.Point(p)
	if rapid.Bool().Draw(t, "circle") {
		o.Shape = circle(p, rapid.Float64Range(0.001, 100_000).Draw(t, "radius"))
		o.Confidence = pidflo.Confidence{Percent: rapid.Float64Range(0.5, 99.5).Draw(t, "percent"),
			Distribution: pidflo.Distribution(rapid.IntRange(0, 2).Draw(t, "distribution"))}
	}
}

func drawTime(t *rapid.T, label string) time.Time {
	if rapid.Bool().Draw(t, "no "+label) {
		return time.Time{}
	}
	return time.Unix(rapid.Int64Range(0, 4e9).Draw(t, label), rapid.Int64Range(0, 999_999_999).Draw(t, label+" ns")).UTC()
}
