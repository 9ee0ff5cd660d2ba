package licensing_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

const (
	ps     = licensing.FeaturePhoneSystem
	ac     = licensing.FeatureAudioConferencing
	plan   = licensing.FeatureCallingPlan
	abroad = licensing.FeatureInternational
	payg   = licensing.FeaturePayAsYouGo
	funds  = licensing.FeatureCredits
)

// The service's table of products: part number, what it carries, whether Phone
// System comes first, whether it opens the Voice area.
var products = []struct {
	product   licensing.Product
	part      string
	features  licensing.Feature
	needs     licensing.Feature
	opensDoor bool
}{
	{licensing.EnterpriseE5, "ENTERPRISEPREMIUM", ps | ac, 0, true},
	{licensing.EnterpriseE5NoConferencing, "ENTERPRISEPREMIUM_NOPSTNCONF", ps, 0, true},
	{licensing.EnterpriseE3, "ENTERPRISEPACK", 0, 0, false},
	{licensing.EnterpriseE1, "STANDARDPACK", 0, 0, false},
	{licensing.PhoneSystem, "MCOEV", ps, 0, true},
	{licensing.AudioConferencing, "MCOMEETADV", ac, 0, true},
	{licensing.DomesticCallingPlan, "MCOPSTN1", plan, ps, false},
	{licensing.InternationalCallingPlan, "MCOPSTN2", plan | abroad, ps, false},
	{licensing.DomesticCallingPlan120, "MCOPSTN5", plan, ps, false},
	{licensing.DomesticCallingPlan240, "MCOPSTN6", plan, ps, false},
	{licensing.PayAsYouGoZone1, "MCOPSTN_PAYG_1", plan | payg, ps, false},
	{licensing.PayAsYouGoZone2, "MCOPSTN_PAYG_2", plan | payg, ps, false},
	{licensing.TeamsPhoneWithCallingPlan, "MCOTEAMS_ESSENTIALS", ps | plan, 0, true},
	{licensing.CommunicationsCredits, "MCOPSTNC", funds, 0, false},
}

func TestStandardIsTheServicesTable(t *testing.T) {
	entries := slices.Collect(licensing.Standard().All())
	if len(entries) != len(products) {
		t.Fatalf("%d products, want %d", len(entries), len(products))
	}
	for i, want := range products {
		got := entries[i]
		if got.Product != want.product || string(got.Product) != want.part {
			t.Errorf("place %d: %s, want %s", i, got.Product, want.part)
		}
		if got.Features != want.features || got.TenantNeeds != want.needs || got.PersonNeeds != want.needs ||
			got.OpensVoice != want.opensDoor {
			t.Errorf("%s: %v, needs %v and %v, opens voice %v", got.Product,
				got.Features, got.TenantNeeds, got.PersonNeeds, got.OpensVoice)
		}
	}
	if _, err := licensing.NewCatalogue(entries...); err != nil {
		t.Errorf("the standard entries do not pass the check of entries: %v", err)
	}
}

func TestMinutes(t *testing.T) {
	const unknown = -1
	for _, row := range []struct {
		product licensing.Product
		country telephony.Country
		want    int64
	}{
		{licensing.DomesticCallingPlan, "US", 3000},
		{licensing.DomesticCallingPlan, "CA", 3000},
		{licensing.DomesticCallingPlan, "PR", 3000},
		{licensing.DomesticCallingPlan, "FR", 1200},
		{licensing.DomesticCallingPlan, "IE", 1200},
		{licensing.DomesticCallingPlan, "GB", unknown},
		{licensing.InternationalCallingPlan, "US", unknown},
		{licensing.DomesticCallingPlan120, "GB", 120},
		{licensing.DomesticCallingPlan240, "GB", 240},
		{licensing.PayAsYouGoZone1, "GB", 0},
		{licensing.PhoneSystem, "US", unknown},
	} {
		e, err := licensing.Standard().Lookup(row.product)
		if err != nil {
			t.Fatal(err)
		}
		got, known := e.MinutesIn(row.country)
		if known != (row.want != unknown) || known && got != row.want {
			t.Errorf("%s in %s: %d, %v; want %d", row.product, row.country, got, known, row.want)
		}
	}
}

