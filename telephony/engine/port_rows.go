package engine

import (
	"iter"
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
	"example.com/callingplan/telephony/porting"
)

// portRow is a port order of a tenant. It is kept when it is over, for people to
// see what became of it, as long as there are not too many that ended later.
type portRow struct {
	Tenant    uint32
	ID        telephony.PortOrderID
	Area      telephony.Area // what its numbers are to be of
	Reference string         // the tenant's own
	Order     porting.Order
}

// guardRow stands between a tenant's numbers and other carriers. There is one
// from when the tenant has first set a PIN or closed the door.
type guardRow struct {
	Tenant uint32
	Guard  porting.Guard
	Locked bool // no number is ported out, whatever PIN is given
}

func portKey(tenant uint32, id telephony.PortOrderID) memtable.Key {
	return memtable.K().Uint32(tenant).String(string(id))
}

// isOpen reports whether something can still become of the order.
func (r *portRow) isOpen() bool { return !r.Order.State.IsFinal() }

// ended is when the order was completed or cancelled; 0 while it is open.
func (r *portRow) ended() int64 {
	if r.isOpen() || len(r.Order.History) == 0 {
		return 0
	}
	return r.Order.History[len(r.Order.History)-1].At
}

// standingKey is the key that the open orders of a tenant begin with, or those
// that are over, the one that ended first before the others.
func standingKey(tenant uint32, over bool) memtable.Key {
	return memtable.K().Uint32(tenant).Bool(over)
}

// claimed yields the thousands-blocks of the numbers that no other order may have
// meanwhile, each once for a range that has any of it.
func (r *portRow) claimed() iter.Seq[telephony.Number] {
	return func(yield func(telephony.Number) bool) {
		last := telephony.Number{}
		for _, numbers := range r.Order.Claims() {
			for base := range numbers.Blocks() {
				if base != last && !yield(base) {
					return
				}
				last = base
			}
		}
	}
}

// sameStanding reports whether a change of an order leaves it where it stands in
// the indexes.
func sameStanding(before, after *portRow) bool {
	return before.isOpen() == after.isOpen() && before.ended() == after.ended()
}

// sameClaims reports whether it claims the same numbers.
func sameClaims(before, after *portRow) bool {
	return slices.Equal(before.Order.Claims(), after.Order.Claims())
}

// port returns a port order of the command's tenant.
func (s *step) port(id telephony.PortOrderID) (portRow, bool) {
	return s.tables.ports.Get(s.tx, portKey(s.account.Tenant, id))
}

func unknownPort(id telephony.PortOrderID) *telephony.Error {
	return &telephony.Error{Code: ErrUnknownPort, Subject: portSubject + string(id),
		Detail: "the tenant has no such port order", Fix: "order first, or check the identifier"}
}

// portSubject begins the subject of errors about a port order.
const portSubject = "port order "

// openPorts yields the tenant's open port orders.
func (r reader) openPorts() iter.Seq[portRow] {
	return r.tables.standing.Prefix(r.rows, standingKey(r.tenant, false))
}

// ordered counts the numbers of a kind that the tenant's open port orders ask for.
func (r reader) ordered(k telephony.Kind) (count int64) {
	for row := range r.openPorts() {
		if row.Order.Request.Kind == k {
			count += int64(row.Order.Request.Numbers.Count())
		}
	}
	return count
}

// addPort keeps a new port order.
func (s *step) addPort(row portRow) {
	must(s.tables.ports.Insert(s.tx, row))
	s.edit(s.account).Ports++
}

// setPort puts a changed port order in the place of what it was. Where that ends
// it and the tenant has more that are over than are kept, the one that ended first
// is dropped.
func (s *step) setPort(was, is portRow) {
	must(s.tables.ports.Replace(s.tx, is))
	if is.isOpen() == was.isOpen() {
		return
	}
	a := s.edit(s.account)
	a.Ports--
	a.PortsOver++
	for a.PortsOver > s.settings.Tenants.PortsKept {
		first, _ := s.tables.standing.First(s.tx, standingKey(a.Tenant, true))
		must(s.tables.ports.Delete(s.tx, portKey(a.Tenant, first.ID)))
		a.PortsOver--
	}
}

// orderedIn yields the open port orders, of any tenant, that have numbers of a
// range, and which; the same numbers may come twice.
func (s *step) orderedIn(numbers telephony.Range) iter.Seq2[portRow, telephony.Range] {
	return func(yield func(portRow, telephony.Range) bool) {
		first, _ := numbers.First().Block()
		last, _ := numbers.Last().Block()
		for row := range s.tables.claims.Between(s.tx, blocksKey(first), blocksKey(last).PrefixEnd()) {
			for _, claimed := range row.Order.Claims() {
				if both := claimed.Overlap(numbers); both.Len() > 0 && !yield(row, both) {
					return
				}
			}
		}
	}
}

// checkUnordered refuses stock of which somebody is porting numbers in, which
// will be in stock once they are.
func (s *step) checkUnordered(numbers telephony.Range) *telephony.Error {
	for _, both := range s.orderedIn(numbers) {
		return &telephony.Error{Code: ErrStockOrdered, Field: "range", Numbers: telephony.NumberList{both.First()},
			Detail:  "numbers of the range are in a port order, and come in stock with it",
			Figures: []telephony.Figure{{Name: "numbers from there on", Value: int64(both.Len())}}, Fix: "leave them out"}
	}
	return nil
}

// stocked yields the numbers of a range that are in stock, of all shelves.
func (s *step) stocked(numbers telephony.Range) iter.Seq[telephony.Number] {
	return func(yield func(telephony.Number) bool) {
		for base, span := range numbers.Blocks() {
			for b := range s.tables.blocks.Prefix(s.tx, blocksKey(base)) {
				for offset := range b.Stock.And(reservation.BitsBetween(span[0], span[1])).All() {
					if n, _ := base.Add(offset); !yield(n) {
						return
					}
				}
			}
		}
	}
}
