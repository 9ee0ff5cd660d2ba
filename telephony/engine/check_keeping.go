package engine

import (
	"slices"

	"example.com/callingplan/telephony"
)

// checkServices holds what services count to the numbers that they have.
func (c *checker) checkServices() {
	type held struct {
		numbers int64
		last    telephony.Number
	}
	has := map[string]held{}
	for n := range c.tables.numbers.Prefix(c.rows, nil) {
		if n.Service == "" {
			continue
		}
		if n.Person != "" {
			c.wrong("I14", "number %s is a person's and a service's", n.Number.Masked())
		}
		key := string(serviceKey(n.Tenant, n.Service))
		row, ok := c.tables.services.Get(c.rows, serviceKey(n.Tenant, n.Service))
		if !ok || row.Kind != n.ServiceKind {
			c.wrong("I14", "number %s is of a service that is not there, or of another kind", n.Number.Masked())
		}
		has[key] = held{has[key].numbers + 1, n.Number}
	}
	for row := range c.tables.services.Prefix(c.rows, nil) {
		a := c.account(row.Tenant)
		a.Services++
		have, want := has[string(serviceKey(row.Tenant, row.ID))], telephony.Number{}
		if row.Kind.IsResourceAccount() {
			a.ResourceAccounts++
			want = have.last
		}
		if row.Numbers != have.numbers || row.Number != want || row.Kind.IsResourceAccount() && have.numbers > 1 {
			c.wrong("I14", "service %s counts %d numbers, there are %d", row.ID, row.Numbers, have.numbers)
		}
	}
}

// checkMarks holds the numbers' rows and the tags to what is set of numbers.
func (c *checker) checkMarks() {
	tags := map[string]int64{}
	for m := range c.tables.marks.Prefix(c.rows, nil) {
		c.account(m.Tenant).Marked++
		if n, ok := c.tables.numbers.Get(c.rows, numberKey(m.Tenant, m.Number)); !ok || !n.Marked || m.isEmpty() {
			c.wrong("I15", "something is set of number %s, whose row does not say so, or nothing is", m.Number.Masked())
		}
		for _, tag := range m.Tags {
			row, _ := c.tables.tags.Get(c.rows, tagKey(m.Tenant, tag))
			if row.Tag != tag {
				c.wrong("I15", "number %s spells a tag in its own way", m.Number.Masked())
			}
			tags[string(tagKey(m.Tenant, tag))]++
		}
	}
	for row := range c.tables.tags.Prefix(c.rows, nil) {
		if n := tags[string(tagKey(row.Tenant, row.Tag))]; n != row.Numbers || n == 0 {
			c.wrong("I15", "a tag counts %d numbers, there are %d", row.Numbers, n)
		}
		delete(tags, string(tagKey(row.Tenant, row.Tag)))
	}
	if len(tags) > 0 {
		c.wrong("I15", "%d tags are not counted", len(tags))
	}
}

// checkOrphan holds a number to whether the person who has it is gone.
func (c *checker) checkOrphan(n numberRow) {
	if n.Marked {
		if _, ok := c.tables.marks.Get(c.rows, numberKey(n.Tenant, n.Number)); !ok {
			c.wrong("I15", "nothing is set of number %s, whose row says so", n.Number.Masked())
		}
	}
	p, _ := c.tables.people.Get(c.rows, personKey(n.Tenant, n.Person))
	if gone := n.Person != "" && p.Vanished; gone != n.Orphaned {
		c.wrong("I16", "number %s is an orphan: %v, and its person gone: %v", n.Number.Masked(), n.Orphaned, gone)
	}
	if n.Orphaned {
		c.account(n.Tenant).Orphans++
	}
}

// checkGrace holds what is listed of numbers at risk to a number.
func (c *checker) checkGrace(n numberRow) {
	if n.Lost == 0 {
		return
	}
	if c.atRisk++; n.Person == "" {
		c.wrong("I17", "number %s is at risk, and nobody has it", n.Number.Masked())
	}
	for _, row := range n.graceRows() {
		if c.lists++; !c.graces.Has(row) {
			c.wrong("I17", "number %s is at risk, and never lost", n.Number.Masked())
		}
	}
}

// checkGivenUp holds what a tenant gave up to its order and to its bound.
func (c *checker) checkGivenUp(a accountRow) {
	last, numbers := int64(0), 0
	for _, g := range a.GivenUp {
		if len(g.Numbers) == 0 || g.At < last || !slices.IsSortedFunc(g.Numbers, telephony.Number.Compare) {
			c.wrong("I22", "what tenant %s gave up is out of order", a.ID)
		}
		last, numbers = g.At, numbers+len(g.Numbers)
	}
	c.been("what was given up", last)
	if numbers != a.GaveUp || numbers > MaxGivenUp {
		c.wrong("I22", "tenant %s gave up %d numbers, counts %d, and keeps %d at most", a.ID, numbers, a.GaveUp, MaxGivenUp)
	}
}
