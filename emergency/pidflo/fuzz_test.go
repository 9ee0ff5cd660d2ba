package pidflo_test

import (
	"testing"

	"example.com/callingplan/emergency/pidflo"
)

// FuzzDecode reads anything. What is read says where somebody is, and what of
// it can be written is read as the same.
func FuzzDecode(f *testing.F) {
	body, err := pidflo.Encode(whole())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add([]byte(civic(`<ca:country>us</ca:country><ca:A6>Oak</ca:A6><n:x xmlns:n="urn:example">y</n:x>`)))
	f.Add([]byte(presence(`<gml:Point srsName="urn:ogc:def:crs:EPSG::4979"><gml:pos>1e1 -2 3</gml:pos></gml:Point>`)))
	f.Add([]byte("\xFE\xFF\x00<\x00a\x00/\x00>"))
	f.Add([]byte(`<ca:civicAddress xml:lang="en"><ca:A3>Fernhill</ca:A3><cae:MP>1</cae:MP></ca:civicAddress><conf:confidence pdf="normal">9</conf:confidence>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		doc, err := pidflo.Decode(body)
		if err != nil { // what is none may be a part of one
			doc, err = pidflo.Decode([]byte(presence(string(body))))
		}
		if err != nil {
			return
		}
		if _, ok := doc.Preferred(); !ok {
			t.Fatal("the document has no location")
		}
		again, err := pidflo.Encode(doc)
		if err != nil {
			return // it is read more leniently than written
		}
		back, err := pidflo.Decode(again)
		if err != nil {
			t.Fatalf("%v\n%s", err, again)
		}
		third, err := pidflo.Encode(back)
		if err != nil || string(third) != string(again) {
			t.Fatalf("%v\n%s\n%s", err, again, third)
		}
	})
}
