package pidflo_test

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/pidflo"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// comparable lets go-cmp compare shapes and positions as the values they are.
var comparable = cmp.Options{
	cmp.Comparer(func(a, b pidflo.Shape) bool { return a == b }),
	cmp.Comparer(func(a, b emergency.Position) bool { return a == b }),
}

// TestRoundTrip: what is written is read as the same.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := drawDocument(t)
		body, err := pidflo.Encode(doc)
		if err != nil {
			t.Fatal(err)
		}
		back, err := pidflo.Decode(body)
		if err != nil {
			t.Fatalf("%v\n%s", err, body)
		}
		want := inElementOrder(doc)
		if diff := cmp.Diff(plain(want), plain(back)); diff != "" {
			t.Fatalf("%s\n%s", diff, body)
		}
	})
}

// inElementOrder puts the further elements of addresses in the order in which
// documents have them: those of RFC 5139, of RFC 6848, others.
func inElementOrder(d pidflo.Document) pidflo.Document {
	rank := map[string]int{"A5": 1, "LMK": 2, "MP": 3}
	for _, o := range d.Objects {
		for _, c := range o.Civic {
			var sorted []pidflo.Element
			for r := 1; r <= 3; r++ {
				for _, e := range c.Other {
					if rank[e.Name.Local] == r {
						sorted = append(sorted, e)
					}
				}
			}
			for _, e := range c.Other {
				if rank[e.Name.Local] == 0 {
					sorted = append(sorted, e)
				}
			}
			copy(c.Other, sorted)
		}
	}
	return d
}

// plain is a document as text that discloses everything, unlike its own.
func plain(d pidflo.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", d.Entity)
	for _, o := range d.Objects {
		fmt.Fprintf(&b, "%v %q %q %v %v %v %v %v\n", o.Holder, o.ID, o.DeviceID, o.Shape.Centre().String(), o.Shape.Radius(),
			o.Confidence, o.Rules, o.Method)
		fmt.Fprintf(&b, "%v\n", o.At)
		for _, c := range o.Civic {
			fmt.Fprintf(&b, "  %q", c.Language)
			for f := emergency.FieldCountry; f <= emergency.FieldPosition; f++ {
				fmt.Fprintf(&b, " %v=%q", f, c.Address.Value(f))
			}
			for _, f := range ofPlace {
				fmt.Fprintf(&b, " %s=%q", f.name, *f.text(&c.Location))
			}
			for _, e := range c.Other {
				fmt.Fprintf(&b, " %s=%q", e.Name, e.Value)
			}
			b.WriteByte('\n')
		}
	}
	for _, n := range d.NotUnderstood {
		fmt.Fprintf(&b, "not understood: %s\n", n)
	}
	return b.String()
}

// presence puts the content of a location-info into a document.
func presence(info string) string {
	return `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10"
  xmlns:gbp="urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy" xmlns:gml="http://www.opengis.net/gml"
  xmlns:gs="http://www.opengis.net/pidflo/1.0" xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"
  xmlns:cae="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr:ext" xmlns:conf="urn:ietf:params:xml:ns:geopriv:conf"
  entity="pres:a@fernhill.example"><tuple id="a"><status><gp:geopriv><gp:location-info>` + info +
		`</gp:location-info><gp:usage-rules/></gp:geopriv></status></tuple></presence>`
}

func civic(elements string) string {
	return presence(`<ca:civicAddress>` + elements + `</ca:civicAddress>`)
}

