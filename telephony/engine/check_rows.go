package engine

import (
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// What follows is for rows that no command writes and that damaged data may have:
// each says something in itself that the engine relies on.

// checkTenants holds tenants and accounts to each other: ordinals count them.
func (c *checker) checkTenants() {
	tenants, accounts := uint32(0), uint32(0)
	for t := range c.tables.tenants.Prefix(c.rows, nil) {
		tenants++
		c.been("a tenant", t.Created)
		if a, ok := c.tables.accounts.Get(c.rows, accountKey(t.Ordinal)); !ok || a.ID != t.ID {
			c.wrong("I20", "tenant %s has no account of its own", t.ID)
		}
	}
	for a := range c.tables.accounts.Prefix(c.rows, nil) {
		if accounts++; a.Tenant != accounts {
			c.wrong("I20", "account %d is of tenant %d", accounts, a.Tenant)
		}
		if a.Paced < 0 || a.Paced > later(c.time, mostPaced) {
			c.wrong("I21", "the commands of tenant %s are spread over more than there are", a.ID)
		}
		seen := make(map[telephony.ReservationID]bool)
		for _, r := range slices.Concat(a.open, a.closed) {
			if seen[r.ID] {
				c.wrong("I20", "reservation %s is there twice", r.ID)
			}
			seen[r.ID] = true
			c.checkHeld(r)
			c.been("a closed reservation", r.Closed)
			if r.Former != poolTenant || !r.Kind.IsValid() {
				c.wrong("I20", "reservation %s is of no kind, or was somebody else's", r.ID)
			}
		}
	}
	if tenants != accounts {
		c.wrong("I20", "%d tenants have %d accounts", tenants, accounts)
	}
	for r := range c.tables.rests.Prefix(c.rows, nil) {
		c.checkHeld(&r)
		if _, ok := c.tables.accounts.Get(c.rows, accountKey(r.Former)); r.Tenant != poolTenant || !ok && r.Former != poolTenant {
			c.wrong("I20", "rest %s is not the pool's, or was of no tenant that is there", r.ID)
		}
	}
}

// checkHeld holds what a reservation says of its numbers and its time to what is
// searched by.
func (c *checker) checkHeld(r *reservationRow) {
	c.been("a reservation", r.Made)
	if r.Expires < r.Made {
		c.wrong("I21", "reservation %s is over before it was made", r.ID)
	}
	for _, list := range []telephony.NumberList{r.Numbers, r.Acquired} {
		if !slices.IsSortedFunc(list, telephony.Number.Compare) || len(list) > 0 && !list[0].IsValid() {
			c.wrong("I20", "the numbers of reservation %s are not in order, or none", r.ID)
		}
	}
	if !slices.IsSortedFunc(r.Shelves, shelf.compare) {
		c.wrong("I20", "the shelves of reservation %s are not in order", r.ID)
	}
}

// checkShelves holds shelves and blocks to the areas that are there; no number is
// in two blocks.
func (c *checker) checkShelves() {
	for row := range c.tables.shelves.Prefix(c.rows, nil) {
		if c.known.of(row.Area) == (telephony.Area{}) || !row.Kind.IsValid() {
			c.wrong("I2", "shelf %v is of an area that is not there, or of no kind", row.shelf)
		}
	}
	var base telephony.Number
	var stock reservation.Bits
	for b := range c.tables.blocks.Prefix(c.rows, nil) {
		if b.Base != base {
			base, stock = b.Base, reservation.Bits{}
		}
		if twice := stock.And(b.Stock); !twice.IsEmpty() {
			c.wrong("I1", "%d numbers at %s are in stock twice", twice.Count(), base.Masked())
		}
		stock = stock.Or(b.Stock)
	}
}

// checkMoments holds what has been to the state's time: none of it is to come.
func (c *checker) checkMoments() {
	for p := range c.tables.people.Prefix(c.rows, nil) {
		c.been("a person", p.Created, p.Since, p.ToldAt, p.VanishedAt, p.Lapse.Since)
	}
	for n := range c.tables.numbers.Prefix(c.rows, nil) {
		c.been("a number", n.Acquired, n.Since, n.Located, n.Moved)
	}
	for s := range c.tables.services.Prefix(c.rows, nil) {
		c.been("a service", s.Added)
	}
	for a := range c.tables.addresses.Prefix(c.rows, nil) {
		c.been("an address", a.Saved)
	}
	for l := range c.tables.locations.Prefix(c.rows, nil) {
		c.been("a location", l.Placed)
	}
	for m := range c.tables.marks.Prefix(c.rows, nil) {
		c.been("what is set of a number", m.Block.Since, m.Carrier.Since)
	}
	for p := range c.tables.ports.Prefix(c.rows, nil) {
		for _, t := range p.Order.History {
			c.been("a port order", t.At)
		}
	}
	for r := range c.tables.requests.Prefix(c.rows, nil) {
		c.been("a request", r.At)
		if r.Index == 0 || r.Index > c.index {
			c.wrong("I21", "a request was the log's entry %d, of %d", r.Index, c.index)
		}
	}
}

// been reports moments that are before 1970 or after the state's.
func (c *checker) been(what string, moments ...int64) {
	for _, at := range moments {
		if at < 0 || at > c.time {
			c.wrong("I21", "%s has a moment that has not been", what)
		}
	}
}
