package telephony_test

import (
	"errors"
	"fmt"
	"time"

	"example.com/callingplan/telephony"
)

func ExampleParse() {
	n, err := telephony.Parse("+1 (425) 555-0100")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(n, "under code", n.CallingCode())
	fmt.Println("in a log:", n.Masked())

	_, err = telephony.Parse("425-555-0100")
	fmt.Println(errors.Is(err, telephony.ErrNumberSyntax))
	fmt.Println(err)
	// Output:
	// +14255550100 under code 1
	// in a log: +1********00
	// true
	// an international number begins with + (at byte 0); write it as +, country code and number, as in +1 425 555 0100
}

func ExampleParseTel() {
	tel, err := telephony.ParseTel("tel:+1-425-555-0100;ext=12;isub=1411")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(tel.Number, "extension", tel.Extension, "and", tel.Parameters)
	fmt.Println(tel)
	// Output:
	// +14255550100 extension 12 and [isub=1411]
	// tel:+14255550100;ext=12;isub=1411
}

func ExamplePrefix_Contains() {
	seattle := telephony.MustParsePrefix("1206")
	fmt.Println(seattle.Contains(telephony.MustParse("+12065550100")))
	fmt.Println(seattle.Contains(telephony.MustParse("+14255550100")))
	// Output:
	// true
	// false
}

func ExampleRange_All() {
	r, err := telephony.ParseRange("+442079460098 - +442079460100")
	if err != nil {
		fmt.Println(err)
		return
	}
	for n := range r.All() {
		fmt.Println(n)
	}
	// Output:
	// +442079460098
	// +442079460099
	// +442079460100
}

func ExampleRange_Blocks() {
	r, err := telephony.NewRange(telephony.MustParse("+61255500990"), 20)
	if err != nil {
		fmt.Println(err)
		return
	}
	for base, offsets := range r.Blocks() {
		fmt.Println(base, "from", offsets[0], "to", offsets[1])
	}
	// Output:
	// +61255500000 from 990 to 999
	// +61255501000 from 0 to 9
}

func ExampleParseArea() {
	a, err := telephony.ParseArea("NOAM-US-WA-Seattle")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Country, a.Region, a.City)
	fmt.Println(a.Within(telephony.Area{Country: "US"}))
	fmt.Println(telephony.Area{Country: "DK"})
	// Output:
	// US WA Seattle
	// true
	// EMEA-DK-ALL-ALL
}

func ExampleCheckAssignment() {
	facts := assignable()
	facts.Person.CallingPlan = false
	facts.Location = telephony.LocationFacts{}
	for _, reason := range telephony.CheckAssignment(facts) {
		fmt.Println(reason.Code)
	}
	// Output:
	// no calling plan licence
	// no emergency location
}

func ExampleCheckServiceAssignment() {
	facts := telephony.ServiceAssignmentFacts{
		Service: telephony.ServiceFacts{ID: "reception", Kind: telephony.AutoAttendant, UsageLocation: "GB"},
		Number:  telephony.NumberFacts{Number: telephony.MustParse("+448081570000"), Kind: telephony.TollFreeNumber, Country: "GB"},
	}
	for _, reason := range telephony.CheckServiceAssignment(facts) {
		fmt.Println(reason)
	}
	fmt.Println("with credits:", telephony.AutoAttendant.Assigned())
	// Output:
	// a toll-free number is used with Communications Credits only, from which its calls are paid (service reception, number +44********00); buy Communications Credits
	// with credits: voice-application-assigned
}

func ExampleCheckConversion() {
	number := telephony.NumberFacts{Number: telephony.MustParse("+14255550100"), Kind: telephony.UserNumber, Country: "US"}
	for _, to := range telephony.Kinds() {
		reasons := telephony.CheckConversion(telephony.ConversionFacts{Number: number, To: to})
		fmt.Println("to", to, "possible:", len(reasons) == 0)
	}
	fmt.Println(telephony.AcquiredCapabilities(number.Kind))
	fmt.Println(telephony.AvailableCapabilities(number.Kind))
	// Output:
	// to user possible: false
	// to service-toll possible: true
	// to service-toll-free possible: false
	// UserAssignment
	// ConferenceAssignment, VoiceApplicationAssignment, UserAssignment
}

func ExampleActivation_After() {
	a := telephony.NewActivation(noon)
	for _, event := range []telephony.ActivationEvent{
		{Step: telephony.AskAssignment, At: noon.Add(time.Minute)},
		{Step: telephony.AskUpdate, At: noon.Add(2 * time.Minute)},
		{Step: telephony.CarrierRefuses, At: noon.Add(3 * time.Minute), Why: "address_outside_area", Reason: "not in the area"},
	} {
		next, err := a.After(event)
		if err != nil {
			fmt.Println(err)
			continue
		}
		a = next
		fmt.Println(a.State, "since", a.Since.Format(time.TimeOnly))
	}
	fmt.Println("why:", a.Why, "-", a.Reason)
	// Output:
	// assignment-pending since 12:01:00
	// step: the carrier has been asked and has not answered: the number is assignment-pending (at 2026-03-01T12:01:00Z); wait for the carrier's report, or unassign the number
	// assignment-failed since 12:03:00
	// why: address outside area - not in the area
}

func ExampleBlockFor() {
	block, err := telephony.BlockFor(noon, 30, "the last holder is still called")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(block.Check(noon, telephony.MustParse("+14255550100")))
	fmt.Println(block.Check(block.Until, telephony.MustParse("+14255550100")))
	// Output:
	// the number is blocked until a certain time (number +1********00, at 2026-03-31T12:00:00Z); wait until then, lift the block, or choose another number
	// <nil>
}

func ExampleNewTags() {
	tags, err := telephony.NewTags("tags", "Redmond HQ", "sales", "Sales")
	fmt.Printf("%q %v\n", tags, err)
	fmt.Println(tags.Has("redmond hq"))
	// Output:
	// ["Redmond HQ" "sales"] <nil>
	// true
}

func ExampleFold() {
	list := telephony.NumberList{telephony.MustParse("+14255550107"), telephony.MustParse("+14255550100"),
		telephony.MustParse("+14255550102"), telephony.MustParse("+14255550101")}
	fmt.Println(telephony.Fold(list))
	// Output:
	// [+14255550100..+14255550102 +14255550107]
}

func ExampleKeypadDigits() {
	digits, err := telephony.KeypadDigits("Flowers")
	fmt.Println(digits, err)
	// Output:
	// 3569377 <nil>
}
