package licensing_test

import (
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

func TestMinutePools(t *testing.T) {
	pools, err := licensing.Standard().MinutePools([]licensing.PlanUse{
		{Product: zone1, Country: "GB", People: 7}, {Product: small, Country: "GB", People: 60},
		{Product: domestic, Country: "US", People: 10}, {Product: domestic, Country: "FR", People: 10},
		{Product: domestic, Country: "PR", People: 1}, {Product: domestic, Country: "CA", People: 2},
		{Product: small, Country: "GB", People: 40}, {Product: domestic, Country: "GB", People: 3},
		{Product: domestic, Country: "IE", People: 0}, {Product: world, Country: "US", People: 5},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `Domestic Calling Plan in CA: 2 people x 3000 minutes = 6000 minutes
Domestic Calling Plan in FR: 10 people x 1200 minutes = 12000 minutes
Domestic Calling Plan in GB: 3 people, minutes not stated by the catalogue
Domestic Calling Plan in IE: 0 people x 1200 minutes = 0 minutes
Domestic Calling Plan in PR: 1 person x 3000 minutes = 3000 minutes
Domestic Calling Plan in US: 10 people x 3000 minutes = 30000 minutes
Domestic and International Calling Plan in US: 5 people, minutes not stated by the catalogue
Domestic Calling Plan (120 minutes) in GB: 100 people x 120 minutes = 12000 minutes
Pay-As-You-Go Calling Plan (zone 1) in GB: 7 people, no minutes included`
	var lines []string
	for _, p := range pools {
		lines = append(lines, p.String())
	}
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if none, err := licensing.Standard().MinutePools(nil); none != nil || err != nil {
		t.Errorf("nobody shares %v, %v", none, err)
	}
}

func TestMinutePoolsRefuses(t *testing.T) {
	const most = math.MaxInt64
	for name, row := range map[string]struct {
		uses   []licensing.PlanUse
		want   []telephony.Code
		fields []string
	}{
		"unknown product": {[]licensing.PlanUse{{Product: "NONE", Country: "US", People: -1}}, codes(licensing.ErrUnknownProduct), []string{"uses[0]"}},
		"no plan":         {[]licensing.PlanUse{{Product: system, Country: "", People: -1}}, codes(licensing.ErrNotCallingPlan), []string{"uses[0]"}},
		"no country":      {[]licensing.PlanUse{{Product: domestic, People: -1}}, codes(telephony.ErrCountry), []string{"uses[0]"}},
		"fewer than none": {[]licensing.PlanUse{{Product: domestic, Country: "US", People: -1}}, codes(licensing.ErrPoolPeople), []string{"uses[0]"}},
		"every fault": {[]licensing.PlanUse{{Product: "NONE"}, {Product: domestic, Country: "US", People: most}, {Product: credits, Country: "US"}},
			codes(licensing.ErrUnknownProduct, licensing.ErrNotCallingPlan), []string{"uses[0]", "uses[2]"}},
		"people past the range": {[]licensing.PlanUse{{Product: zone1, Country: "US", People: most}, {Product: zone1, Country: "US", People: 1}},
			codes(licensing.ErrMinutesOverflow), []string{""}},
		"minutes past the range": {[]licensing.PlanUse{{Product: small, Country: "GB", People: most/120 + 1}, {Product: domestic, Country: "US", People: most}},
			codes(licensing.ErrMinutesOverflow, licensing.ErrMinutesOverflow), []string{"", ""}},
	} {
		pools, err := licensing.Standard().MinutePools(row.uses)
		if pools != nil || !slices.Equal(codesOf(err), row.want) {
			t.Errorf("%s: %v, want %v", name, codesOf(err), row.want)
			continue
		}
		for i, reason := range err.(*telephony.Error).All() {
			if reason.Field != row.fields[i] || reason.Fix == "" {
				t.Errorf("%s: %v", name, reason)
			}
		}
	}
	if pools, err := (*licensing.Catalogue)(nil).MinutePools([]licensing.PlanUse{{Product: domestic, Country: "US"}}); pools != nil || err == nil {
		t.Errorf("no catalogue gives %v", pools)
	}
}

func TestMinutePoolsAgainstBigNumbers(t *testing.T) {
	type key struct {
		place   int
		country telephony.Country
	}
	rows := []licensing.Product{domestic, small, licensing.DomesticCallingPlan240}
	perPerson := map[key]int64{{0, "US"}: 3000, {0, "FR"}: 1200, {1, "US"}: 120, {1, "FR"}: 120, {2, "US"}: 240, {2, "FR"}: 240}
	rapid.Check(t, func(t *rapid.T) {
		var uses []licensing.PlanUse
		people := map[key]*big.Int{}
		for range rapid.IntRange(0, 10).Draw(t, "uses") {
			k := key{rapid.IntRange(0, 2).Draw(t, "plan"), rapid.SampledFrom(countries("US", "FR")).Draw(t, "country")}
			n := rapid.OneOf(rapid.Int64Range(0, 1000), rapid.Int64Range(0, math.MaxInt64),
				rapid.Int64Range(math.MaxInt64/3000-1, math.MaxInt64/3000+1)).Draw(t, "people")
			uses = append(uses, licensing.PlanUse{Product: rows[k.place], Country: k.country, People: n})
			if people[k] == nil {
				people[k] = new(big.Int)
			}
			people[k].Add(people[k], big.NewInt(n))
		}
		var want []licensing.MinutePool
		over := 0
		for place, product := range rows {
			for _, country := range countries("FR", "US") {
				k := key{place, country}
				if people[k] == nil {
					continue
				}
				minutes := new(big.Int).Mul(people[k], big.NewInt(perPerson[k]))
				if !minutes.IsInt64() {
					over++
					continue
				}
				e, _ := licensing.Standard().Lookup(product)
				want = append(want, licensing.MinutePool{Product: product, Name: e.Name, Country: country, People: people[k].Int64(),
					PerPerson: perPerson[k], Minutes: minutes.Int64(), Stated: true})
			}
		}
		got, err := licensing.Standard().MinutePools(uses)
		if over > 0 {
			if got != nil || len(codesOf(err)) != over {
				t.Fatalf("%d pools are past the range: %v, %v", over, got, err)
			}
			return
		}
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("got  %v, %v\nwant %v", got, err, want)
		}
	})
}
