package licensing_test

import (
	"errors"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// own is ten licences of each product, none of them assigned.
func own(products ...licensing.Product) []licensing.Holding {
	var owned []licensing.Holding
	for _, p := range products {
		owned = append(owned, licensing.Holding{Product: p, Bought: 10})
	}
	return owned
}

func person(country telephony.Country, products ...licensing.Product) licensing.Person {
	return licensing.Person{Country: country, Products: products}
}

func list(products ...licensing.Product) []licensing.Product { return products }

func countries(all ...telephony.Country) []telephony.Country { return all }

func codes(all ...telephony.Code) []telephony.Code { return all }

// codesOf returns the code of every reason of an error, in order.
func codesOf(err error) []telephony.Code {
	var e *telephony.Error
	if !errors.As(err, &e) {
		return nil
	}
	if len(e.Reasons) == 0 {
		return []telephony.Code{e.Code}
	}
	return codesOfAll(e.Reasons)
}

func codesOfAll(reasons []*telephony.Error) []telephony.Code {
	var all []telephony.Code
	for _, reason := range reasons {
		all = append(all, reason.Code)
	}
	return all
}

// figure returns a figure of an error, or -1 if it has none of that name.
func figure(err error, name string) int64 {
	var e *telephony.Error
	if errors.As(err, &e) {
		if value, ok := e.Figure(name); ok {
			return value
		}
	}
	return -1
}
