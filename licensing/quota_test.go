package licensing_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

func bought(n int64, p licensing.Product) licensing.Holding {
	return licensing.Holding{Product: p, Bought: n}
}

func holdings(all ...licensing.Holding) []licensing.Holding { return all }

func policyCounting(count licensing.Count) licensing.QuotaPolicy {
	p := licensing.DefaultQuotaPolicy()
	p.Count = count
	return p
}

func TestUserLimit(t *testing.T) {
	for _, row := range []struct {
		rounding       licensing.Rounding
		licences, want int64
	}{
		{licensing.RoundDown, 0, 0}, {licensing.RoundDown, -1, 0}, {licensing.RoundDown, math.MinInt64, 0},
		{licensing.RoundDown, 1, 11}, {licensing.RoundDown, 9, 19}, {licensing.RoundDown, 10, 21},
		{licensing.RoundDown, 50, 65}, {licensing.RoundDown, 100, 120},
		{licensing.RoundUp, 50, 65}, {licensing.RoundUp, 51, 67}, {licensing.RoundDown, 51, 66},
		{licensing.RoundNearest, 54, 69}, {licensing.RoundNearest, 55, 71}, {licensing.RoundUp, 0, 0},
		{licensing.RoundDown, math.MaxInt64, math.MaxInt64}, {licensing.RoundUp, math.MaxInt64 / 11 * 10, math.MaxInt64},
	} {
		p := licensing.DefaultQuotaPolicy()
		p.Rounding = row.rounding
		if got := p.UserLimit(row.licences); got != row.want {
			t.Errorf("%d licences %v: %d, want %d", row.licences, row.rounding, got, row.want)
		}
	}
	// The quotient of 128 bits stops fitting into 64 exactly here.
	steep := licensing.QuotaPolicy{PercentExtra: 400}
	if got := steep.UserLimit(1 << 62); got != math.MaxInt64 {
		t.Errorf("400%% on 1<<62: %d", got)
	}
}

// The service's table, at each edge and one to either side.
func TestServiceLimitAtEveryEdge(t *testing.T) {
	from := []int64{1, 26, 50, 100, 150, 200, 500, 750, 1000, 1250, 1500, 2000, 3000, 7000, 10000, 15000, 20000, 50000}
	numbers := []int64{5, 10, 20, 30, 40, 65, 90, 110, 125, 135, 160, 210, 420, 500, 600, 700, 1000, 1500}
	p := licensing.DefaultQuotaPolicy()
	below := int64(0)
	for i, n := range from {
		for licences, want := range map[int64]int64{n - 1: below, n: numbers[i], n + 1: numbers[i]} {
			if got := p.ServiceLimit(licences); got != want {
				t.Errorf("%d licences: %d, want %d", licences, got, want)
			}
		}
		below = numbers[i]
	}
	if p.ServiceLimit(math.MaxInt64) != 1500 || p.ServiceLimit(math.MinInt64) != 0 {
		t.Error("the ends of the range are wrong")
	}
}

func TestResourceAccounts(t *testing.T) {
	for seats, want := range map[int64]int64{math.MinInt64: 0, 0: 0, 1: 25, 9: 25, 10: 26, 19: 26, 600: 85,
		math.MaxInt64: math.MaxInt64/10 + 25} {
		if got := licensing.DefaultQuotaPolicy().ResourceAccountLimit(seats); got != want {
			t.Errorf("%d seats: %d, want %d", seats, got, want)
		}
	}
}

