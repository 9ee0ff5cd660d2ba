// Package reservation holds the rules of timed reservations: how free telephone
// numbers are kept, how some are chosen, and how a hold on them lives and ends.
//
// An administrator who sets up calling plans asks for a quantity of numbers in
// an area and gets a reservation: nobody else can have those numbers for ten
// minutes, in which some are chosen and acquired. What is not acquired goes back
// to the provider's pool [setup].
//
// The rules are pure functions of their arguments, the moment among them:
//
//   - [Block] and [Bits] are free numbers by the thousand,
//   - [Search] and [Find] look for some, by [Pattern], [Score], run and distance,
//   - [Choice] and [Select] say which are wanted and pick them,
//   - [Hold] is the life of what was picked,
//   - [Limits] bounds how much may be held at once,
//   - [CheckRest] bounds how long what was given up rests,
//   - [Consumption] says when stock runs out if it is taken as it was.
//
// [Pool] is a small shell over them for a program that needs timed holds on a
// stock of numbers and nothing else. It starts no goroutine and sets no timer.
//
// Facts in the documentation of this package name their source in brackets:
// [setup] is "Set up Calling Plans", [inv] and [order] are the references of the
// CsOnlineTelephoneNumberInventory and CsOnlineTelephoneNumberOrder cmdlets, all
// of Microsoft's public documentation.
package reservation
