package telephony_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

const (
	errFull telephony.Code = "test_full"
	errOdd  telephony.Code = "test_odd"
)

func TestCodeReadsAsWords(t *testing.T) {
	if got := telephony.Code("hold_expired_twice").Error(); got != "hold expired twice" {
		t.Errorf("got %q", got)
	}
}

// The text says what was refused, what is wrong, the facts and the way out, in
// that order.
func TestErrorText(t *testing.T) {
	e := &telephony.Error{
		Op: "reserve", Field: "quantity", Code: errFull, Detail: "the quota is used up", Fix: "buy licences",
		Subject: "reservation r-5c1-2", Person: "adele@contoso.example",
		Numbers: telephony.NumberList{telephony.MustParse("+14255550100")},
		Figures: []telephony.Figure{{Name: "quota", Value: 120}, {Name: "asked", Value: -3}},
		At:      time.Date(2026, 3, 1, 13, 0, 0, 5, time.FixedZone("", 3600)),
		Err:     errors.New("disk full"),
		Reasons: []*telephony.Error{{Code: errFull}, {Code: errOdd}, {Code: errOdd}},
	}
	rest := e.Error()
	for _, part := range []string{"reserve", "quantity", "the quota is used up", "reservation r-5c1-2", "person a***",
		"+1********00", "quota 120", "asked -3", "2026-03-01T12:00:00.000000005Z", "disk full", "buy licences", "2 more"} {
		_, after, found := strings.Cut(rest, part)
		if !found {
			t.Errorf("%q does not say %q, or not in its place", e, part)
			continue
		}
		rest = after
	}
	if got := (&telephony.Error{Code: errFull}).Error(); got != "test full" {
		t.Errorf("without a detail the error reads %q", got)
	}
	if got := (&telephony.Error{}).Error(); strings.Contains(got, "()") {
		t.Errorf("the zero error reads %q", got)
	}
}