func TestLimitCountsLicences(t *testing.T) {
	mixed := holdings(bought(30, domestic), bought(20, zone1), bought(40, system))
	for name, row := range map[string]struct {
		count licensing.Count
		class licensing.QuotaClass
		owned []licensing.Holding
		want  int64
	}{
		"100 of Phone System":             {licensing.CountPhoneSystem, licensing.UserNumbers, holdings(bought(100, system)), 120},
		"50 of E5":                        {licensing.CountPhoneSystem, licensing.UserNumbers, holdings(bought(50, e5)), 65},
		"parts add up first":              {licensing.CountPhoneSystem, licensing.UserNumbers, holdings(bought(5, e5), bought(5, system)), 21},
		"plans give none by themselves":   {licensing.CountPhoneSystem, licensing.UserNumbers, holdings(bought(30, domestic)), 0},
		"30 plans and 20 pay as you go":   {licensing.CountCallingPlans, licensing.UserNumbers, mixed, 63},
		"the same by Phone System":        {licensing.CountPhoneSystem, licensing.UserNumbers, mixed, 54},
		"pay as you go alone":             {licensing.CountCallingPlans, licensing.UserNumbers, holdings(bought(20, zone1)), 20},
		"a bundle is a plan":              {licensing.CountCallingPlans, licensing.UserNumbers, holdings(bought(30, bundle)), 43},
		"a bundle has Phone System":       {licensing.CountPhoneSystem, licensing.UserNumbers, holdings(bought(30, bundle)), 43},
		"nothing":                         {licensing.CountPhoneSystem, licensing.UserNumbers, nil, 0},
		"nothing carries nothing":         {licensing.CountPhoneSystem, licensing.UserNumbers, holdings(bought(99, "NONE"), bought(99, credits)), 0},
		"a negative count takes none off": {licensing.CountPhoneSystem, licensing.UserNumbers, holdings(bought(100, system), bought(-50, e5)), 120},
		"E5 counts twice, toll":           {licensing.CountPhoneSystem, licensing.TollNumbers, holdings(bought(13, e5)), 10},
		"E5 counts twice, toll-free":      {licensing.CountPhoneSystem, licensing.TollFreeNumbers, holdings(bought(25, e5)), 20},
		"E5 without counts once":          {licensing.CountPhoneSystem, licensing.TollNumbers, holdings(bought(25, licensing.EnterpriseE5NoConferencing)), 5},
		"both features add up":            {licensing.CountPhoneSystem, licensing.TollNumbers, holdings(bought(20, system), bought(30, licensing.AudioConferencing)), 20},
		"E5 seats once for accounts":      {licensing.CountPhoneSystem, licensing.ResourceAccounts, holdings(bought(600, e5)), 85},
		"no account for conferencing":     {licensing.CountPhoneSystem, licensing.ResourceAccounts, holdings(bought(600, licensing.AudioConferencing)), 0},
		"no class":                        {licensing.CountPhoneSystem, 0, mixed, 0},
		"an unknown class":                {licensing.CountPhoneSystem, 200, mixed, 0},
		"an unknown count":                {9, licensing.UserNumbers, mixed, 0},
		"a sum past the range": {licensing.CountPhoneSystem, licensing.UserNumbers,
			holdings(bought(math.MaxInt64, system), bought(math.MaxInt64, e5)), math.MaxInt64},
	} {
		if got := policyCounting(row.count).Limit(licensing.Standard(), row.owned, row.class); got != row.want {
			t.Errorf("%s: %d, want %d", name, got, row.want)
		}
	}
}

func TestClassOf(t *testing.T) {
	for kind, want := range map[telephony.Kind]licensing.QuotaClass{
		0: 0, telephony.UserNumber: licensing.UserNumbers, telephony.TollNumber: licensing.TollNumbers,
		telephony.TollFreeNumber: licensing.TollFreeNumbers, 99: 0,
	} {
		if got := licensing.ClassOf(kind); got != want || got.IsValid() != (want != 0) {
			t.Errorf("%v: %v, want %v", kind, got, want)
		}
	}
}

