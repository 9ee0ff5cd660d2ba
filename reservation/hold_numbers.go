package reservation

import (
	"slices"
	"time"

	"example.com/callingplan/telephony"
)

// Add takes more numbers, in any order, into the hold. It runs out when it would
// have without them: adding puts nothing off. The limits are the holder's, who has
// use on hold, this hold included.
//
// Errors, in order of precedence: ErrExpired, ErrCancelled or ErrCompleted with the
// moment; ErrNothingChosen; ErrNumberMissing; ErrDuplicateNumber and
// ErrAlreadyInReservation with the numbers; those of Limits.CheckMore;
// ErrReservationFull where the hold would have more than MaxPerRequest numbers.
func (h Hold) Add(now time.Time, more telephony.NumberList, limits Limits, use Use) (next Hold, err error) {
	if err := h.CheckOpen(now); err != nil {
		return h, err
	}
	all, err := h.with(more)
	if err != nil {
		return h, err
	}
	if err := limits.CheckMore(use, len(more)); err != nil {
		return h, err
	}
	if len(all) > MaxPerRequest {
		return h, &telephony.Error{Code: ErrReservationFull, Fix: "make another reservation",
			Figures: []telephony.Figure{{Name: "in it", Value: int64(len(h.Numbers))},
				{Name: "added", Value: int64(len(more))}, {Name: "most", Value: MaxPerRequest}}}
	}
	h.Numbers = all
	return h, nil
}

// CheckNew reports whether numbers, in any order, can be new to the hold. Errors,
// in order of precedence: ErrNothingChosen; ErrNumberMissing; ErrDuplicateNumber
// and ErrAlreadyInReservation with the numbers.
func (h Hold) CheckNew(more telephony.NumberList) error {
	_, err := h.with(more)
	return err
}

// with returns the numbers of the hold and those that are new to it, in order.
func (h Hold) with(more telephony.NumberList) (telephony.NumberList, error) {
	if len(more) == 0 {
		return nil, &telephony.Error{Code: ErrNothingChosen, Field: "numbers", Fix: "add at least one number"}
	}
	added := ascending(more)
	if !added[0].IsValid() {
		return nil, missingNumber("numbers")
	}
	if err := checkDuplicates(added); err != nil {
		return nil, err
	}
	all := ascending(slices.Concat(h.Numbers, added))
	if twice := checkDuplicates(all); twice != nil {
		return nil, &telephony.Error{Code: ErrAlreadyInReservation, Field: "numbers", Numbers: twice.Numbers,
			Fix: "add numbers that are not in the reservation yet"}
	}
	return all, nil
}

// Drop takes numbers, in any order, out of the hold; they go back at once. It runs
// out when it would have with them. The last number stays: a hold on nothing would
// still count as open, and Cancel is how to end one.
//
// Errors, in order of precedence: ErrExpired, ErrCancelled or ErrCompleted with the
// moment; ErrNothingChosen; ErrDuplicateNumber and ErrNotInReservation with the
// numbers; ErrNothingLeft.
func (h Hold) Drop(now time.Time, numbers telephony.NumberList) (next Hold, rest telephony.NumberList, err error) {
	if err := h.CheckOpen(now); err != nil {
		return h, nil, err
	}
	if len(numbers) == 0 {
		return h, nil, &telephony.Error{Code: ErrNothingChosen, Field: "numbers", Fix: "drop at least one number"}
	}
	dropped, err := h.chosen(numbers)
	if err != nil {
		return h, nil, err
	}
	if len(dropped) == len(h.Numbers) {
		return h, nil, &telephony.Error{Code: ErrNothingLeft, Field: "numbers", Fix: "keep one number, or cancel the reservation",
			Figures: []telephony.Figure{{Name: "in it", Value: int64(len(h.Numbers))}}}
	}
	h.Numbers = without(h.Numbers, dropped)
	return h, dropped, nil
}

// chosen returns the numbers in order if all are in the hold. Errors, in order of
// precedence: ErrDuplicateNumber, ErrNotInReservation.
func (h Hold) chosen(numbers telephony.NumberList) (telephony.NumberList, error) {
	sorted := ascending(numbers)
	if err := checkDuplicates(sorted); err != nil {
		return nil, err
	}
	if foreign := without(sorted, h.Numbers); len(foreign) > 0 {
		return nil, &telephony.Error{Code: ErrNotInReservation, Field: "numbers", Numbers: foreign,
			Fix: "choose among the numbers of the reservation"}
	}
	return sorted, nil
}
