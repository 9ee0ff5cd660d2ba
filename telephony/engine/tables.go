package engine

import (
	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// A row is a value that is never changed once stored: to change it, a changed
// copy replaces it. The slices in rows are never written to either.
//
// Tenants are known by ordinals in keys, which keeps keys short. Ordinal 0 is
// the provider's pool.

type tenantRow struct {
	Ordinal uint32
	ID      telephony.TenantID
	Name    string
	Created int64
}

// useRow counts one kind of numbers of a tenant.
type useRow struct {
	Acquired int64 // the tenant's, whether assigned or not
	Held     int64 // in open reservations
	Assigned int64 // of the acquired ones, those a person or a service has
	Ported   int64 // of the acquired ones, those ported in, which the quota does not count
}

// accountRow holds what changes with nearly every command of a tenant: its
// counters and its reservations. Reserving and the end of a reservation then
// write one row here, where a table of reservations would have them write
// several.
type accountRow struct {
	Tenant    uint32
	ID        telephony.TenantID
	Licences  []licensing.Holding // by product, ascending
	Requests  int                 // request ids that are kept
	Paced     int64               // until when its commands are spread; see pace
	Use       [telephony.TollFreeNumber + 1]useRow
	People    int64
	Addresses int64
	Drafts    int64
	Ports     int64 // port orders that are open
	PortsOver int64 // and those that are over and kept

	Services         int64
	ResourceAccounts int64 // of the services, those that count against the licences
	Marked           int64 // numbers of which something is set
	Vanished         int64 // people who are gone from the directory
	Orphans          int64 // numbers that such people have

	GivenUp []gaveUp `cbor:",omitempty"` // in the order in which that was; what is kept too long counts for nothing
	GaveUp  int      `cbor:",omitempty"` // how many numbers that is

	// The tenant's reservations are written out as rows of their own; see
	// stateRows. When the first of them runs out or ended follows from them, and is at
	// hand because most commands need no more than to see that it is not time yet.
	open    reservationList // in the order in which they were made
	closed  reservationList // those that are kept, in the order in which they ended, by identifier where together
	soonest int64           // no open one runs out before; says nothing where there is none
	ended   int64           // when the first closed one ended; says nothing where there is none
	newest  telephony.ReservationID
}

type personRow struct {
	Tenant     uint32
	OnPremises bool
	Told       bool // whether the person was told the number
	Vanished   bool // gone from the directory
	ID         telephony.PersonID
	Name       string
	Country    telephony.Country
	Created    int64
	VisibleAt  int64
	Products   []licensing.Product // ascending
	Number     telephony.Number
	Since      int64 // when the number was given
	ToldAt     int64 // when the person was told
	VanishedAt int64 // since when the person is gone
	Lapse      lapseRow
}

type numberRow struct {
	Tenant   uint32
	Number   telephony.Number
	Kind     telephony.Kind
	Area     uint32
	Acquired int64
	Since    int64 // since when the number is as it is
	Person   telephony.PersonID
	// The service that has it, and of which kind that is; none has it together with
	// a person.
	Service     telephony.ServiceID
	ServiceKind telephony.ServiceKind
	Ported      bool // it came by porting
	Orphaned    bool // the person who has it is gone from the directory
	Marked      bool // there is a markRow
	Location    telephony.LocationID
	Located     int64 // since when it has that location, or none
	Moved       int64 // since when it is of that area, where its stock was moved; 0 where it was not
	// Lost is when its person loses it for want of a licence, 0 where they do not. It
	// follows from their own row and is not written out.
	Lost int64 `cbor:"-"`
}

// areaRow names an area; it never changes.
type areaRow struct {
	Ordinal uint32
	Area    telephony.Area
}

// A shelf is an area's stock of one kind.
type shelf struct {
	Area uint32
	Kind telephony.Kind
}

// shelfRow counts what is in stock on a shelf. What of it is free changes with
// every reservation and is counted apart, in freeCounts.
type shelfRow struct {
	shelf
	Total int64
}

// blockRow is the stock a shelf has of one thousands-block.
type blockRow struct {
	shelf
	reservation.Block
}

// shelfID and blockID are what shelves and blocks are known by in maps, without
// the gap in a shelf that makes it slow to hash.
type (
	shelfID uint64
	blockID struct {
		on   shelfID
		base telephony.Number
	}
)

func (s shelf) id() shelfID { return shelfID(s.Area)<<8 | shelfID(s.Kind) }

func (b *blockRow) id() blockID { return blockID{b.shelf.id(), b.Base} }

// place tells the blocks that have something free from those that have nothing.
func (b *blockRow) place() int64 {
	if b.Free.IsEmpty() {
		return 0
	}
	return 1
}

// reservationRow is a reservation, open or closed. Of the pool, it is a
// quarantine: a hold that nobody can acquire.
type reservationRow struct {
	Tenant  uint32
	ID      telephony.ReservationID
	Kind    telephony.Kind
	Shelves []shelf          // those the numbers come from, ascending
	Former  uint32           // of a quarantine: the tenant that released the numbers
	Line    reservation.Line // of a quarantine: what they were used for
	reservation.Hold
	Reference string `cbor:",omitempty"` // the customer's word for it; the engine reads nothing in it
}

type addressRow struct {
	Tenant    uint32
	ID        telephony.AddressID
	Record    emergency.Record
	Default   telephony.LocationID
	Saved     int64
	Locations int64
}

// draftRow is an address that was not accepted. It stands in a table of its own,
// where nothing that uses an address finds it.
type draftRow struct {
	Tenant uint32
	ID     telephony.AddressID
	Record emergency.Record
	Saved  int64
}

// termsRow is a tenant's acknowledgement of the terms of emergency calling.
type termsRow struct {
	Tenant       uint32
	Acknowledged emergency.Acknowledgement
}

// areaUse counts the numbers of one area at a location.
type areaUse struct {
	Area    uint32
	Numbers int64
}

type locationRow struct {
	Tenant   uint32
	ID       telephony.LocationID
	Address  telephony.AddressID
	Location emergency.Location
	Default  bool
	Numbers  int64 // that refer to it
	Assigned int64 // of those, the ones a person has
	Placed   int64 // since when it is of that address
	// MustFit says that the country wants the address to be in the area of each
	// number; Areas then counts the numbers by area, ascending.
	MustFit bool
	Areas   []areaUse
}

// tables are the handles of all tables and indexes of the state.
type tables struct {
	schema    *memtable.Schema
	tenants   *memtable.Table[tenantRow]
	accounts  *memtable.Table[accountRow]
	stale     *memtable.Index[accountRow]
	people    *memtable.Table[personRow]
	numbers   *memtable.Table[numberRow]
	tallies   *memtable.Table[tallyRow]
	postings  *memtable.Table[postingRow]
	areas     *memtable.Table[areaRow]
	areaNames *memtable.Index[areaRow]
	shelves   *memtable.Table[shelfRow]
	blocks    *memtable.Table[blockRow]
	notEmpty  *memtable.Index[blockRow]
	rests     *memtable.Table[reservationRow]
	restsOf   *memtable.Index[reservationRow]
	addresses *memtable.Table[addressRow]
	locations *memtable.Table[locationRow]
	byAddress *memtable.Index[locationRow]
	drafts    *memtable.Table[draftRow]
	terms     *memtable.Table[termsRow]
	services  *memtable.Table[serviceRow]
	marks     *memtable.Table[markRow]
	tags      *memtable.Table[tagRow]
	ports     *memtable.Table[portRow]
	standing  *memtable.Index[portRow]
	claims    *memtable.Index[portRow]
	guards    *memtable.Table[guardRow]

	requests      *memtable.Table[requestRow]
	requestsByAge *memtable.Index[requestRow]

	load map[string]loader // what reads the rows of the state, by the names they are written under
}

// newTables declares the schema. Every index says what it is for, since each
// costs some 420 bytes a row and a microsecond a write. The tables that most
// commands write to are hot.
func newTables(strict bool) *tables {
	s := memtable.NewSchema().Strict(strict)
	t := &tables{schema: s}
	t.tenants = memtable.AddTable(s, "tenants", func(r *tenantRow) memtable.Key { return tenantKey(r.ID) })
	t.accounts = memtable.AddTable(s, "accounts", func(r *accountRow) memtable.Key { return accountKey(r.Tenant) }).Hot()
	// stale leads to the accounts whose closed reservations can be forgotten first.
	t.stale = memtable.AddIndex(t.accounts, "stale", func(r *accountRow, add func(memtable.Key)) {
		if len(r.closed) > 0 {
			add(memtable.K().Int64(r.staleFrom()).Uint32(r.Tenant))
		}
	}).Unmoved(func(before, after *accountRow) bool { return before.staleFrom() == after.staleFrom() })
	t.people = memtable.AddTable(s, "people", func(r *personRow) memtable.Key { return personKey(r.Tenant, r.ID) }).Hot()
	t.numbers = memtable.AddTable(s, "numbers", func(r *numberRow) memtable.Key { return numberKey(r.Tenant, r.Number) }).Hot()
	t.tallies = memtable.AddTable(s, talliesTable, func(r *tallyRow) memtable.Key { return tallyKey(tallyID{r.Tenant, r.shelf}) }).Hot()
	t.postings = memtable.AddTable(s, postingsTable, func(r *postingRow) memtable.Key { return postingKey(r.Tenant, r.list, r.Base) }).Hot()
	t.areas = memtable.AddTable(s, "areas", func(r *areaRow) memtable.Key { return areaKey(r.Ordinal) })
	// areaNames finds an area by name and lists them in order, to browse.
	t.areaNames = memtable.AddIndex(t.areas, "name", func(r *areaRow, add func(memtable.Key)) { add(areaNameKey(r.Area)) })
	t.shelves = memtable.AddTable(s, "shelves", func(r *shelfRow) memtable.Key { return shelfKey(r.shelf) })
	t.blocks = memtable.AddTable(s, "blocks", func(r *blockRow) memtable.Key { return blockKey(r.Base, r.shelf) }).Hot()
	// notEmpty leads to the blocks of a shelf that have something free, so that
	// a full shelf costs no more to pick from than an empty one. It is written
	// only when a block runs empty or ceases to be.
	t.notEmpty = memtable.AddIndex(t.blocks, "not empty", func(r *blockRow, add func(memtable.Key)) {
		if !r.Free.IsEmpty() {
			add(notEmptyKey(r.shelf, r.Base.Word()))
		}
	}).Unmoved(func(before, after *blockRow) bool { return before.place() == after.place() })
	t.rests = memtable.AddTable(s, "rests", func(r *reservationRow) memtable.Key { return restKey(r.ID) })
	// restsOf leads to what a tenant released, by the blocks of the numbers.
	t.restsOf = memtable.AddIndex(t.rests, "former", func(r *reservationRow, add func(memtable.Key)) {
		for base := range restBases(r.Numbers) {
			add(restsOfKey(r.Former, base).String(string(r.ID)))
		}
	})
	t.addresses = memtable.AddTable(s, "addresses", func(r *addressRow) memtable.Key { return addressKey(r.Tenant, r.ID) })
	t.locations = memtable.AddTable(s, "locations", func(r *locationRow) memtable.Key { return locationKey(r.Tenant, r.ID) }).Hot()
	// byAddress lists the locations of an address.
	t.byAddress = memtable.AddIndex(t.locations, "address", func(r *locationRow, add func(memtable.Key)) {
		add(locationsKey(r.Tenant, r.Address).String(string(r.ID)))
	})
	t.drafts = memtable.AddTable(s, "drafts", func(r *draftRow) memtable.Key { return addressKey(r.Tenant, r.ID) })
	t.terms = memtable.AddTable(s, "terms", func(r *termsRow) memtable.Key { return accountKey(r.Tenant) })
	t.services = memtable.AddTable(s, "services", func(r *serviceRow) memtable.Key { return serviceKey(r.Tenant, r.ID) })
	t.marks = memtable.AddTable(s, "marks", func(r *markRow) memtable.Key { return numberKey(r.Tenant, r.Number) })
	t.tags = memtable.AddTable(s, "tags", func(r *tagRow) memtable.Key { return tagKey(r.Tenant, r.Tag) })
	t.ports = memtable.AddTable(s, "ports", func(r *portRow) memtable.Key { return portKey(r.Tenant, r.ID) })
	// standing lists a tenant's open port orders, and leads to the one that ended
	// first.
	t.standing = memtable.AddIndex(t.ports, "standing", func(r *portRow, add func(memtable.Key)) {
		add(standingKey(r.Tenant, !r.isOpen()).Int64(r.ended()).String(string(r.ID)))
	}).Unmoved(sameStanding)
	// claims leads to the open port orders, of all tenants, that have numbers of a
	// thousands-block, so that no number is ordered twice or put in stock meanwhile.
	t.claims = memtable.AddIndex(t.ports, "claims", func(r *portRow, add func(memtable.Key)) {
		for base := range r.claimed() {
			add(blocksKey(base).Uint32(r.Tenant).String(string(r.ID)))
		}
	}).Unmoved(sameClaims)
	t.guards = memtable.AddTable(s, "guards", func(r *guardRow) memtable.Key { return accountKey(r.Tenant) })
	t.requests = memtable.AddTable(s, "requests", func(r *requestRow) memtable.Key { return requestKey(r.Tenant, r.ID) })
	// requestsByAge leads to the request ids that can be forgotten first.
	t.requestsByAge = memtable.AddIndex(t.requests, "age", func(r *requestRow, add func(memtable.Key)) {
		add(memtable.K().Int64(r.At).Uint32(r.Tenant).String(r.ID))
	})
	t.load = map[string]loader{
		t.tenants.Name(): loading(t.tenants), t.accounts.Name(): loading(t.accounts), t.people.Name(): loading(t.people),
		t.numbers.Name(): loading(t.numbers), t.areas.Name(): loading(t.areas), t.shelves.Name(): loading(t.shelves),
		t.blocks.Name(): loading(t.blocks), t.rests.Name(): loading(t.rests), openRows: t.loadOpen, closedRows: t.loadClosed,
		t.addresses.Name(): loading(t.addresses), t.locations.Name(): loading(t.locations), t.requests.Name(): loading(t.requests),
		t.drafts.Name(): loading(t.drafts), t.terms.Name(): loading(t.terms),
		t.services.Name(): loading(t.services), t.marks.Name(): loading(t.marks), t.tags.Name(): loading(t.tags),
		t.ports.Name(): loading(t.ports), t.guards.Name(): loading(t.guards),
	}
	return t
}
