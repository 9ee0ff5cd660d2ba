package emergency

import (
	"slices"
	"strings"

	"example.com/callingplan/telephony"
)

// The causes for which a dial plan is refused.
const (
	// ErrEmergencyNumbersUnknown: the emergency numbers of the country are not known.
	ErrEmergencyNumbersUnknown telephony.Code = "emergency_numbers_unknown"
	// ErrDialString: an access prefix, a test number or a further emergency number is not 1 to 8 digits, or there are too many.
	ErrDialString telephony.Code = "dial_string_invalid"
	// ErrHidesEmergency: what is dialled for something else would hide an emergency number, or ring it before its time.
	ErrHidesEmergency telephony.Code = "dial_string_hides_emergency"
)

// The bounds of a dial plan: the longest string in digits, and how many strings
// there may be in each of its lists.
const (
	maxDialDigits  = 8
	maxDialStrings = 16
)

// DialPlanSpec says what people of one country dial.
type DialPlanSpec struct {
	Country telephony.Country
	// AccessPrefixes are what is dialled before an outside number, such as 9. An
	// emergency number is known with and without one: direct dialling is the law
	// in the United States [47 CFR 9.16] and is not to be turned off anywhere.
	AccessPrefixes []string
	// TestNumbers reach a service that reads a caller's location back, such as 933.
	TestNumbers []string
	// Further are numbers taken for the country's first emergency number, such
	// as 112 for visitors to the United States.
	Further []string
}

// A DialPlan tells emergency calls from others by what was dialled. It may be
// copied and used concurrently. The zero DialPlan knows 112 and 911, which
// mobile telephones know everywhere [3GPP TS 22.101], and no prefix.
type DialPlan struct {
	numbers  []EmergencyNumber
	prefixes []string
	tests    []string
}

// NewDialPlan returns the dial plan of a country. It reports every problem:
// [telephony.ErrCountry] or [ErrEmergencyNumbersUnknown] first, then in the
// order of the fields and their lists [ErrDialString] for what is not 1 to 8
// digits or beyond 16 of a list, and [ErrHidesEmergency] for an access prefix
// that begins with an emergency number, and for a test number that begins with
// one or that one begins with: a telephone that collects digits one by one
// would place the shorter call.
func NewDialPlan(spec DialPlanSpec) (DialPlan, error) {
	var found []*telephony.Error
	p := DialPlan{numbers: EmergencyNumbers(spec.Country)}
	if !spec.Country.IsValid() {
		found = append(found, &telephony.Error{Code: telephony.ErrCountry, Field: "country",
			Detail: "a country is an assigned ISO 3166-1 alpha-2 code in capitals", Fix: "write it as in US, FR or GB"})
	} else if len(p.numbers) == 0 {
		found = append(found, &telephony.Error{Code: ErrEmergencyNumbersUnknown, Field: "country",
			Detail: "the emergency numbers of " + string(spec.Country) + " are not known", Fix: "use a country whose numbers are known"})
	}
	further := checkDialStrings("further", spec.Further, func(string) bool { return false })
	if len(p.numbers) > 0 && len(further) == 0 {
		for _, digits := range spec.Further {
			p.numbers = append(p.numbers, EmergencyNumber{Digits: digits, Services: p.numbers[0].Services})
		}
	}
	found = slices.Concat(found, checkDialStrings("access prefixes", spec.AccessPrefixes, p.beginsWithEmergency),
		checkDialStrings("test numbers", spec.TestNumbers, func(test string) bool {
			return p.beginsWithEmergency(test) || p.beginsEmergency(test)
		}), further)
	if err := telephony.Join(found); err != nil {
		return DialPlan{}, err
	}
	p.prefixes = append(p.prefixes, spec.AccessPrefixes...)
	p.tests = append(p.tests, spec.TestNumbers...)
	return p, nil
}

// checkDialStrings returns what is wrong with each string of a list.
func checkDialStrings(field string, all []string, hides func(string) bool) []*telephony.Error {
	if len(all) > maxDialStrings {
		return []*telephony.Error{{Code: ErrDialString, Field: field, Detail: "there are too many", Fix: "leave some out",
			Figures: []telephony.Figure{{Name: "given", Value: int64(len(all))}, {Name: "most", Value: maxDialStrings}}}}
	}
	var found []*telephony.Error
	for i, s := range all {
		wrong := &telephony.Error{Field: field, Figures: []telephony.Figure{{Name: "at", Value: int64(i + 1)}}}
		switch {
		case len(s) < 1 || len(s) > maxDialDigits || strings.Trim(s, "0123456789") != "":
			wrong.Code, wrong.Detail, wrong.Fix = ErrDialString, "it is not 1 to 8 digits", "write digits alone"
		case hides(s):
			wrong.Code, wrong.Detail, wrong.Fix = ErrHidesEmergency, "it and an emergency number begin alike", "choose other digits"
		default:
			continue
		}
		found = append(found, wrong)
	}
	return found
}

