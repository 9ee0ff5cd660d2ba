package pidflo_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/grammartest"
	"example.com/callingplan/emergency/pidflo"
	"example.com/callingplan/telephony"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

// whole is a document with one of everything.
func whole() pidflo.Document {
	civic := pidflo.Civic{Language: "en", Address: emergency.Address{Country: "CA"}}
	for _, f := range ofField {
		*f.text(&civic.Address) = "the " + f.name
	}
	for _, f := range ofPlace {
		*f.text(&civic.Location) = "the " + f.name
	}
	civic.Other = []pidflo.Element{
		{Name: pidflo.Name{Space: "urn:nena:xml:ns:pidf:nenaCivicAddr2", Local: "UNIT_VALUE"}, Value: "7 & 8"},
		{Name: pidflo.Name{Space: emergency.CivicExtSpace, Local: "MP"}, Value: "12.5"},
		{Name: pidflo.Name{Space: emergency.CivicSpace, Local: "LMK"}, Value: `the "old" mill`},
	}
	french := pidflo.Civic{Language: "fr", Address: emergency.Address{
		Country: "CA", State: "QC", City: "Colline-aux-Fougères", StreetTypePrefix: "Rue", Street: "Saint-Étienne", HouseNumber: "410"}}
	return pidflo.Document{Entity: "pres:line-7@fernhill.example", Objects: []pidflo.Object{
		{Holder: pidflo.Person, ID: "who", Shape: circle(at(-34.407, 150.883), 850.25),
			Confidence: pidflo.Confidence{Percent: 67.5, Distribution: pidflo.NormalDistribution}, Method: pidflo.WiFi, At: noon},
		{Holder: pidflo.Device, ID: "desk-phone", DeviceID: "mac:00005e005301", Civic: []pidflo.Civic{civic, french},
			Shape: pidflo.Point(at(47.61, -122.33)), Rules: pidflo.Rules{Retransmission: true, Expiry: noon.Add(24 * time.Hour)}, At: noon},
		{ID: "loc-42", Civic: []pidflo.Civic{french}, Method: pidflo.Manual},
	}}
}

// TestEncodeGolden compares documents with ones that were read and found right.
func TestEncodeGolden(t *testing.T) {
	withPosition := fernhill()
	withPosition.Position = at(47.61, -122.33)
	for name, doc := range map[string]pidflo.Document{
		"civic":    pidflo.New("pres:line-7@fernhill.example", "loc-42", fernhill(), east(), noon),
		"position": pidflo.New("pres:line-7@fernhill.example", "loc-42", withPosition, emergency.Location{}, noon),
		"whole":    whole(),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := pidflo.Encode(doc)
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".xml")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
			grammartest.Check(t, grammartest.PIDFLO, got)
		})
	}
}

// TestEncodeWritesEachField compares what is written with the tables of the
// standards, field by field.
func TestEncodeWritesEachField(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		civic := drawCivic(t, "")
		doc, err := pidflo.Encode(pidflo.Document{Entity: "pres:a@fernhill.example",
			Objects: []pidflo.Object{{ID: "a", Civic: []pidflo.Civic{civic}}}})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string][]string{"country": {string(civic.Address.Country)}, "retransmission-allowed": {"false"}}
		for _, f := range ofField {
			if v := *f.text(&civic.Address); v != "" {
				want[f.name] = []string{v}
			}
		}
		for _, f := range ofPlace {
			if v := *f.text(&civic.Location); v != "" {
				want[f.name] = []string{v}
			}
		}
		for _, e := range civic.Other {
			want[e.Name.Local] = []string{e.Value}
		}
		if diff := cmp.Diff(want, textsOf(t, doc)); diff != "" {
			t.Fatal(diff)
		}
		if err := grammartest.CheckOrder(doc); err != nil {
			t.Fatal(err)
		}
	})
}

// TestAnyByGrammar checks documents that were drawn.
func TestAnyByGrammar(t *testing.T) {
	for seed := range 12 {
		doc, err := pidflo.Encode(rapid.Custom(drawDocument).Example(seed))
		if err != nil {
			t.Fatal(err)
		}
		grammartest.Check(t, grammartest.PIDFLO, doc)
	}
}

// textsOf returns the text of the elements of a document by local name, read by
// the standard library alone.
func textsOf(t *rapid.T, doc []byte) map[string][]string {
	found := map[string][]string{}
	name := ""
	for d := xml.NewDecoder(bytes.NewReader(doc)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		switch tok := token.(type) {
		case xml.StartElement:
			name = tok.Name.Local
		case xml.CharData:
			if s := strings.TrimSpace(string(tok)); s != "" {
				found[name] = append(found[name], s)
			}
		case xml.EndElement:
			name = ""
		}
	}
}

