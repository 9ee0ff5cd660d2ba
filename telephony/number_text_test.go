package telephony_test

import (
	"bytes"
	"database/sql"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

var (
	_ encoding.TextMarshaler   = telephony.Number{}
	_ encoding.TextAppender    = telephony.Number{}
	_ encoding.TextUnmarshaler = (*telephony.Number)(nil)
	_ driver.Valuer            = telephony.Number{}
	_ sql.Scanner              = (*telephony.Number)(nil)
	_ flag.Value               = (*telephony.Number)(nil)
	_ fmt.Stringer             = telephony.Number{}
	_ slog.LogValuer           = telephony.Number{}
	_ slog.LogValuer           = telephony.NumberList{}
	_ slog.LogValuer           = telephony.Range{}
	_ slog.LogValuer           = telephony.Tel{}
	_ slog.LogValuer           = telephony.PersonID("")
)

// Whatever a number is written as, it is read back from.
func TestNumberRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := numbers().Draw(t, "number")
		var parsed, text, appended, set, scanned, bytesScanned, intScanned telephony.Number
		var err error
		check := func(how string, got telephony.Number, err error) {
			if err != nil || got != n {
				t.Fatalf("%v through %s is %v, %v", n, how, got, err)
			}
		}
		parsed, err = telephony.Parse(n.String())
		check("String", parsed, err)
		b, err := n.MarshalText()
		check("MarshalText", n, err)
		check("UnmarshalText", n, text.UnmarshalText(b))
		check("UnmarshalText", text, nil)
		b, err = n.AppendText([]byte("before"))
		check("AppendText", n, err)
		check("AppendText", n, appended.UnmarshalText(bytes.TrimPrefix(b, []byte("before"))))
		check("AppendText", appended, nil)
		check("Set", n, set.Set(n.String()))
		check("Set", set, nil)
		v, err := n.Value()
		check("Value", n, err)
		if !driver.IsValue(v) {
			t.Fatalf("%T is no value for a database", v)
		}
		check("Scan", n, scanned.Scan(v))
		check("Scan", scanned, nil)
		check("Scan of bytes", n, bytesScanned.Scan([]byte(n.String())))
		check("Scan of bytes", bytesScanned, nil)
		check("Scan of an integer", n, intScanned.Scan(int64(n.Digits())))
		check("Scan of an integer", intScanned, nil)
	})
}

func TestNumberJSON(t *testing.T) {
	type doc struct {
		Number telephony.Number                       `json:"number"`
		Owner  map[telephony.Number]string            `json:"owner"`
		None   telephony.Number                       `json:"none"`
		List   telephony.NumberList                   `json:"list"`
		Next   map[telephony.Number]*telephony.Number `json:"next"`
	}
	a, b := telephony.MustParse("+14255550100"), telephony.MustParse("+442079460000")
	in := doc{Number: a, Owner: map[telephony.Number]string{a: "one", b: "two"}, List: telephony.NumberList{b, a},
		Next: map[telephony.Number]*telephony.Number{b: nil}}
	got, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"number":"+14255550100","owner":{"+14255550100":"one","+442079460000":"two"},"none":"",` +
		`"list":["+442079460000","+14255550100"],"next":{"+442079460000":null}}`
	if string(got) != want {
		t.Fatalf("got  %s\nwant %s", got, want)
	}
	var out doc
	if err := json.Unmarshal(got, &out); err != nil {
		t.Fatal(err)
	}
	if out.Number != a || out.Owner[a] != "one" || out.Owner[b] != "two" || out.None.IsValid() || out.List[0] != b {
		t.Errorf("read back as %+v", out)
	}
	for _, bad := range []string{`{"number":"425"}`, `{"number":14255550100}`, `{"owner":{"x":""}}`} {
		if err := json.Unmarshal([]byte(bad), &out); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

func TestZeroNumberInTextAndColumns(t *testing.T) {
	var zero telephony.Number
	if v, err := zero.Value(); v != nil || err != nil {
		t.Errorf("Value is %v, %v; want NULL", v, err)
	}
	if got := string(zero.AppendTo([]byte("x"))); got != "x" {
		t.Errorf("AppendTo gives %q", got)
	}
	if zero.String() != "invalid number" {
		t.Errorf("String gives %q", zero)
	}
	for _, empty := range []any{nil, "", []byte{}} {
		n := telephony.MustParse("+14255550100")
		if err := n.Scan(empty); err != nil || n.IsValid() {
			t.Errorf("Scan(%#v) gives %v, %v", empty, n, err)
		}
	}
}

// What is refused leaves the number as it was.
func TestRefusedTextChangesNothing(t *testing.T) {
	was := telephony.MustParse("+14255550100")
	for _, c := range []struct {
		src  any
		code telephony.Code
	}{
		{"425", telephony.ErrNumberSyntax}, {[]byte("+12"), telephony.ErrNumberLength},
		{int64(-14255550100), telephony.ErrNumberLength}, {int64(0), telephony.ErrNumberLength},
		{int64(2145550100), telephony.ErrCallingCode}, {1.5, telephony.ErrNumberSyntax},
		{true, telephony.ErrNumberSyntax}, {uint64(14255550100), telephony.ErrNumberSyntax},
	} {
		n := was
		err := n.Scan(c.src)
		t.Run(fmt.Sprintf("%T", c.src), func(t *testing.T) { wantCode(t, err, c.code) })
		if n != was {
			t.Errorf("Scan(%v) was refused and left %v", c.src, n)
		}
	}
	n := was
	if err := n.Set("nonsense"); err == nil || n != was {
		t.Errorf("Set left %v, %v", n, err)
	}
}

func TestNumberFlag(t *testing.T) {
	var n telephony.Number
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Var(&n, "number", "the number")
	if err := flags.Parse([]string{"-number", "+1 425 555 0100"}); err != nil || n.String() != "+14255550100" {
		t.Errorf("got %v, %v", n, err)
	}
	if err := flags.Parse([]string{"-number", "0100"}); err == nil {
		t.Error("0100 was taken")
	}
}

// logged is what the two handlers of log/slog write of a value.
func logged(value any) string {
	var b strings.Builder
	slog.New(slog.NewJSONHandler(&b, timeless)).Info("m", "v", value)
	slog.New(slog.NewTextHandler(&b, timeless)).Info("m", "v", value)
	return b.String()
}

// timeless leaves out the time of a line, whose digits are any.
var timeless = &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}}

func TestLogsAreMasked(t *testing.T) {
	n := telephony.MustParse("+14255550137")
	r, err := telephony.NewRange(n, 3)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]any{
		"number": n, "list": telephony.NumberList{n, n, n, n, n}, "range": r,
		"tel": telephony.Tel{Number: n, Extension: "4255550137"}, "pointer": &n,
		"error": &telephony.Error{Code: telephony.ErrRange, Numbers: telephony.NumberList{n}},
	} {
		got := logged(value)
		if strings.Contains(got, "4255550") || strings.Contains(got, "5550137") {
			t.Errorf("%s is logged as %s", name, got)
		}
		if !strings.Contains(got, "+1********37") {
			t.Errorf("%s is logged as %s, without its mask", name, got)
		}
	}
	if got := logged(telephony.NumberList{n, n, n, n, n}); !strings.Contains(got, `"count":5`) {
		t.Errorf("the list is logged as %s, without its count", got)
	}
	if got := logged(telephony.PersonID("adele@contoso.example")); strings.Contains(got, "dele") {
		t.Errorf("the person is logged as %s", got)
	}
}
