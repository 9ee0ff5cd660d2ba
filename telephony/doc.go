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
package telephony