func TestQuotaExplainsItself(t *testing.T) {
	use := licensing.Use{Acquired: 3, Held: 7, Ported: 2}
	for _, row := range []struct {
		count licensing.Count
		class licensing.QuotaClass
		owned []licensing.Holding
		want  string
	}{
		{licensing.CountPhoneSystem, licensing.UserNumbers, holdings(bought(100, system)), `user numbers
  100  100 licences of Phone System
   10  10% extra, rounded down
   10  flat extra
  120  limit
    3  acquired
    7  held
    2  ported in (not counted)
  110  left`},
		{licensing.CountCallingPlans, licensing.UserNumbers, holdings(bought(20, zone1), bought(30, domestic)), `user numbers
  30  30 licences of Domestic Calling Plan
  20  20 licences of Pay-As-You-Go Calling Plan (zone 1)
   3  10% extra, rounded down
  10  flat extra
  63  limit
   3  acquired
   7  held
   2  ported in (not counted)
  53  left`},
		{licensing.CountPhoneSystem, licensing.TollFreeNumbers, holdings(bought(1, system), bought(13, e5)), `service toll-free numbers
   0  13 licences of Enterprise E5, for Phone System
   0  13 licences of Enterprise E5, for Audio Conferencing
   0  1 licence of Phone System
  10  for 26 to 49 licences
  10  limit
   3  acquired
   7  held
   2  ported in (not counted)
   0  left`},
		{licensing.CountPhoneSystem, licensing.ResourceAccounts, holdings(bought(600, e5)), `resource accounts
   0  600 licences of Enterprise E5, for Phone System
  25  free with the first licence
  60  one for 10 licences
  85  limit
  10  in use
  75  left`},
	} {
		q := policyCounting(row.count).Quota(licensing.Standard(), row.owned, row.class, use)
		if got := q.String(); got != row.want {
			t.Errorf("got\n%s\nwant\n%s", got, row.want)
		}
	}
	last := licensing.DefaultQuotaPolicy().Quota(licensing.Standard(), holdings(bought(60000, system)), licensing.TollNumbers, use)
	if !strings.Contains(last.String(), "1500  for 50000 licences or more\n") {
		t.Errorf("the last band reads\n%s", last)
	}
}

func TestQuotaCheck(t *testing.T) {
	const most = math.MaxInt64
	for name, row := range map[string]struct {
		limit, acquired, held, ported, asked int64
		want                                 telephony.Code
	}{
		"all of it":                {120, 0, 0, 0, 120, ""},
		"one more":                 {120, 0, 0, 0, 121, licensing.ErrQuotaExceeded},
		"the rest":                 {120, 3, 7, 0, 110, ""},
		"one more than the rest":   {120, 3, 7, 0, 111, licensing.ErrQuotaExceeded},
		"ported in does not count": {120, 3, 7, 500, 110, ""},
		"full":                     {10, 3, 7, 0, 1, licensing.ErrQuotaExceeded},
		"overtaken":                {5, 3, 7, 0, 1, licensing.ErrQuotaExceeded},
		"the most there can be":    {most, 0, 0, 0, most, ""},
		"use near the end":         {most, most, 0, 0, 1, licensing.ErrQuotaExceeded},
		"use past the end":         {most, most, most, 0, most, licensing.ErrQuotaExceeded},
		"the sum would wrap":       {100, 50, 0, 0, most, licensing.ErrQuotaExceeded},
		"negative use is none":     {100, -50, math.MinInt64, 0, 101, licensing.ErrQuotaExceeded},
		"negative limit":           {-1, 0, 0, 0, 1, licensing.ErrQuotaExceeded},
		"zero asked":               {100, 0, 0, 0, 0, licensing.ErrQuotaAsked},
		"negative asked":           {100, 0, 0, 0, math.MinInt64, licensing.ErrQuotaAsked},
	} {
		use := licensing.Use{Acquired: row.acquired, Held: row.held, Ported: row.ported}
		err := licensing.NewQuota(licensing.UserNumbers, row.limit, use).Check(row.asked)
		if (row.want == "") != (err == nil) || err != nil && !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %q", name, err, row.want)
		}
	}
	var zero licensing.Quota
	if err := zero.Check(1); !errors.Is(err, licensing.ErrQuotaExceeded) {
		t.Errorf("the zero quota: %v", err)
	}
	forged := licensing.Quota{Limit: 1, Acquired: math.MinInt64, Held: 1, Left: 99}
	if err := forged.Check(1); !errors.Is(err, licensing.ErrQuotaExceeded) {
		t.Errorf("a quota that claims to have more left: %v", err)
	}
	err := licensing.NewQuota(licensing.UserNumbers, 120, licensing.Use{Acquired: 100, Held: 19}).Check(2)
	if figure(err, "limit") != 120 || figure(err, "acquired") != 100 || figure(err, "held") != 19 || figure(err, "asked") != 2 {
		t.Errorf("figures are wrong: %v", err)
	}
}

