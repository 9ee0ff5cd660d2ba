package licensing_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"example.com/callingplan/licensing"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

const both = ps | plan

func TestLapse(t *testing.T) {
	const hour = time.Hour
	running := licensing.Lapse{Missing: plan, Since: noon.Add(-hour), Until: noon.Add(hour)}
	over := licensing.Lapse{Missing: plan, Since: noon.Add(-hour), Until: noon}
	for name, row := range map[string]struct {
		before licensing.Lapse
		held   licensing.Feature
		grace  time.Duration
		fate   licensing.NumberFate
		want   licensing.Lapse
	}{
		"all is held":                  {licensing.Lapse{}, both, hour, licensing.NumberStays, licensing.Lapse{}},
		"a swap keeps more":            {licensing.Lapse{}, both | abroad | ac, 0, licensing.NumberStays, licensing.Lapse{}},
		"plan gone, no grace":          {licensing.Lapse{}, ps, 0, licensing.NumberLost, licensing.Lapse{Missing: plan, Since: noon, Until: noon}},
		"plan gone, less than none":    {licensing.Lapse{}, ps, -hour, licensing.NumberLost, licensing.Lapse{Missing: plan, Since: noon, Until: noon}},
		"plan gone, the least grace":   {licensing.Lapse{}, ps, 1, licensing.NumberAtRisk, licensing.Lapse{Missing: plan, Since: noon, Until: noon.Add(1)}},
		"Phone System gone":            {licensing.Lapse{}, plan, hour, licensing.NumberAtRisk, licensing.Lapse{Missing: ps, Since: noon, Until: noon.Add(hour)}},
		"both gone":                    {licensing.Lapse{}, funds, hour, licensing.NumberAtRisk, licensing.Lapse{Missing: both, Since: noon, Until: noon.Add(hour)}},
		"more goes in the meantime":    {running, 0, 9 * hour, licensing.NumberAtRisk, licensing.Lapse{Missing: both, Since: running.Since, Until: running.Until}},
		"another change":               {running, ps, 9 * hour, licensing.NumberAtRisk, running},
		"no grace any longer":          {running, ps, 0, licensing.NumberAtRisk, running},
		"given back":                   {running, both, hour, licensing.NumberStays, licensing.Lapse{}},
		"given back as the time is up": {over, both, hour, licensing.NumberLost, over},
		"not given back":               {over, ps, hour, licensing.NumberLost, over},
	} {
		got := row.before.After(row.held, noon, row.grace)
		if got != row.want || got.FateAt(noon) != row.fate {
			t.Errorf("%s: %+v, number %v; want %+v, %v", name, got, got.FateAt(noon), row.want, row.fate)
		}
	}
	for at, want := range map[time.Duration]licensing.NumberFate{-hour - 1: licensing.NumberAtRisk, 0: licensing.NumberAtRisk,
		hour - 1: licensing.NumberAtRisk, hour: licensing.NumberLost, hour + 1: licensing.NumberLost} {
		if got := running.FateAt(noon.Add(at)); got != want {
			t.Errorf("%v later: %v, want %v", at, got, want)
		}
	}
}

func TestFateString(t *testing.T) {
	for fate, want := range map[licensing.NumberFate]string{licensing.NumberStays: "stays", licensing.NumberAtRisk: "at risk",
		licensing.NumberLost: "lost", 9: "invalid fate"} {
		if got := fate.String(); got != want {
			t.Errorf("%d: %s, want %s", fate, got, want)
		}
	}
}

// Over any course of changes, a number is lost once the licences have been
// missing without a break for as long as the grace was when the break began.
func TestLapseAgainstSeconds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lapse licensing.Lapse
		now, missingFor, allowed, lost := noon, -1, 0, false // in seconds; -1 for nothing missing
		for range rapid.IntRange(1, 12).Draw(t, "changes") {
			wait := rapid.IntRange(0, 4).Draw(t, "wait")
			now = now.Add(time.Duration(wait) * time.Second)
			if missingFor >= 0 && !lost {
				missingFor += wait
				lost = missingFor >= allowed
			}
			held := rapid.SampledFrom([]licensing.Feature{both, both | ac, ps, plan, 0}).Draw(t, "held")
			grace := rapid.IntRange(0, 6).Draw(t, "grace")
			lapse = lapse.After(held, now, time.Duration(grace)*time.Second)
			whole := held&ps != 0 && held&plan != 0
			switch {
			case lost:
			case whole:
				missingFor = -1
			case missingFor < 0:
				missingFor, allowed, lost = 0, grace, grace == 0
			}
			want := licensing.NumberStays
			if lost {
				want = licensing.NumberLost
			} else if missingFor >= 0 {
				want = licensing.NumberAtRisk
			}
			if got := lapse.FateAt(now); got != want {
				t.Fatalf("holding %v at %v: %v, want %v", held, now, got, want)
			}
			if want == licensing.NumberAtRisk {
				if end := now.Add(time.Duration(allowed-missingFor) * time.Second); !lapse.Until.Equal(end) {
					t.Fatalf("until %v, want %v", lapse.Until, end)
				}
			}
		}
	})
}
