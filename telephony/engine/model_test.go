package engine_test

import (
	"slices"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// The model is what the engine is compared with: the rules in their plainest
// form, on maps and lists that are searched from end to end. Nothing is settled
// in it and nothing is counted: what has run out is told by the time alone, and
// every figure is counted anew whenever somebody asks. Times are nanoseconds.
type model struct {
	set     modelSettings
	clock   int64 // what the clock shows
	time    int64 // that of the last command; the state's time never goes back
	areas   []telephony.Area
	stock   map[telephony.Number]shelf
	tenants map[telephony.TenantID]*mTenant
	rests   []rest

	lost     []int64              // when numbers were lost for want of licences
	began    int64                // when the first command came
	acquired telephony.NumberList // ever, by anybody
}

type modelSettings struct {
	holdFor     time.Duration
	limits      reservation.Limits
	extension   reservation.Extension
	quarantine  time.Duration // of business lines; residential ones outside America
	residential time.Duration
	inAmerica   time.Duration // both
	keepClosed  time.Duration
	grace       time.Duration
	visible     time.Duration
	revalidate  time.Duration
	terms       emergency.TermsVersion
	await       bool // for the carrier
	portOrders  int  // open at once
	portsKept   int  // that are over
}

// shelf is where a number is in stock: the area's place in the order in which
// areas were first stocked, and the kind.
type shelf struct {
	area int
	kind telephony.Kind
}

type mTenant struct {
	id        telephony.TenantID
	bought    map[licensing.Product]int64
	people    map[telephony.PersonID]*mPerson
	numbers   map[telephony.Number]*mNumber
	services  map[telephony.ServiceID]*mService
	holds     []*mHold // in the order in which they were made
	addresses []*mAddress
	drafts    []*mDraft
	terms     emergency.Acknowledgement
	ports     []*mPort // in the order in which they were made
	door      mDoor
	gaveUp    []mGivenUp // what was dropped or released, ever
}

type mPerson struct {
	name      string
	country   telephony.Country
	products  []licensing.Product
	onPrem    bool
	visibleAt int64
	number    telephony.Number
	told      *int64
	vanished  *int64
	lapse     *mLapse
}

// mLapse is what the number lacks, and the time for which it is kept without.
type mLapse struct {
	missing      licensing.Feature
	since, until int64
}

type mNumber struct {
	shelf
	acquired, since int64
	person          telephony.PersonID
	service         telephony.ServiceID
	mMarks
	location       telephony.LocationID
	located, moved int64
	ported         bool
}

type mHold struct {
	id                    telephony.ReservationID
	kind                  telephony.Kind
	numbers, acquired     telephony.NumberList
	made, expires, closed int64
	put                   []int64 // the ends it had before it was extended
	reference             string
	state                 reservation.State // as the commands left it
	area                  *telephony.Area   // the one it keeps, once it is over and stock went elsewhere
}

// rest is the quarantine of released numbers.
type rest struct {
	numbers      telephony.NumberList
	since, until int64
	from         telephony.TenantID
}

type mAddress struct {
	id        telephony.AddressID
	of        int // which of the prepared ones
	saved     int64
	refused   int64                // when an authority refused it, 0 if none has since it was accepted
	first     telephony.LocationID // the default one
	locations []*mLocation
}

type mLocation struct {
	id     telephony.LocationID
	place  string
	placed int64 // since when it is of that address
}

// mDraft is an address that nobody has accepted.
type mDraft struct {
	id    telephony.AddressID
	of    int
	saved int64
}

// refusal is what the model says of a request that is to be refused.
type refusal struct {
	codes     []telephony.Code     // every reason, in order
	first     bool                 // the first reason is told, and not the others
	early     bool                 // the request is wrong in itself and does not get as far as the state
	numbers   telephony.NumberList // those the error names, if it is about numbers
	available int                  // the figure of that name, -1 if there is none
}

// refuse makes a refusal of the codes, none of none.
func refuse(codes ...telephony.Code) *refusal {
	if len(codes) == 0 {
		return nil
	}
	return &refusal{codes: codes, available: -1}
}

func early(codes ...telephony.Code) *refusal {
	r := refuse(codes...)
	if r != nil {
		r.early = true
	}
	return r
}

func newModel(set modelSettings) *model {
	return &model{set: set, stock: map[telephony.Number]shelf{}, tenants: map[telephony.TenantID]*mTenant{}}
}

// now is the moment of a command or a view that comes now.
func (m *model) now() int64 { return max(m.time, m.clock) }

// state returns what a reservation is now: it lives up to its end and not at it.
func (m *model) state(h *mHold) reservation.State {
	if h.state == reservation.Reserved && m.now() >= h.expires {
		return reservation.Expired
	}
	return h.state
}

// open reports whether a reservation holds its numbers now.
func (m *model) open(h *mHold) bool { return m.state(h) == reservation.Reserved }

// ended returns when a reservation that is over ended.
func (m *model) ended(h *mHold) int64 {
	if h.state == reservation.Reserved {
		return h.expires
	}
	return h.closed
}

// kept reports whether a reservation can be looked up.
func (m *model) kept(h *mHold) bool {
	return m.open(h) || m.now() < m.ended(h)+int64(m.set.keepClosed)
}

// free returns the free numbers of a shelf in ascending order.
func (m *model) free(on shelf) telephony.NumberList {
	taken := m.taken()
	var free telephony.NumberList
	for n, at := range m.stock {
		if at == on && taken[n] == "" {
			free = append(free, n)
		}
	}
	slices.SortFunc(free, telephony.Number.Compare)
	return free
}

// taken tells of every number that is not free why it is not.
func (m *model) taken() map[telephony.Number]string {
	taken := map[telephony.Number]string{}
	take := func(numbers telephony.NumberList, why string) {
		for _, n := range numbers {
			if taken[n] != "" {
				panic("the model has a number that is " + taken[n] + " and " + why)
			}
			taken[n] = why
		}
	}
	for _, t := range m.tenants {
		for n := range t.numbers {
			take(telephony.NumberList{n}, "acquired")
		}
		for _, h := range t.holds {
			if m.open(h) {
				take(h.numbers, "held")
			}
		}
	}
	for _, r := range m.rests {
		if m.now() < r.until {
			take(r.numbers, "resting")
		}
	}
	return taken
}

// use counts what a tenant has of a kind; no kind is all.
type use struct{ open, held, acquired, assigned, ported int64 }

func (m *model) use(t *mTenant, k telephony.Kind) (u use) {
	for _, h := range t.holds {
		if m.open(h) && (k == 0 || h.kind == k) {
			u.open++
			u.held += int64(len(h.numbers))
		}
	}
	for _, n := range t.numbers {
		if k == 0 || n.kind == k {
			u.acquired++
			if n.ported {
				u.ported++
			}
			if !n.isIdle() {
				u.assigned++
			}
		}
	}
	return u
}

// at counts the numbers at a location and those of them that a person has.
func (t *mTenant) at(l telephony.LocationID) (numbers, assigned int64) {
	for _, n := range t.numbers {
		if n.location == l {
			numbers++
			if n.person != "" {
				assigned++
			}
		}
	}
	return numbers, assigned
}

// place returns the address of a location, nil if the tenant has no such
// location.
func (t *mTenant) place(id telephony.LocationID) *mAddress {
	for _, a := range t.addresses {
		for _, l := range a.locations {
			if l.id == id {
				return a
			}
		}
	}
	return nil
}

func (t *mTenant) hold(id telephony.ReservationID) *mHold {
	for _, h := range t.holds {
		if h.id == id {
			return h
		}
	}
	return nil
}

func (t *mTenant) address(id telephony.AddressID) *mAddress {
	for _, a := range t.addresses {
		if a.id == id {
			return a
		}
	}
	return nil
}

func (m *model) country(on shelf) telephony.Country { return m.areas[on.area].Country }

// locationFirst reports whether the country wants the location of a number when
// it is acquired, and not when it is assigned.
func locationFirst(c telephony.Country) bool { return c != "US" && c != "CA" && c != "PR" }
