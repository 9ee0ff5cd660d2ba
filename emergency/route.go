package emergency

import (
	"cmp"
	"log/slog"
	"strings"

	"example.com/callingplan/telephony"
)

// The causes for which a call cannot be routed, or is routed with a warning.
const (
	// ErrRoutingUnsupported: emergency calls from numbers of the country are not supported.
	ErrRoutingUnsupported telephony.Code = "emergency_calling_unsupported"
	// ErrRoutingUnknown: it is not known how the country's emergency calls are routed.
	ErrRoutingUnknown telephony.Code = "emergency_routing_unknown"
	// ErrCallNumber: the number called from is missing.
	ErrCallNumber telephony.Code = "emergency_call_number_missing"
	// ErrNoCallLocation: nobody knows where the caller is. A warning.
	ErrNoCallLocation telephony.Code = "caller_location_unknown"
	// ErrCallLocationAbroad: the location that counts is not in the number's country. A warning.
	ErrCallLocationAbroad telephony.Code = "caller_location_abroad"
	// ErrCallLocationNotValidated: no authority has accepted the address of the location that counts. A warning.
	ErrCallLocationNotValidated telephony.Code = "caller_location_not_validated"
	// ErrNoDispatchURI: the call would go straight to its dispatch centre, which has no URI. A warning.
	ErrNoDispatchURI telephony.Code = "dispatch_centre_without_uri"
	// ErrNoRegisteredLocation: the country looks up the registered address, and there is none. A warning.
	ErrNoRegisteredLocation telephony.Code = "registered_location_missing"
)

// A CallRoute says where an emergency call goes, and why.
type CallRoute struct {
	Number   telephony.Number
	Country  telephony.Country
	Rule     RouteRule
	Source   LocationSource // which location counts
	Location Whereabouts    // that location; it is sent with the call
	Screened bool           // an operator asks first
	// Dispatch is the dispatch centre the call goes to, at once or after it was
	// screened. It is zero where the country's rule finds it during the call.
	Dispatch      Dispatch
	DispatchOf    LocationSource   // whose dispatch centre it is: that of Location, else a guess of the next that has one; zero where there is none
	ServiceNumber string           // what the call dials: the mapping's, else what was dialled, else the country's first emergency number
	CallBack      telephony.Number // whom the dispatch centre calls back: see [Callback]; else the number called from
	Reasons       []string
	Warnings      []*telephony.Error
}

// RouteCall returns where an emergency call goes. What counts is the location
// known dynamically, then the one the person confirmed, then the one the device
// suggests, then the registered one. By the rule of the number's country the call
// is screened or goes straight to a dispatch centre; one that would go straight
// is screened if its location is in another country, or leads to no dispatch
// centre but one of last resort, or to one without a URI to send the call to, for
// then somebody has to ask. Where the location that counts leads to none at all,
// whoever asks is told that of the next location in the country that has one.
// What is wrong with the location never stops a call: it is a warning, and each
// has one of its own.
//
// Errors, in order of precedence: [ErrCallNumber]; [telephony.ErrCountry];
// [ErrRoutingUnsupported]; [ErrRoutingUnknown].
func RouteCall(c Call) (CallRoute, error) {
	rule := RouteRuleFor(c.Country)
	if err := checkCall(c, rule); err != nil {
		return CallRoute{}, err
	}
	r := CallRoute{Number: c.Number, Country: c.Country, Rule: rule}
	r.Source, r.Location = c.location()
	r.addReason(sourceReason(r.Source))
	r.warnOfLocation(c)
	r.decide(c)
	if elin, ok := Callback(r.Location.Address, r.Location.Place); ok {
		r.CallBack = elin
	} else {
		r.CallBack = c.Number
	}
	return r, nil
}

func checkCall(c Call, rule RouteRule) error {
	refused := telephony.Error{Op: "route call", Field: "country"}
	switch {
	case !c.Number.IsValid():
		refused.Field, refused.Code = "number", ErrCallNumber
		refused.Detail, refused.Fix = "there is no number that the call comes from", "name it"
	case !c.Country.IsValid():
		return telephony.CheckCountry("country", c.Country)
	case rule == RouteUnsupported:
		refused.Code, refused.Detail = ErrRoutingUnsupported, "emergency calls are not supported in "+string(c.Country)
		refused.Fix = "use another telephone for emergency calls"
	case rule == 0:
		refused.Code, refused.Detail = ErrRoutingUnknown, "it is not known how emergency calls are routed in "+string(c.Country)
		refused.Fix = "ask the carrier"
	default:
		return nil
	}
	return &refused
}

