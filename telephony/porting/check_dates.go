package porting

import (
	"math"
	"time"

	"example.com/callingplan/telephony"
)

func (c *check) letter(now int64, b Bounds) {
	l := c.Letter
	c.text("letter.reference", l.Reference, ErrNoLetter, "the order has no letter of authorisation", "have one signed and refer to it")
	refuse := func(code telephony.Code, detail, fix string) {
		e := telephony.Error{Code: code, Field: "letter.signed", Detail: detail, Fix: fix}
		if l.Signed != 0 {
			e.At = telephony.AtNanos(l.Signed)
		}
		c.refuse(e)
	}
	switch age := b.LetterAge; {
	case l.Signed == 0:
		refuse(ErrLetterUnsigned, "the letter of authorisation has no date", "say when it was signed")
	case l.Signed > now:
		refuse(ErrLetterFuture, "the letter of authorisation is signed after now", "say when it was signed")
	case l.Signed < before(now, age):
		refuse(ErrLetterOld, "the letter of authorisation is too old", "have a new one signed")
	}
}

func (c *check) date(now int64, b Bounds) {
	if e := b.wish("date", now, c.Date); e != nil {
		c.reasons = append(c.reasons, e)
	}
}

// wish reports what is wrong with a moment of transfer that a tenant asks for.
func (b Bounds) wish(field string, now, date int64) *telephony.Error {
	earliest := after(now, b.Lead)
	if date > now && date < earliest {
		return &telephony.Error{Code: ErrDateTooSoon, Field: field, Detail: "the transfer date is too soon",
			At: telephony.AtNanos(earliest), Fix: "choose that moment or a later one"}
	}
	return b.commitment(field, now, date)
}

// commitment reports what is wrong with a moment of transfer to which a carrier
// commits itself, however soon.
func (b Bounds) commitment(field string, now, date int64) *telephony.Error {
	latest := after(now, b.Horizon)
	switch {
	case date == 0:
		return &telephony.Error{Code: ErrNoDate, Field: field, Detail: "there is no transfer date", Fix: "give one"}
	case date <= now:
		return &telephony.Error{Code: ErrDatePast, Field: field, Detail: "the transfer date is past",
			At: telephony.AtNanos(date), Fix: "choose a later one"}
	case date > latest:
		return &telephony.Error{Code: ErrDateTooFar, Field: field, Detail: "the transfer date is too far off",
			At: telephony.AtNanos(latest), Fix: "choose that moment or an earlier one"}
	}
	return nil
}

// location asks for the emergency location where the country wants it with the
// order [loc], and holds one that is given to the rules of all locations.
func (c *check) location(f Facts) {
	l := f.Location
	if c.Location != "" {
		c.found(telephony.CheckID("location", c.Location))
	}
	if c.Location == "" || !l.Given {
		if f.LocationWhen != telephony.LocationAtAssignment {
			c.refuse(telephony.Error{Code: telephony.ErrNoLocation, Field: "location",
				Detail: "the country wants an emergency location with the order", Fix: "give a location of a validated address"})
		}
		return
	}
	if c.Country.IsValid() && l.Country != c.Country {
		c.refuse(telephony.Error{Code: telephony.ErrLocationCountry, Field: "location",
			Detail: "the location is in " + printable(l.Country) + ", the numbers in " + string(c.Country), Fix: "choose a location in the numbers' country"})
	}
	if !l.Validated {
		c.refuse(telephony.Error{Code: telephony.ErrAddressNotValidated, Field: "location",
			Detail: "the location's address is not validated", Fix: "validate the address first"})
	}
}

// printable returns a country for an error's text, unless it is not one and so
// may be anything.
func printable(c telephony.Country) string {
	if c.IsValid() {
		return string(c)
	}
	return "no country"
}

// after and before move a moment by a time, none where that is negative, and
// stop at the first and the last moment there is.
func after(at int64, by time.Duration) int64 {
	if by = max(by, 0); at > math.MaxInt64-int64(by) {
		return math.MaxInt64
	}
	return at + int64(by)
}

func before(at int64, by time.Duration) int64 {
	if by = max(by, 0); at < math.MinInt64+int64(by) {
		return math.MinInt64
	}
	return at - int64(by)
}
