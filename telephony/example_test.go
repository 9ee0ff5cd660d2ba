package telephony_test

import (
	"errors"
	"fmt"

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
