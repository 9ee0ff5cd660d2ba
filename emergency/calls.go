package emergency

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"example.com/callingplan/telephony"
)

//go:embed data/calls.tsv
var callsData string

// A countryCalls is how emergency calls go in one country.
type countryCalls struct {
	rule    RouteRule
	numbers []EmergencyNumber // the one to tell people first
}

// callsOf are the countries whose emergency numbers are known, built on first use.
var callsOf = sync.OnceValue(func() map[telephony.Country]countryCalls {
	all := make(map[telephony.Country]countryCalls)
	for line := range strings.Lines(callsData) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		calls := countryCalls{rule: RouteRule(max(0, slices.Index(ruleNames[:], row[1])))}
		for _, cell := range row[2:] {
			part := strings.Split(cell+":", ":") // digits, services, law
			calls.numbers = append(calls.numbers, EmergencyNumber{Digits: part[0], Services: servicesNamed(part[1]), Law: lawNamed(part[2])})
		}
		all[telephony.Country(row[0])] = calls
	}
	return all
})

func servicesNamed(names string) Services {
	if names == "all" {
		return AllServices
	}
	var s Services
	for name := range strings.SplitSeq(names, "+") {
		s |= 1 << slices.Index(serviceNames[:], name)
	}
	return s
}

func lawNamed(short string) string {
	switch short {
	case "eu":
		return "Directive (EU) 2018/1972, Article 109"
	case "us":
		return "47 U.S.C. 251(e)(3)"
	}
	return ""
}

// Services are emergency services. The zero Services is none.
type Services uint8

// The services.
const (
	Police Services = 1 << iota
	Fire
	Ambulance
	CoastGuard

	AllServices = Police | Fire | Ambulance | CoastGuard
)

var serviceNames = [...]string{"police", "fire", "ambulance", "coastguard"}

// String lists the services, such as "fire, ambulance"; "all services" for all
// of them and "none" for none.
func (s Services) String() string {
	switch s & AllServices {
	case AllServices:
		return "all services"
	case 0:
		return "none"
	}
	var names []string
	for i, name := range serviceNames {
		if s&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// An EmergencyNumber is a number that reaches emergency services when it is
// dialled in its country.
type EmergencyNumber struct {
	Digits   string   `json:"digits"` // as dialled: "112", "000"
	Services Services `json:"services"`
	// Law is the law the number rests on. It is empty for a number that is
	// general knowledge and was not confirmed against a law or a national
	// numbering plan: check that one before relying on it.
	Law string `json:"law,omitempty"`
}

// EmergencyNumbers returns the emergency numbers of a country, the one to tell
// people first; none for a country whose numbers are not known. 112 is the
// number of every member state of the European Union by Directive (EU)
// 2018/1972, Article 109.
func EmergencyNumbers(c telephony.Country) []EmergencyNumber {
	return slices.Clone(callsOf()[c].numbers)
}
