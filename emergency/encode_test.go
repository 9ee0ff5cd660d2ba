package emergency_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"

	"github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"
)

func anyPosition() *rapid.Generator[emergency.Position] {
	return rapid.Custom(func(t *rapid.T) emergency.Position {
		if rapid.Bool().Draw(t, "none") {
			return emergency.Position{}
		}
		p, err := emergency.NewPosition(rapid.Float64Range(-90, 90).Draw(t, "lat"), rapid.Float64Range(-180, 180).Draw(t, "lon"))
		if err != nil {
			t.Fatal(err)
		}
		return p
	})
}

func TestPosition(t *testing.T) {
	for _, test := range []struct {
		lat, lon float64
		want     string
	}{
		{47.6062, -122.3321, "47.6062000,-122.3321000"}, {0, 0, "0.0000000,0.0000000"},
		{-90, 180, "-90.0000000,180.0000000"}, {90, -180, "90.0000000,-180.0000000"},
		{-0.00000005, 0.00000014, "-0.0000001,0.0000001"},
	} {
		p, err := emergency.NewPosition(test.lat, test.lon)
		if err != nil || p.String() != test.want || p.IsZero() {
			t.Errorf("%v,%v: %q, %v", test.lat, test.lon, p, err)
		}
		if math.Abs(p.Lat()-test.lat) > 0.6e-7 || math.Abs(p.Lon()-test.lon) > 0.6e-7 {
			t.Errorf("%v,%v: %v,%v", test.lat, test.lon, p.Lat(), p.Lon())
		}
	}
	for _, bad := range [][2]float64{{90.0000001, 0}, {-91, 0}, {0, 180.1}, {0, -181}, {math.NaN(), 0}, {0, math.NaN()}, {math.Inf(1), 0}, {0, math.Inf(-1)}} {
		if p, err := emergency.NewPosition(bad[0], bad[1]); !errors.Is(err, emergency.ErrPosition) || !p.IsZero() {
			t.Errorf("%v: %v, %v", bad, p, err)
		}
	}
	for cause, texts := range map[telephony.Code][]string{
		emergency.ErrPositionForm: {"1", "1,", ",1", "1;2", "a,b", ",", "1,2,3", strings.Repeat("1", 70) + ",1"},
		emergency.ErrPosition:     {"91,0", "0,181", "NaN,0"},
	} {
		for _, bad := range texts {
			p, _ := emergency.NewPosition(1, 2)
			if err := p.UnmarshalText([]byte(bad)); !errors.Is(err, cause) || p.Lat() != 1 {
				t.Errorf("%q: %v, %v", bad, p, err)
			}
		}
	}
	for cause, encodings := range map[telephony.Code][][]byte{
		emergency.ErrPositionForm: {{1}, make([]byte, 7), make([]byte, 9)},
		emergency.ErrPosition:     {{0x7f, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0x80, 0, 0, 0}},
	} {
		for _, bad := range encodings {
			var p emergency.Position
			if err := p.UnmarshalBinary(bad); !errors.Is(err, cause) || !p.IsZero() {
				t.Errorf("%x: %v, %v", bad, p, err)
			}
		}
	}
}

// An address and a record come back from JSON and from CBOR as they were.
func TestEncoding(t *testing.T) {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		r := emergency.Record{
			Address: emergency.Address{Country: "US", City: "Zürich", Position: anyPosition().Draw(t, "position")}.
				With(emergency.FieldELIN, rapid.StringMatching(`[a-z0-9 ]{0,9}`).Draw(t, "elin")),
			Status: emergency.Validated, Authority: "x", At: rapid.Int64().Draw(t, "at"),
			Updated: rapid.Bool().Draw(t, "updated"), Partial: true, Dispatch: centre,
		}
		for name, codec := range map[string]struct {
			marshal   func(any) ([]byte, error)
			unmarshal func([]byte, any) error
		}{"JSON": {json.Marshal, json.Unmarshal}, "CBOR": {mode.Marshal, cbor.Unmarshal}} {
			data, err := codec.marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			var got emergency.Record
			if err := codec.unmarshal(data, &got); err != nil || got != r {
				t.Fatalf("%s: %v", name, err)
			}
			again, _ := codec.marshal(got)
			if !bytes.Equal(data, again) {
				t.Fatalf("%s is not stable", name)
			}
		}
	})
	data, _ := json.Marshal(emergency.Address{})
	if string(data) != "{}" {
		t.Errorf("an empty address is %s", data)
	}
}

