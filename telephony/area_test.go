package telephony_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

func TestParseArea(t *testing.T) {
	for name, want := range map[string]telephony.Area{
		"NOAM-US-NY-NY":                 {Country: "US", Region: "NY", City: "NY"},
		"NOAM-US-WA-Seattle":            {Country: "US", Region: "WA", City: "Seattle"},
		"EMEA-ES-ALL-M_MA":              {Country: "ES", City: "M_MA"},
		"EMEA-DK-ALL-ALL":               {Country: "DK"},
		"EMEA-DK-84-ALL":                {Country: "DK", Region: "84"},
		"EMEA-FR-ALL-Saint-Denis":       {Country: "FR", City: "Saint-Denis"},
		"EMEA-GB-ALL-Stoke-on-Trent":    {Country: "GB", City: "Stoke-on-Trent"},
		"APAC-AU-NSW-Sydney":            {Country: "AU", Region: "NSW", City: "Sydney"},
		"NOAM-CA-QC-Montr\u00e9al":      {Country: "CA", Region: "QC", City: "Montr\u00e9al"},
		"NOAM-US-WA--":                  {Country: "US", Region: "WA", City: "-"},
		"NOAM-US-CA-ALLENTOWN":          {Country: "US", Region: "CA", City: "ALLENTOWN"},
		"TEST-ZZ-ALL-ALL":               {Country: "ZZ"},
		"LATAM-MX-CMX-Ciudad de Mexico": {Country: "MX", Region: "CMX", City: "Ciudad de Mexico"},
	} {
		a, err := telephony.ParseArea(name)
		if err != nil || a != want {
			t.Errorf("ParseArea(%q) = %#v, %v", name, a, err)
		}
		if got := want.String(); got != name {
			t.Errorf("%#v is named %s, want %s", want, got, name)
		}
		if want.IsGeographic() != (want.City != "") {
			t.Errorf("%s is geographic: %v", name, want.IsGeographic())
		}
	}
	long := strings.Repeat("\u00e9", telephony.MaxCityRunes)
	if _, err := telephony.ParseArea("NOAM-US-NY-" + long); err != nil {
		t.Errorf("a city of the greatest length: %v", err)
	}
	for name, code := range map[string]telephony.Code{
		"":                         telephony.ErrArea,
		"Seattle":                  telephony.ErrArea,
		"NOAM-US-NY":               telephony.ErrArea,
		"NOAM-US--":                telephony.ErrArea, // empty parts
		"NOAM-US-NY-":              telephony.ErrArea,
		"NOAM-US--NY":              telephony.ErrArea,
		"NOAM-QQ--NY":              telephony.ErrArea, // parts before country
		"NOAM--NY-NY":              telephony.ErrCountry,
		"NOAM-us-NY-NY":            telephony.ErrCountry,
		"NOAM-USA-NY-NY":           telephony.ErrCountry,
		"EMEA-UK-ALL-London":       telephony.ErrCountry,
		"NOAM-QQ-ny-NY":            telephony.ErrCountry, // country before region
		"NOAM-US-ny-NY":            telephony.ErrArea,
		"NOAM-US-US.NY-NY":         telephony.ErrArea,
		"NOAM-US-NEWY-NY":          telephony.ErrArea,
		"NOAM-US-ny-\x00":          telephony.ErrArea, // region before city
		"EMEA-DK-ALL-Copenhagen":   telephony.ErrArea,
		"EMEA-DK-84-Copenhagen":    telephony.ErrArea,
		"NOAM-US-NY-\x00":          telephony.ErrText,
		"NOAM-US-NY-\xff":          telephony.ErrText,
		"EMEA-US-NY-\x00":          telephony.ErrText, // city before part of the world
		"NOAM-US-NY-" + long + "x": telephony.ErrText,
		"EMEA-US-NY-NY":            telephony.ErrArea, // the wrong part of the world
		"noam-US-NY-NY":            telephony.ErrArea,
		"-US-NY-NY":                telephony.ErrArea,
	} {
		t.Run(strconv.Quote(name), func(t *testing.T) {
			a, err := telephony.ParseArea(name)
			wantCode(t, err, code)
			if a != (telephony.Area{}) {
				t.Errorf("gives %#v beside its error", a)
			}
		})
	}
	if got := telephony.MustParseArea("EMEA-DK-ALL-ALL"); got != (telephony.Area{Country: "DK"}) {
		t.Errorf("got %#v", got)
	}
	mustPanic(t, "MustParseArea", func() { telephony.MustParseArea("Seattle") })
}

func TestParseAreaSaysThePartOfTheWorld(t *testing.T) {
	_, err := telephony.ParseArea("NOAM-ES-ALL-M_MA")
	wantCode(t, err, telephony.ErrArea)
	if !strings.Contains(err.Error(), "EMEA") {
		t.Errorf("%q does not say where Spain is", err)
	}
}

