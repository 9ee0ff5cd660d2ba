package emergency

import (
	"errors"
	"log/slog"

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
	ELIN        string `json:"elin,omitempty"`        // takes the place of the address's own
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

// CheckLocation reports whether the text of a location may be kept: each field
// free text of at most 256 characters. It returns every problem found, in the
// order of the fields; the cause is [telephony.ErrText].
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
	if len(found) == 0 {
		return nil
	}
	return telephony.Join(found)
}
