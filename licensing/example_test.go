package licensing_test

import (
	"errors"
	"fmt"

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
	// the licences do not give so many user numbers (limit 120, acquired 3, held 7, asked 111); release what is not used, or buy licences
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
