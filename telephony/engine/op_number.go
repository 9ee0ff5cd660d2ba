package engine

import (
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// tallyRow counts a tenant's numbers of one area and kind by what they are used
// for. It follows from the rows of the numbers.
type tallyRow struct {
	Tenant uint32
	shelf
	Counts [stateCount]int64 // by what they are used for
}

// stateCount is how many states numbers have, and none.
const stateCount = telephony.VoiceApplicationAssigned + 1

// tallyID is what a tally is known by.
type tallyID struct {
	tenant uint32
	shelf
}

// locationID is what a location is known by.
type locationID struct {
	tenant uint32
	id     telephony.LocationID
}

func tallyKey(id tallyID) memtable.Key {
	return memtable.K().Uint32(id.tenant).Uint32(id.Area).Uint8(uint8(id.Kind))
}

// state returns what the number is used for.
func (n numberRow) state() telephony.NumberState {
	switch {
	case n.Person != "":
		return telephony.UserAssigned
	case n.Service != "":
		return n.ServiceKind.Assigned()
	}
	return telephony.Unassigned
}

// isIdle reports whether neither a person nor a service has the number.
func (n numberRow) isIdle() bool { return n.Person == "" && n.Service == "" }

// addNumber makes a number the tenant's.
func (s *step) addNumber(n numberRow) {
	must(s.tables.numbers.Insert(s.tx, n))
	s.repost(numberRow{}, n)
	s.regrace(numberRow{}, n)
	s.count(n, 1)
}

// setNumber puts a changed number in the place of what it was.
func (s *step) setNumber(was, is numberRow) {
	must(s.tables.numbers.Replace(s.tx, is))
	s.repost(was, is)
	s.regrace(was, is)
	s.count(was, -1)
	s.count(is, 1)
}

// dropNumber takes a number away from the tenant, with all that is set of it.
func (s *step) dropNumber(n numberRow) {
	n = s.setMark(n, markRow{Tenant: n.Tenant, Number: n.Number})
	must(s.tables.numbers.Delete(s.tx, numberKey(n.Tenant, n.Number)))
	s.repost(n, numberRow{})
	s.count(n, -1)
}

// count counts a number as the tenant's, or no longer where by is -1: in the
// account, in the tally of its area and at its location. It is the one place
// where numbers are counted.
func (s *step) count(n numberRow, by int64) {
	assigned, of := int64(0), s.edit(s.accountRow(n.Tenant))
	if !n.isIdle() {
		assigned = by
	}
	if n.Orphaned {
		of.Orphans += by
	}
	use := &of.Use[n.Kind]
	use.Acquired += by
	use.Assigned += assigned
	if n.Ported {
		use.Ported += by
		s.ported.add(shelf{n.Area, n.Kind}, by)
	}
	s.tally(tallyID{n.Tenant, shelf{n.Area, n.Kind}}).Counts[n.state()] += by
	if n.Location == "" {
		return
	}
	at := s.editLocation(locationID{n.Tenant, n.Location})
	at.Numbers += by
	if n.Person != "" {
		at.Assigned += by
	}
	if at.MustFit {
		at.Areas = withAreaUse(at.Areas, n.Area, by)
	}
}

// tally returns a tally to be changed in place.
func (s *step) tally(id tallyID) *tallyRow {
	if _, here := s.tallies.look(id); !here {
		row, there := s.tables.tallies.Get(s.tx, tallyKey(id))
		if !there {
			row = tallyRow{Tenant: id.tenant, shelf: id.shelf}
			must(s.tables.tallies.Insert(s.tx, row))
		}
		s.tallies.add(id, row)
	}
	row, _ := s.tallies.edit(id)
	return row
}

// editLocation returns a location to be changed in place.
func (s *step) editLocation(id locationID) *locationRow {
	if _, here := s.locations.look(id); !here {
		row, there := s.tables.locations.Get(s.tx, locationKey(id.tenant, id.id))
		if !there {
			panic("engine: a number with a location that is not there")
		}
		s.locations.add(id, row)
	}
	row, _ := s.locations.edit(id)
	return row
}

// flushLocations writes the locations that were counted at, and forgets them:
// what comes then reads and writes them in the table.
func (s *step) flushLocations() {
	s.locations.flush(s.tx)
	s.locations.drop()
}
