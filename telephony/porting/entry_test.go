package porting_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// The rule of the porting form [port]; what it says of each text is tested with
// the files of package adminfile, which call it.
func TestParseEntered(t *testing.T) {
	for typed, want := range map[string]string{
		"2065550100": "+12065550100", "(206) 555-0100": "+12065550100", "1 (206) 555-0100": "+12065550100",
		"+1 206 555 0100": "+12065550100", "tel:+33199000001": "+33199000001",
	} {
		if n, err := porting.ParseEntered(typed); err != nil || n != num(want) {
			t.Errorf("%q is %v, %v; want %s", typed, n, err, want)
		}
	}
	for typed, want := range map[string]telephony.Code{
		"": porting.ErrEntryEmpty, " \t": porting.ErrEntryEmpty, "206555010": porting.ErrNumberEntry, "22065550100": porting.ErrNumberEntry,
		"1.20656E+10": porting.ErrNumberEntry, "206 555 0100 ext 5": porting.ErrNumberEntry, "0199000001": porting.ErrNumberEntry, "1065550100": porting.ErrNumberEntry, "+206": telephony.ErrNumberLength,
	} {
		n, err := porting.ParseEntered(typed)
		if errorOf(t, err, want); n.IsValid() {
			t.Errorf("%q is %v", typed, n)
		}
	}
}

func TestParseEntry(t *testing.T) {
	for typed, want := range map[string]string{
		"206-555-0100": "+12065550100", "206-555-0100-206-555-0109": "+12065550100..+12065550109", "2065550100 – 2065550109": "+12065550100..+12065550109",
		"+442079460000..+442079460999": "+442079460000..+442079460999", "+12065550100-12065550109": "+12065550100..+12065550109",
	} {
		if r, err := porting.ParseEntry(typed); err != nil || r.String() != want {
			t.Errorf("%q is %v, %v; want %s", typed, r, err, want)
		}
	}
	for typed, want := range map[string]telephony.Code{
		"2065550109-2065550100": telephony.ErrRange, "2065550100-": porting.ErrRangeOpen, "": porting.ErrEntryEmpty,
		"+6834000-6834009": porting.ErrNumberReadings, strings.Repeat("2", 129): porting.ErrEntryTooLong, "2065550100-0109": porting.ErrNumberEntry,
	} {
		r, err := porting.ParseEntry(typed)
		if errorOf(t, err, want); r.Len() != 0 {
			t.Errorf("%q is %v", typed, r)
		}
	}
}

// A form's lines: good ones are read, bad ones flagged and left as they were
// typed, blank ones passed over.
func TestParseEntries(t *testing.T) {
	var got []string
	for e := range porting.ParseEntries("206-555-0100\r\n\n  \n555-0100 \n2065550110-2065550119") {
		text := e.Typed + "|" + e.Numbers.String()
		if e.Err != nil {
			text += "|" + string(errorOf(t, e.Err, e.Err.Code).Code)
			if e.Err.Line != e.Line {
				t.Errorf("line %d is told as %d", e.Line, e.Err.Line)
			}
		}
		got = append(got, text)
	}
	want := "206-555-0100|+12065550100 555-0100 |empty range|number_entry 2065550110-2065550119|+12065550110..+12065550119"
	if strings.Join(got, " ") != want {
		t.Errorf("got %q", got)
	}
	for range porting.ParseEntries("2065550100\n2065550101") {
		break
	}
}

// Every range that is written with its hyphen is read as that range.
func TestEntryRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, _ := num("+12065550100").Add(rapid.IntRange(0, 50).Draw(t, "first"))
		r, err := telephony.NewRange(first, rapid.IntRange(1, 49).Draw(t, "count"))
		if err != nil {
			t.Fatal(err)
		}
		national := func(n telephony.Number) string {
			digits := strings.TrimPrefix(n.String(), "+1")
			return rapid.SampledFrom([]string{digits, "1" + digits, "+1" + digits, "(" + digits[:3] + ") " + digits[3:6] + "-" + digits[6:]}).Draw(t, "form")
		}
		typed := national(r.First()) + rapid.SampledFrom([]string{"-", " - ", "–", ".."}).Draw(t, "dash") + national(r.Last())
		if got, err := porting.ParseEntry(typed); err != nil || got != r {
			t.Fatalf("%q is %v, %v; want %v", typed, got, err, r)
		}
	})
}

// Whatever is entered, a line is read or flagged, and none is lost.
func FuzzParseEntries(f *testing.F) {
	for _, s := range []string{"", "2065550100", "206-555-0100-206-555-0109\n\nx", "+33199000000..+33199000009", "-\r\n–", "\xff-\x00", "tel:+12065550100;ext=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Split(text, "\n")
		next := 0
		for e := range porting.ParseEntries(text) {
			for next < e.Line-1 {
				if strings.TrimSpace(lines[next]) != "" {
					t.Fatalf("line %d was lost", next+1)
				}
				next++
			}
			if e.Line != next+1 || strings.TrimRight(lines[next], "\r") != e.Typed {
				t.Fatalf("line %d is %q, was %q", e.Line, e.Typed, lines[next])
			}
			next++
			if (e.Err == nil) != (e.Numbers.Len() > 0) {
				t.Fatalf("%q is %v, %v", e.Typed, e.Numbers, e.Err)
			}
			if e.Err == nil {
				again, err := porting.ParseEntry(e.Numbers.String())
				if err != nil && !errors.Is(err, porting.ErrNumberReadings) || err == nil && again != e.Numbers {
					t.Fatalf("%v is read back as %v, %v", e.Numbers, again, err)
				}
			}
		}
		for ; next < len(lines); next++ {
			if strings.TrimSpace(lines[next]) != "" {
				t.Fatalf("line %d was lost", next+1)
			}
		}
	})
}
