package engine

import (
	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// checkPorts holds the port orders to the stock, to each other, to the locations
// that they name and to their tenants' counters.
func (c *checker) checkPorts() {
	ordered := map[telephony.Number]telephony.PortOrderID{}
	for row := range c.tables.ports.Prefix(c.rows, nil) {
		o := row.Order
		if len(o.History) == 0 || !o.State.IsValid() || o.History[len(o.History)-1].To != o.State {
			c.wrong("I18", "port order %s is not in the state to which its history leads", row.ID)
		}
		if !row.isOpen() {
			c.account(row.Tenant).PortsOver++
			continue
		}
		c.account(row.Tenant).Ports++
		if row.Area.Check("area") != nil || o.Request.Numbers.Count() > porting.MaxNumbers {
			c.wrong("I18", "port order %s has no area, or %d numbers", row.ID, o.Request.Numbers.Count())
			continue
		}
		for n := range o.Claims().All() {
			if other, twice := ordered[n]; twice {
				c.wrong("I18", "number %s is in port orders %s and %s", n.Masked(), other, row.ID)
			}
			if ordered[n] = row.ID; c.inStock(n) {
				c.wrong("I18", "number %s is in port order %s and in stock", n.Masked(), row.ID)
			}
		}
		if at := o.Request.Location; at != "" {
			l, _ := c.tables.locations.Get(c.rows, locationKey(row.Tenant, at))
			a, ok := c.tables.addresses.Get(c.rows, addressKey(row.Tenant, l.Address))
			if !ok || a.Record.Status == emergency.NotValidated || a.Record.Address.Country != o.Request.Country {
				c.wrong("I18", "port order %s is without an accepted address in its country", row.ID)
			}
		}
	}
}

// inStock reports whether any shelf has a number.
func (c *checker) inStock(n telephony.Number) bool {
	base, offset := n.Block()
	for b := range c.tables.blocks.Prefix(c.rows, blocksKey(base)) {
		if b.Stock.Has(offset) {
			return true
		}
	}
	return false
}

// checkGuards holds what guards tenants against port-out to the tenants.
func (c *checker) checkGuards() {
	for g := range c.tables.guards.Prefix(c.rows, nil) {
		if _, ok := c.tables.accounts.Get(c.rows, accountKey(g.Tenant)); !ok || g.Guard.PIN.IsZero() && !g.Locked {
			c.wrong("I19", "tenant %d is guarded by nothing, or not there", g.Tenant)
		}
	}
}

// checkPorted holds the count of what was ported in to the numbers, shelf by
// shelf.
func (c *checker) checkPorted() {
	counted := countPorted(c.tables, c.rows)
	for row := range c.tables.shelves.Prefix(c.rows, nil) {
		if want := counted.of(row.shelf); c.ported.of(row.shelf) != want || want > row.Total {
			c.wrong("I2", "shelf %v has %d ported in, counted %d of %d", row.shelf, c.ported.of(row.shelf), want, row.Total)
		}
	}
}