func TestZeroPolicyGivesNothing(t *testing.T) {
	owned := holdings(bought(100, e5), bought(100, domestic), bought(100, zone1))
	for class := licensing.UserNumbers; class.IsValid(); class++ {
		if got := (licensing.QuotaPolicy{}).Limit(licensing.Standard(), owned, class); got != 0 {
			t.Errorf("%v: %d", class, got)
		}
	}
}

func TestPolicyValidate(t *testing.T) {
	if err := licensing.DefaultQuotaPolicy().Validate(); err != nil {
		t.Errorf("the default: %v", err)
	}
	bands := func(b ...licensing.Band) func(*licensing.QuotaPolicy) {
		return func(p *licensing.QuotaPolicy) { p.ServiceBands = b }
	}
	for name, row := range map[string]struct {
		change func(*licensing.QuotaPolicy)
		fields []string
	}{
		"rounding":         {func(p *licensing.QuotaPolicy) { p.Rounding = 3 }, []string{"Rounding"}},
		"percent":          {func(p *licensing.QuotaPolicy) { p.PercentExtra = -1 }, []string{"PercentExtra"}},
		"flat":             {func(p *licensing.QuotaPolicy) { p.FlatExtra = -1 }, []string{"FlatExtra"}},
		"count":            {func(p *licensing.QuotaPolicy) { p.Count = 0 }, []string{"Count"}},
		"accounts":         {func(p *licensing.QuotaPolicy) { p.FreeResourceAccounts = -1 }, []string{"FreeResourceAccounts"}},
		"seats":            {func(p *licensing.QuotaPolicy) { p.SeatsPerResourceAccount = -1 }, []string{"SeatsPerResourceAccount"}},
		"band from 0":      {bands(licensing.Band{From: 0, Numbers: 1}), []string{"ServiceBands[0].From"}},
		"bands stand":      {bands(licensing.Band{From: 2, Numbers: 1}, licensing.Band{From: 2, Numbers: 2}), []string{"ServiceBands[1].From"}},
		"numbers fall":     {bands(licensing.Band{From: 1, Numbers: 2}, licensing.Band{From: 2, Numbers: 1}), []string{"ServiceBands[1].Numbers"}},
		"negative numbers": {bands(licensing.Band{From: 1, Numbers: -1}), []string{"ServiceBands[0].Numbers"}},
		"no bands":         {bands(), nil},
		"all": {func(p *licensing.QuotaPolicy) {
			*p = licensing.QuotaPolicy{Rounding: 9, PercentExtra: -1, FlatExtra: -1, FreeResourceAccounts: -1, SeatsPerResourceAccount: -1}
		}, []string{"Rounding", "PercentExtra", "FlatExtra", "Count", "FreeResourceAccounts", "SeatsPerResourceAccount"}},
	} {
		p := licensing.DefaultQuotaPolicy()
		row.change(&p)
		err := p.Validate()
		var fields []string
		if e := (*telephony.Error)(nil); errors.As(err, &e) {
			fields = []string{e.Field}
			if len(e.Reasons) > 0 {
				fields = nil
			}
			for _, reason := range e.Reasons {
				fields = append(fields, reason.Field)
			}
			if !errors.Is(err, licensing.ErrQuotaPolicy) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !slices.Equal(fields, row.fields) {
			t.Errorf("%s: %v, want %v", name, fields, row.fields)
		}
	}
}
