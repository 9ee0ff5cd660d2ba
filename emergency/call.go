package emergency

import (
	"log/slog"

	"example.com/callingplan/telephony"
)

// LocationSource says how the location of a caller is known, the best first
// [e911]. The zero LocationSource is not at all.
type LocationSource uint8

// The sources, in the order in which they count.
const (
	LocationDynamic    LocationSource = 1 + iota // found by the network the caller is on
	LocationConfirmed                            // confirmed by the person
	LocationSuggested                            // suggested by the device
	LocationRegistered                           // that of the number
)

// String returns "dynamic", "confirmed", "suggested", "registered" or "none".
func (s LocationSource) String() string {
	return nameOf([]string{"none", "dynamic", "confirmed", "suggested", "registered"}, int(s))
}

// Whereabouts is where a caller may be, and who is sent there. The zero
// Whereabouts is unknown.
type Whereabouts struct {
	Address Address
	Place   Location        // inside the address
	Status  ValidationState // of the address
	// What a mapping service answers for the address, as in a mapping of
	// [RFC 5222]: whether the dispatch centre is the one that serves it or the one
	// of last resort, where its calls go, and what is dialled there.
	Route         Route
	Dispatch      Dispatch
	ServiceNumber string // such as "911"; empty for the country's own
}

// IsZero reports whether nothing is known.
func (w Whereabouts) IsZero() bool { return w == Whereabouts{} }

// leadsSomewhere reports whether a dispatch centre is known for them, be it the
// one of last resort.
func (w Whereabouts) leadsSomewhere() bool { return w.Route != NoRoute && w.Dispatch != (Dispatch{}) }

// String describes the whereabouts without disclosing them.
func (w Whereabouts) String() string {
	if w.IsZero() {
		return "unknown"
	}
	return w.Place.String() + " of " + w.Address.String() + ", " + w.Status.String()
}

// GoString is what %#v prints: the masked form.
func (w Whereabouts) GoString() string { return "emergency.Whereabouts{" + w.String() + "}" }

// LogValue keeps the whereabouts out of structured logs.
func (w Whereabouts) LogValue() slog.Value { return slog.StringValue(w.String()) }

// A Call is an emergency call and all that is known of where it comes from.
type Call struct {
	Number  telephony.Number
	Country telephony.Country // of the number, as its area has it
	Dialled EmergencyNumber   // as [DialPlan.Recognise] tells it; zero for the one to tell people first
	// Where the caller is, by each way in which it can be known.
	Dynamic, Confirmed, Suggested, Registered Whereabouts
}

// String tells where the call comes from without disclosing it.
func (c Call) String() string {
	source, w := c.location()
	return "emergency call from " + c.Number.Masked() + " (" + string(c.Country) + "), location " + source.String() + ", " + w.String()
}

// GoString is what %#v prints: the masked form.
func (c Call) GoString() string { return "emergency.Call{" + c.String() + "}" }

// LogValue keeps the number and the whereabouts out of structured logs.
func (c Call) LogValue() slog.Value { return slog.StringValue(c.String()) }

// location returns the location that counts.
func (c Call) location() (LocationSource, Whereabouts) {
	return c.first(func(w Whereabouts) bool { return !w.IsZero() })
}

// mapped returns the first location in the country of the number that leads to a
// dispatch centre.
func (c Call) mapped() (LocationSource, Whereabouts) {
	return c.first(func(w Whereabouts) bool { return w.leadsSomewhere() && w.Address.Country == c.Country })
}

// first returns the first location of a kind, in the order in which they count.
func (c Call) first(is func(Whereabouts) bool) (LocationSource, Whereabouts) {
	for i, w := range []Whereabouts{c.Dynamic, c.Confirmed, c.Suggested, c.Registered} {
		if is(w) {
			return LocationDynamic + LocationSource(i), w
		}
	}
	return 0, Whereabouts{}
}

// serviceNumber returns the emergency number of the country that was dialled.
// Another that was taken for one, such as that of visitors, is the first.
func (c Call) serviceNumber() string {
	numbers := callsOf()[c.Country].numbers
	for _, n := range numbers {
		if n.Digits == c.Dialled.Digits {
			return n.Digits
		}
	}
	return numbers[0].Digits
}
