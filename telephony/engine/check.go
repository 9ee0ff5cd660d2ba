package engine

import (
	"fmt"
	"slices"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// Check counts everything anew and returns what does not agree, none if all
// does. It reads the whole state and is meant for tests and for doubts. These
// hold after every command:
//
//	I1  a number in stock is in exactly one place: free, in one open
//	    reservation, at rest, or one tenant's
//	I2  a shelf's total and free are those of its blocks, what was ported in that
//	    of its numbers, and areas are numbered without gaps
//	I3  a tenant's counters are those of its reservations, numbers, people
//	    and addresses
//	I4  a tenant remembers as many request ids as its account says, each with an
//	    answer to a call of its kind
//	I5  a person has a number exactly if the number has the person, and its
//	    location is of an address in the person's country that was accepted once
//	I6  a location's counters are those of the numbers that have it, by area
//	    where its address must fit them, and an address's count that of its
//	    locations, its default one among them
//	I7  as many licences are assigned as people hold, and no more than bought
//	I8  a reservation is open exactly if it is among the open ones, and is due
//	    where and when it says
//	I9  every index leads to every row and to nothing else
//	I10 a draft was not accepted, and is no address
//	I11 terms are acknowledged by tenants that are there
//	I12 the tallies are those of the numbers
//	I13 a number is on the lists that it belongs to and on no others
//	I14 a service counts the numbers that have it, a resource account one at most
//	I15 a number's row says whether something is set of it, and a tag counts the
//	    numbers that bear it, all in its spelling
//	I16 a number is an orphan exactly if its person is gone from the directory
//	I17 who lacks a licence for their number has one, and loses it when it is due
//	I18 a port order is in the state to which its history leads; no number of an
//	    open one is in another or in stock, its location is of an address in its
//	    country that was accepted once, and it has an area
//	I19 a tenant that is guarded against port-out is there, and has a PIN or is
//	    locked
//	I20 each tenant has its account, and what was somebody's was a tenant's; what
//	    is searched in order is in order
//	I21 what has been was not after the state's time
//	I22 what a tenant gave up is in order, and no more than is kept
func (e *Engine) Check() []error {
	return check(e.machine.tables, e.machine.now.Load())
}

// check counts the rows of a moment anew.
func check(t *tables, m *moment) []error {
	c := &checker{tables: t, rows: m.snapshot, free: m.free, due: m.due, known: m.known, graces: m.graces, ported: m.ported,
		taken: map[blockID]reservation.Bits{}, accounts: map[uint32]*accountRow{}, time: m.time, index: m.index, requests: m.requests}
	c.checkTenants()
	c.checkShelves()
	c.checkMoments()
	c.checkReservations()
	c.checkNumbers()
	c.checkDerived()
	c.checkStock()
	c.checkPeople()
	c.checkServices()
	c.checkMarks()
	c.checkAddresses()
	c.checkDrafts()
	c.checkPorts()
	c.checkPorted()
	c.checkGuards()
	c.checkRequests()
	c.checkAccounts()
	for _, err := range m.db.CheckIndexes(m.snapshot) {
		c.wrong("I9", "%v", err)
	}
	return c.faults
}

// checker counts; its accounts are filled with what there should be.
type checker struct {
	tables   *tables
	rows     memtable.Reader
	free     freeCounts
	due      dueRows
	known    knownAreas
	graces   graceRows
	ported   portedCounts
	atRisk   int // numbers
	lists    int // on which they stand
	taken    map[blockID]reservation.Bits
	accounts map[uint32]*accountRow
	time     int64
	index    uint64
	requests int
	faults   []error
}

func (c *checker) wrong(invariant, format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf(invariant+": "+format, args...))
}

func (c *checker) account(tenant uint32) *accountRow {
	if c.accounts[tenant] == nil {
		c.accounts[tenant] = &accountRow{Tenant: tenant}
	}
	return c.accounts[tenant]
}

// take marks numbers as somebody's.
func (c *checker) take(numbers telephony.NumberList, shelves []shelf) {
	for _, p := range reservation.ByBlock(numbers) {
		left := p.Taken
		for _, on := range shelves {
			row, ok := c.tables.blocks.Get(c.rows, blockKey(p.Base, on))
			here := left.And(row.Stock)
			if !ok || here.IsEmpty() {
				continue
			}
			id := blockID{on.id(), p.Base}
			if twice := c.taken[id].And(here); !twice.IsEmpty() {
				c.wrong("I1", "%d numbers at %s are in two places", twice.Count(), p.Base.Masked())
			}
			c.taken[id] = c.taken[id].Or(here)
			left = left.AndNot(here)
		}
		if !left.IsEmpty() {
			c.wrong("I1", "%d numbers at %s are somebody's but not in stock", left.Count(), p.Base.Masked())
		}
	}
}

