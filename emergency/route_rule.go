package emergency

import "example.com/callingplan/telephony"

// RouteRule is how a country's emergency calls find their dispatch centre [e911].
// The zero RouteRule is none known.
type RouteRule uint8

// The rules.
const (
	RouteScreened              RouteRule = 1 + iota // an operator asks where the caller is, then passes the call on
	RouteScreenedUnlessDynamic                      // the same, but straight on where the location is known dynamically
	RouteRegisteredAddress                          // by the registered address, looked up nationally
	RouteNumberAddress                              // by the address of the number
	RouteNumberPrefix                               // by the first digits of the number
	RouteOperator                                   // by a local or central operator
	RouteCarrier                                    // by the carrier
	RouteUnsupported                                // not at all
)

var ruleNames = [...]string{"-", "screened", "screened-unless-dynamic", "registered-address", "number-address",
	"number-prefix", "operator", "carrier", "unsupported"}

// String returns the stable name, such as "number-prefix", and "-" for none.
func (r RouteRule) String() string { return nameOf(ruleNames[:], int(r)) }

// RouteRuleFor returns the rule of a country; the zero rule where none is known.
func RouteRuleFor(c telephony.Country) RouteRule { return callsOf()[c].rule }
