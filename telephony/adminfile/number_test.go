package adminfile_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
)

// The rule of the porting form [port]: all but digits is left out, 10 digits
// gain +1, 11 that begin with 1 gain +, anything else is flagged.
func TestParseEntered(t *testing.T) {
	for typed, want := range map[string]string{
		"2065550100":             "+12065550100",
		"(206) 555-0100":         "+12065550100",
		"206.555.0100":           "+12065550100",
		"206/555 0100 ":          "+12065550100",
		"206\u00a0555\u20110100": "+12065550100", // as word processors break lines
		"12065550100":            "+12065550100",
		"1 (206) 555-0100":       "+12065550100",
		"+1 206 555 0100":        "+12065550100",
		"tel:+1-206-555-0100":    "+12065550100",
		"+33 1 99 00 00 01":      "+33199000001", // what has a plus sign is not of that form
		"+442079460000":          "+442079460000",
	} {
		if n, err := adminfile.ParseEntered(typed); err != nil || n != number(want) {
			t.Errorf("%q is %v, %v; want %s", typed, n, err, want)
		}
	}
	for typed, want := range map[string]telephony.Code{
		"":                                 adminfile.ErrCellEmpty,
		" \t":                              adminfile.ErrCellEmpty,
		"206555010":                        adminfile.ErrNumberEntry, // 9 digits
		"22065550100":                      adminfile.ErrNumberEntry, // 11, but not 1 in front
		"120655501001":                     adminfile.ErrNumberEntry,
		"011 33 1 99 00 00 01":             adminfile.ErrNumberEntry,
		"0199000001":                       adminfile.ErrNumberEntry, // as dialled in France
		"1065550100":                       adminfile.ErrNumberEntry, // area codes begin with 2 to 9
		"1 006 555 0100":                   adminfile.ErrNumberEntry,
		"206 555 0100 ext 5":               adminfile.ErrNumberEntry, // the extension is no digit of it
		"1 206 555 010 x0":                 adminfile.ErrNumberEntry,
		"800-CANARIES":                     adminfile.ErrNumberEntry,
		"２０６５５５０１００":                       adminfile.ErrNumberEntry, // full-width digits
		"1.20656E+10":                      adminfile.ErrCellRewritten,
		"+1.20656E+10":                     adminfile.ErrCellRewritten,
		"+206":                             telephony.ErrNumberLength,
		"+9999999999999999":                telephony.ErrNumberLength,
		"tel:+12065550100;ext=5":           telephony.ErrNumberExtension,
		strings.Repeat("9", 100000):        adminfile.ErrNumberEntry,
		"18446744073709551617" + "0123456": adminfile.ErrNumberEntry, // beyond 64 bits
	} {
		n, err := adminfile.ParseEntered(typed)
		if !errors.Is(err, want) || n.IsValid() {
			t.Errorf("%.30q is %v, %v; want %s", typed, n, err, want)
		}
		if err != nil && strings.TrimSpace(typed) != "" && strings.Contains(err.Error(), strings.TrimSpace(typed)+" ") {
			t.Errorf("%.30q: the error tells the digits: %v", typed, err)
		}
	}
}

// However ten digits are decorated, they are the same number.
func TestEnteredDecoration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`[2-9][0-9]{9}`).Draw(t, "digits")
		typed := rapid.SampledFrom([]string{"", "1", "1 ", "1-", "(1)"}).Draw(t, "front")
		for _, d := range digits {
			typed += rapid.SampledFrom([]string{"", "", "", " ", "-", ".", "(", ")", "/", "\u2013", "\u00a0", ","}).Draw(t, "between") + string(d)
		}
		n, err := adminfile.ParseEntered(typed)
		if err != nil || n.String() != "+1"+digits {
			t.Fatalf("%q is %v, %v", typed, n, err)
		}
	})
}

