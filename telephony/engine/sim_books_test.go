package engine_test

import (
	"maps"
	"slices"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// books are what is known from the answers of an engine, and from nothing else.
// Nothing in them is settled and nothing is counted: what has run out is told by
// the time alone. Times are nanoseconds.
type books struct {
	set     simSettings
	now     int64 // the state's time: that of the latest stamp so far
	stock   map[telephony.Number]simShelf
	tenants map[telephony.TenantID]*simTenant
	rests   map[telephony.Number]int64
	former  map[telephony.Number]telephony.TenantID // who released it last
	asked   map[string]simAnswer                    // by tenant and request id
}

// simShelf is where a number is in stock.
type simShelf struct {
	area telephony.Area
	kind telephony.Kind
}

type simTenant struct {
	id       telephony.TenantID
	bought   map[licensing.Product]int64
	holds    []*simHold // in the order in which they were made
	owned    map[telephony.Number]*simOwned
	people   []*simPerson
	places   []*simPlace
	ports    []*simPort
	services []telephony.ServiceID
	history  []telephony.Number // numbers it had once, for wrong requests
}

type simHold struct {
	id            telephony.ReservationID
	kind          telephony.Kind
	reference     string
	numbers       telephony.NumberList
	made, expires int64
	over          telephony.Code // how it ended; empty as long as nobody ended it
	ended         int64
}

type simOwned struct {
	simShelf
	person   telephony.PersonID
	service  telephony.ServiceID
	blocked  int64 // until when
	location telephony.LocationID
	ported   bool
}

func (n *simOwned) isIdle() bool { return n.person == "" && n.service == "" }

func (n *simOwned) isBlocked(now int64) bool { return now < n.blocked }

type simPerson struct {
	id       telephony.PersonID
	country  telephony.Country
	licensed bool // has Phone System and a Calling Plan
	number   telephony.Number
	vanished bool
}

type simPlace struct {
	id      telephony.LocationID
	address telephony.AddressID
	country telephony.Country
	first   bool // came with the address
}

// simAnswer is what was answered to the first call with a request id.
type simAnswer struct {
	at      int64
	content string
	got     any
	code    telephony.Code
}

func newBooks(set simSettings) *books {
	return &books{set: set, stock: map[telephony.Number]simShelf{}, tenants: map[telephony.TenantID]*simTenant{},
		rests: map[telephony.Number]int64{}, former: map[telephony.Number]telephony.TenantID{}, asked: map[string]simAnswer{}}
}

// live reports whether a reservation holds its numbers: up to its end, and not
// at it.
func (b *books) live(h *simHold) bool { return h.over == "" && b.now < h.expires }

// taken tells why each number that is not free is not. A number in two places
// is the engine's fault.
func (b *books) taken(fail func(string, ...any)) map[telephony.Number]string {
	taken := map[telephony.Number]string{}
	take := func(n telephony.Number, why string) {
		if taken[n] != "" {
			fail("%s is %s and %s", n, taken[n], why)
		}
		taken[n] = why
	}
	for _, t := range b.tenants {
		for n := range t.owned {
			take(n, "acquired by "+string(t.id))
		}
		for _, h := range t.holds {
			if b.live(h) {
				for _, n := range h.numbers {
					take(n, "held by "+string(t.id))
				}
			}
		}
	}
	for n, until := range b.rests {
		if b.now < until {
			take(n, "at rest")
		}
	}
	return taken
}

// simUse is what a tenant has, counted now.
type simUse struct{ open, heldOfAll, held, acquired int64 }

func (b *books) use(t *simTenant, k telephony.Kind) (u simUse) {
	for _, h := range t.holds {
		if b.live(h) {
			u.open++
			u.heldOfAll += int64(len(h.numbers))
			if h.kind == k {
				u.held += int64(len(h.numbers))
			}
		}
	}
	for _, n := range t.owned {
		if n.kind == k {
			u.acquired++
		}
	}
	return u
}

// limit is how many numbers of a kind the licences give, by the published
// figures: one a licence, a tenth more, and ten; for services by a table.
func (t *simTenant) limit(k telephony.Kind) int64 {
	n := t.bought[licensing.PhoneSystem]
	if n == 0 {
		return 0
	}
	if k == telephony.UserNumber {
		return n + n/10 + 10
	}
	limit := int64(0)
	for _, band := range [][2]int64{{1, 5}, {26, 10}, {50, 20}, {100, 30}, {150, 40}, {200, 65}, {500, 90}, {750, 110}} {
		if n >= band[0] {
			limit = band[1]
		}
	}
	return limit
}

// licensedPeople counts those who have a licence of each.
func (t *simTenant) licensedPeople() (count int64) {
	for _, p := range t.people {
		if p.licensed {
			count++
		}
	}
	return count
}

func (t *simTenant) hold(id telephony.ReservationID) *simHold {
	for _, h := range t.holds {
		if h.id == id {
			return h
		}
	}
	return nil
}

func (t *simTenant) person(id telephony.PersonID) *simPerson {
	for _, p := range t.people {
		if p.id == id {
			return p
		}
	}
	return nil
}

func (t *simTenant) place(id telephony.LocationID) *simPlace {
	for _, p := range t.places {
		if p.id == id {
			return p
		}
	}
	return nil
}

// used counts the tenant's numbers at a location.
func (t *simTenant) used(id telephony.LocationID) (count int) {
	for _, n := range t.owned {
		if n.location == id {
			count++
		}
	}
	return count
}

// usedAddress counts the tenant's numbers at all locations of an address.
func (t *simTenant) usedAddress(id telephony.AddressID) (count int) {
	for _, p := range t.places {
		if p.address == id {
			count += t.used(p.id)
		}
	}
	return count
}

// numbers lists the tenant's own in ascending order.
func (t *simTenant) numbers() telephony.NumberList {
	return slices.SortedFunc(maps.Keys(t.owned), telephony.Number.Compare)
}

// remembered counts the request ids of a tenant that are kept.
func (b *books) remembered(t telephony.TenantID) (count int) {
	for key, a := range b.asked {
		if len(key) > len(t) && key[:len(t)+1] == string(t)+"/" && b.now-a.at < int64(b.set.KeepRequests) {
			count++
		}
	}
	return count
}

// unassign takes a person's number away; where the location is given with the
// assignment it goes with it.
func (t *simTenant) unassign(p *simPerson) {
	n := t.owned[p.number]
	n.person = ""
	if p.country == "US" {
		n.location = ""
	}
	p.number = telephony.Number{}
}

// simSettings is how a run is set up; all of it follows from the seed.
type simSettings struct {
	Named        bool // reservations name their numbers
	HoldFor      time.Duration
	Quarantine   time.Duration
	KeepClosed   time.Duration
	KeepMost     int
	KeepRequests time.Duration
	Requests     int // ids that a tenant may use
	KeepLog      int
	Limits       reservation.Limits
	Extension    reservation.Extension
	Sweeps       int // of a thousand things that happen
	Restarts     int
	Clocks       int
	LookEvery    int
}
