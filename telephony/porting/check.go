package porting

import (
	"slices"
	"time"

	"example.com/callingplan/telephony"
)

// The causes for which a request is refused, in the order in which CheckRequest
// reports them. Between them come telephony.ErrCountry and ErrKind, ErrScope,
// telephony.ErrText and ErrID of the texts where they stand, and at the end
// telephony.ErrNoLocation, ErrLocationCountry and ErrAddressNotValidated.
const (
	ErrNoNumbers          telephony.Code = "port_no_numbers"
	ErrEmptyRange         telephony.Code = "port_range_empty"
	ErrTooManyNumbers     telephony.Code = "port_too_many_numbers"
	ErrDuplicateNumber    telephony.Code = "port_number_duplicate"
	ErrUniversalFreephone telephony.Code = "port_universal_freephone"
	ErrNumberCountry      telephony.Code = "port_number_in_other_country"
	ErrNotPortable        telephony.Code = "port_number_not_portable"
	ErrNotTollFree        telephony.Code = "port_number_not_toll_free"
	ErrTollFree           telephony.Code = "port_number_toll_free"
	ErrNoCarrier          telephony.Code = "port_no_carrier"
	ErrNoAccount          telephony.Code = "port_no_account_number"
	ErrNoAccountPIN       telephony.Code = "port_no_account_pin"
	ErrNoBilling          telephony.Code = "port_no_billing_number"
	ErrBillingCountry     telephony.Code = "port_billing_number_in_other_country"
	ErrBillingLeftOut     telephony.Code = "port_billing_number_left_out"
	ErrBillingIncluded    telephony.Code = "port_billing_number_included"
	ErrNoCompany          telephony.Code = "port_no_company"
	ErrNoPerson           telephony.Code = "port_no_authorised_person"
	ErrAddressPart        telephony.Code = "port_address_incomplete"
	ErrAddressCountry     telephony.Code = "port_address_in_other_country"
	ErrNoLetter           telephony.Code = "port_no_letter"
	ErrLetterUnsigned     telephony.Code = "port_letter_unsigned"
	ErrLetterFuture       telephony.Code = "port_letter_signed_in_future"
	ErrLetterOld          telephony.Code = "port_letter_too_old"
	ErrNoDate             telephony.Code = "port_no_date"
	ErrDatePast           telephony.Code = "port_date_past"
	ErrDateTooSoon        telephony.Code = "port_date_too_soon"
	ErrDateTooFar         telephony.Code = "port_date_too_far"
)

// CheckRequest returns every reason for which the request cannot be made an
// order at now, in the order of the constants above; none means that it can. A
// reason that follows from another one is not reported beside it. Names that are
// too long for carriers are no reason: they are cut.
//
// Reasons about numbers name the first number of each range concerned. Of the
// numbers that begin with 1, the country cannot be told here: those of any
// country of North America pass as the request's.
func CheckRequest(now time.Time, r Request, f Facts) []*telephony.Error {
	return r.tidy().problems(telephony.UnixNanos(now), f)
}

// problems is CheckRequest for a tidy request.
func (r Request) problems(now int64, f Facts) []*telephony.Error {
	c := &check{Request: r}
	c.numbers()
	c.country()
	c.kind()
	c.account(f.PINWanted)
	c.names()
	c.address()
	c.letter(now, f.Bounds)
	c.date(now, f.Bounds)
	c.location(f)
	return c.reasons
}

// check is the state of one CheckRequest.
type check struct {
	Request
	reasons []*telephony.Error
}

func (c *check) refuse(e telephony.Error) { c.reasons = append(c.reasons, &e) }

// refuseNumbers refuses the ranges that are wrong, if any are.
func (c *check) refuseNumbers(numbers telephony.NumberList, code telephony.Code, detail, fix string) {
	if len(numbers) > 0 {
		c.refuse(telephony.Error{Code: code, Field: "numbers", Numbers: numbers, Detail: detail, Fix: fix})
	}
}

// found keeps an error of package telephony.
func (c *check) found(err error) bool {
	if e, ok := err.(*telephony.Error); ok {
		c.reasons = append(c.reasons, e)
	}
	return err != nil
}

// text checks a text that must be there; it is refused with the code where it
// is not.
func (c *check) text(field, text string, missing telephony.Code, detail, fix string) {
	if text == "" {
		c.refuse(telephony.Error{Code: missing, Field: field, Detail: detail, Fix: fix})
		return
	}
	c.found(telephony.CheckText(field, text, telephony.MaxTextRunes))
}

func (c *check) numbers() {
	if len(c.Numbers) == 0 {
		c.refuse(telephony.Error{Code: ErrNoNumbers, Field: "numbers", Detail: "the order has no numbers", Fix: "name at least one"})
		return
	}
	if slices.Contains(c.Numbers, telephony.Range{}) {
		c.refuse(telephony.Error{Code: ErrEmptyRange, Field: "numbers", Detail: "a range has no numbers", Fix: "leave it out"})
	}
	if count := c.Numbers.Count(); count > MaxNumbers {
		c.refuse(telephony.Error{Code: ErrTooManyNumbers, Field: "numbers", Detail: "the order has too many numbers",
			Figures: []telephony.Figure{{Name: "numbers", Value: int64(count)}, {Name: "limit", Value: MaxNumbers}}, Fix: "make several orders"})
	}
	c.refuseNumbers(c.Numbers.twice(), ErrDuplicateNumber, "numbers are in the order twice", "name each once")
}

