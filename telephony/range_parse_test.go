package telephony_test

import (
	"encoding/json"
	"strconv"
	"testing"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

func TestParseRange(t *testing.T) {
	for text, want := range map[string]string{
		"+14255550100..+14255550199":          "+14255550100..+14255550199",
		"+14255550100 .. +14255550199":        "+14255550100..+14255550199",
		"+14255550100-+14255550199":           "+14255550100..+14255550199",
		"+1 425 555 0100 - +1 425 555 0199":   "+14255550100..+14255550199",
		"+1 425 555 0100 \u2013 +14255550199": "+14255550100..+14255550199",
		"+14255550100\u2013+14255550199":      "+14255550100..+14255550199",
		"+1-425-555-0100 - +1-425-555-0199":   "+14255550100..+14255550199",
		"+1-425-555-0100-+1-425-555-0199":     "+14255550100..+14255550199",
		"+1.425.555.0100..+1.425.555.0199":    "+14255550100..+14255550199",
		"+1\u2013425\u20135550100":            "+14255550100",
		"+1-425-555-0100":                     "+14255550100",
		" +14255550100 ":                      "+14255550100",
		"  +14255550100 .. +14255550101\t":    "+14255550100..+14255550101",
		"tel:+14255550100 - +14255550101":     "+14255550100..+14255550101",
		"+14255550100..+14255550100":          "+14255550100",
	} {
		r, err := telephony.ParseRange(text)
		if err != nil || r.String() != want {
			t.Errorf("ParseRange(%q) = %v, %v; want %s", text, r, err, want)
		}
	}
	for text, code := range map[string]telephony.Code{
		"":                                     telephony.ErrNumberSyntax,
		"..":                                   telephony.ErrNumberSyntax,
		"14255550100..14255550199":             telephony.ErrNumberSyntax,
		"+14255550100..":                       telephony.ErrNumberSyntax,
		"+14255550100..14255550199":            telephony.ErrNumberLength, // dots separate digits
		"+14255550100 +14255550199":            telephony.ErrNumberSyntax,
		"+14255550100,+14255550199":            telephony.ErrNumberSyntax,
		"+14255550100...+14255550199":          telephony.ErrNumberSyntax,
		"+14255550100--+14255550199":           telephony.ErrNumberSyntax,
		"+14255550100 to +14255550199":         telephony.ErrNumberSyntax,
		"..+14255550100":                       telephony.ErrNumberSyntax,
		"+14255550100..+12..+14255550199":      telephony.ErrNumberSyntax,
		"+999000..+9990001":                    telephony.ErrNumberLength,
		"+9990000..+999001":                    telephony.ErrNumberLength,
		"+2145550100..+2145550101":             telephony.ErrCallingCode,
		"+9990000..+2145550101":                telephony.ErrCallingCode,
		"+14255550199..+14255550100":           telephony.ErrRange,
		"+9990000..+99900001":                  telephony.ErrRange,
		"+99900000000000..+99999999999999":     telephony.ErrRange,
		"+9990000..tel:+9990001":               telephony.ErrNumberSyntax,
		"+9990000 - (tel:+9990001)":            telephony.ErrNumberSyntax,
		"tel:+14255550100;ext=1..+14255550":    telephony.ErrNumberExtension,
		"+44 (20) 7946 0000-+44 20 7946 (099)": telephony.ErrRange,
	} {
		t.Run(strconv.Quote(text), func(t *testing.T) {
			r, err := telephony.ParseRange(text)
			wantCode(t, err, code)
			if r.Len() != 0 {
				t.Errorf("gives %v beside its error", r)
			}
		})
	}
}

func TestMustParseRange(t *testing.T) {
	if got := telephony.MustParseRange("+14255550100 - +14255550199"); got != mustRange(t, "+14255550100", 100) {
		t.Errorf("got %v", got)
	}
	mustPanic(t, "MustParseRange", func() { telephony.MustParseRange("+14255550199..+14255550100") })
}

func TestRangeText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := ranges().Draw(t, "range")
		if again, err := telephony.ParseRange(r.String()); err != nil || again != r {
			t.Errorf("%v is read back as %v, %v", r, again, err)
		}
	})
	for _, r := range []telephony.Range{{}, mustRange(t, "+14255550100", 1), mustRange(t, "+14255550100", 100)} {
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		again := mustRange(t, "+9990000", 1)
		if err := json.Unmarshal(b, &again); err != nil || again != r {
			t.Errorf("%s is read back as %v, %v", b, again, err)
		}
	}
	r := mustRange(t, "+9990000", 1)
	wantCode(t, r.UnmarshalText([]byte("+9990001..+9990000")), telephony.ErrRange)
	if r.Len() != 1 {
		t.Errorf("what was refused left %v", r)
	}
}