func (c *checker) checkReservations() {
	due := 0
	for r := range c.tables.rests.Prefix(c.rows, nil) {
		due += c.checkOpen(&r)
	}
	for a := range c.tables.accounts.Prefix(c.rows, nil) {
		for _, r := range a.open {
			due += c.checkOpen(r)
			c.account(r.Tenant).Use[r.Kind].Held += int64(len(r.Numbers))
			if r.Expires < a.soonest {
				c.wrong("I8", "reservation %s runs out before its tenant's first", r.ID)
			}
		}
		if len(a.closed) > 0 && a.closed[0].Closed != a.ended {
			c.wrong("I8", "the first closed reservation of tenant %s ended at another moment", a.ID)
		}
		c.checkGivenUp(a)
		for _, r := range a.closed {
			if r.State == reservation.Reserved {
				c.wrong("I8", "reservation %s is among the closed ones and open", r.ID)
			}
		}
	}
	if few := due - c.due.Len(); few != 0 {
		c.wrong("I8", "%d reservations too few are due", few)
	}
}

// checkOpen checks one that is open or at rest, and returns how often it is due.
func (c *checker) checkOpen(r *reservationRow) int {
	if r.State != reservation.Reserved {
		c.wrong("I8", "reservation %s is among the open ones and %s", r.ID, r.State)
	}
	c.take(r.Numbers, r.Shelves)
	for row := range dueRowsOf(r) {
		if !c.due.Has(row) {
			c.wrong("I8", "reservation %s never runs out", r.ID)
		}
	}
	return len(r.Shelves)
}

func (c *checker) checkNumbers() {
	for n := range c.tables.numbers.Prefix(c.rows, nil) {
		c.take(telephony.NumberList{n.Number}, []shelf{{n.Area, n.Kind}})
		u := &c.account(n.Tenant).Use[n.Kind]
		u.Acquired++
		if n.Ported {
			u.Ported++
		}
		c.checkOrphan(n)
		c.checkGrace(n)
		if n.isIdle() {
			continue
		}
		u.Assigned++
		if n.Person == "" {
			continue
		}
		p, ok := c.tables.people.Get(c.rows, personKey(n.Tenant, n.Person))
		if !ok || p.Number != n.Number {
			c.wrong("I5", "number %s has a person who does not have it", n.Number.Masked())
		}
		l, _ := c.tables.locations.Get(c.rows, locationKey(n.Tenant, n.Location))
		a, ok := c.tables.addresses.Get(c.rows, addressKey(n.Tenant, l.Address))
		if !ok || a.Record.Status == emergency.NotValidated || a.Record.Address.Country != p.Country {
			c.wrong("I5", "number %s is assigned without an accepted address in the person's country", n.Number.Masked())
		}
	}
}

// checkDerived holds the tallies and the lists to the numbers.
func (c *checker) checkDerived() {
	tallies, postings := 0, 0
	for d := range derivedRows(c.tables, c.rows) {
		for _, want := range d.tallies {
			if got, _ := c.tables.tallies.Get(c.rows, tallyKey(tallyID{want.Tenant, want.shelf})); got != want {
				c.wrong("I12", "the tally of tenant %d on shelf %v is %v, there are %v", want.Tenant, want.shelf, got.Counts, want.Counts)
			}
			tallies++
		}
		for _, want := range d.postings {
			got, _ := c.tables.postings.Get(c.rows, postingKey(want.Tenant, want.list, want.Base))
			if !slices.Equal(got.Offsets, want.Offsets) {
				c.wrong("I13", "list %d of tenant %d has %d numbers at %s, and should have %d", want.list.Kind, want.Tenant, len(got.Offsets), want.Base.Masked(), len(want.Offsets))
			}
			postings++
		}
	}
	for row := range c.tables.tallies.Prefix(c.rows, nil) {
		if row.Counts != [stateCount]int64{} {
			tallies--
		}
	}
	for range c.tables.postings.Prefix(c.rows, nil) {
		postings--
	}
	if tallies != 0 || postings != 0 {
		c.wrong("I13", "%d tallies and %d parts of lists are not of any number", -tallies, -postings)
	}
}