// The keys of an encoded address are the names of its fields.
func TestFieldNames(t *testing.T) {
	p, _ := emergency.NewPosition(1, 2)
	a := emergency.Address{Position: p}
	for _, f := range texts() {
		a = a.With(f, "v-"+f.String())
	}
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var keys map[string]string
	if err := json.Unmarshal(data, &keys); err != nil {
		t.Fatal(err)
	}
	if len(keys) != len(texts())+1 || keys["position"] != p.String() {
		t.Errorf("%v", keys)
	}
	for _, f := range texts() {
		if keys[f.String()] != a.Value(f) || a.Value(f) != "v-"+f.String() {
			t.Errorf("%v is %q", f, keys[f.String()])
		}
	}
	if a.With(emergency.FieldPosition, "3,4") != a || a.With(0, "x") != a || a.With(200, "x") != a || a.Value(0) != "" || a.Value(200) != "" {
		t.Error("fields that are no text are set")
	}
}

func TestFieldSet(t *testing.T) {
	s := emergency.FieldsOf(postal, city)
	var list []emergency.Field
	for f := range s.With(state).Without(emergency.FieldsOf(city)).All() {
		list = append(list, f)
	}
	if len(list) != 2 || list[0] != state || list[1] != postal || s.Len() != 2 || s.Has(state) || !s.Has(city) {
		t.Errorf("%v", list)
	}
	for range s.All() {
		break // stops without panic
	}
}

// logged logs a thing in both forms, without the time, whose digits could be
// anybody's.
func logged(to io.Writer, thing any) {
	timeless := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}
	slog.New(slog.NewTextHandler(to, timeless)).Info("x", "thing", thing)
	slog.New(slog.NewJSONHandler(to, timeless)).Info("x", "thing", thing)
}

// Nothing that is logged or printed in passing discloses an address.
func TestNothingIsDisclosed(t *testing.T) {
	a := emergency.Address{Country: "US", State: "WA", County: "XCounty", City: "XCity", CityAlias: "XAlias", Street: "31",
		StreetSuffix: "Avenue", HouseNumber: "77123", PostalCode: "X", Company: "XCompany", CompanyTaxID: "X1",
		Description: "XDescription", ELIN: "+14255550177"}
	a.Position, _ = emergency.NewPosition(77.123, 12.77123)
	checked, err := emergency.Checker{KeepAsTyped: true}.Check(context.Background(), a, noon)
	if err != nil {
		t.Fatal(err)
	}
	place := emergency.Location{Place: "XPlace", ELIN: "+14255550177"}
	v := checked.Verdict()
	fixed, _ := emergency.Checker{AcceptFormatOnly: true}.Check(context.Background(), change(a, postal, "98101"), noon)
	offered := emergency.Candidate{Field: city, Value: "XCandidate"}
	call := emergency.Call{Number: telephony.MustParse("+14255550177"), Country: "US", Registered: emergency.Whereabouts{Address: a, Place: place}}
	answer := emergency.Answer{Candidates: []emergency.Candidate{offered}, Complete: a}
	search := emergency.Search{Country: "US", City: "XCity", Street: "XAvenue", PostalCode: "X1"}
	var log bytes.Buffer
	for _, thing := range []any{a, checked, v, v.Issues[0], fixed.Verdict().Changes[0], fixed.Record(), place, offered, checked.Err(),
		call, answer, search, a.Position} {
		logged(&log, thing)
		if _, isPosition := thing.(emergency.Position); !isPosition { // its String is its value
			fmt.Fprintf(&log, "%v %+v %s\n", thing, thing, thing)
		}
	}
	fmt.Fprintf(&log, "%#v %#v %#v %#v %#v %#v %#v", a, checked, place, checked.Err(), call, answer, search)
	for _, secret := range []string{"XC", "XA", "XP", "XD", "X1", "77123", "0177", "77.1", "Avenue", "31st"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%q is disclosed:\n%s", secret, log.String())
		}
	}
	if !strings.Contains(log.String(), "address in WA, US") {
		t.Error("country and state are not shown")
	}
	// What is no code is not shown as one.
	odd := fmt.Sprint(emergency.Address{Country: "Contoso Ltd", State: "12 Oak Avenue"}, emergency.Address{Country: "US", State: "12 Oak Avenue"})
	if strings.Contains(odd, "Oak") || strings.Contains(odd, "Contoso") {
		t.Errorf("%s", odd)
	}
}