// TestDecodeQuirks reads what is not written here: older standards, misprints of
// the standards' own figures, servers in the field.
func TestDecodeQuirks(t *testing.T) {
	const ca = emergency.CivicSpace
	for _, c := range []struct {
		name    string
		doc     string
		want    emergency.Address
		other   int
		unknown []pidflo.Name
	}{
		{"any order", civic(`<ca:HNO>410</ca:HNO><ca:RD>5th</ca:RD><ca:country>US</ca:country>`),
			emergency.Address{Country: "US", Street: "5th", HouseNumber: "410"}, 0, nil},
		{"white space", civic("<ca:A3>\n   Fern \t hill\n </ca:A3>"), emergency.Address{City: "Fern hill"}, 0, nil},
		{"small country", civic(`<ca:country>us</ca:country>`), emergency.Address{Country: "US"}, 0, nil},
		{"empty elements [RFC 5139]", civic(`<ca:A1/><ca:A2> </ca:A2><ca:A3>Fernhill</ca:A3>`), emergency.Address{City: "Fernhill"}, 0, nil},
		{"street in A6 [RFC 4119]", civic(`<ca:A6>Oak Ave</ca:A6><ca:HNO>410</ca:HNO>`),
			emergency.Address{Street: "Oak Ave", HouseNumber: "410"}, 0, nil},
		{"A6 beside a street", civic(`<ca:A6>Old Town</ca:A6><ca:RD>Oak</ca:RD>`),
			emergency.Address{Street: "Oak"}, 0, []pidflo.Name{{Space: ca, Local: "A6"}}},
		{"namespace of RFC 4119", presence(`<civicAddress xmlns="urn:ietf:params:xml:ns:pidf:geopriv10:civicLoc"><A6>Oak</A6><A3>Fernhill</A3></civicAddress>`),
			emergency.Address{Street: "Oak", City: "Fernhill"}, 0, nil},
		{"PRM among the extensions", civic(`<cae:PRM>Old</cae:PRM><ca:RD>Mill</ca:RD>`),
			emergency.Address{StreetPreModifier: "Old", Street: "Mill"}, 0, nil},
		{"elements of NENA", civic(`<ca:RD>Mill</ca:RD><n:SITE xmlns:n="urn:nena:xml:ns:pidf:nenaCivicAddr2">Works</n:SITE>`),
			emergency.Address{Street: "Mill"}, 1, nil},
		{"elements of RFC 5139 without a field", civic(`<ca:A5>Yard</ca:A5><ca:LMK>The oak</ca:LMK>`), emergency.Address{}, 2, nil},
		{"elements of no standard", civic(`<ca:RD>Mill</ca:RD><ca:ROAD>Mill</ca:ROAD><x xmlns="">y</x>`),
			emergency.Address{Street: "Mill"}, 0, []pidflo.Name{{Space: ca, Local: "ROAD"}, {Local: "x"}}},
		{"markup inside", civic(`<ca:RD>Mill</ca:RD><ca:A3>a<ca:A4/></ca:A3>`),
			emergency.Address{Street: "Mill"}, 0, []pidflo.Name{{Space: ca, Local: "A3"}}},
		{"comments inside", civic(`<ca:RD>Mi<!-- x -->ll</ca:RD>`), emergency.Address{Street: "Mill"}, 0, nil},
		{"references to characters", civic(`<ca:RD>A &amp; B &#x41;</ca:RD>`), emergency.Address{Street: "A & B A"}, 0, nil},
		{"CDATA", civic(`<ca:RD><![CDATA[A & B]]></ca:RD>`), emergency.Address{Street: "A & B"}, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, body := range encodings(c.doc) {
				doc, err := pidflo.Decode(body)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				got := doc.Objects[0].Civic[0]
				if got.Address != c.want {
					t.Errorf("%s: %s", name, cmp.Diff(c.want, got.Address, comparable))
				}
				if len(got.Other) != c.other {
					t.Errorf("%s: %d other elements, want %d", name, len(got.Other), c.other)
				}
				if diff := cmp.Diff(c.unknown, doc.NotUnderstood); diff != "" {
					t.Errorf("%s: %s", name, diff)
				}
			}
		})
	}
}

// encodings are the forms in which an XML processor reads a document.
func encodings(doc string) map[string][]byte {
	wide := utf16.Encode([]rune(`<?xml version="1.0" encoding="UTF-16"?>` + doc))
	big, little := []byte{0xFE, 0xFF}, []byte{0xFF, 0xFE}
	for _, u := range wide {
		big, little = binary.BigEndian.AppendUint16(big, u), binary.LittleEndian.AppendUint16(little, u)
	}
	return map[string][]byte{"UTF-8": []byte(doc), "UTF-8 with mark": []byte("\uFEFF" + doc), "UTF-16BE": big, "UTF-16LE": little}
}

