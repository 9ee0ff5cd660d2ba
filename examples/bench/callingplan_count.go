package main

import (
	"context"
	"errors"
	"slices"

	"github.com/samber/lo"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// oursError says a refusal of the engine in the words of all contenders. What it
// never refuses in this job comes through as it is.
func oursError(err error) error {
	if errors.Is(err, reservation.ErrOutOfStock) {
		return errShort
	}
	for _, code := range []telephony.Code{reservation.ErrExpired, reservation.ErrCompleted, reservation.ErrNotInReservation,
		telephony.ErrNumberAssigned, telephony.ErrPersonHasNumber, engine.ErrUnknownNumber, engine.ErrNumberInUse, engine.ErrNoNumber} {
		if errors.Is(err, code) {
			return errRefused
		}
	}
	return err
}

// count adds up what the engine's views say, after the engine has recounted its
// own state.
func (o *ours) count(ctx context.Context) (t tally, err error) {
	if faults := o.eng.Check(); len(faults) > 0 {
		return t, errors.Join(faults...)
	}
	for _, org := range slices.Concat(o.fillers, o.tenants) {
		v, err := org.View(ctx)
		if err != nil {
			return t, err
		}
		for r := range v.Open() {
			t.Held += len(r.Numbers())
		}
		for n := range v.Numbers(engine.NumberQuery{}) {
			t.Owned++
			t.Assigned += lo.Ternary(n.Person != "", 1, 0)
		}
	}
	v, err := o.tenants[0].View(ctx)
	if err != nil {
		return t, err
	}
	for a := range v.Areas(telephony.UserNumber, telephony.Area{}) {
		t.Free += int(a.Free)
	}
	return t, nil
}
