// Package engine runs numbers for tenants: it keeps the stock, the licences, the
// people, the reservations, the numbers, the emergency addresses and the
// assignments, all in memory, and is the one package of the module with state.
//
//	eng, err := engine.New(engine.WithAuthority(streets))
//	err = eng.AddStock(ctx, engine.Stock{Range: r, Area: seattle, Kind: telephony.UserNumber})
//	org, err := eng.CreateTenant(ctx, engine.TenantSpec{ID: "contoso"})
//
// # Writing
//
// Every write is a method with a request struct. It asks the Authorizer, checks
// the request in itself, makes a Command of it that carries the time, and
// commits the command to a Log. The one in memory takes one caller at a time, and
// those who come meanwhile together after it, in one transaction. A Machine
// applies the commands: for each it settles some of what has run out, has the
// rules of the other packages decide, and writes what changes, or nothing. Each
// command leaves one Entry in the log with what changed.
//
// # Reading
//
// Tenant.View returns one consistent moment. Its queries lock nothing and give
// all there is, as sequences or page by page; what has run out by that moment is
// gone from it.
//
// # Time
//
// A reservation lives for the half-open span from when it was made to when it
// expires. Nothing needs to run for that: expiry is decided whenever anybody
// looks. Sweep tidies, and Run sweeps once a second, so that the log tells of
// each end soon after it. The state's time never goes back, whatever the clock
// does; the system's, which it goes by if no other is given, goes on where the wall
// clock is set back.
//
// # Finding and holding
//
// View.FindNumbers looks for free numbers and holds none; Reserve of what it found
// holds just these, or names what went meanwhile. There is no reserving by a
// pattern: what is found can be looked at first, and a list is the same to whoever
// applies the command. A reservation that is open can be added to and dropped from.
//
// # Repeating, keeping, following
//
// A request with a RequestID can be made again, when its answer was lost, and
// gets the first answer without a second effect. Provider.Snapshot writes the
// whole state of one moment and WithSnapshot starts from it. Follow yields what
// happens from a View on. ClassOf says what an error means for what to do next.
//
// # Emergency addresses
//
// A number and its person refer to a location, which is an address and a place
// in it. An address that was accepted stands; ReplaceAddress moves its locations
// to another, so that what has thousands of numbers moves as fast as what has one.
// A draft is kept apart and of no use until it is accepted. Whether a number works
// follows from its area and its address, in the countries that ask for that, and
// is decided whenever anybody looks, like an expiry. View.Gaps lists what has to be
// looked into; WithTerms has tenants acknowledge the terms of emergency calling
// before they assign numbers.
//
// # How numbers are kept
//
// What few numbers have, such as tags, a block or a carrier that has to answer,
// stands in rows of its own that only those numbers pay for; lists of two bytes a
// number lead to them. Services have numbers as people have, by one set of rules.
// A converted number moves with its stock and goes back as what it is then. A
// number that rests remembers who released it. Whoever vanishes from the directory
// keeps the number until somebody decides what becomes of it.
//
// # Numbers that change carriers
//
// A port order goes through the states of package porting: the tenant orders,
// edits, dates, cancels and resubmits; whoever deals with the losing carrier
// contacts it, approves, rejects, reports and completes, by the provider's
// operations, which name the tenant. What 24 hours and an overdue report change is
// told by the time alone. While an order is open nobody else can order its numbers
// or put them in stock; whether they are in stock or in another tenant's order, and
// whose they are, nobody learns.
//
// With the completion the numbers that were ported are the tenant's. They stand in
// stock like all others, as somebody's, but count in no quota and in nothing that
// other tenants see. Released, they leave for the carrier that they are of, which
// the trade calls snap-back. Provider.PortOut has numbers leave for another carrier,
// behind a PIN; it is decided at once, so that no number is ever on its way out, and
// until then a tenant does with it what it does with any other. Of what has left
// nothing stays that would block its coming back.
//
// # The provider's side
//
// Provider.AddStock and AddStockList put numbers in stock, WithdrawStock takes out
// what is free, MoveStock brings numbers to another area with whoever has them.
// Provider.Utilisation says how the stock is used, by area, by thousands-block and
// by hundred, and Forecast when it runs out by what the log tells. No write counts
// for either: who asks pays, with one look at all that is held or rests.
//
// # How the stock is kept
//
// A free number is no row. Stock is kept in thousands-blocks, each with a bit a
// number for what is in stock and for what of it is free; an index holds only
// the blocks that have something free. So a free number costs little more than
// a byte, and choosing costs the same however full an area is. A reservation is
// a part of its tenant's row, which changes with it anyway; a number becomes a
// row when a tenant acquires it. A released number rests in a reservation of the
// pool, for as long as is set for its calling code and the line it was used on.
package engine
