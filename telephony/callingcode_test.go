package telephony_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"golang.org/x/text/language"
)

// unassignedCodes are the first digits under which ITU-T has assigned no
// country code: spare, reserved or given back [ITU-T E.164, list of assigned
// codes]. It leaves out 999, which this module takes for synthetic stock.
const unassignedCodes = `0
210 214 215 217 219 259 28 292 293 294 295 296
384 388
422 424 425 426 427 428 429
671 684 693 694 695 696 697 698 699
801 802 803 804 805 806 807 809 83 851 854 857 858 859
871 872 873 874 875 876 877 879 884 885 887 889 89
969 978 990 991 997`

func unassigned(digits string) bool {
	return slices.ContainsFunc(strings.Fields(unassignedCodes), func(code string) bool {
		return strings.HasPrefix(digits, code)
	})
}

func TestEveryFirstThreeDigits(t *testing.T) {
	for i := range 1000 {
		digits := fmt.Sprintf("%03d0000000", i)
		n, err := telephony.Parse("+" + digits)
		if unassigned(digits) {
			if e, ok := err.(*telephony.Error); !ok || e.Code != telephony.ErrCallingCode {
				t.Errorf("+%03d: %v, want %q", i, err, telephony.ErrCallingCode)
			}
			continue
		}
		if err != nil {
			t.Errorf("+%03d: %v", i, err)
		} else if code := fmt.Sprint(n.CallingCode()); !strings.HasPrefix(digits, code) {
			t.Errorf("+%03d has the calling code %s", i, code)
		}
	}
}

// The codes with one digit and with two are few; all others have three.
func TestCallingCodeLength(t *testing.T) {
	short := []string{"1", "7",
		"20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
		"51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66",
		"81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"}
	for i := range 1000 {
		digits := fmt.Sprintf("%03d", i)
		if unassigned(digits + "0000000") {
			continue
		}
		want := digits
		for _, s := range short {
			if strings.HasPrefix(digits, s) {
				want = s
			}
		}
		if got := fmt.Sprint(telephony.MustParse("+" + digits + "0000000").CallingCode()); got != want {
			t.Errorf("+%s has the calling code %s, want %s", digits, got, want)
		}
	}
	if got := (telephony.Number{}).CallingCode(); got != 0 || got.String() != "" {
		t.Errorf("the zero Number has the calling code %d, %q", uint16(got), got)
	}
}

func TestCallingCodeCountries(t *testing.T) {
	for code, want := range map[telephony.CallingCode]string{
		44: "GB GG IM JE", 7: "KZ RU", 33: "FR", 999: "ZZ", 800: "", 888: "", 0: "", 997: "", 1000: "",
	} {
		var got []string
		for _, c := range code.Countries() {
			got = append(got, string(c))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%d is shared by %v, want %s", code, got, want)
		}
	}
	if got := len(telephony.CallingCode(1).Countries()); got != 25 {
		t.Errorf("%d countries share the North American code, want 25", got)
	}
	for _, c := range []struct {
		code    telephony.CallingCode
		country telephony.Country
		want    bool
	}{
		{1, "US", true}, {1, "PR", true}, {1, "GB", false}, {44, "GB", true}, {44, "US", false},
		{39, "VA", true}, {800, "US", true}, {800, "FR", true}, {999, "ZZ", true}, {999, "US", false},
		{0, "US", false}, {997, "KZ", false}, {1000, "US", false}, {1, "", false},
	} {
		if got := c.code.Serves(c.country); got != c.want {
			t.Errorf("code %d serves %s: %v, want %v", c.code, c.country, got, c.want)
		}
	}
}

// What a caller gets must not be the table itself.
func TestCountriesIsACopy(t *testing.T) {
	telephony.CallingCode(44).Countries()[0] = "XX"
	if got := telephony.CallingCode(44).Countries()[0]; got != "GB" {
		t.Errorf("the table now says %s", got)
	}
}

// The list of countries is that of golang.org/x/text without what ISO only
// reserves or has withdrawn, which that package knows too, and with ZZ.
func TestCountryAgreesWithText(t *testing.T) {
	reserved := []string{"AC", "AN", "CP", "CQ", "CS", "DG", "EA", "EZ", "FQ", "IC", "NT", "PC", "SU", "TA", "UN", "YU"}
	assigned := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			want := err == nil && region.String() == code && region.Canonicalize() == region && region.IsCountry() &&
				!slices.Contains(reserved, code) || code == "ZZ"
			if got := telephony.Country(code).IsValid(); got != want {
				t.Errorf("%s is a country: %v, want %v", code, got, want)
			}
			if want {
				assigned++
			}
		}
	}
	if assigned != 249+2 { // ISO 3166-1, and XK and ZZ
		t.Errorf("%d countries", assigned)
	}
}

func TestCheckCountry(t *testing.T) {
	wantCode(t, telephony.CheckCountry("country", "US"), "")
	for _, c := range []telephony.Country{"", "us", "Us", "USA", "U", "UK", "EU", "QQ", "U\x00", " US"} {
		t.Run(string(c), func(t *testing.T) { wantCode(t, telephony.CheckCountry("country", c), telephony.ErrCountry) })
	}
}

func TestWorld(t *testing.T) {
	for country, want := range map[telephony.Country]string{"US": "NOAM", "CA": "NOAM", "PR": "NOAM", "MX": "LATAM",
		"ES": "EMEA", "GB": "EMEA", "ZA": "EMEA", "AU": "APAC", "JP": "APAC", "ZZ": "TEST", "QQ": "", "": ""} {
		if got := country.World(); got != want {
			t.Errorf("%q is in %q, want %q", country, got, want)
		}
	}
}