// known are the numbers of the plan.
func (p DialPlan) known() []EmergencyNumber {
	if len(p.numbers) == 0 {
		return []EmergencyNumber{{Digits: "112", Services: AllServices}, {Digits: "911", Services: AllServices}}
	}
	return p.numbers
}

func (p DialPlan) beginsWithEmergency(digits string) bool {
	for _, n := range p.known() {
		if strings.HasPrefix(digits, n.Digits) {
			return true
		}
	}
	return false
}

func (p DialPlan) beginsEmergency(digits string) bool {
	for _, n := range p.known() {
		if strings.HasPrefix(n.Digits, digits) {
			return true
		}
	}
	return false
}

// CheckOrdinary reports whether digits that people dial for something else, such
// as an extension or a speed dial, would hide an emergency number: whether they
// begin with one, dialled directly or behind an access prefix. field names them
// in the error, which is [ErrHidesEmergency].
func (p DialPlan) CheckOrdinary(field, digits string) error {
	hides := p.beginsWithEmergency(digits)
	for _, prefix := range p.prefixes {
		rest, cut := strings.CutPrefix(digits, prefix)
		hides = hides || cut && p.beginsWithEmergency(rest)
	}
	if !hides {
		return nil
	}
	return &telephony.Error{Code: ErrHidesEmergency, Field: field,
		Detail: "whoever dials it has dialled an emergency number first", Fix: "choose other digits"}
}

// DialledKind says what was dialled.
type DialledKind uint8

// The kinds. What is not known as anything else is ordinary.
const (
	DialledOrdinary  DialledKind = iota
	DialledEmergency             // an emergency number
	DialledTest                  // a test of the emergency service
)

// String returns "ordinary", "emergency" or "test".
func (k DialledKind) String() string {
	return nameOf([]string{"ordinary", "emergency", "test"}, int(k))
}

// Dialled is what a dial plan knows of what was dialled.
type Dialled struct {
	Kind     DialledKind
	Number   EmergencyNumber // of an emergency call, as it is dialled without a prefix
	Prefixed bool            // an access prefix was dialled before it
}

// Recognise tells what was dialled. Spaces, hyphens, full stops, slashes and
// brackets between the digits do not count; anything else but digits makes it
// ordinary. What is an emergency number as a whole is one, whatever else the
// digits could begin; then the access prefixes are tried in their order, then
// the test numbers, with and without a prefix. It takes time linear in the
// length and no more memory than a number has.
func (p DialPlan) Recognise(dialled string) Dialled {
	digits, ok := onlyDigits(dialled)
	if !ok {
		return Dialled{}
	}
	if n, ok := p.emergency(digits); ok {
		return Dialled{Kind: DialledEmergency, Number: n}
	}
	for _, prefix := range p.prefixes {
		rest, cut := strings.CutPrefix(digits, prefix)
		if n, ok := p.emergency(rest); cut && ok {
			return Dialled{Kind: DialledEmergency, Number: n, Prefixed: true}
		}
	}
	for _, test := range p.tests {
		if digits == test {
			return Dialled{Kind: DialledTest}
		}
		for _, prefix := range p.prefixes {
			if digits == prefix+test {
				return Dialled{Kind: DialledTest, Prefixed: true}
			}
		}
	}
	return Dialled{}
}

func (p DialPlan) emergency(digits string) (EmergencyNumber, bool) {
	for _, n := range p.known() {
		if n.Digits == digits {
			return n, true
		}
	}
	return EmergencyNumber{}, false
}

// onlyDigits returns the digits of what was dialled, and false where there is
// anything else, or more digits than a prefix and a number have.
func onlyDigits(dialled string) (string, bool) {
	var buf [2 * maxDialDigits]byte
	n := 0
	for i := 0; i < len(dialled); i++ {
		switch c := dialled[i]; {
		case '0' <= c && c <= '9':
			if n == len(buf) {
				return "", false
			}
			buf[n] = c
			n++
		case strings.IndexByte(" -./()", c) < 0:
			return "", false
		}
	}
	return string(buf[:n]), n > 0
}
