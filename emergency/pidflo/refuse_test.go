package pidflo_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"example.com/callingplan/emergency/pidflo"
	"example.com/callingplan/telephony"
	"github.com/google/go-cmp/cmp"
)

func TestDecodeRefuses(t *testing.T) {
	const crs = ` srsName="urn:ogc:def:crs:EPSG::4326"`
	deep := strings.Repeat("<x>", 40) + strings.Repeat("</x>", 40)
	for _, c := range []struct {
		name, doc string
		want      telephony.Code
	}{
		{"nothing", "", pidflo.ErrMalformed},
		{"text", "Fernhill", pidflo.ErrMalformed},
		{"too large", civic(`<ca:RD>` + strings.Repeat("x", 10<<20) + `</ca:RD>`), pidflo.ErrTooLarge},
		{"too deep", presence(deep), pidflo.ErrTooDeep},
		{"too many elements", presence(strings.Repeat("<x/>", 1<<15)), pidflo.ErrTooMany},
		{"too many attributes", presence("<x" + manyAttributes(33) + "/>"), pidflo.ErrTooMany},
		{"not UTF-8", "<presence>\xff</presence>", pidflo.ErrEncoding},
		{"other encoding", `<?xml version="1.0" encoding="ISO-8859-1"?>` + civic(`<ca:A3>x</ca:A3>`), pidflo.ErrEncoding},
		{"half a character of UTF-16", "\xFE\xFF\x00", pidflo.ErrEncoding},
		{"half a pair of UTF-16", "\xFE\xFF\xD8\x00\x00\x20", pidflo.ErrEncoding},
		{"entity", `<!DOCTYPE p [<!ENTITY e "x">]>` + civic(`<ca:A3>&e;</ca:A3>`), pidflo.ErrDoctype},
		{"a billion laughs", `<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>` + civic(`<ca:A3>&b;</ca:A3>`), pidflo.ErrDoctype},
		{"external entity", `<!DOCTYPE p SYSTEM "http://fernhill.example/p.dtd">` + civic(""), pidflo.ErrDoctype},
		{"entity without a type", civic(`<ca:A3>&e;</ca:A3>`), pidflo.ErrMalformed},
		{"tag not closed", strings.TrimSuffix(civic(""), "</presence>"), pidflo.ErrMalformed},
		{"tags crossed", `<a xmlns="x"><b></a></b>`, pidflo.ErrMalformed},
		{"two roots", civic(`<ca:A3>x</ca:A3>`) + civic(""), pidflo.ErrMalformed},
		{"text behind", civic(`<ca:A3>x</ca:A3>`) + "x", pidflo.ErrMalformed},
		{"prefix not declared", civic(`<cx:A3>x</cx:A3>`), pidflo.ErrMalformed},
		{"attribute twice", `<presence xmlns="urn:ietf:params:xml:ns:pidf" entity="a:b" entity="a:c"/>`, pidflo.ErrMalformed},
		{"attribute twice by namespace", `<presence xmlns:a="urn:x" xmlns:b="urn:x" a:c="1" b:c="2"/>`, pidflo.ErrMalformed},
		{"prefix declared twice", `<presence xmlns:a="urn:x" xmlns:a="urn:y"/>`, pidflo.ErrMalformed},
		{"default declared twice", `<presence xmlns="urn:x" xmlns="urn:ietf:params:xml:ns:pidf"/>`, pidflo.ErrMalformed},
		{"prefix of nothing", `<presence xmlns:a=""/>`, pidflo.ErrMalformed},
		{"control character", civic(`<ca:A3>&#1;</ca:A3>`), pidflo.ErrMalformed},
		{"something else", `<findService xmlns="urn:ietf:params:xml:ns:lost1"/>`, pidflo.ErrNotPresence},
		{"presence of no namespace", `<presence entity="a:b"/>`, pidflo.ErrNotPresence},
		{"too many objects", strings.Replace(civic(`<ca:A3>x</ca:A3>`), "</presence>", strings.Repeat(
			`<tuple id="x"><status><gp:geopriv><gp:location-info><ca:civicAddress><ca:A3>x</ca:A3></ca:civicAddress></gp:location-info></gp:geopriv></status></tuple>`, 64)+"</presence>", 1), pidflo.ErrTooManyObjects},
		{"no location", presence(""), pidflo.ErrNoLocation},
		{"empty address", civic(`<ca:A3> </ca:A3>`), pidflo.ErrNoLocation},
		{"only a polygon", presence(`<gml:Polygon` + crs + `/>`), pidflo.ErrNoLocation},
		{"element twice", civic(`<ca:A3>x</ca:A3><ca:A3>y</ca:A3>`), pidflo.ErrRepeated},
		{"country", civic(`<ca:country>USA</ca:country>`), pidflo.ErrCountry},
		{"text that turns round", civic("<ca:A3>a\u202eb</ca:A3>"), telephony.ErrText},
		{"text that shows nothing", civic("<ca:A3>a\u200bb</ca:A3>"), telephony.ErrText},
		{"text too long", civic(`<ca:RD>` + strings.Repeat("x", 257) + `</ca:RD>`), telephony.ErrText},
		{"no reference system", presence(`<gml:Point><gml:pos>1 2</gml:pos></gml:Point>`), pidflo.ErrReference},
		{"other reference system", presence(`<gml:Point srsName="urn:ogc:def:crs:EPSG::27700"><gml:pos>1 2</gml:pos></gml:Point>`), pidflo.ErrReference},
		{"no position", presence(`<gml:Point` + crs + `/>`), pidflo.ErrShape},
		{"half a position", presence(`<gml:Point` + crs + `><gml:pos>1</gml:pos></gml:Point>`), pidflo.ErrShape},
		{"position with a height", presence(`<gml:Point` + crs + `><gml:pos>1 2 3</gml:pos></gml:Point>`), pidflo.ErrShape},
		{"latitude and longitude swapped", presence(`<gml:Point` + crs + `><gml:pos>-122.33 47.61</gml:pos></gml:Point>`), pidflo.ErrShape},
		{"no numbers", presence(`<gml:Point` + crs + `><gml:pos>NaN 0x10</gml:pos></gml:Point>`), pidflo.ErrShape},
		{"radius in other units", presence(`<gs:Circle` + crs + `><gml:pos>1 2</gml:pos><gs:radius uom="feet">3</gs:radius></gs:Circle>`), pidflo.ErrShape},
		{"radius of nothing", presence(`<gs:Circle` + crs + `><gml:pos>1 2</gml:pos><gs:radius uom="urn:ogc:def:uom:EPSG::9001">0</gs:radius></gs:Circle>`), pidflo.ErrShape},
		{"more than sure", presence(`<gml:Point` + crs + `><gml:pos>1 2</gml:pos></gml:Point><conf:confidence>100</conf:confidence>`), pidflo.ErrConfidence},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := pidflo.Decode([]byte(c.doc))
			var e *telephony.Error
			if !errors.As(err, &e) || e.Code != c.want || len(e.All()) != 1 {
				t.Errorf("%v, want %s alone", err, c.want)
			}
		})
	}
}

func manyAttributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ` a%d=""`, i)
	}
	return b.String()
}

// TestDecodeReportsAll: every fault of the addresses and positions is there, in
// the order of the document.
func TestDecodeReportsAll(t *testing.T) {
	_, err := pidflo.Decode([]byte(presence(`<gml:Point><gml:pos>1 2</gml:pos></gml:Point>
	  <ca:civicAddress><ca:country>USA</ca:country><ca:RD>x</ca:RD><ca:RD>y</ca:RD></ca:civicAddress>`)))
	var e *telephony.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	var got []string
	for _, reason := range e.All() {
		got = append(got, string(reason.Code)+" in "+reason.Field)
	}
	want := []string{"shape_reference_unsupported in objects[0].srsName", "civic_country_invalid in objects[0].country",
		"civic_element_repeated in objects[0].street"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestDecodeCutAnywhere: a document that ends early is none.
func TestDecodeCutAnywhere(t *testing.T) {
	body, err := pidflo.Encode(whole())
	if err != nil {
		t.Fatal(err)
	}
	body = bytes.TrimSpace(body)
	for i := range body {
		if _, err := pidflo.Decode(body[:i]); err == nil {
			t.Fatalf("%d bytes of %d are read", i, len(body))
		}
	}
}

// TestErrorsDisclose nothing: neither an address nor what a document says.
func TestErrorsDiscloseNothing(t *testing.T) {
	const secret = "Rosebud"
	for _, doc := range []string{
		civic(`<ca:RD>` + secret + "\u202e" + `</ca:RD>`), civic(`<ca:RD>` + secret + `</ca:RD><ca:RD>` + secret + `</ca:RD>`),
		civic(`<ca:country>` + secret + `</ca:country>`), `<` + secret + `/>`, `<a>&` + secret + `;</a>`, `<` + secret + `>`,
		presence(`<gml:Point srsName="` + secret + `"/>`), civic(`<ca:A3>x</ca:A3><x:` + secret + `/>`),
		civic(`<n:` + secret + ` xmlns:n="` + secret + `">` + "\u202e" + `</n:` + secret + `>`),
	} {
		_, err := pidflo.Decode([]byte(doc))
		if err == nil || strings.Contains(err.Error(), secret) || strings.Contains(fmt.Sprintf("%#v", err), secret) {
			t.Errorf("%v", err)
		}
	}
}
