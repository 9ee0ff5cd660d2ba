// Package emergency keeps the addresses that emergency services are sent to:
// their model, the rules of each country, the verdict on an address and who
// gives it.
//
// An emergency address is the street address of a place of business. It is
// valid when it is well formed and legitimate: form is checked by the rules of
// its country ([CheckFormat]), legitimacy by an [Authority] that knows the
// streets and the dispatch centre that serves each. A [Checker] joins the two
// and gives a [Checked], which nothing else can make:
//
//	checker := emergency.Checker{Authority: streets}
//	checked, err := checker.Check(ctx, address, now)
//	if checked.IsAccepted() { ... }
//
// The check is tolerant as the trade is: what decides is whether the address as
// a whole leads to the right dispatch centre. A misspelt city beside a right
// street, number and postal code is accepted, corrected where only one
// correction is possible, and the person is told [setup]. An authority that
// does not answer never refuses an address and never accepts one.
//
// An address comes in fields, or as a line that [ParseStreetLine] takes apart;
// [Envelope] writes it as the post office of its country has it, and
// [Field.Civic] names its fields as they are on the wire. A check grows old:
// [Record.Stale] says when to make it again.
//
// A [Location] is a place inside an address: a floor, a wing, a room. Places
// are not checked by anyone [loc].
//
// [RouteCall] says where an emergency call goes and why, by the rules of the
// number's country; a [DialPlan] tells emergency calls from others by what was
// dialled; [CheckTerms] and [Disclaimer] are what people are to know of them.
//
// The package is pure: it takes the time as an argument and knows no store, no
// file and no network. [Streets] is an authority in memory.
//
// Sources named in brackets: [setup], [loc] and [lis] are the calling-plan
// service's public pages on set-up, on emergency locations and on its
// location-information cmdlets, [e911] its account of where emergency calls go;
// [47 CFR 9.16] is the law on direct dialling in the United States; [Pub 28] is
// USPS Publication 28; [RFC 4776], [RFC 5139], [RFC 6848] and [RFC 5222] define
// civic addresses and their validation; the country table is in NOTICE.
package emergency
