// Package callingplan is the map of a library that runs telephone numbers the
// way the set-up of a calling plan does: licences give a quota; numbers are
// found in a provider's pool, held for ten minutes and acquired; emergency
// addresses are validated and kept; a number and an emergency location are
// assigned to a person; the person is told. It holds everything in memory and
// is embedded, not installed.
//
// This package has no code. Start at [example.com/callingplan/telephony/engine],
// or run the main job:
//
//	go run ./examples/walkthrough
//
// # The rooms
//
//	telephony            numbers, ranges, areas, kinds, ids, errors, the rules of assignment; values
//	licensing            products, what needs what, quotas; pure rules
//	reservation          holds and how free numbers are chosen; pure rules, and a Pool for those who need no more
//	emergency            addresses, country rules, verdicts, routing, a reference authority; pure rules
//	emergency/pidflo     where a caller is, as the document that goes to a dispatch centre; pure
//	emergency/lost       an authority that asks a LoST server; lost/losttest has a server for tests
//	telephony/porting    numbers that change carriers: port orders, port-out, how numbers are entered; pure rules
//	telephony/engine     the one package with state: tenants, commands, queries, the log
//	telephony/adminfile  the files administrators have, in and out; bulk assignments planned and applied
//	examples             programs to run and to copy from
//
// Imports run one way: telephony knows nothing of the others; licensing,
// reservation, emergency and porting know telephony; pidflo knows emergency and
// lost both; the engine may know the first four and porting, and neither of these;
// adminfile knows the engine and porting; the examples know all.
//
// # The rules of the house
//
//   - The pure packages take the time as an argument and know no store, no file
//     and no network. A rule stands once: the engine and the stand-alone Pool
//     run the same code for holds.
//   - A write is one command, decided in one place, from the state and the time
//     it carries. It reads no clock and rolls no dice, so the same commands give
//     the same state anywhere.
//   - A refused command changes nothing but the log, which tells of it.
//   - What has run out is free at that nanosecond, whether or not anything has
//     come by to tidy up.
//   - Every error is a *telephony.Error with a stable code that is its sentinel
//     too, the figures, and what would put it right.
//   - Phone numbers, addresses and people's identifiers are masked wherever they
//     are logged or stand in an error's text.
//   - Nothing runs before it is asked to: no goroutine, no init, no global state.
//
// # The sources
//
// Facts in the documentation name their source in brackets, all of it public
// documentation of the calling-plan service of Microsoft, or of the body named:
//
//	[setup]  "Set up Calling Plans", November 2017
//	[quota]  "How many phone numbers can you get"
//	[kinds]  "Different kinds of phone numbers"
//	[loc]    "What are emergency locations, addresses and call routing"
//	[lis]    the reference of the *-CsOnlineLis* cmdlets
//	[num]    the reference of Get-CsOnlineTelephoneNumber and Get-CsPhoneNumberAssignment
//	[inv]    the reference of the *-CsOnlineTelephoneNumberInventory cmdlets
//	[order]  the reference of the *-CsOnlineTelephoneNumberOrder cmdlets
//	[lic]    the pages on add-on licensing
//	[port]   "What's the status of your port orders" and "Transfer phone numbers"
package callingplan