func (c *check) country() {
	known := !c.found(telephony.CheckCountry("country", c.Country))
	c.refuseNumbers(c.Numbers.begins(func(r telephony.Range) bool { return r.First().CallingCode() == universalFreephone }),
		ErrUniversalFreephone, "universal international freephone numbers cannot be ported", "take them out")
	if known {
		c.refuseNumbers(c.Numbers.begins(func(r telephony.Range) bool {
			return r.First().CallingCode() != universalFreephone && !ofCountry(r.First(), c.Country)
		}), ErrNumberCountry, "numbers are not of "+string(c.Country)+", the order's country", "order those of each country apart")
	}
	c.refuseNumbers(c.Numbers.begins(func(r telephony.Range) bool { return anyIn(r, sharedCost()) }),
		ErrNotPortable, "numbers of 0843, 0844, 0845, 0870, 0871 and 0872 cannot be ported", "take them out")
}

// ofCountry reports whether a number may be one of the country: its calling code
// is the country's, alone or among others.
func ofCountry(n telephony.Number, country telephony.Country) bool {
	return slices.Contains(n.CallingCode().Countries(), country)
}

func (c *check) kind() {
	if c.found(telephony.CheckKind("kind", c.Kind)) {
		return
	}
	american := func(r telephony.Range) bool { return r.First().CallingCode() == northAmerica }
	if c.Kind == telephony.TollFreeNumber {
		c.refuseNumbers(c.Numbers.begins(func(r telephony.Range) bool { return american(r) && !allIn(r, tollFree()) }),
			ErrNotTollFree, "toll-free numbers begin with 800, 833, 844, 855, 866, 877 or 888", "order the others apart, as another kind")
		return
	}
	c.refuseNumbers(c.Numbers.begins(func(r telephony.Range) bool { return anyIn(r, tollFree()) }),
		ErrTollFree, "numbers are toll-free, and the order's kind is "+c.Kind.String(), "order them apart, as service-toll-free")
}

func (c *check) account(pinWanted bool) {
	a := c.Account
	c.text("carrier", c.Carrier, ErrNoCarrier, "the order names no carrier", "name the one that has the numbers now")
	c.text("account.number", a.Number, ErrNoAccount, "the order names no account", "take the account number from the carrier's bill")
	if a.PIN != "" {
		c.found(telephony.CheckText("account.pin", string(a.PIN), telephony.MaxTextRunes))
	} else if pinWanted {
		c.refuse(telephony.Error{Code: ErrNoAccountPIN, Field: "account.pin", Detail: "the carrier wants the PIN of the account", Fix: "ask the carrier for it"})
	}
	if !a.Scope.IsValid() {
		c.reasons = append(c.reasons, scopeNames.refuse("account.scope"))
	}
	c.billing()
}

func (c *check) billing() {
	n := c.Account.Billing
	refuse := func(code telephony.Code, detail, fix string) {
		e := telephony.Error{Code: code, Field: "account.billing", Detail: detail, Fix: fix}
		if n.IsValid() {
			e.Numbers = telephony.NumberList{n}
		}
		c.refuse(e)
	}
	if !n.IsValid() {
		if c.Kind != telephony.TollFreeNumber {
			refuse(ErrNoBilling, "the order names no billing number", "take the billing telephone number from the carrier's bill")
		}
		return
	}
	if c.Country.IsValid() && !ofCountry(n, c.Country) {
		refuse(ErrBillingCountry, "the billing number is not of "+string(c.Country)+", the order's country", "take it from the carrier's bill for these numbers")
	}
	switch included := c.Numbers.Contains(n); {
	case c.Account.Scope == FullPort && !included:
		refuse(ErrBillingLeftOut, "a full port includes the billing number", "add it to the numbers, or make the port partial")
	case c.Account.Scope == PartialPort && included:
		refuse(ErrBillingIncluded, "a partial port leaves the billing number with the carrier", "take it out, or make the port full")
	}
}

func (c *check) names() {
	const fix = "write it as the carrier has it"
	c.text("company", c.Company, ErrNoCompany, "the order names no company", fix)
	c.text("authorised person", c.AuthorisedPerson, ErrNoPerson, "the order names no authorised person", fix)
}

func (c *check) address() {
	const fix = "take it from the carrier's bill"
	a := c.Address
	c.text("address.street", a.Street, ErrAddressPart, "the service address has no street", fix)
	c.text("address.city", a.City, ErrAddressPart, "the service address has no city", fix)
	c.found(telephony.CheckText("address.state", a.State, telephony.MaxTextRunes))
	c.found(telephony.CheckText("address.postal code", a.PostalCode, telephony.MaxTextRunes))
	switch {
	case a.Country == "":
		c.refuse(telephony.Error{Code: ErrAddressPart, Field: "address.country", Detail: "the service address has no country", Fix: fix})
	case !c.found(telephony.CheckCountry("address.country", a.Country)) && c.Country.IsValid() && a.Country != c.Country:
		c.refuse(telephony.Error{Code: ErrAddressCountry, Field: "address.country",
			Detail: "the service address is in " + string(a.Country) + ", the numbers in " + string(c.Country), Fix: fix})
	}
}
