package telephony

import (
	"math/bits"
	"strings"
)

// Capability is a set of what a number can be used for, by the names that the
// service gives them in its lists and files [num]. The zero value is the empty
// set; unions are written with |.
type Capability uint8

// The capabilities. Each is one bit.
const (
	ConferenceAssignment       Capability = 1 << iota // a conference bridge can have it
	VoiceApplicationAssignment                        // an auto attendant or a call queue can have it
	UserAssignment                                    // a person can have it
	TeamsPhoneMobile                                  // it is a mobile number that its carrier serves; no kind here has it

	allCapabilities = TeamsPhoneMobile<<1 - 1
)

// ErrCapability is the cause of a refused capability.
const ErrCapability Code = "capability_invalid"

var capabilityNames = [...]string{"ConferenceAssignment", "VoiceApplicationAssignment", "UserAssignment", "TeamsPhoneMobile"}

// ParseCapabilities reads names as the service writes them, capitals included;
// a name may come twice, and no names are the empty set. Its error is
// ErrCapability, with the place of the first name that is none.
func ParseCapabilities(names ...string) (Capability, error) {
	var all Capability
	for i, name := range names {
		one := capabilityOf(name)
		if one == 0 {
			return 0, &Error{Code: ErrCapability, Detail: "the service knows no capability of that name",
				Figures: []Figure{{"place", int64(i + 1)}}, Fix: "say " + strings.Join(capabilityNames[:], ", ")}
		}
		all |= one
	}
	return all, nil
}

func capabilityOf(name string) Capability {
	for i, known := range capabilityNames {
		if name == known {
			return 1 << i
		}
	}
	return 0
}

// Has reports whether c holds everything of want. Every set holds the empty one.
func (c Capability) Has(want Capability) bool { return c&want == want }

// IsValid reports whether every capability in the set has a name.
func (c Capability) IsValid() bool { return c&^allCapabilities == 0 }

// Names returns the names in the order of the service's own lists, which
// ParseCapabilities reads. What has no name is left out.
func (c Capability) Names() []string {
	var names []string
	for rest := c & allCapabilities; rest != 0; rest &= rest - 1 {
		names = append(names, capabilityNames[bits.TrailingZeros8(uint8(rest))])
	}
	return names
}

// String returns the names with commas between, as the service's lists do.
func (c Capability) String() string { return strings.Join(c.Names(), ", ") }

// MarshalText implements encoding.TextMarshaler: what String returns. Its error
// is ErrCapability for a set with something that has no name.
func (c Capability) MarshalText() ([]byte, error) {
	if !c.IsValid() {
		return nil, &Error{Code: ErrCapability, Detail: "the set holds a capability without a name", Fix: "leave it out"}
	}
	return []byte(c.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler; empty text is the empty
// set, the error is that of ParseCapabilities.
func (c *Capability) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*c = 0
		return nil
	}
	*c, err = ParseCapabilities(strings.Split(string(text), ", ")...)
	return err
}

// AcquiredCapabilities returns what a number of a kind can be used for as it is
// [kinds]; nothing for no kind. It is the same in every country: where a country
// has no numbers of a kind, none are in stock.
func AcquiredCapabilities(k Kind) Capability {
	switch k {
	case UserNumber:
		return UserAssignment
	case TollNumber, TollFreeNumber:
		return ConferenceAssignment | VoiceApplicationAssignment
	}
	return 0
}

// AvailableCapabilities returns what a number of a kind could be used for, as it
// is or once it is converted (see [CheckConversion]).
func AvailableCapabilities(k Kind) Capability {
	all := AcquiredCapabilities(k)
	for _, to := range Kinds() {
		if conversion(k, to) == convertible {
			all |= AcquiredCapabilities(to)
		}
	}
	return all
}