// TestCityIsToldOnce: the name that a post office has for a city is told where it
// is another.
func TestCityIsToldOnce(t *testing.T) {
	for alias, want := range map[string]bool{"": false, "Fernhill": false, " Fernhill ": false, "Fern Hill": true} {
		a := fernhill()
		a.CityAlias = alias
		doc, err := pidflo.Encode(pidflo.New("pres:line-7@fernhill.example", "loc-42", a, east(), noon))
		if err != nil || bytes.Contains(doc, []byte("PCN")) != want {
			t.Errorf("%q: %v\n%s", alias, err, doc)
		}
	}
}

// TestEncodeKeepsBack: what is the administrator's own is in no document.
func TestEncodeKeepsBack(t *testing.T) {
	doc, err := pidflo.Encode(pidflo.New("pres:line-7@fernhill.example", "loc-42", fernhill(), east(), noon))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"91-0000000", "head office", "by the lift", "5550100", "5550101"} {
		if bytes.Contains(doc, []byte(secret)) {
			t.Errorf("the document has %q", secret)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	good := func() pidflo.Document {
		return pidflo.New("pres:line-7@fernhill.example", "loc-42", fernhill(), east(), noon)
	}
	for _, c := range []struct {
		name  string
		spoil func(*pidflo.Document)
		want  telephony.Code
		field string
	}{
		{"no entity", func(d *pidflo.Document) { d.Entity = "" }, pidflo.ErrEntity, "entity"},
		{"entity without a scheme", func(d *pidflo.Document) { d.Entity = "line-7" }, pidflo.ErrEntity, "entity"},
		{"entity with a space", func(d *pidflo.Document) { d.Entity = "pres:line 7" }, pidflo.ErrEntity, "entity"},
		{"no object", func(d *pidflo.Document) { d.Objects = nil }, pidflo.ErrNoLocation, "objects"},
		{"empty object", func(d *pidflo.Document) { d.Objects[0].Civic = nil }, pidflo.ErrNoLocation, "objects[0].civic"},
		{"empty address", func(d *pidflo.Document) { d.Objects[0].Civic[0] = pidflo.Civic{} }, pidflo.ErrNoLocation, "objects[0].civic[0].address"},
		{"too many", func(d *pidflo.Document) { d.Objects = make([]pidflo.Object, pidflo.MaxObjects+1) }, pidflo.ErrTooManyObjects, "objects"},
		{"id", func(d *pidflo.Document) { d.Objects[0].ID = "7th" }, pidflo.ErrID, "objects[0].id"},
		{"same id", func(d *pidflo.Document) { d.Objects = append(d.Objects, d.Objects[0]) }, pidflo.ErrIDRepeated, "objects[1].id"},
		{"holder", func(d *pidflo.Document) { d.Objects[0].Holder = 3 }, pidflo.ErrHolder, "objects[0].holder"},
		{"device id of a tuple", func(d *pidflo.Document) { d.Objects[0].DeviceID = "mac:00005e005301" }, pidflo.ErrDeviceIDUnexpected, "objects[0].device_id"},
		{"device without id", func(d *pidflo.Document) { d.Objects[0].Holder = pidflo.Device }, pidflo.ErrDeviceIDMissing, "objects[0].device_id"},
		{"device id that is none", func(d *pidflo.Document) { d.Objects[0].Holder, d.Objects[0].DeviceID = pidflo.Device, "7" }, pidflo.ErrDeviceID, "objects[0].device_id"},
		{"control character", func(d *pidflo.Document) { d.Objects[0].Civic[0].Address.Street = "5th\x00" }, telephony.ErrText, "objects[0].civic[0].street"},
		{"text that turns round", func(d *pidflo.Document) { d.Objects[0].Civic[0].Address.City = "a\u202eb" }, telephony.ErrText, "objects[0].civic[0].city"},
		{"text that shows nothing", func(d *pidflo.Document) { d.Objects[0].Civic[0].Location.Place = "a\u200bb" }, telephony.ErrText, "objects[0].civic[0].LOC"},
		{"text that is not UTF-8", func(d *pidflo.Document) { d.Objects[0].Civic[0].Address.Street = "\xff" }, telephony.ErrText, "objects[0].civic[0].street"},
		{"10 MB of street", func(d *pidflo.Document) { d.Objects[0].Civic[0].Address.Street = strings.Repeat("x", 10<<20) }, telephony.ErrText, "objects[0].civic[0].street"},
		{"country", func(d *pidflo.Document) { d.Objects[0].Civic[0].Address.Country = "USA" }, pidflo.ErrCountry, "objects[0].civic[0].country"},
		{"other that is a field", other(pidflo.Element{Name: pidflo.Name{Space: emergency.CivicSpace, Local: "RD"}, Value: "x"}), pidflo.ErrElement, "objects[0].civic[0].other"},
		{"other that is A6", other(pidflo.Element{Name: pidflo.Name{Space: emergency.CivicSpace, Local: "A6"}, Value: "x"}), pidflo.ErrElement, "objects[0].civic[0].other"},
		{"other without namespace", other(pidflo.Element{Name: pidflo.Name{Local: "x"}, Value: "x"}), pidflo.ErrElement, "objects[0].civic[0].other"},
		{"other with markup for a name", other(pidflo.Element{Name: pidflo.Name{Space: "urn:example", Local: "x><y"}, Value: "x"}), pidflo.ErrElement, "objects[0].civic[0].other"},
		{"other twice", other(pidflo.Element{Name: pidflo.Name{Space: emergency.CivicSpace, Local: "LMK"}, Value: "x"},
			pidflo.Element{Name: pidflo.Name{Space: emergency.CivicSpace, Local: "LMK"}, Value: "y"}), pidflo.ErrRepeated, "objects[0].civic[0].LMK"},
		{"language", func(d *pidflo.Document) { d.Objects[0].Civic[0].Language = "en_US" }, pidflo.ErrLanguage, "objects[0].civic[0].language"},
		{"same language", func(d *pidflo.Document) {
			d.Objects[0].Civic = append(d.Objects[0].Civic, d.Objects[0].Civic[0])
		}, pidflo.ErrLanguageRepeated, "objects[0].civic[1].language"},
		{"confidence of an address", func(d *pidflo.Document) { d.Objects[0].Confidence.Percent = 95 }, pidflo.ErrConfidenceAlone, "objects[0].confidence"},
		{"more than sure", func(d *pidflo.Document) {
			d.Objects[0].Shape, d.Objects[0].Confidence.Percent = pidflo.Point(at(1, 2)), 100
		}, pidflo.ErrConfidence, "objects[0].confidence"},
		{"method", func(d *pidflo.Document) { d.Objects[0].Method = "by hand" }, pidflo.ErrMethod, "objects[0].method"},
		{"expiry", func(d *pidflo.Document) { d.Objects[0].Rules.Expiry = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, pidflo.ErrTime, "objects[0].rules.expiry"},
		{"time", func(d *pidflo.Document) { d.Objects[0].At = time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC) }, pidflo.ErrTime, "objects[0].at"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := good()
			c.spoil(&doc)
			_, err := pidflo.Encode(doc)
			checkOne(t, err, c.want, c.field)
		})
	}
}

