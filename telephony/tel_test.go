package telephony_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

func TestParseTel(t *testing.T) {
	const syntax = telephony.ErrNumberSyntax
	for _, c := range []struct {
		uri        string
		number     string
		extension  string
		parameters string // with blanks between
		code       telephony.Code
	}{
		// The examples of RFC 3966, section 6.
		{uri: "tel:+1-201-555-0123", number: "+12015550123"},
		{uri: "tel:7042;phone-context=example.com", code: syntax},
		{uri: "tel:863-1234;phone-context=+1-914-555", code: syntax},

		{uri: "tel:+14255550100;ext=12", number: "+14255550100", extension: "12"},
		{uri: "tel:+14255550100;EXT=1-2.3(4)", number: "+14255550100", extension: "1234"},
		{uri: "Tel:+1(425)555.0100;isub=1411", number: "+14255550100", parameters: "isub=1411"},
		{uri: "tel:+14255550100;isub=1411;ext=007;tgrp=tg-1;npdi", number: "+14255550100", extension: "007",
			parameters: "isub=1411 tgrp=tg-1 npdi"},
		{uri: "tel:+14255550100;rn=%2B1555;x=a=b", number: "+14255550100", parameters: "rn=%2B1555 x=a=b"},

		{uri: "", code: syntax},
		{uri: "tel:", code: syntax},
		{uri: "tel", code: syntax},
		{uri: "+14255550100", code: syntax},
		{uri: " tel:+14255550100", code: syntax},
		{uri: "sip:+14255550100", code: syntax},
		{uri: "tel:+1 425 555 0100", code: syntax},
		{uri: "tel:+1/425/5550100", code: syntax},
		{uri: "tel:+1\u20104255550100", code: syntax},
		{uri: "tel:+1\u00a04255550100", code: syntax},
		{uri: "tel:+1425555\xff0100", code: syntax},
		{uri: "tel:+14255550100-", code: syntax},
		{uri: "tel:+44(0)2079460000", code: syntax},
		{uri: "tel:+14255550100;", code: syntax},
		{uri: "tel:+14255550100;;ext=1", code: syntax},
		{uri: "tel:+14255550100;=1", code: syntax},
		{uri: "tel:+14255550100;e xt=1", code: syntax},
		{uri: "tel:+14255550100;ext", code: syntax},
		{uri: "tel:+14255550100;ext=", code: syntax},
		{uri: "tel:+14255550100;ext=()", code: syntax},
		{uri: "tel:+14255550100;ext=12a", code: syntax},
		{uri: "tel:+14255550100;ext=1;ext=2", code: syntax},
		{uri: "tel:+14255550100;isub=1;ISUB=2", code: syntax},
		{uri: "tel:+14255550100;isub=1\n2", code: syntax},
		{uri: "tel:+14255550100;isub=1 ", code: syntax},
		{uri: "tel:+14255550100;isub=\u00e9", code: syntax},
		{uri: "tel:+999000;ext=x", code: telephony.ErrNumberLength}, // the number before its parameters
		{uri: "tel:+2145550100", code: telephony.ErrCallingCode},
	} {
		t.Run(strconv.Quote(c.uri), func(t *testing.T) {
			tel, err := telephony.ParseTel(c.uri)
			wantCode(t, err, c.code)
			if c.code != "" {
				if tel.Number.IsValid() || tel.Extension != "" || tel.Parameters != nil {
					t.Errorf("gives %v beside its error", tel)
				}
				return
			}
			if tel.Number.String() != c.number || tel.Extension != c.extension ||
				!slices.Equal(tel.Parameters, strings.Fields(c.parameters)) {
				t.Errorf("got %v %q %q", tel.Number, tel.Extension, tel.Parameters)
			}
		})
	}
}

// The error says which byte is at fault.
func TestParseTelSaysWhere(t *testing.T) {
	for uri, want := range map[string]int{
		"tel:+1425 5550100":                len("tel:+1425"),
		"tel:+14255550100;isub=1;ext=x":    len("tel:+14255550100;isub=1;"),
		"tel:+14255550100;isub=1;;":        len("tel:+14255550100;isub=1;"),
		"tel:+14255550100;ext=1;ext=2;x=1": len("tel:+14255550100;ext=1;"),
	} {
		_, err := telephony.ParseTel(uri)
		wantCode(t, err, telephony.ErrNumberSyntax)
		if got, _ := err.(*telephony.Error).Figure("at byte"); got != int64(want) {
			t.Errorf("%s is at fault at byte %d, want %d", uri, got, want)
		}
	}
}

func TestTelString(t *testing.T) {
	tel := telephony.Tel{Number: telephony.MustParse("+14255550100"), Extension: "12", Parameters: []string{"isub=1", "npdi"}}
	if got, want := tel.String(), "tel:+14255550100;ext=12;isub=1;npdi"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// telRoundTrips checks that what was read is written as something that reads
// the same.
func telRoundTrips(t rapid.TB, uri string) {
	tel, err := telephony.ParseTel(uri)
	if err != nil {
		return
	}
	again, err := telephony.ParseTel(tel.String())
	if err != nil || again.Number != tel.Number || again.Extension != tel.Extension ||
		!slices.Equal(again.Parameters, tel.Parameters) {
		t.Fatalf("%q is %v, which reads as %v, %v", uri, tel, again, err)
	}
	n, err := telephony.Parse(uri)
	if tel.Extension == "" && (err != nil || n != tel.Number) {
		t.Fatalf("Parse(%q) = %v, %v; ParseTel says %v", uri, n, err, tel.Number)
	}
	if tel.Extension != "" && err == nil {
		t.Fatalf("Parse(%q) swallowed the extension", uri)
	}
	if want := strings.Count(uri, ";"); len(tel.Parameters) != want && len(tel.Parameters) != want-1 {
		t.Fatalf("%q has %d parameters, %d are kept", uri, want, len(tel.Parameters))
	}
}

func TestTelRoundTrips(t *testing.T) {
	parameters := rapid.SampledFrom([]string{"ext=1", "ext=0-1", "isub=9", "npdi", "a=b=c", "x=%20", "-", "ext=", "", "A=1"})
	rapid.Check(t, func(t *rapid.T) {
		uri := "tel:" + numbers().Draw(t, "number").String()
		for _, p := range rapid.SliceOfN(parameters, 0, 4).Draw(t, "parameters") {
			uri += ";" + p
		}
		telRoundTrips(t, uri)
	})
}

func FuzzParseTel(f *testing.F) {
	for _, s := range []string{"tel:+14255550100", "tel:+1-425-555-0100;ext=12;isub=1411", "TEL:+9990000;a;b=;c=%41",
		"tel:+1\u20144255550100", "tel:863-1234;phone-context=+1-914-555", "tel:+14255550100;ext=1;ext=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { telRoundTrips(t, s) })
}
