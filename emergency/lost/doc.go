// Package lost asks a LoST server what serves a place: which dispatch centre
// answers emergency calls from there, and whether a civic address is one that
// it knows [RFC 5222].
//
// A [Client] is an [emergency.Authority], so that a checker can rest on it:
//
//	client, err := lost.New(lost.Config{Server: "https://lost.fernhill.example/"})
//	checker := emergency.Checker{Authority: client}
//
// And it says who serves the place a call comes from, for [emergency.RouteCall]:
// [Client.Map].
//
// It asks the four queries of the standard: [Client.FindService],
// [Client.ListServices], [Client.ListServicesByLocation] and
// [Client.ServiceBoundary]. It follows redirects within a bound, keeps mappings
// as long as they say and no longer, and trusts no answer further than it must:
// answers are bounded in size and depth, an answer about another location is
// refused, and whatever a server says in words stays out of errors and logs.
//
// A server is named by URL or by its application unique string, a domain name,
// which a [Resolver] turns into a URL: [StaticResolver] has a list,
// [NewNAPTRResolver] asks the domain name system through an interface, for the
// standard library looks up no NAPTR records.
//
// A Client starts no goroutine of its own; [Client.Close] drops the connections
// that it keeps open. It reads the clock, for expiry alone, through Config.Now.
// Package losttest has a server for tests.
//
// Sources named in brackets: [RFC 5222] is the protocol, [RFC 6848] the names of
// civic elements in it, [RFC 8917] the service tag of servers that validate,
// [RFC 4848] the domain name lookup, [similar-location] is
// draft-ietf-ecrit-similar-location, by which servers complete addresses and
// suggest similar ones.
package lost
