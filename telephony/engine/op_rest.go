package engine

import (
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// EndRest makes numbers that a tenant released free before they have rested.
type EndRest struct {
	Tenant    telephony.TenantID   // who released them
	Numbers   telephony.NumberList // these; those of them that do not rest are listed
	All       bool                 // the first MaxRestEnded there are, in place of Numbers
	RequestID string               `cbor:"-"` // for the log
}

// MaxRestEnded is how many numbers one call of EndRest frees.
const MaxRestEnded = reservation.MaxPerRequest

// RestEnded is what an early end of a rest gave.
type RestEnded struct {
	Freed      telephony.NumberList // free now, ascending
	NotResting telephony.NumberList // of those listed, ascending
	More       bool                 // of all, some rest still
}

type endRestCommand struct{ EndRest }

func (endRestCommand) op() Op         { return OpEndRest }
func (r endRestCommand) content() any { return r.EndRest }

func (r endRestCommand) check() error {
	if err := telephony.CheckID("tenant", r.Tenant); err != nil {
		return err
	}
	if !r.All {
		return checkNumbers(r.Numbers)
	}
	if len(r.Numbers) > 0 {
		return refuse(ErrRequest, "numbers", "numbers are named though all are asked for", "leave one of the two out")
	}
	return nil
}

func (r endRestCommand) apply(s *step) (any, *telephony.Error) {
	return s.forTenant(r.Tenant, func() (any, *telephony.Error) { return r.end(s), nil })
}

func (r endRestCommand) end(s *step) RestEnded {
	var ended RestEnded
	var from []resting
	if r.All {
		for one := range s.reader().resting(s.account.Tenant, telephony.Number{}) {
			if ended.More = len(from) == MaxRestEnded; ended.More {
				break
			}
			from = append(from, one)
		}
	} else {
		from, ended.NotResting = s.findResting(r.Numbers)
	}
	for _, one := range from {
		ended.Freed = append(ended.Freed, one.number)
	}
	if len(from) == 0 {
		return ended
	}
	slices.SortFunc(ended.Freed, telephony.Number.Compare)
	for _, g := range byRest(from) {
		s.endRest(g.row, g.numbers)
		s.putBack(g.numbers, g.row.Shelves)
	}
	s.tell(Event{Type: RestCutShort, Numbers: ended.Freed})
	return ended
}

// Reclaim gives numbers back to the tenant that released them, as long as they
// rest: all those listed or none. They are unassigned, and nothing is set of them.
type Reclaim struct {
	Numbers telephony.NumberList
	// Location is the emergency location of the numbers. Where the country wants it
	// with the acquisition, user numbers cannot do without it.
	Location  telephony.LocationID
	RequestID string `cbor:"-"`
}

type reclaimCommand struct{ Reclaim }

func (reclaimCommand) op() Op         { return OpReclaim }
func (r reclaimCommand) content() any { return r.Reclaim }

func (r reclaimCommand) check() error {
	if err := checkNumbers(r.Numbers); err != nil {
		return err
	}
	if r.Location != "" {
		return telephony.CheckID("location", r.Location)
	}
	return nil
}

// apply takes the numbers out of their rest. Refusals, in order: those that do not
// rest, what stands against having more of a kind, the location.
func (r reclaimCommand) apply(s *step) (any, *telephony.Error) {
	from, others := s.findResting(r.Numbers)
	if len(others) > 0 {
		return nil, &telephony.Error{Code: ErrNotResting, Field: "numbers", Numbers: others,
			Detail: "numbers are listed that the tenant did not release, or that rest no longer",
			Fix:    "leave them out, or reserve them"}
	}
	rows, refusal := s.reclaimedRows(from, r.Location)
	if refusal != nil {
		return nil, refusal
	}
	for _, g := range byRest(from) {
		s.endRest(g.row, g.numbers)
	}
	for _, n := range rows {
		s.addNumber(n)
	}
	s.tell(Event{Type: NumbersReclaimed, Numbers: ascending(r.Numbers), Location: r.Location})
	if failed := s.failedAt(r.Location, rows); len(failed) > 0 {
		s.tell(Event{Type: ActivationFailed, Numbers: failed, Location: r.Location})
	}
	return nil, nil
}

// reclaimedRows makes the rows of numbers that become the tenant's again, kind by
// kind, if it may have as many of each.
func (s *step) reclaimedRows(from []resting, location telephony.LocationID) (rows []numberRow, refusal *telephony.Error) {
	var kinds [telephony.TollFreeNumber + 1]struct {
		numbers telephony.NumberList
		shelves []shelf
	}
	for _, one := range from {
		on := s.shelfAmong(one.number, one.row.Shelves)
		of := &kinds[on.Kind]
		of.numbers, of.shelves = append(of.numbers, one.number), append(of.shelves, on)
	}
	for _, k := range telephony.Kinds() {
		of := kinds[k]
		if len(of.numbers) == 0 {
			continue
		}
		if refusal := s.mayHave(k, len(of.numbers)); refusal != nil {
			return nil, refusal
		}
		more, refusal := s.acquiredRows(&reservationRow{Kind: k, Shelves: sortShelves(of.shelves)}, of.numbers, location)
		if refusal != nil {
			return nil, refusal
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

// findResting returns where the listed numbers rest that the command's tenant
// released, and which of them do not.
func (s *step) findResting(numbers telephony.NumberList) (found []resting, others telephony.NumberList) {
	rests := s.restsOf(numbers)
	for _, n := range ascending(numbers) {
		if row, ok := rests[n]; ok {
			found = append(found, resting{n, row})
		} else {
			others = append(others, n)
		}
	}
	return found, others
}

// restsOf returns the rests of all that the command's tenant released of the blocks of
// the numbers. It looks at each rest of a block once, however many numbers are asked
// for.
func (s *step) restsOf(numbers telephony.NumberList) map[telephony.Number]*reservationRow {
	rests, r := map[telephony.Number]*reservationRow{}, s.reader()
	for base := range restBases(numbers) {
		for _, one := range r.restingIn(s.account.Tenant, base) {
			rests[one.number] = one.row
		}
	}
	return rests
}

// restPart is some of the numbers of a rest.
type restPart struct {
	row     *reservationRow
	numbers telephony.NumberList
}

// byRest puts numbers together that rest together.
func byRest(from []resting) (parts []restPart) {
	places := map[telephony.ReservationID]int{}
	for _, one := range from {
		at, known := places[one.row.ID]
		if !known {
			at = len(parts)
			places[one.row.ID] = at
			parts = append(parts, restPart{row: one.row})
		}
		parts[at].numbers = append(parts[at].numbers, one.number)
	}
	return parts
}

// endRest takes numbers out of a rest, which ends with its last.
func (s *step) endRest(row *reservationRow, numbers telephony.NumberList) {
	s.unwatch(row)
	gone := ascending(numbers)
	left := slices.DeleteFunc(slices.Clone(row.Numbers), func(n telephony.Number) bool {
		_, is := slices.BinarySearchFunc(gone, n, telephony.Number.Compare)
		return is
	})
	if len(left) == 0 {
		must(s.tables.rests.Delete(s.tx, restKey(row.ID)))
		return
	}
	rest := *row
	rest.Numbers, rest.Shelves = left, nil
	for _, n := range left {
		rest.Shelves = append(rest.Shelves, s.shelfAmong(n, row.Shelves))
	}
	rest.Shelves = sortShelves(rest.Shelves)
	must(s.tables.rests.Replace(s.tx, rest))
	s.watch(&rest)
}