func other(list ...pidflo.Element) func(*pidflo.Document) {
	return func(d *pidflo.Document) { d.Objects[0].Civic[0].Other = list }
}

// checkOne fails unless err has that cause and field, as its only reason.
func checkOne(t *testing.T, err error, want telephony.Code, field string) {
	t.Helper()
	var e *telephony.Error
	if !errors.As(err, &e) || e.Code != want || e.Field != field || len(e.All()) != 1 {
		t.Fatalf("%v, want %s in %s alone", err, want, field)
	}
}

// TestEncodeReportsAll: every reason is there, in the order of the document.
func TestEncodeReportsAll(t *testing.T) {
	doc := pidflo.New("", "7th", fernhill(), east(), noon)
	doc.Objects[0].Civic[0].Address.Country = "usa"
	doc.Objects[0].Civic[0].Address.Street = "\x01"
	doc.Objects[0].Method = "by hand"
	_, err := pidflo.Encode(doc)
	var e *telephony.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	var got []telephony.Code
	for _, reason := range e.All() {
		got = append(got, reason.Code)
	}
	want := []telephony.Code{pidflo.ErrEntity, pidflo.ErrID, pidflo.ErrCountry, telephony.ErrText, pidflo.ErrMethod}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestEncodeTooLarge: valid parts do not make a document of any size.
func TestEncodeTooLarge(t *testing.T) {
	var doc pidflo.Document
	doc.Entity = "pres:line-7@fernhill.example"
	long := strings.Repeat("東", telephony.MaxTextRunes)
	for i := range pidflo.MaxObjects {
		o := pidflo.Object{ID: "o" + strings.Repeat("x", i)}
		civic := pidflo.Civic{Address: emergency.Address{Country: "JP"}}
		for _, f := range ofField {
			*f.text(&civic.Address) = long
		}
		civic.Address.City = "Tokyo"
		for _, f := range ofPlace {
			*f.text(&civic.Location) = long
		}
		o.Civic = []pidflo.Civic{civic}
		doc.Objects = append(doc.Objects, o)
	}
	if _, err := pidflo.Encode(doc); !errors.Is(err, pidflo.ErrTooLarge) {
		t.Errorf("%v, want %v", err, pidflo.ErrTooLarge)
	}
}
