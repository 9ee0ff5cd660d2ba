package engine

import (
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// The causes for which listed numbers cannot be held, beside ErrNumberOrdered and
// reservation.ErrNumbersTaken. They tell of what is the tenant's own, and of what is
// free to everybody, but otherwise than it was asked for.
const (
	ErrNumbersOwned     telephony.Code = "numbers_owned"
	ErrNumbersHeld      telephony.Code = "numbers_held"
	ErrNumbersResting   telephony.Code = "numbers_resting"
	ErrNumbersOtherKind telephony.Code = "numbers_of_other_kind"
	ErrNumbersOtherArea telephony.Code = "numbers_of_other_area"
)

// takenReasons are the reasons in the order in which they are told. The last tells
// nothing of whether a number is another tenant's, rests for one, or is not in stock:
// nobody learns that of others.
var takenReasons = []telephony.Error{
	{Code: ErrNumbersOwned, Detail: "numbers are listed that are the tenant's already", Fix: "leave them out"},
	{Code: ErrNumbersHeld, Detail: "numbers are listed that a reservation of the tenant's holds", Fix: "acquire them from it, or leave them out"},
	{Code: ErrNumbersResting, Detail: "numbers are listed that the tenant released, and that rest", Fix: "have them back with Reclaim, or leave them out"},
	{Code: ErrNumberOrdered, Detail: "numbers are listed that are in a port order of the tenant's", Fix: "wait until it is completed, or cancel it"},
	{Code: ErrNumbersOtherKind, Detail: "numbers are listed that are free, and of another kind", Fix: "ask for that kind, or leave them out"},
	{Code: ErrNumbersOtherArea, Detail: "numbers are listed that are free, and of another area", Fix: "name that area or none, or leave them out"},
	{Code: reservation.ErrNumbersTaken, Fix: "choose among the free numbers"},
}

// refuseTaken refuses listed numbers with every reason that applies, and the numbers of
// each.
func (s *step) refuseTaken(w *wish, missing telephony.NumberList) *telephony.Error {
	why := whyTaken{step: s, wish: w, rests: s.restsOf(missing), orders: s.ownOrders(), ranOut: map[shelf]mask{}}
	numbers := make([]telephony.NumberList, len(takenReasons))
	for _, n := range missing {
		code := why.code(n)
		at := slices.IndexFunc(takenReasons, func(e telephony.Error) bool { return e.Code == code })
		numbers[at] = append(numbers[at], n)
	}
	var reasons []*telephony.Error
	for i, reason := range takenReasons {
		if len(numbers[i]) > 0 {
			reason.Field, reason.Numbers = "numbers", numbers[i]
			reason.Figures = []telephony.Figure{{Name: "asked", Value: int64(len(w.Numbers))},
				{Name: "available", Value: int64(len(w.Numbers) - len(missing))}}
			reasons = append(reasons, &reason)
		}
	}
	return telephony.Join(reasons)
}

// whyTaken looks for the reason why one of the listed numbers cannot be held. What it
// has to look through for that it looks through once.
type whyTaken struct {
	*step
	*wish
	rests  map[telephony.Number]*reservationRow
	orders ownOrders
	ranOut map[shelf]mask // what has run out on a shelf
}

func (f *whyTaken) code(n telephony.Number) telephony.Code {
	if _, mine := f.tables.numbers.Get(f.tx, numberKey(f.account.Tenant, n)); mine {
		return ErrNumbersOwned
	}
	if f.account.holds(n, f.step.now) {
		return ErrNumbersHeld
	}
	if _, rests := f.rests[n]; rests {
		return ErrNumbersResting
	}
	if f.orders.have(n) {
		return ErrNumberOrdered
	}
	on, stocked := f.shelfOf(n)
	if !stocked || !f.isFree(n, on) {
		return reservation.ErrNumbersTaken
	}
	if on.Kind != f.kind {
		return ErrNumbersOtherKind
	}
	return ErrNumbersOtherArea
}

// isFree reports whether a number of a shelf is free, settled or not.
func (f *whyTaken) isFree(n telephony.Number, on shelf) bool {
	base, offset := n.Block()
	if row, ok := f.block(base, on); ok && row.Free.Has(offset) {
		return true
	}
	ranOut, known := f.ranOut[on]
	if !known {
		ranOut, _ = f.reader().ranOutOn(on)
		f.ranOut[on] = ranOut
	}
	return ranOut.has(n)
}

// holds reports whether an open reservation of the account has a number at a moment.
func (a *accountRow) holds(n telephony.Number, now int64) bool {
	return slices.ContainsFunc(a.open, func(r *reservationRow) bool {
		_, has := slices.BinarySearchFunc(r.Numbers, n, telephony.Number.Compare)
		return has && now < r.Expires
	})
}