// An error about a file names the place first.
func TestErrorNamesItsPlace(t *testing.T) {
	for want, e := range map[string]*telephony.Error{
		"read: line 5, column 1: number: test full; mend it": {Op: "read", Line: 5, Column: 1, Field: "number", Code: errFull, Fix: "mend it"},
		"line 12: test full": {Line: 12, Code: errFull},
		"test full":          {Column: 3, Code: errFull},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Ranges are named masked, as many as numbers are, and the others counted.
func TestErrorCountsRangesLeftOut(t *testing.T) {
	e := &telephony.Error{Code: errFull}
	for _, text := range []string{"+14255550100..+14255550109", "+14255550120", "+14255550130..+14255550131", "+14255550140", "+14255550150"} {
		e.Ranges = append(e.Ranges, telephony.MustParseRange(text))
	}
	want := "test full (range of 10 from +1********00, range of 1 from +1********20, range of 2 from +1********30, 2 more ranges)"
	if got := e.Error(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A long list is cut, and what is cut is counted.
func TestErrorCountsNumbersLeftOut(t *testing.T) {
	for count, want := range map[int]string{1: "", 3: "", 4: "1 more", 500: "497 more"} {
		e := &telephony.Error{Code: errFull}
		for n := range mustRange(t, "+9990000", count).All() {
			e.Numbers = append(e.Numbers, n)
		}
		text := e.Error()
		if shown := strings.Count(text, "+999**"); shown != min(count, 3) {
			t.Errorf("%q shows %d numbers", text, shown)
		}
		if want == "" && strings.Contains(text, "more") || !strings.Contains(text, want) {
			t.Errorf("%q does not say %q", text, want)
		}
	}
}

// However an error is printed, encoded or logged, alone, wrapped or within
// another, it tells nobody's name or number.
func TestErrorTellsNoCanary(t *testing.T) {
	inner := &telephony.Error{Code: errOdd, Detail: "odd", Person: "canary@contoso.example",
		Numbers: telephony.NumberList{telephony.MustParse("+14255550137"), telephony.MustParse("+442079460137")}}
	outer := telephony.Join([]*telephony.Error{inner, {Code: errFull, Person: "canary2", Numbers: inner.Numbers, Err: inner}})
	for name, value := range map[string]any{
		"alone": inner, "joined": outer, "wrapped": fmt.Errorf("again: %w", outer), "with others": errors.Join(outer, inner),
		"in a slice": []*telephony.Error{inner, outer}, "in a struct": struct{ Err error }{outer},
		"in a map": map[string]error{"e": inner},
	} {
		outputs := map[string]string{"slog": logged(value)}
		for _, verb := range []string{"%v", "%+v", "%s", "%q"} {
			outputs[verb] = fmt.Sprintf(verb, value)
		}
		if _, isError := value.(*telephony.Error); isError {
			outputs["%#v"] = fmt.Sprintf("%#v", value)
		}
		b, err := json.Marshal(value)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		outputs["json"] = string(b)
		for how, text := range outputs {
			for _, secret := range []string{"anary", "contoso", "4255550", "5550137", "2079460", "946013"} {
				if strings.Contains(text, secret) {
					t.Errorf("%s by %s tells %q: %s", name, how, secret, text)
				}
			}
		}
	}
}

func TestErrorEncodings(t *testing.T) {
	e := &telephony.Error{Code: errFull, Detail: "no room", Figures: []telephony.Figure{{Name: "left", Value: 0}}, Fix: "make room"}
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]string
	if err := json.Unmarshal(b, &got); err != nil || got["code"] != "test_full" || got["message"] != e.Error() || len(got) != 2 {
		t.Errorf("as JSON: %s, %v", b, err)
	}
	if text := logged(e); !strings.Contains(text, `"code":"test_full"`) || !strings.Contains(text, "v.code=test_full") || !strings.Contains(text, "make room") {
		t.Errorf("logged as %s", text)
	}
	if text := fmt.Sprintf("%#v", e); !strings.Contains(text, "no room") || !strings.Contains(text, "telephony.Error") {
		t.Errorf("%%#v gives %s", text)
	}
}

func TestErrorIs(t *testing.T) {
	cause := fmt.Errorf("deep: %w", fs.ErrNotExist)
	e := &telephony.Error{Code: errFull, Err: cause,
		Reasons: []*telephony.Error{{Code: errFull}, {Code: errOdd, Err: fs.ErrClosed}}}
	wrapped := fmt.Errorf("outside: %w", e)
	for _, want := range []error{errFull, errOdd, cause, fs.ErrNotExist, fs.ErrClosed} {
		if !errors.Is(e, want) || !errors.Is(wrapped, want) {
			t.Errorf("the error is not %v", want)
		}
	}
	for _, other := range []error{telephony.ErrRange, fs.ErrExist, telephony.Code(""), telephony.Code("test full")} {
		if errors.Is(e, other) {
			t.Errorf("the error is %v", other)
		}
	}
	var as *telephony.Error
	if !errors.As(wrapped, &as) || as != e {
		t.Errorf("errors.As finds %v", as)
	}
	var code telephony.Code
	if !errors.As(wrapped, &code) || code != errFull {
		t.Errorf("errors.As finds the code %q", code)
	}
	if errors.Is(&telephony.Error{}, errFull) || errors.Is(&telephony.Error{}, telephony.Code("")) || errors.Unwrap(&telephony.Error{}) != nil {
		t.Error("the zero error has a cause")
	}
}

func TestErrorFigure(t *testing.T) {
	e := &telephony.Error{Figures: []telephony.Figure{{Name: "bought", Value: 5}, {Name: "left", Value: 0}}}
	if v, ok := e.Figure("left"); v != 0 || !ok {
		t.Errorf("left is %d, %v", v, ok)
	}
	if v, ok := e.Figure("bought"); v != 5 || !ok {
		t.Errorf("bought is %d, %v", v, ok)
	}
	if _, ok := e.Figure("sold"); ok {
		t.Error("a figure that is not there was found")
	}
}

func TestErrorAll(t *testing.T) {
	one := &telephony.Error{Code: errFull}
	if got := one.All(); len(got) != 1 || got[0] != one {
		t.Errorf("one reason alone is %v", got)
	}
	reasons := []*telephony.Error{one, {Code: errOdd}}
	if got := telephony.Join(reasons).All(); !slices.Equal(got, reasons) {
		t.Errorf("two reasons joined are %v", got)
	}
}

func TestJoin(t *testing.T) {
	if got := telephony.Join(nil); got != nil {
		t.Errorf("none joined are %v", got)
	}
	one := &telephony.Error{Code: errFull, Detail: "full"}
	if got := telephony.Join([]*telephony.Error{one}); got != one {
		t.Errorf("one joined is %v", got)
	}
	pool := []telephony.Code{errFull, errOdd, telephony.ErrRange, telephony.ErrArea}
	rapid.Check(t, func(t *rapid.T) {
		var reasons []*telephony.Error
		for _, code := range rapid.SliceOfN(rapid.SampledFrom(pool), 2, 6).Draw(t, "codes") {
			reasons = append(reasons, &telephony.Error{Code: code, Detail: "because of " + string(code)})
		}
		before := *reasons[0]
		got := telephony.Join(reasons)
		if got.Code != reasons[0].Code || !strings.Contains(got.Error(), reasons[0].Detail) {
			t.Errorf("%v does not begin with %v", got, reasons[0])
		}
		if want := fmt.Sprintf("%d more", len(reasons)-1); !strings.Contains(got.Error(), want) {
			t.Errorf("%q does not say %q", got, want)
		}
		for i, r := range reasons {
			if got.Reasons[i] != r || !errors.Is(got, r) || !errors.Is(got, r.Code) {
				t.Errorf("reason %d, %v, is lost", i, r)
			}
		}
		for _, code := range pool {
			want := false
			for _, r := range reasons {
				want = want || r.Code == code
			}
			if errors.Is(got, code) != want {
				t.Errorf("%v is %q: %v", got, code, !want)
			}
		}
		if before.Reasons != nil || len(reasons[0].Reasons) != 0 {
			t.Error("Join changed the first reason")
		}
	})
}