func (c *checker) checkStock() {
	areas := 0
	for row := range c.tables.areas.Prefix(c.rows, nil) {
		if areas++; c.known.of(row.Ordinal) != row.Area {
			c.wrong("I2", "area %d is not known as what it is", row.Ordinal)
		}
	}
	if areas != len(c.known) {
		c.wrong("I2", "%d areas are known, there are %d", len(c.known), areas)
	}
	type count struct{ total, free int64 }
	counted := map[shelf]count{}
	for b := range c.tables.blocks.Prefix(c.rows, nil) {
		if err := b.Block.Check(); err != nil {
			c.wrong("I1", "%v", err)
		}
		if b.Stock.AndNot(c.taken[b.id()]) != b.Free {
			c.wrong("I1", "the free numbers at %s are not those that nobody has", b.Base.Masked())
		}
		if b.Stock.IsEmpty() {
			c.wrong("I2", "the block at %s has no stock", b.Base.Masked())
		}
		s := counted[b.shelf]
		s.total += int64(b.Stock.Count())
		s.free += int64(b.Free.Count())
		counted[b.shelf] = s
	}
	for row := range c.tables.shelves.Prefix(c.rows, nil) {
		if s := counted[row.shelf]; s.total != row.Total || s.free != c.free.of(row.shelf) {
			c.wrong("I2", "shelf %v has total %d and free %d, counted %d and %d", row.shelf, row.Total, c.free.of(row.shelf), s.total, s.free)
		}
		if row.Total == 0 {
			c.wrong("I2", "shelf %v has no stock", row.shelf)
		}
		delete(counted, row.shelf)
	}
	if len(counted) > 0 {
		c.wrong("I2", "%d shelves have blocks and no counters", len(counted))
	}
}

func (c *checker) checkPeople() {
	held := map[uint32]map[licensing.Product]int64{}
	atRisk := 0
	for p := range c.tables.people.Prefix(c.rows, nil) {
		c.account(p.Tenant).People++
		if p.Vanished {
			c.account(p.Tenant).Vanished++
		}
		if held[p.Tenant] == nil {
			held[p.Tenant] = map[licensing.Product]int64{}
		}
		for _, product := range p.Products {
			held[p.Tenant][product]++
		}
		if p.Lapse.Missing != 0 {
			if atRisk++; !p.Number.IsValid() {
				c.wrong("I17", "person %s lacks a licence for a number that they do not have", p.ID.Masked())
			}
		}
		if !p.Number.IsValid() {
			continue
		}
		if n, ok := c.tables.numbers.Get(c.rows, numberKey(p.Tenant, p.Number)); !ok || n.Person != p.ID {
			c.wrong("I5", "person %s has a number that does not have the person", p.ID.Masked())
		} else if n.Lost != p.Lapse.Until {
			c.wrong("I17", "number %s is lost at another moment than its person's row says", p.Number.Masked())
		}
	}
	if atRisk != c.atRisk {
		c.wrong("I17", "%d people lack a licence for their number, and %d numbers are at risk", atRisk, c.atRisk)
	}
	if few := c.lists - c.graces.Len(); few != 0 {
		c.wrong("I17", "numbers at risk stand on %d lists too few", few)
	}
	for a := range c.tables.accounts.Prefix(c.rows, nil) {
		for _, h := range a.Licences {
			if n := held[a.Tenant][h.Product]; n != h.Assigned || n > h.Bought {
				c.wrong("I7", "product %s: %d bought, %d assigned, %d held", h.Product, h.Bought, h.Assigned, n)
			}
			delete(held[a.Tenant], h.Product)
		}
		if n := len(held[a.Tenant]); n > 0 {
			c.wrong("I7", "%d products are held that the tenant has not bought", n)
		}
	}
}