func TestLookupUnknown(t *testing.T) {
	if _, err := licensing.Standard().Lookup("MCOPSTN9"); !errors.Is(err, licensing.ErrUnknownProduct) ||
		!strings.Contains(err.Error(), "MCOPSTN9") {
		t.Errorf("got %v", err)
	}
}

// What a caller passes by mistake for a product may be a number or a person.
func TestAnErrorTellsNoNumberAndNoPerson(t *testing.T) {
	for _, secret := range []licensing.Product{"+14255550100", "14255550100", "adele@contoso.example"} {
		_, err := licensing.Standard().Lookup(secret)
		if err == nil || strings.Contains(err.Error(), string(secret)) {
			t.Errorf("%s stands in: %v", secret, err)
		}
	}
	us := person("US")
	us.Country = "4255550100"
	c, err := licensing.Standard().With(licensing.Entry{Product: "LOCAL", Name: "Local", SoldIn: []telephony.Country{"US"}})
	if err != nil {
		t.Fatal(err)
	}
	if text := telephony.Join(c.CheckAssign(own("LOCAL"), us, list("LOCAL"))).Error(); strings.Contains(text, "425") {
		t.Errorf("a number stands in: %s", text)
	}
}

func TestWithAddsAndReplaces(t *testing.T) {
	standard := licensing.Standard()
	c, err := standard.With(
		licensing.Entry{Product: licensing.EnterpriseE3, Name: "E3 with voice", Features: ps},
		licensing.Entry{Product: "CONTOSO-VOICE", Name: "Contoso Voice", Features: ps, OpensVoice: true},
	)
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Collect(c.All())
	if len(got) != len(products)+1 || got[len(products)].Product != "CONTOSO-VOICE" {
		t.Errorf("a new product does not stand at the end: %v", got)
	}
	if got[2].Product != licensing.EnterpriseE3 || got[2].Features != ps {
		t.Errorf("a replaced product does not keep its place: %v", got[2])
	}
	if e, _ := standard.Lookup(licensing.EnterpriseE3); e.Features != 0 {
		t.Error("With changed the catalogue it was called on")
	}
	if _, err := standard.Lookup("CONTOSO-VOICE"); err == nil {
		t.Error("With added to the catalogue it was called on")
	}
}

func TestNobodyCanWriteIntoACatalogue(t *testing.T) {
	mine := licensing.Entry{Product: "LOCAL", Name: "Local", SoldIn: []telephony.Country{"US"},
		Minutes: []licensing.Minutes{{Countries: []telephony.Country{"US"}, PerPerson: 7}}}
	c, err := licensing.NewCatalogue(mine)
	if err != nil {
		t.Fatal(err)
	}
	scribble := func(e licensing.Entry) {
		e.SoldIn[0] = "FR"
		e.Minutes[0].Countries[0] = "FR"
		e.Minutes[0].PerPerson = 8
	}
	scribble(mine)
	got, _ := c.Lookup("LOCAL")
	scribble(got)
	for e := range c.All() {
		scribble(e)
	}
	after, _ := c.Lookup("LOCAL")
	if n, ok := after.MinutesIn("US"); !after.IsSoldIn("US") || !ok || n != 7 {
		t.Errorf("the catalogue was written into: %+v", after)
	}
}

