package licensing_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

func TestCheckPurchase(t *testing.T) {
	const most = licensing.MaxLicences
	full := []licensing.Holding{{Product: licensing.PhoneSystem, Bought: most}}
	split := []licensing.Holding{{Product: licensing.PhoneSystem, Bought: most - 10}, {Product: licensing.PhoneSystem, Bought: 9}}
	huge := []licensing.Holding{{Product: licensing.PhoneSystem, Bought: math.MaxInt64}}
	for name, row := range map[string]struct {
		owned    []licensing.Holding
		product  licensing.Product
		quantity int64
		want     telephony.Code
	}{
		"phone system":             {nil, licensing.PhoneSystem, 1, ""},
		"as many as can be":        {nil, licensing.PhoneSystem, most, ""},
		"the last one":             {split, licensing.PhoneSystem, 1, ""},
		"one past the last":        {split, licensing.PhoneSystem, 2, licensing.ErrLicenceQuantity},
		"none left":                {full, licensing.PhoneSystem, 1, licensing.ErrLicenceQuantity},
		"another product":          {full, licensing.EnterpriseE3, 1, ""},
		"more than can be":         {nil, licensing.PhoneSystem, most + 1, licensing.ErrLicenceQuantity},
		"the sum would wrap":       {huge, licensing.PhoneSystem, math.MaxInt64, licensing.ErrLicenceQuantity},
		"zero":                     {nil, licensing.PhoneSystem, 0, licensing.ErrLicenceQuantity},
		"negative":                 {full, licensing.PhoneSystem, math.MinInt64, licensing.ErrLicenceQuantity},
		"plan alone":               {nil, licensing.DomesticCallingPlan, 1, licensing.ErrTenantPrerequisite},
		"plan after none":          {[]licensing.Holding{{Product: licensing.PhoneSystem}}, licensing.DomesticCallingPlan, 1, licensing.ErrTenantPrerequisite},
		"plan after E3":            {own(licensing.EnterpriseE3), licensing.DomesticCallingPlan, 1, licensing.ErrTenantPrerequisite},
		"plan after conferencing":  {own(licensing.AudioConferencing), licensing.PayAsYouGoZone2, 1, licensing.ErrTenantPrerequisite},
		"plan after phone system":  {own(licensing.PhoneSystem), licensing.DomesticCallingPlan, 1, ""},
		"plan after E5":            {own(licensing.EnterpriseE5), licensing.InternationalCallingPlan, 1, ""},
		"both in one":              {nil, licensing.TeamsPhoneWithCallingPlan, 1, ""},
		"unknown comes first":      {nil, "NONE", 0, licensing.ErrUnknownProduct},
		"quantity before the need": {nil, licensing.DomesticCallingPlan, 0, licensing.ErrLicenceQuantity},
	} {
		err := licensing.Standard().CheckPurchase(row.owned, row.product, row.quantity)
		if (row.want == "") != (err == nil) || err != nil && !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %q", name, err, row.want)
		}
	}
}

func TestARefusedPurchaseExplainsItself(t *testing.T) {
	err := licensing.Standard().CheckPurchase([]licensing.Holding{{Product: licensing.PhoneSystem, Bought: 5}},
		licensing.PhoneSystem, licensing.MaxLicences)
	if figure(err, "asked") != licensing.MaxLicences || figure(err, "bought") != 5 || figure(err, "most") != licensing.MaxLicences {
		t.Errorf("figures are wrong: %v", err)
	}
	err = licensing.Standard().CheckPurchase(nil, licensing.DomesticCallingPlan, 1)
	for _, word := range []string{"MCOPSTN1", "Phone System", "ENTERPRISEPREMIUM", "MCOEV"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q is missing in: %v", word, err)
		}
	}
	if strings.Contains(err.Error(), "MCOMEETADV") {
		t.Errorf("a product that would not help is named: %v", err)
	}
}

func TestCheckReturn(t *testing.T) {
	owned := []licensing.Holding{{Product: "OLD", Bought: 6, Assigned: 2}, {Product: "OLD", Bought: 4, Assigned: 1}}
	for quantity, want := range map[int64]telephony.Code{
		math.MinInt64: licensing.ErrLicenceQuantity, 0: licensing.ErrLicenceQuantity,
		1: "", 7: "", 8: licensing.ErrLicencesAssigned, 10: licensing.ErrLicencesAssigned,
		11: licensing.ErrLicenceQuantity, math.MaxInt64: licensing.ErrLicenceQuantity,
	} {
		err := licensing.Standard().CheckReturn(owned, "OLD", quantity, licensing.Use{Acquired: 1})
		if (want == "") != (err == nil) || err != nil && !errors.Is(err, want) {
			t.Errorf("%d: %v, want %q", quantity, err, want)
		}
		if want == licensing.ErrLicencesAssigned && (figure(err, "bought") != 10 || figure(err, "assigned") != 3) {
			t.Errorf("%d: figures are wrong: %v", quantity, err)
		}
	}
}

