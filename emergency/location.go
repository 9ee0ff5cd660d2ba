package emergency

import (
	"errors"
	"log/slog"
	"slices"

	"example.com/callingplan/telephony"
)

// A Location is a place inside an address: where in the building a person is.
// An address has a default location from the start, and one more for every
// place added [loc]. Numbers and people refer to locations. Nobody validates a
// location; only its text is looked at, by [CheckLocation]. It is a plain
// comparable value and the zero value is the default location of any address.
type Location struct {
	Place string `json:"place,omitempty"` // free text: "2nd floor, east wing"; civic type 22

	Building string `json:"building,omitempty"` // civic type 25
	Floor    string `json:"floor,omitempty"`    // civic type 27
	Unit     string `json:"unit,omitempty"`     // apartment or suite; civic type 26
	Room     string `json:"room,omitempty"`     // civic type 28
	Seat     string `json:"seat,omitempty"`     // desk or cubicle; civic type 33

	Description string `json:"description,omitempty"` // the administrator's own words
	ELIN        string `json:"elin,omitempty"`        // takes the place of the address's own, see Callback
}

// IsDefault reports whether the location names no place inside its address.
func (l Location) IsDefault() bool {
	return l.Place == "" && l.Building == "" && l.Floor == "" && l.Unit == "" && l.Room == "" && l.Seat == ""
}

// String says no more than whether the location is a default one.
func (l Location) String() string {
	if l.IsDefault() {
		return "default location"
	}
	return "location"
}

// GoString is what %#v prints: the masked form.
func (l Location) GoString() string { return "emergency.Location{" + l.String() + "}" }

// LogValue keeps the location out of structured logs.
func (l Location) LogValue() slog.Value { return slog.StringValue(l.String()) }

// Callback returns the number that a dispatch centre calls back for a location
// in an address: the ELIN of the location, else that of the address. There is
// none if that is empty or no number.
func Callback(a Address, l Location) (telephony.Number, bool) {
	elin := a.ELIN
	if l.ELIN != "" {
		elin = l.ELIN
	}
	n, err := telephony.Parse(elin)
	return n, err == nil
}

// CheckLocation reports whether the text of a location may be kept: each field
// free text of at most 256 characters, and the ELIN a number in its
// international form. It returns every problem found, in the order of the
// fields, the text of one before its meaning; the causes are
// [telephony.ErrText] and [ErrELIN].
func CheckLocation(l Location) error {
	var found []*telephony.Error
	for _, f := range []struct{ name, text string }{
		{"place", l.Place}, {"building", l.Building}, {"floor", l.Floor}, {"unit", l.Unit},
		{"room", l.Room}, {"seat", l.Seat}, {"description", l.Description}, {"elin", l.ELIN},
	} {
		var problem *telephony.Error
		if errors.As(telephony.CheckText(f.name, f.text, telephony.MaxTextRunes), &problem) {
			found = append(found, problem)
		}
	}
	if _, err := telephony.Parse(l.ELIN); l.ELIN != "" && err != nil && !named(found, "elin") {
		found = append(found, &telephony.Error{Code: ErrELIN, Field: "elin",
			Detail: "it is no telephone number in its international form", Fix: fixOf(ErrELIN)})
	}
	if len(found) == 0 {
		return nil
	}
	return telephony.Join(found)
}

// named reports whether a field has a problem already.
func named(found []*telephony.Error, field string) bool {
	return slices.ContainsFunc(found, func(e *telephony.Error) bool { return e.Field == field })
}