func TestAreaCheck(t *testing.T) {
	for _, c := range []struct {
		area telephony.Area
		code telephony.Code
	}{
		{telephony.Area{Country: "US", Region: "WA", City: "Seattle"}, ""},
		{telephony.Area{Country: "US"}, ""},
		{telephony.Area{}, telephony.ErrCountry},
		{telephony.Area{Region: "WA"}, telephony.ErrCountry},
		{telephony.Area{Country: "US", City: "ALL"}, telephony.ErrArea},
		{telephony.Area{Country: "US", Region: "ALL"}, telephony.ErrArea},
		{telephony.Area{Country: "DK", City: "Aarhus"}, telephony.ErrArea},
		{telephony.Area{Country: "US", Region: "W-A"}, telephony.ErrArea},
		{telephony.Area{Country: "US", City: "Sea\nttle"}, telephony.ErrText},
	} {
		err := c.area.Check("area")
		wantCode(t, err, c.code)
		if e, ok := err.(*telephony.Error); ok && e.Field != "area" {
			t.Errorf("%v names the field %q", err, e.Field)
		}
	}
}

// areas draws areas that can be, their cities full of hyphens and the like.
func areas() *rapid.Generator[telephony.Area] {
	return rapid.Custom(func(t *rapid.T) telephony.Area {
		a := telephony.Area{
			Country: rapid.SampledFrom([]telephony.Country{"US", "CA", "ES", "FR", "AU", "MX", "ZZ", "DK"}).Draw(t, "country"),
			Region:  rapid.StringMatching("|WA|[A-Z0-9]{1,3}").Draw(t, "region"),
		}
		if a.Country != "DK" {
			a.City = rapid.StringMatching("|[-A-Za-z' ._\u00e9]{1,12}|ALL-|-ALL|ALL ALL").Draw(t, "city")
		}
		if a.Region == "ALL" || a.City == "ALL" {
			a.Region, a.City = "", ""
		}
		return a
	})
}

func TestAreaRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := areas().Draw(t, "area")
		if err := a.Check(""); err != nil {
			t.Fatalf("%#v: %v", a, err)
		}
		if again, err := telephony.ParseArea(a.String()); err != nil || again != a {
			t.Fatalf("%#v is named %s, which is read as %#v, %v", a, a, again, err)
		}
		b, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var again telephony.Area
		if err := json.Unmarshal(b, &again); err != nil || again != a {
			t.Errorf("%s is read back as %#v, %v", b, again, err)
		}
	})
	b, err := json.Marshal(telephony.Area{})
	again := telephony.Area{Country: "US"}
	if err != nil || string(b) != `""` || json.Unmarshal(b, &again) != nil || again != (telephony.Area{}) {
		t.Errorf("the zero Area is %s, %v, read back as %#v", b, err, again)
	}
}

// Whatever is read as an area is named as it was read: an area has one name.
func FuzzParseArea(f *testing.F) {
	for _, s := range []string{"NOAM-US-NY-NY", "EMEA-ES-ALL-M_MA", "EMEA-FR-ALL-Saint-Denis", "NOAM-US--", "EMEA-DK-ALL-ALL"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if a, err := telephony.ParseArea(s); err == nil && a.String() != s {
			t.Errorf("%q is read as an area named %q", s, a)
		}
	})
}

func TestAreaCompare(t *testing.T) {
	ascending := []telephony.Area{{}, {City: "A"}, {Country: "CA"}, {Country: "CA", City: "Z"},
		{Country: "CA", Region: "QC"}, {Country: "US"}, {Country: "US", Region: "NY", City: "A"},
		{Country: "US", Region: "NY", City: "B"}, {Country: "US", Region: "WA"}}
	for i, a := range ascending {
		for j, b := range ascending {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := a.Compare(b); got != want {
				t.Errorf("%v against %v: %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestAreaWithin(t *testing.T) {
	seattle := telephony.Area{Country: "US", Region: "WA", City: "Seattle"}
	for _, c := range []struct {
		outer telephony.Area
		want  bool
	}{
		{telephony.Area{}, true}, {seattle, true},
		{telephony.Area{Country: "US"}, true}, {telephony.Area{Country: "US", Region: "WA"}, true},
		{telephony.Area{City: "Seattle"}, true}, {telephony.Area{Country: "US", City: "Seattle"}, true},
		{telephony.Area{Country: "CA"}, false}, {telephony.Area{Country: "US", Region: "NY"}, false},
		{telephony.Area{City: "seattle"}, false}, {telephony.Area{Country: "US", Region: "WA", City: "Tacoma"}, false},
	} {
		if got := seattle.Within(c.outer); got != c.want {
			t.Errorf("Seattle is within %v: %v", c.outer, got)
		}
	}
	if (telephony.Area{Country: "US"}).Within(seattle) {
		t.Error("the United States are within Seattle")
	}
}

// Who writes an area's name is told how a part is left out in one.
func TestAreaFixFitsNames(t *testing.T) {
	for _, name := range []string{"NOAM-US-Washington-Seattle", "EMEA-DK-ALL-Copenhagen", "NOAM-US--Seattle"} {
		_, err := telephony.ParseArea(name)
		var e *telephony.Error
		if !errors.As(err, &e) || !strings.Contains(e.Fix, "ALL") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