// The last licences that carry Communications Credits are kept while there are
// toll-free numbers, however the tenant came by them.
func TestReturnOfCredits(t *testing.T) {
	both, err := licensing.Standard().With(licensing.Entry{Product: "CREDITS-TOO", Name: "Credits too", Features: funds})
	if err != nil {
		t.Fatal(err)
	}
	three := holdings(bought(2, credits), bought(1, credits), bought(5, system))
	for name, row := range map[string]struct {
		owned    []licensing.Holding
		product  licensing.Product
		quantity int64
		use      licensing.Use
		want     telephony.Code
	}{
		"no toll-free number":      {three, credits, 3, licensing.Use{}, ""},
		"less than none":           {three, credits, 3, licensing.Use{Acquired: -1, Held: math.MinInt64, Ported: -5}, ""},
		"acquired":                 {three, credits, 3, licensing.Use{Acquired: 1}, licensing.ErrCreditsInUse},
		"held":                     {three, credits, 3, licensing.Use{Held: 1}, licensing.ErrCreditsInUse},
		"ported":                   {three, credits, 3, licensing.Use{Ported: 1}, licensing.ErrCreditsInUse},
		"a licence stays":          {three, credits, 2, licensing.Use{Acquired: 9}, ""},
		"another product":          {three, system, 5, licensing.Use{Acquired: 9}, ""},
		"another carries them":     {append(holdings(bought(1, "CREDITS-TOO")), three...), credits, 3, licensing.Use{Acquired: 9}, ""},
		"another that is not left": {append(holdings(bought(0, "CREDITS-TOO")), three...), credits, 3, licensing.Use{Acquired: 9}, licensing.ErrCreditsInUse},
		"quantity comes first":     {three, credits, 4, licensing.Use{Acquired: 9}, licensing.ErrLicenceQuantity},
		"people come first": {holdings(licensing.Holding{Product: credits, Bought: 1, Assigned: 1}), credits, 1,
			licensing.Use{Acquired: 9}, licensing.ErrLicencesAssigned},
	} {
		err := both.CheckReturn(row.owned, row.product, row.quantity, row.use)
		if (row.want == "") != (err == nil) || err != nil && !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %q", name, err, row.want)
		}
	}
	err = both.CheckReturn(three, credits, 3, licensing.Use{Acquired: 4, Held: 5, Ported: 6})
	if figure(err, "acquired") != 4 || figure(err, "held") != 5 || figure(err, "ported") != 6 {
		t.Errorf("figures are wrong: %v", err)
	}
	// What CheckReturn leaves is what CheckTollFree asks for.
	if both.CheckTollFree(holdings(bought(0, credits), bought(5, system))) == nil {
		t.Error("toll-free numbers are kept without credits")
	}
}

func TestVoiceOpen(t *testing.T) {
	for _, row := range products {
		err := licensing.Standard().VoiceOpen(own(row.product))
		if (err == nil) != row.opensDoor || err != nil && !errors.Is(err, licensing.ErrVoiceClosed) {
			t.Errorf("%s alone: %v", row.product, err)
		}
	}
	err := licensing.Standard().VoiceOpen([]licensing.Holding{{Product: licensing.PhoneSystem, Assigned: 3}})
	if !errors.Is(err, licensing.ErrVoiceClosed) || !strings.Contains(err.Error(), "MCOEV") ||
		strings.Contains(err.Error(), "MCOPSTN1") {
		t.Errorf("without a purchase: %v", err)
	}
}

func TestCheckTollFree(t *testing.T) {
	for _, row := range products {
		err := licensing.Standard().CheckTollFree(own(row.product))
		if (err == nil) != (row.product == licensing.CommunicationsCredits) {
			t.Errorf("%s alone: %v", row.product, err)
		}
		if err != nil && !errors.Is(err, licensing.ErrCreditsNeeded) {
			t.Errorf("%s alone: %v", row.product, err)
		}
	}
}

func TestALongListOfProductsIsCut(t *testing.T) {
	var entries []licensing.Entry
	for i := range 20 {
		entries = append(entries, licensing.Entry{Product: licensing.Product("V" + string(rune('A'+i))), Name: "V", OpensVoice: true})
	}
	c, err := licensing.NewCatalogue(entries...)
	if err != nil {
		t.Fatal(err)
	}
	if text := c.VoiceOpen(nil).Error(); !strings.Contains(text, "VA, ") || !strings.Contains(text, "VH or one of 12 more") {
		t.Errorf("got %s", text)
	}
}
