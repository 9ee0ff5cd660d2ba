package pidflo_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"reflect"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/pidflo"
)

// TestMasked: values print and log without what they are about.
func TestMasked(t *testing.T) {
	doc := whole()
	part, err := pidflo.NewPart("loc-42@fernhill.example", doc)
	if err != nil {
		t.Fatal(err)
	}
	object := doc.Objects[1]
	timeless := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{} // its digits could be those of a position
		}
		return a
	}}
	for _, v := range []any{doc, object, object.Civic[0], object.Civic[0].Other[0], object.Shape, part, &doc, &part,
		[]pidflo.Object{object}, object.Civic, object.Civic[0].Other} {
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, timeless)).Info("x", "v", v)
		if reflect.TypeOf(v).Kind() != reflect.Slice { // of which slog asks no element
			slog.New(slog.NewJSONHandler(&log, timeless)).Info("x", "v", v)
		}
		for _, text := range []string{fmt.Sprint(v), fmt.Sprintf("%+v", v), fmt.Sprintf("%#v", v), fmt.Sprintf("%s", v), log.String()} {
			for _, secret := range []string{"the RD", "the LOC", "47.61", "line-7", "7 & 8"} {
				if strings.Contains(text, secret) {
					t.Errorf("%T prints %q: %s", v, secret, text)
				}
			}
		}
	}
}

// TestPreferred: of several objects the one counts that says most about the
// caller [RFC 5491].
func TestPreferred(t *testing.T) {
	here := []pidflo.Civic{{Address: fernhill()}}
	person := pidflo.Object{Holder: pidflo.Person, ID: "person", Civic: here}
	tuple := pidflo.Object{ID: "tuple", Civic: here}
	device := pidflo.Object{Holder: pidflo.Device, ID: "device", Shape: pidflo.Point(at(1, 2))}
	empty := pidflo.Object{Holder: pidflo.Device, ID: "empty"}
	for _, c := range []struct {
		objects []pidflo.Object
		want    string
	}{
		{[]pidflo.Object{person, tuple, empty, device}, "device"},
		{[]pidflo.Object{person, tuple, empty}, "tuple"},
		{[]pidflo.Object{person}, "person"},
		{nil, ""},
	} {
		o, ok := pidflo.Document{Objects: c.objects}.Preferred()
		if o.ID != c.want || ok != (c.want != "") {
			t.Errorf("%q, %v, want %q", o.ID, ok, c.want)
		}
	}
}

// TestNewKeepsThePosition: an address with a position makes two objects, each
// of one kind [RFC 5491].
func TestNewKeepsThePosition(t *testing.T) {
	a := fernhill()
	a.Position = at(47.61, -122.33)
	doc := pidflo.New("pres:line-7@fernhill.example", "loc-42", a, emergency.Location{}, noon)
	if len(doc.Objects) != 2 || !doc.Objects[0].Shape.IsZero() || len(doc.Objects[1].Civic) != 0 ||
		doc.Objects[1].Shape.Centre() != a.Position || doc.Objects[0].ID == doc.Objects[1].ID {
		t.Errorf("%d objects", len(doc.Objects))
	}
}

func TestCircle(t *testing.T) {
	for _, radius := range []float64{0, -1, 3e7, nan()} {
		if _, err := pidflo.Circle(at(1, 2), radius); !errors.Is(err, pidflo.ErrShape) {
			t.Errorf("radius %v: %v", radius, err)
		}
	}
	if _, err := pidflo.Circle(emergency.Position{}, 5); !errors.Is(err, pidflo.ErrShape) {
		t.Errorf("no centre: %v", err)
	}
}

func nan() float64 { z := 0.0; return z / z }

// TestPart: a part goes through the standard library's multipart writer and
// reader, under the name by which a request refers to it [RFC 6442].
func TestPart(t *testing.T) {
	doc := pidflo.New("pres:line-7@fernhill.example", "loc-42", fernhill(), east(), noon)
	part, err := pidflo.NewPart("loc-42@fernhill.example", doc)
	if err != nil {
		t.Fatal(err)
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	field, err := w.CreatePart(part.Header())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := field.Write(part.Body()); err != nil {
		t.Fatal(err)
	}
	w.Close()
	got, err := multipart.NewReader(&body, w.Boundary()).NextPart()
	if err != nil {
		t.Fatal(err)
	}
	media, _, err := mime.ParseMediaType(got.Header.Get("Content-Type"))
	if err != nil || media != "application/pidf+xml" {
		t.Errorf("type %q, %v", media, err)
	}
	if id := got.Header.Get("Content-ID"); id != "<loc-42@fernhill.example>" || part.URL() != "cid:loc-42@fernhill.example" {
		t.Errorf("id %q, URL %q", id, part.URL())
	}
	text, err := io.ReadAll(got)
	if err != nil || !bytes.Equal(text, part.Body()) {
		t.Errorf("%v: %s", err, text)
	}
}

func TestPartRefuses(t *testing.T) {
	for _, id := range []string{"", "loc-42", "@fernhill.example", "loc-42@", "a b@c", "a@b>\r\nX: y", "a@b@c", "a..b@c", strings.Repeat("a", 250) + "@b.example"} {
		if _, err := pidflo.NewPart(id, whole()); !errors.Is(err, pidflo.ErrContentID) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if _, err := pidflo.NewPart("a@b", pidflo.Document{}); !errors.Is(err, pidflo.ErrEntity) {
		t.Errorf("an empty document: %v", err)
	}
}
