package reservation_test

import (
	"testing"

	"example.com/callingplan/reservation"
	"pgregory.net/rapid"
)

func TestUnload(t *testing.T) {
	b, _ := reservation.Block{Base: num("+9995550000")}.Load(100, 109)
	b, _ = b.Take(reservation.BitsOf(103))
	left, err := b.Unload(reservation.BitsBetween(100, 102))
	if err != nil || left.Stock != reservation.BitsBetween(103, 109) || left.Free != reservation.BitsBetween(104, 109) {
		t.Fatalf("left %+v, %v", left, err)
	}
	_, err = b.Unload(reservation.BitsBetween(102, 104))
	wantNumbers(t, wantCode(t, err, reservation.ErrNumbersTaken).Numbers, nums("+9995550103"))
	_, err = b.Unload(reservation.BitsBetween(103, 110))
	wantNumbers(t, wantCode(t, err, reservation.ErrNotInStock).Numbers, nums("+9995550110"))
	if b.Stock != reservation.BitsBetween(100, 109) {
		t.Fatal("the block itself was changed")
	}
}

func TestJoinRefuses(t *testing.T) {
	b, _ := reservation.Block{Base: num("+9995550000")}.Load(100, 109)
	other, _ := reservation.Block{Base: num("+9995550000")}.Load(109, 112)
	_, err := b.Join(other)
	wantNumbers(t, wantCode(t, err, reservation.ErrDuplicateStock).Numbers, nums("+9995550109"))
	other.Base = num("+9995551000")
	_, err = b.Join(other)
	wantCode(t, err, reservation.ErrBlock)
}

// Whatever is cut off and joined again is the block it was, and nothing is in both
// parts, free or not.
func TestCutAndJoin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := reservation.Block{Base: num("+9995550000"), Stock: drawBits(t, "stock")}
		b.Free = b.Stock.And(drawBits(t, "free"))
		offsets := drawBits(t, "offsets")
		part, rest := b.Cut(offsets)
		if part.Check() != nil || rest.Check() != nil || !part.Stock.And(rest.Stock).IsEmpty() {
			t.Fatalf("cut into %v and %v", part, rest)
		}
		for i := range reservation.BlockSize {
			if part.Stock.Has(i) != (b.Stock.Has(i) && offsets.Has(i)) || part.Free.Has(i) != (b.Free.Has(i) && offsets.Has(i)) {
				t.Fatalf("offset %d is on the wrong side", i)
			}
		}
		if again, err := rest.Join(part); err != nil || again != b {
			t.Fatalf("joined to %v: %v", again, err)
		}
	})
}

func TestCountBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBits(t, "bits")
		first, last := rapid.IntRange(-3, 1003).Draw(t, "first"), rapid.IntRange(-3, 1003).Draw(t, "last")
		want := 0
		for i := max(first, 0); i <= min(last, 999); i++ {
			if b.Has(i) {
				want++
			}
		}
		if got := b.CountBetween(first, last); got != want {
			t.Fatalf("%d between %d and %d, there are %d", got, first, last, want)
		}
	})
}

func drawBits(t *rapid.T, label string) (b reservation.Bits) {
	for _, run := range rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, 999), 2, 2), 0, 6).Draw(t, label) {
		b.SetRange(run[0], run[1])
	}
	return b
}