func TestEntries(t *testing.T) {
	for typed, want := range map[string]string{
		"+12065550100":                             "+12065550100",
		"206-555-0100":                             "+12065550100",
		"+12000000-+12000009":                      "+12000000..+12000009",
		"+12000000–+12000009":                      "+12000000..+12000009", // en dash
		"+12000000..+12000009":                     "+12000000..+12000009",
		"tel:+12000000-tel:+12000009":              "+12000000..+12000009",
		"+1 206 555 0100 - +1 206 555 0109":        "+12065550100..+12065550109",
		"2065550100-2065550109":                    "+12065550100..+12065550109",
		"12065550100 – 12065550109":                "+12065550100..+12065550109",
		"206-555-0100-206-555-0109":                "+12065550100..+12065550109",
		"(206) 555-0100 - (206) 555-0109":          "+12065550100..+12065550109",
		"1-206-555-0100-1-206-555-0109":            "+12065550100..+12065550109",
		"+12065550100-12065550109":                 "+12065550100..+12065550109",
		"+442079460000-+442079460999":              "+442079460000..+442079460999",
		"2065550100-2065550100":                    "+12065550100",
		"'+12065550100":                            "+12065550100",
		"206\u2011555\u20110100–206-555\u20110109": "+12065550100..+12065550109",
	} {
		entries, problems := readAll(t, adminfile.ReadEntries(file(`"`+typed+`"`)))
		if len(problems) > 0 || len(entries) != 1 || entries[0].Numbers != telephony.MustParseRange(want) {
			t.Errorf("%q is %v, %v; want %s", typed, entries, problems, want)
		}
	}
	for typed, want := range map[string]telephony.Code{
		"2065550109-2065550100":                  telephony.ErrRange, // the smaller comes first
		"+12065550100-+33199000001":              telephony.ErrRange,
		"2065550100-0109":                        adminfile.ErrNumberEntry,
		"2065550100-":                            adminfile.ErrRangeOpen, // cut off?
		"-":                                      adminfile.ErrRangeOpen,
		"-2065550100":                            adminfile.ErrRangeOpen,
		"+12065550100-+":                         telephony.ErrNumberSyntax,
		"+6834000-6834009":                       adminfile.ErrNumberReadings, // two of Niue, or one too long to be
		"+12065550100-+12065550109-+12065550119": telephony.ErrNumberSyntax,
		"x" + strings.Repeat("-2065550100", 5000):    adminfile.ErrEntryTooLong,
		"206555" + strings.Repeat("-", 200) + "0100": adminfile.ErrEntryTooLong,
	} {
		var rows int
		for row, err := range adminfile.ReadEntries(file(typed)).Rows() {
			rows++
			if !errors.Is(err, want) || row.Value.Numbers.Len() != 0 || row.Value.Typed != typed {
				t.Errorf("%.30q is %+v, %v; want %s", typed, row.Value, err, want)
			}
		}
		if rows != 1 {
			t.Errorf("%.30q is %d rows", typed, rows)
		}
	}
}

// A list has a header or none, and its bad lines hide no others.
func TestEntryLists(t *testing.T) {
	want := []string{"+12065550100", "+12065550110..+12065550119", "+12065550120"}
	for name, lines := range map[string][]string{
		"no header":            {"206-555-0100", "2065550110-2065550119", "2065550120"},
		"header":               {"TelephoneNumber", "206-555-0100", "2065550110-2065550119", "2065550120"},
		"header, more columns": {"Remark;Number", "x;206-555-0100", ";2065550110-2065550119", ";2065550120"},
		"a bad one first":      {"later", "206-555-0100", "2065550110-2065550119", "2065550120"},
		"a broken one first":   {`"206-555-0100`, "206-555-0100", "2065550110-2065550119", "2065550120"},
		"bad ones between":     {"206-555-0100", "1E9", "2065550110-2065550119", "206-555-0100,206-555-0101", "", "2065550120", ""},
	} {
		entries, problems := readAll(t, adminfile.ReadEntries(file(lines...)))
		var got []string
		for _, e := range entries {
			got = append(got, e.Numbers.String())
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: got %v, %v", name, got, problems)
		}
	}
	if entries, problems := readAll(t, adminfile.ReadEntries(file())); len(entries) != 0 || len(problems) != 0 {
		t.Errorf("an empty list: %v, %v", entries, problems)
	}
}

// Bare digits are of no country but the one they begin with, where a list is
// said to be like that.
func TestEntriesCountryCodeFirst(t *testing.T) {
	list := func() *strings.Reader { return file("33199000001", "442079460000-442079460999", "2065550100") }
	entries, problems := readAll(t, adminfile.ReadEntries(list(), adminfile.WithNumberForm(adminfile.CountryCodeFirst)))
	if len(problems) != 0 || len(entries) != 3 || entries[0].Numbers.First() != number("+33199000001") ||
		entries[1].Numbers.Len() != 1000 || entries[2].Numbers.First() != number("+2065550100") {
		t.Errorf("%v, %v", entries, problems)
	}
	_, problems = readAll(t, adminfile.ReadEntries(list()))
	wantProblems(t, problems, problem{1, 1, "TelephoneNumber", adminfile.ErrNumberEntry}, problem{2, 1, "TelephoneNumber", adminfile.ErrNumberEntry})
}
