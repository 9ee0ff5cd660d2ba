package reservation_test

import (
	"testing"

	"example.com/callingplan/reservation"
)

// Numbers that come and go as somebody's are in stock meanwhile and never free.
func TestTakenStock(t *testing.T) {
	before, _ := reservation.Block{Base: num("+9995550000")}.Load(100, 109)
	with, err := before.AddTaken(reservation.BitsBetween(110, 111))
	if err != nil || with.Stock != reservation.BitsBetween(100, 111) || with.Free != before.Free {
		t.Fatalf("with them: %+v, %v", with, err)
	}
	if after, err := with.RemoveTaken(reservation.BitsBetween(110, 111)); err != nil || after != before {
		t.Errorf("without them: %+v, %v", after, err)
	}
	_, err = with.AddTaken(reservation.BitsBetween(111, 112))
	wantNumbers(t, wantCode(t, err, reservation.ErrDuplicateStock).Numbers, nums("+9995550111"))
	_, err = with.RemoveTaken(reservation.BitsBetween(111, 112))
	wantNumbers(t, wantCode(t, err, reservation.ErrNotInStock).Numbers, nums("+9995550112"))
	left, err := with.RemoveTaken(reservation.BitsBetween(109, 111))
	wantNumbers(t, wantCode(t, err, reservation.ErrAlreadyFree).Numbers, nums("+9995550109"))
	if left != with {
		t.Error("a refused block was changed")
	}
}