func TestWithRefuses(t *testing.T) {
	good := licensing.Entry{Product: "X", Name: "X"}
	with := func(change func(*licensing.Entry)) []licensing.Entry {
		e := good
		change(&e)
		return []licensing.Entry{e}
	}
	circle := []licensing.Entry{
		{Product: "A", Name: "A", Features: funds, TenantNeeds: ac},
		{Product: "B", Name: "B", Features: ac, TenantNeeds: funds},
	}
	for name, row := range map[string]struct {
		entries []licensing.Entry
		want    []telephony.Code
	}{
		"no product":        {with(func(e *licensing.Entry) { e.Product = "" }), codes(telephony.ErrID)},
		"odd product":       {with(func(e *licensing.Entry) { e.Product = "a b" }), codes(telephony.ErrID)},
		"twice":             {[]licensing.Entry{good, good}, codes(licensing.ErrDuplicateEntry)},
		"no name":           {with(func(e *licensing.Entry) { e.Name = "" }), codes(telephony.ErrText)},
		"control character": {with(func(e *licensing.Entry) { e.Name = "a\nb" }), codes(telephony.ErrText)},
		"odd feature":       {with(func(e *licensing.Entry) { e.Features = 1 << 15 }), codes(licensing.ErrFeatures)},
		"odd need":          {with(func(e *licensing.Entry) { e.PersonNeeds = 1 << 9 }), codes(licensing.ErrFeatures)},
		"sort of no plan":   {with(func(e *licensing.Entry) { e.Features = abroad }), codes(licensing.ErrFeatures)},
		"odd country":       {with(func(e *licensing.Entry) { e.SoldIn = countries("US", "us") }), codes(telephony.ErrCountry)},
		"odd country out":   {with(func(e *licensing.Entry) { e.NotSoldIn = countries("XX") }), codes(telephony.ErrCountry)},
		"negative minutes":  {with(func(e *licensing.Entry) { e.Minutes = []licensing.Minutes{{PerPerson: -1}} }), codes(licensing.ErrMinutes)},
		"tenant can't":      {with(func(e *licensing.Entry) { e.TenantNeeds = ps }), codes(licensing.ErrNeedsUnsatisfied)},
		"needs itself":      {with(func(e *licensing.Entry) { e.TenantNeeds, e.Features = ps, ps }), codes(licensing.ErrNeedsUnsatisfied)},
		"person can't":      {with(func(e *licensing.Entry) { e.PersonNeeds = ps }), codes(licensing.ErrNeedsUnsatisfied)},
		"a circle":          {circle, codes(licensing.ErrNeedsUnsatisfied, licensing.ErrNeedsUnsatisfied)},
		"everything": {[]licensing.Entry{{Product: "", Features: payg, SoldIn: countries(""),
			Minutes: []licensing.Minutes{{PerPerson: -1}}}},
			codes(telephony.ErrID, telephony.ErrText, licensing.ErrFeatures, telephony.ErrCountry, licensing.ErrMinutes)},
	} {
		c, err := licensing.NewCatalogue(row.entries...)
		if c != nil || !slices.Equal(codesOf(err), row.want) {
			t.Errorf("%s: %v, want %v", name, codesOf(err), row.want)
		}
	}
}

func TestAnEmptyCatalogueAllowsNothing(t *testing.T) {
	for _, c := range []*licensing.Catalogue{nil, {}} {
		owned := own(licensing.EnterpriseE5, licensing.CommunicationsCredits)
		if err := c.CheckPurchase(owned, licensing.PhoneSystem, 1); !errors.Is(err, licensing.ErrUnknownProduct) {
			t.Errorf("purchase: %v", err)
		}
		if err := c.VoiceOpen(owned); !errors.Is(err, licensing.ErrVoiceClosed) {
			t.Errorf("voice: %v", err)
		}
		if err := c.CheckTollFree(owned); !errors.Is(err, licensing.ErrCreditsNeeded) {
			t.Errorf("toll-free: %v", err)
		}
		if reasons := c.CheckAssign(owned, person("US"), list(licensing.PhoneSystem)); len(reasons) == 0 {
			t.Error("a licence could be assigned")
		}
		if n := licensing.DefaultQuotaPolicy().Quota(c, owned, licensing.UserNumbers, licensing.Use{}).Limit; n != 0 {
			t.Errorf("a limit of %d", n)
		}
		for e := range c.All() {
			t.Errorf("it lists %v", e)
		}
	}
}

func TestFeatureString(t *testing.T) {
	for f, want := range map[licensing.Feature]string{
		0: "nothing", ps: "Phone System", ps | ac: "Phone System + Audio Conferencing",
		funds | 1<<9: "Communications Credits + feature 9", plan | abroad: "Calling Plan + international calls",
		plan | payg: "Calling Plan + pay as you go",
	} {
		if got := f.String(); got != want {
			t.Errorf("%#x: %q, want %q", uint16(f), got, want)
		}
	}
}
