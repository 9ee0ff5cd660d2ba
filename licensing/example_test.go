package licensing_test

import (
	"errors"
	"fmt"
	"time"

	"example.com/callingplan/licensing"
)

func Example() {
	c := licensing.Standard()
	owned := []licensing.Holding{{Product: licensing.PhoneSystem, Bought: 100}}
	fmt.Println("may buy a Calling Plan:", c.CheckPurchase(owned, licensing.DomesticCallingPlan, 100) == nil)
	fmt.Println("Voice is open:", c.VoiceOpen(owned) == nil)

	use := licensing.Use{Acquired: 3, Held: 7, Ported: 2}
	quota := licensing.DefaultQuotaPolicy().Quota(c, owned, licensing.UserNumbers, use)
	fmt.Println(quota)
	fmt.Println(quota.Check(111))
	// Output:
	// may buy a Calling Plan: true
	// Voice is open: true
	// user numbers
	//   100  100 licences of Phone System
	//    10  10% extra, rounded down
	//    10  flat extra
	//   120  limit
	//     3  acquired
	//     7  held
	//     2  ported in (not counted)
	//   110  left
	// the licences do not give so many user numbers (limit 120, acquired 3, held 7, asked 111); ask for fewer, release what is not used, or buy licences
}

func ExampleCatalogue_CheckChange() {
	owned := []licensing.Holding{{Product: licensing.InternationalCallingPlan, Bought: 5, Assigned: 5}}
	adele := licensing.Person{Country: "US", Products: []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}}
	reasons := licensing.Standard().CheckChange(owned, adele, licensing.Change{
		Add:    []licensing.Product{licensing.InternationalCallingPlan},
		Remove: []licensing.Product{licensing.PhoneSystem},
	})
	for _, reason := range reasons {
		fmt.Println(reason.Code)
	}
	// Output:
	// person prerequisite
	// licence still needed
	// not enough licences
	// calling plan conflict
}

func ExampleCatalogue_With() {
	c, err := licensing.Standard().With(licensing.Entry{
		Product: "CONTOSO-VOICE", Name: "Contoso Voice", OpensVoice: true,
		Features: licensing.FeaturePhoneSystem | licensing.FeatureCallingPlan,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	owned := []licensing.Holding{{Product: "CONTOSO-VOICE", Bought: 50}}
	fmt.Println(licensing.DefaultQuotaPolicy().Limit(c, owned, licensing.UserNumbers))

	_, err = licensing.NewCatalogue(licensing.Entry{
		Product: "ALONE", Name: "Nobody can buy this", TenantNeeds: licensing.FeaturePhoneSystem,
	})
	fmt.Println(errors.Is(err, licensing.ErrNeedsUnsatisfied))
	// Output:
	// 65
	// true
}

func ExampleQuotaPolicy_PreviewReturn() {
	fmt.Println(licensing.DefaultQuotaPolicy().PreviewReturn(licensing.Standard(), licensing.StockFacts{
		Owned:   []licensing.Holding{{Product: licensing.PhoneSystem, Bought: 100, Assigned: 35}},
		Product: licensing.PhoneSystem, Quantity: 60,
		Use: map[licensing.QuotaClass]licensing.Use{licensing.UserNumbers: {Acquired: 80}},
	}))
	// Output:
	// give back 60 licences of Phone System
	//   Phone System: 40 bought, was 100; 5 free
	//   user numbers: limit 54, was 120; 80 in use, 26 too many; no more until there are fewer
	//   service toll numbers: limit 10, was 30; 10 left
	//   service toll-free numbers: limit 10, was 30; 10 left
	//   resource accounts: limit 29, was 35; 29 left
}

func ExampleCatalogue_PreviewChange() {
	facts := licensing.ChangeFacts{
		Owned:     []licensing.Holding{{Product: licensing.DomesticCallingPlan, Bought: 5, Assigned: 5}},
		Person:    licensing.Person{Country: "US", Products: []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}},
		Change:    licensing.Change{Remove: []licensing.Product{licensing.DomesticCallingPlan}},
		HasNumber: true,
		Now:       time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC),
		Grace:     30 * 24 * time.Hour,
	}
	fmt.Println(licensing.Standard().PreviewChange(facts))
	// Output:
	// remove Domestic Calling Plan
	//   Domestic Calling Plan: 4 of 5 assigned, was 5; 1 free
	//   the number is at risk without Calling Plan: lost at 2026-03-31T12:00:00Z unless that is given back
}

func ExampleCatalogue_CheckGroup() {
	owned := []licensing.Holding{{Product: licensing.DomesticCallingPlan, Bought: 1}}
	ready := licensing.Person{Country: "US", Products: []licensing.Product{licensing.PhoneSystem}}
	people := []licensing.Person{{Country: "US"}, ready, ready}
	change := licensing.Change{Add: []licensing.Product{licensing.DomesticCallingPlan}}
	for i, reasons := range licensing.Standard().CheckGroup(owned, people, change) {
		if len(reasons) == 0 {
			fmt.Println("person", i, "gets it")
			continue
		}
		fmt.Println("person", i, "does not:", reasons[0].Code)
	}
	// Output:
	// person 0 does not: person prerequisite
	// person 1 gets it
	// person 2 does not: not enough licences
}

func ExampleCatalogue_MinutePools() {
	pools, err := licensing.Standard().MinutePools([]licensing.PlanUse{
		{Product: licensing.DomesticCallingPlan120, Country: "GB", People: 100},
		{Product: licensing.DomesticCallingPlan, Country: "US", People: 20},
		{Product: licensing.DomesticCallingPlan, Country: "FR", People: 20},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, pool := range pools {
		fmt.Println(pool)
	}
	// Output:
	// Domestic Calling Plan in FR: 20 people x 1200 minutes = 24000 minutes
	// Domestic Calling Plan in US: 20 people x 3000 minutes = 60000 minutes
	// Domestic Calling Plan (120 minutes) in GB: 100 people x 120 minutes = 12000 minutes
}

func ExampleLapse_After() {
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	lapse := licensing.Lapse{}.After(licensing.FeaturePhoneSystem, start, 24*time.Hour) // the Calling Plan is gone
	fmt.Println(lapse.FateAt(start), "until", lapse.Until.Format(time.DateTime))
	fmt.Println(lapse.FateAt(lapse.Until))

	given := lapse.After(licensing.NumberNeeds, start.Add(time.Hour), 24*time.Hour)
	fmt.Println(given.FateAt(lapse.Until))
	// Output:
	// at risk until 2026-03-02 12:00:00
	// lost
	// stays
}