func (c *checker) checkAddresses() {
	type use struct {
		numbers, assigned int64
		areas             []areaUse
	}
	used := map[string]use{}
	for n := range c.tables.numbers.Prefix(c.rows, nil) {
		if n.Location == "" {
			continue
		}
		key := string(locationKey(n.Tenant, n.Location))
		u := used[key]
		u.numbers++
		u.areas = withAreaUse(u.areas, n.Area, 1)
		if n.Person != "" {
			u.assigned++
		}
		used[key] = u
	}
	count := map[string]int64{}
	for l := range c.tables.locations.Prefix(c.rows, nil) {
		key := string(locationKey(l.Tenant, l.ID))
		if u := used[key]; u.numbers != l.Numbers || u.assigned != l.Assigned {
			c.wrong("I6", "location %s counts %d and %d numbers, there are %d and %d", l.ID, l.Numbers, l.Assigned, u.numbers, u.assigned)
		}
		c.checkFit(l, used[key].areas)
		delete(used, key)
		count[string(addressKey(l.Tenant, l.Address))]++
	}
	if len(used) > 0 {
		c.wrong("I6", "%d locations are referred to and not there", len(used))
	}
	for a := range c.tables.addresses.Prefix(c.rows, nil) {
		c.account(a.Tenant).Addresses++
		if _, draft := c.tables.drafts.Get(c.rows, addressKey(a.Tenant, a.ID)); draft {
			c.wrong("I10", "address %s is a draft too", a.ID)
		}
		l, ok := c.tables.locations.Get(c.rows, locationKey(a.Tenant, a.Default))
		if n := count[string(addressKey(a.Tenant, a.ID))]; n != a.Locations || !ok || !l.Default || l.Address != a.ID {
			c.wrong("I6", "address %s counts %d locations, there are %d, or its default one is not there", a.ID, a.Locations, n)
		}
	}
}

// checkFit holds a location to what its country asks of its address, given the
// numbers it has by area.
func (c *checker) checkFit(l locationRow, areas []areaUse) {
	a, _ := c.tables.addresses.Get(c.rows, addressKey(l.Tenant, l.Address))
	mustFit := emergency.PolicyFor(a.Record.Address.Country).AreaMustFit
	if !mustFit {
		areas = nil
	}
	if l.MustFit != mustFit || !slices.Equal(l.Areas, areas) {
		c.wrong("I6", "location %s counts %v by area, there are %v, and must fit: %v", l.ID, l.Areas, areas, mustFit)
	}
}

func (c *checker) checkDrafts() {
	for d := range c.tables.drafts.Prefix(c.rows, nil) {
		c.account(d.Tenant).Drafts++
		if d.Record.Status == emergency.Validated {
			c.wrong("I10", "draft %s was accepted", d.ID)
		}
	}
	for t := range c.tables.terms.Prefix(c.rows, nil) {
		if _, ok := c.tables.accounts.Get(c.rows, accountKey(t.Tenant)); !ok || t.Acknowledged.Version == 0 {
			c.wrong("I11", "terms of version %d were acknowledged by tenant %d, who may not be there", t.Acknowledged.Version, t.Tenant)
		}
	}
}

func (c *checker) checkRequests() {
	if n := countPoolRequests(c.tables, c.rows); n != c.requests {
		c.wrong("I4", "the provider counts %d request ids, there are %d", c.requests, n)
	}
	for r := range c.tables.requests.Prefix(c.rows, nil) {
		if r.Tenant != poolTenant {
			c.account(r.Tenant).Requests++
		}
		if _, err := decodeResult(r.Op, r.Result); r.Op != "" && r.Refused == nil && err != nil {
			c.wrong("I4", "the answer to a request to %s cannot be read", r.Op)
		}
	}
}

func (c *checker) checkAccounts() {
	for a := range c.tables.accounts.Prefix(c.rows, nil) {
		want := c.account(a.Tenant)
		if a.Ports != want.Ports || a.PortsOver != want.PortsOver {
			c.wrong("I3", "tenant %s counts %d and %d port orders, there are %d and %d", a.ID, a.Ports, a.PortsOver, want.Ports, want.PortsOver)
		}
		if a.Use != want.Use || a.People != want.People || a.Addresses != want.Addresses || a.Drafts != want.Drafts {
			c.wrong("I3", "tenant %s counts use %v people %d addresses %d drafts %d, there are %v, %d, %d, %d", a.ID,
				a.Use, a.People, a.Addresses, a.Drafts, want.Use, want.People, want.Addresses, want.Drafts)
		}
		got := [...]int64{a.Services, a.ResourceAccounts, a.Marked, a.Vanished, a.Orphans}
		if there := [...]int64{want.Services, want.ResourceAccounts, want.Marked, want.Vanished, want.Orphans}; got != there {
			c.wrong("I3", "tenant %s counts services, resource accounts, marks, vanished people and orphans %v, there are %v", a.ID, got, there)
		}
		if a.Requests != want.Requests {
			c.wrong("I4", "tenant %s counts %d request ids, there are %d", a.ID, a.Requests, want.Requests)
		}
		delete(c.accounts, a.Tenant)
	}
	if len(c.accounts) > 0 {
		c.wrong("I3", "%d tenants have things and no account", len(c.accounts))
	}
}