func TestDecodeShapes(t *testing.T) {
	const crs = ` srsName="urn:ogc:def:crs:EPSG::4326"`
	for _, c := range []struct {
		name, info string
		want       pidflo.Shape
		confidence pidflo.Confidence
		unknown    int
	}{
		{"point", `<gml:Point` + crs + `><gml:pos>47.61 -122.33</gml:pos></gml:Point>`, pidflo.Point(at(47.61, -122.33)), pidflo.Confidence{}, 0},
		{"point of RFC 5222 figure 10", `<gml:Point srsName="urn:ogc:def::crs:EPSG::4326"><gml:pos>37.775 -122.4194</gml:pos></gml:Point>`, pidflo.Point(at(37.775, -122.4194)), pidflo.Confidence{}, 0},
		{"point of RFC 5222 figure 15", `<gml:Point srsName="urn:ogc:def:crs:EPSG:4326"><gml:pos>42.656844 -73.348157</gml:pos></gml:Point>`, pidflo.Point(at(42.656844, -73.348157)), pidflo.Confidence{}, 0},
		{"point in space", `<gml:Point srsName="urn:ogc:def:crs:EPSG::4979"><gml:pos>-34.407 150.883 24.8</gml:pos></gml:Point>`, pidflo.Point(at(-34.407, 150.883)), pidflo.Confidence{}, 1},
		{"circle", `<gs:Circle` + crs + `><gml:pos>42.5463 -73.2512</gml:pos><gs:radius uom="urn:ogc:def:uom:EPSG::9001">850.24</gs:radius></gs:Circle>
		   <conf:confidence pdf="rectangular">67</conf:confidence>`, circle(at(42.5463, -73.2512), 850.24), pidflo.Confidence{Percent: 67, Distribution: pidflo.RectangularDistribution}, 0},
		{"confidence unknown", `<gml:Point` + crs + `><gml:pos>0 0</gml:pos></gml:Point><conf:confidence>unknown</conf:confidence>`, pidflo.Point(at(0, 0)), pidflo.Confidence{}, 0},
		{"second shape", `<gml:Point` + crs + `><gml:pos>1 2</gml:pos></gml:Point><gml:Point` + crs + `><gml:pos>3 4</gml:pos></gml:Point>`, pidflo.Point(at(1, 2)), pidflo.Confidence{}, 1},
		{"shape that is not read", `<gml:Polygon` + crs + `/><ca:civicAddress><ca:A3>Fernhill</ca:A3></ca:civicAddress><conf:confidence>67</conf:confidence>`, pidflo.Shape{}, pidflo.Confidence{}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := pidflo.Decode([]byte(presence(c.info)))
			if err != nil {
				t.Fatal(err)
			}
			o := doc.Objects[0]
			if o.Shape != c.want || o.Confidence != c.confidence || len(doc.NotUnderstood) != c.unknown {
				t.Errorf("%v around %v, %v, not understood %v", o.Shape.Radius(), o.Shape.Centre().String(), o.Confidence, doc.NotUnderstood)
			}
		})
	}
}

// TestDecodeAround: what is around a location is read leniently, and what is
// left out is named. What may be passed on has to say so.
func TestDecodeAround(t *testing.T) {
	geopriv := func(rest string) string {
		return `<gp:geopriv xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" xmlns:gbp="urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy"
		  xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"><gp:method>Derived</gp:method><gp:usage-rules>` + rest + `</gp:usage-rules>
		  <gp:location-info><ca:civicAddress><ca:A3>Fernhill</ca:A3></ca:civicAddress></gp:location-info></gp:geopriv>`
	}
	doc := `<p:presence xmlns:p="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" entity="">
	  <p:tuple id="none"><p:status><p:basic>open</p:basic></p:status></p:tuple>
	  <p:tuple id="7"><p:timestamp>yesterday</p:timestamp><p:status>` + geopriv(`<gbp:retransmission-allowed>yes</gbp:retransmission-allowed><gbp:retention-expiry>2026-11-22T13:00:00+01:00</gbp:retention-expiry>`) + `</p:status></p:tuple>
	  <dm:person id="who">` + geopriv(`<gbp:retransmission-allowed>perhaps</gbp:retransmission-allowed>`) + `<dm:timestamp>2026-11-22T12:00:00.5Z</dm:timestamp></dm:person>
	  <dm:device id="phone"><dm:deviceID>mac:00005e005301</dm:deviceID>` + geopriv(`<gbp:note-well/>`) + `</dm:device>
	</p:presence>`
	got, err := pidflo.Decode([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	fernhill := []pidflo.Civic{{Address: emergency.Address{City: "Fernhill"}}}
	want := pidflo.Document{Objects: []pidflo.Object{
		{Civic: fernhill, Method: pidflo.Derived, Rules: pidflo.Rules{Retransmission: true, Expiry: noon}},
		{Holder: pidflo.Person, ID: "who", Civic: fernhill, Method: pidflo.Derived, At: noon.Add(500 * time.Millisecond)},
		{Holder: pidflo.Device, ID: "phone", DeviceID: "mac:00005e005301", Civic: fernhill, Method: pidflo.Derived},
	}}
	for _, n := range []string{" entity", "urn:ietf:params:xml:ns:pidf basic", "urn:ietf:params:xml:ns:pidf tuple", " id",
		"urn:ietf:params:xml:ns:pidf timestamp", "urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy retransmission-allowed",
		"urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy note-well"} {
		space, local, _ := strings.Cut(n, " ")
		want.NotUnderstood = append(want.NotUnderstood, pidflo.Name{Space: space, Local: local})
	}
	if diff := cmp.Diff(plain(want), plain(got)); diff != "" {
		t.Error(diff)
	}
	if o, ok := got.Preferred(); !ok || o.Holder != pidflo.Device {
		t.Errorf("the preferred object is %v, not that of the device [RFC 5491]", o)
	}
}
