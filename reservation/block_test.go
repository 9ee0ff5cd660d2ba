package reservation_test

import (
	"fmt"
	"testing"

	"example.com/callingplan/reservation"
)

func TestBlock(t *testing.T) {
	b, err := reservation.Block{Base: num("+9995550000")}.Load(100, 149)
	if err != nil || b.FreeCount() != 50 || b.Check() != nil {
		t.Fatalf("loaded %d, %v, %v", b.FreeCount(), err, b.Check())
	}
	_, err = b.Load(148, 160)
	wantNumbers(t, wantCode(t, err, reservation.ErrDuplicateStock).Numbers, nums("+9995550148", "+9995550149"))
	for _, at := range [][2]int{{-1, 5}, {5, 4}, {0, 1000}} {
		_, err = b.Load(at[0], at[1])
		wantCode(t, err, reservation.ErrBlockOffset)
	}
	if more, err := b.Load(150, 159); err != nil || more.FreeCount() != 60 || more.Stock != more.Free {
		t.Fatalf("loaded more: %d free, %v", more.FreeCount(), err)
	}
	taken, err := b.Take(reservation.BitsOf(100, 101))
	if err != nil || taken.FreeCount() != 48 || b.FreeCount() != 50 {
		t.Fatalf("took: %d left, the block itself %d, %v", taken.FreeCount(), b.FreeCount(), err)
	}
	_, err = taken.Take(reservation.BitsOf(101, 102))
	wantNumbers(t, wantCode(t, err, reservation.ErrNumbersTaken).Numbers, nums("+9995550101"))
	_, err = taken.Take(reservation.BitsOf(101, 150))
	wantNumbers(t, wantCode(t, err, reservation.ErrNotInStock).Numbers, nums("+9995550150"))
	_, err = taken.Return(reservation.BitsOf(99, 102))
	wantNumbers(t, wantCode(t, err, reservation.ErrNotInStock).Numbers, nums("+9995550099"))
	_, err = taken.Return(reservation.BitsOf(101, 102))
	wantNumbers(t, wantCode(t, err, reservation.ErrAlreadyFree).Numbers, nums("+9995550102"))
	if back, err := taken.Return(reservation.BitsOf(100, 101)); err != nil || back != b {
		t.Fatalf("returned: %v, %v", back, err)
	}
}

func TestBlockCheck(t *testing.T) {
	base := num("+9995550000")
	for name, b := range map[string]reservation.Block{
		"zero":             {},
		"not a base":       {Base: num("+9995550100")},
		"free, no stock":   {Base: base, Free: reservation.BitsOf(1)},
		"stock past 999":   {Base: base, Stock: reservation.Bits{15: 1 << 63}},
		"all free, 1 less": {Base: base, Stock: reservation.BitsBetween(0, 998), Free: reservation.FullBits()},
	} {
		if codeOf(t, b.Check()) != reservation.ErrBlock {
			t.Errorf("%s: %v", name, b.Check())
		}
	}
}

// Nothing of this package prints a number unmasked by way of slog, and no error
// text holds one.
func TestErrorsAreMasked(t *testing.T) {
	b, _ := reservation.Block{Base: num("+9995550000")}.Load(100, 199)
	_, err := b.Load(150, 150)
	if s := err.Error(); s == "" || containsAny(s, "9995550150", "5550150") {
		t.Errorf("unmasked: %s", s)
	}
	if s := fmt.Sprintf("%+v", b.LogValue()); containsAny(s, "999555") {
		t.Errorf("unmasked: %s", s)
	}
}