// decide says who answers the call, and what it dials.
func (r *CallRoute) decide(c Call) {
	straight := r.Source == LocationDynamic && r.Location.Route == RealRoute && r.Location.Dispatch.URI != "" &&
		r.Location.Address.Country == r.Country
	r.ServiceNumber = c.serviceNumber()
	switch r.Rule {
	case RouteScreened:
		r.Screened = true
		r.byMapping(c)
		r.addReason("calls in " + string(r.Country) + " are screened before they reach the dispatch centre")
	case RouteScreenedUnlessDynamic:
		r.Screened = !straight
		r.byMapping(c)
		if straight {
			r.addReason("the location is known dynamically, so the call goes straight to its dispatch centre")
		} else {
			r.addReason("the call is screened: only one from a dynamic location in the country, with a dispatch centre of its own, goes straight")
		}
	case RouteRegisteredAddress:
		r.addReason("the registered address is looked up nationally")
	case RouteNumberAddress:
		r.addReason("the call goes by the address of the number")
	case RouteNumberPrefix:
		r.addReason("the call goes by the first digits of the number")
	case RouteOperator:
		r.addReason("a local or central operator finds the dispatch centre")
	case RouteCarrier:
		r.addReason("the carrier finds the dispatch centre")
	}
}

// byMapping takes the dispatch centre of the location that counts. Where that
// leads to none, a guess is better than nothing for whoever asks the caller: the
// next location of the country that leads to one.
func (r *CallRoute) byMapping(c Call) {
	source, w := r.Source, r.Location
	if !w.leadsSomewhere() {
		source, w = c.mapped()
	}
	if !w.leadsSomewhere() {
		return
	}
	r.Dispatch, r.DispatchOf = w.Dispatch, source
	r.ServiceNumber = cmp.Or(w.ServiceNumber, r.ServiceNumber)
	if source != r.Source {
		r.addReason("that location leads to no dispatch centre, the " + source.String() + " one does")
	}
}

func (r *CallRoute) addReason(reason string) { r.Reasons = append(r.Reasons, reason) }

func sourceReason(s LocationSource) string {
	switch s {
	case LocationDynamic:
		return "the location was found dynamically"
	case LocationConfirmed:
		return "the location was confirmed by the person"
	case LocationSuggested:
		return "the location was suggested by the device"
	case LocationRegistered:
		return "the location is the registered one of the number"
	}
	return "no location is known"
}

// warnOfLocation says what is wrong with the location that counts, and with the
// registered one where the country looks for that.
func (r *CallRoute) warnOfLocation(c Call) {
	warn := func(code telephony.Code, detail, fix string) {
		r.Warnings = append(r.Warnings, &telephony.Error{Op: "route call", Code: code,
			Numbers: telephony.NumberList{r.Number}, Detail: detail, Fix: fix})
	}
	w := r.Location
	if r.Source == 0 {
		warn(ErrNoCallLocation, "nobody knows where the caller is", "give the number an emergency location")
		return
	}
	if w.Address.Country != r.Country {
		warn(ErrCallLocationAbroad, "the location is not in "+string(r.Country), "call from a telephone of that country")
	}
	if w.Status != Validated {
		warn(ErrCallLocationNotValidated, "no authority has accepted the address of the location", "validate it")
	}
	if r.Rule == RouteScreened || r.Rule == RouteScreenedUnlessDynamic { // the rules that a mapping has a say in
		switch {
		case !w.leadsSomewhere():
			warn(ErrNoRoute, "no dispatch centre is known for the location", fixOf(ErrNoRoute))
		case w.Route == DefaultRoute:
			warn(ErrDefaultRoute, "only the dispatch centre of last resort is known for the location", fixOf(ErrDefaultRoute))
		case w.Dispatch.URI == "" && r.Rule == RouteScreenedUnlessDynamic && r.Source == LocationDynamic:
			warn(ErrNoDispatchURI, "the dispatch centre of the location has no URI that the call could go straight to", "ask for its URI")
		}
	}
	looksUp := r.Rule == RouteRegisteredAddress || r.Rule == RouteNumberAddress
	if looksUp && c.Registered.IsZero() {
		warn(ErrNoRegisteredLocation, "the number has no registered location, which "+string(r.Country)+" looks up",
			"give the number an emergency location")
	}
}

// Lines returns the route as lines to read: what counts, who answers, why, and
// what to look into. They disclose neither the number nor the address.
func (r CallRoute) Lines() []string {
	lines := []string{"emergency call from " + r.Number.Masked() + " (" + string(r.Country) + ") to " + r.ServiceNumber}
	lines = append(lines, "location: "+r.Source.String()+", "+r.Location.String())
	answers := "found by the country's rule, " + r.Rule.String()
	if r.DispatchOf != 0 {
		answers = "dispatch centre " + cmp.Or(r.Dispatch.ID, r.Dispatch.URI, r.Dispatch.Name)
	}
	if r.Screened {
		answers = "screening operator, then " + answers
	}
	lines = append(lines, "answered by: "+answers)
	for _, reason := range r.Reasons {
		lines = append(lines, "because: "+reason)
	}
	for _, w := range r.Warnings {
		lines = append(lines, "warning: "+w.Error())
	}
	return lines
}

// String returns the lines of Lines.
func (r CallRoute) String() string { return strings.Join(r.Lines(), "\n") }

// GoString is what %#v prints: the masked form.
func (r CallRoute) GoString() string { return "emergency.CallRoute{" + r.String() + "}" }

// LogValue keeps the number and the address out of structured logs.
func (r CallRoute) LogValue() slog.Value { return slog.StringValue(r.String()) }
