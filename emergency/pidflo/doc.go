// Package pidflo writes and reads PIDF-LO documents: the form in which the
// address and the position of a caller travel to a dispatch centre, in the body
// of a SIP request or by reference [RFC 4119] [RFC 5139] [RFC 5491].
//
// A [Document] says where somebody is, in one or several objects, each a civic
// address, a position or both. [New] makes one of an address and a location
// inside it:
//
//	doc := pidflo.New("pres:line-7@fernhill.example", "loc-42", address, location, now)
//	body, err := pidflo.Encode(doc)
//
// [Decode] reads documents of others: elements in any order, with the quirks of
// older standards, and nothing that a document could do harm with: no document
// type declaration, no entities, no references that are followed, and bounds on
// size and depth. What it does not understand it names. [NewPart] makes a
// document part of a multipart body.
//
// The package is pure: the times in a document are the caller's. Documents,
// addresses and positions print and log masked.
//
// Sources named in brackets: [RFC 3863] is the presence document around it all,
// [RFC 4479] its devices and persons, [RFC 4119] the location object, [RFC
// 5139] and [RFC 6848] its civic addresses, [RFC 5491] its shapes and which of
// several objects counts, [RFC 7459] confidence, [RFC 6442] its way in SIP.
package pidflo
