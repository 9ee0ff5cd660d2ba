package engine

import (
	"errors"
	"iter"
	"slices"
	"strings"

	"example.com/callingplan/telephony"
)

// Blocker is a number that has a location, for which neither the location nor its
// address can be deleted.
type Blocker struct {
	Number   telephony.Number
	Person   telephony.PersonID  // who has it; empty if nobody
	Service  telephony.ServiceID // the service that has it; empty if none
	Location telephony.LocationID
}

// Blocking yields the numbers at an address, those assigned to nobody too,
// ascending in the order of dialling: all that keeps it from being deleted.
// Tenant.ReplaceAddress moves them all at once.
func (v *View) Blocking(address telephony.AddressID) iter.Seq[Blocker] {
	return func(yield func(Blocker) bool) {
		blocker := v.blockerFinder(address)
		for n := range v.numbersAt(address, 0) {
			if b, ok := blocker(n); ok && !yield(b) {
				return
			}
		}
	}
}

// BlockingPage returns a page of what Blocking yields, of up to size, 0 for 100. It
// reads what ExplainNumbers says of a query by the address.
//
// Errors: ErrCursor; ErrRequest for a size below 0 or above 1000.
func (v *View) BlockingPage(address telephony.AddressID, after Cursor, size int) (Page[Blocker], error) {
	list := v.listing(blockerNames, address)
	from, err := after.word(list)
	if err != nil {
		return Page[Blocker]{}, err
	}
	return pageOf(list, v.numbersAt(address, from), size, numberRow.cursor, v.blockerFinder(address))
}

// numbersAt yields the numbers that a query by an address reads, from a word on.
func (v *View) numbersAt(address telephony.AddressID, from uint64) iter.Seq[numberRow] {
	return func(yield func(numberRow) bool) {
		if address != "" { // which a query would take for any
			v.numberRows(NumberQuery{Address: address}, from)(yield)
		}
	}
}

// blockerFinder returns what tells whether a number is at an address.
func (v *View) blockerFinder(address telephony.AddressID) func(numberRow) (Blocker, bool) {
	at := NumberQuery{Address: address}
	return func(n numberRow) (Blocker, bool) { return n.blocker(), v.matchesAddress(at, n.Location) }
}

func (n numberRow) blocker() Blocker { return Blocker{n.Number, n.Person, n.Service, n.Location} }

// blocking yields the numbers at the locations, until it has seen as many as there
// are.
func (r reader) blocking(used map[telephony.LocationID]int64) iter.Seq[Blocker] {
	return func(yield func(Blocker) bool) {
		left := int64(0)
		for _, n := range used {
			left += n
		}
		for n := range r.numbersFrom(0, lastWord) {
			if left == 0 {
				return
			}
			if used[n.Location] == 0 {
				continue
			}
			left--
			if !yield(n.blocker()) {
				return
			}
		}
	}
}

// mostBlockers bounds how many numbers the refusal of a deletion names one by
// one. The count of all is in its figures.
const mostBlockers = 100

// withBlockers adds to the refusal to delete what numbers have the numbers
// themselves, and who has them. They are read as they are now, by whoever asked:
// the log is not kept waiting for it.
func (t *Tenant) withBlockers(err error) error {
	var refused *telephony.Error
	if !errors.As(err, &refused) || refused.Code != ErrLocationInUse {
		return err
	}
	r, _ := t.engine.read()
	tenant, unknown := r.tenantRow(t.tenant)
	if unknown != nil {
		return err
	}
	r.tenant = tenant.Ordinal
	all := *refused
	all.Reasons = slices.Clone(refused.All())
	used := map[telephony.LocationID]int64{}
	for _, reason := range refused.All() {
		n, _ := reason.Figure("numbers")
		used[telephony.LocationID(strings.TrimPrefix(reason.Subject, locationSubject))] = n
	}
	for b := range r.blocking(used) {
		if len(all.Reasons) == len(refused.All())+mostBlockers {
			break
		}
		all.Reasons = append(all.Reasons, &telephony.Error{Op: refused.Op, Code: ErrLocationInUse, Subject: locationSubject + string(b.Location),
			Numbers: telephony.NumberList{b.Number}, Person: b.Person, Detail: "the number has the location", Fix: refused.Fix})
	}
	return &all
}

// locationSubject begins the subject of errors about a location.
const locationSubject = "location "
