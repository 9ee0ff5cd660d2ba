// Package telephony is the vocabulary of the module: values that say what a
// number, a range, an area or a kind is, identifiers that cannot be confused,
// the one error type, and the rules by which a number may go to a person.
//
// The values are made like those of net/netip: small, comparable, immutable,
// invalid when zero, read by Parse and checked once, where they are made. They
// write and read themselves as text, so that JSON, CBOR, flags and databases
// take them as they are, and mask themselves in structured logs.
//
// Nothing here knows a store, a clock or a network.
//
// Facts name their source in brackets, a public page of the service: [num] the
// references of Get-CsPhoneNumberAssignment and Get-CsOnlineTelephoneNumber,
// [kinds] the page on different kinds of numbers, [usage] the one on changing
// what a number is used for, [account] the one on resource accounts, [bridge]
// the one on the numbers of a conference bridge, [block] and [tag] the references
// of Set-CsPhoneNumberAssignmentBlock and Set-CsPhoneNumberTag, [setup] the page
// on setting up Calling Plans, [loc] the one on emergency locations, [lic] the
// one on add-on licensing, [port] the ones on porting.
package telephony
