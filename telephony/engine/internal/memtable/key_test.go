package memtable_test

import (
	"bytes"
	"cmp"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"example.com/callingplan/telephony/engine/internal/memtable"
)

// parts is a tuple of one value of every kind a key can hold.
type parts struct {
	b   bool
	s1  string
	i64 int64
	u8  uint8
	s2  string
	w   uint64
	u16 uint16
	u32 uint32
	u64 uint64
}

// compare orders tuples as tuples are ordered, without regard to keys.
func (p parts) compare(q parts) int {
	boolean := map[bool]int{false: 0, true: 1}
	return cmp.Or(
		cmp.Compare(boolean[p.b], boolean[q.b]),
		strings.Compare(p.s1, q.s1),
		cmp.Compare(p.i64, q.i64),
		cmp.Compare(p.u8, q.u8),
		strings.Compare(p.s2, q.s2),
		cmp.Compare(p.w, q.w),
		cmp.Compare(p.u16, q.u16),
		cmp.Compare(p.u32, q.u32),
		cmp.Compare(p.u64, q.u64),
	)
}

func (p parts) key() memtable.Key {
	return memtable.K().Bool(p.b).String(p.s1).Int64(p.i64).Uint8(p.u8).
		String(p.s2).Whole(p.w).Uint16(p.u16).Uint32(p.u32).Uint64(p.u64)
}

// awkward draws texts that are beginnings of one another and hold the bytes
// that mark ends.
func awkward() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"", "\x00", "\x00\x00", "\x01", "\x01\x01", "\x02", "a", "ab", "a\x00", "a\x00b", "12", "123", "\xff", "\xff\xff"}),
		rapid.String(),
	)
}

// drawParts draws a tuple whose values are often equal to those of another, so
// that later parts decide.
func drawParts(t *rapid.T, label string) parts {
	return parts{
		b:   rapid.Bool().Draw(t, label+".b"),
		s1:  awkward().Draw(t, label+".s1"),
		i64: rapid.OneOf(rapid.SampledFrom([]int64{math.MinInt64, -1, 0, 1, math.MaxInt64}), rapid.Int64()).Draw(t, label+".i64"),
		u8:  rapid.OneOf(rapid.SampledFrom([]uint8{0, 31, 32, 255}), rapid.Uint8()).Draw(t, label+".u8"),
		s2:  awkward().Draw(t, label+".s2"),
		w:   rapid.OneOf(rapid.SampledFrom([]uint64{0, 1, math.MaxUint64}), rapid.Uint64()).Draw(t, label+".w"),
		u16: rapid.OneOf(rapid.SampledFrom([]uint16{0, 1023, 1024, math.MaxUint16}), rapid.Uint16()).Draw(t, label+".u16"),
		u32: rapid.OneOf(rapid.SampledFrom([]uint32{0, 1, math.MaxUint32}), rapid.Uint32()).Draw(t, label+".u32"),
		u64: rapid.OneOf(rapid.SampledFrom([]uint64{0, 1, math.MaxUint64}), rapid.Uint64()).Draw(t, label+".u64"),
	}
}

// drawPair draws two tuples of which the second often shares its first parts
// with the first.
func drawPair(t *rapid.T) (p, q parts) {
	p, q = drawParts(t, "p"), drawParts(t, "q")
	shared := rapid.IntRange(0, 9).Draw(t, "shared")
	for i, same := range []func(){
		func() { q.b = p.b }, func() { q.s1 = p.s1 }, func() { q.i64 = p.i64 }, func() { q.u8 = p.u8 },
		func() { q.s2 = p.s2 }, func() { q.w = p.w }, func() { q.u16 = p.u16 }, func() { q.u32 = p.u32 }, func() { q.u64 = p.u64 },
	} {
		if i < shared {
			same()
		}
	}
	return p, q
}

func TestKeysOrderAsTheirParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q := drawPair(t)
		if got, want := bytes.Compare(p.key(), q.key()), p.compare(q); got != want {
			t.Fatalf("keys compare %d, parts %d", got, want)
		}
	})
}

func TestNoKeyBeginsAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q := drawPair(t)
		if p != q && bytes.HasPrefix(q.key(), p.key()) {
			t.Fatalf("the key of %+v begins that of %+v", p, q)
		}
	})
}

// The first parts of a key find exactly the keys with these first parts.
func TestPrefixOfPartsIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q := drawPair(t)
		prefix := memtable.K().Bool(p.b).String(p.s1).Int64(p.i64)
		same := p.b == q.b && p.s1 == q.s1 && p.i64 == q.i64
		if bytes.HasPrefix(q.key(), prefix) != same {
			t.Fatalf("prefix of %+v matches %+v: %t", p, q, !same)
		}
	})
}

func TestStringPrefixIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, begin := awkward().Draw(t, "s"), awkward().Draw(t, "begin")
		if rapid.Bool().Draw(t, "related") {
			s = begin + s
		}
		got := bytes.HasPrefix(memtable.K().String(s), memtable.K().StringPrefix(begin))
		if want := strings.HasPrefix(s, begin); got != want {
			t.Fatalf("%q begins with %q: %t, want %t", s, begin, got, want)
		}
	})
}

func TestNextAndPrefixEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q := drawPair(t)
		kp, kq := p.key(), q.key()
		if got, want := bytes.Compare(kq, kp.Next()) >= 0, q.compare(p) > 0; got != want {
			t.Fatalf("q from Next of p: %t, q above p: %t", got, want)
		}
		prefix := memtable.K().Bool(p.b).String(p.s1)
		inside := bytes.Compare(kq, prefix) >= 0 && bytes.Compare(kq, prefix.PrefixEnd()) < 0
		if want := bytes.HasPrefix(kq, prefix); inside != want {
			t.Fatalf("below PrefixEnd: %t, has the prefix: %t", inside, want)
		}
	})
}

func TestPrefixEndWithoutEnd(t *testing.T) {
	for _, k := range []memtable.Key{nil, {}, {255}, {255, 255}} {
		if end := k.PrefixEnd(); end != nil {
			t.Errorf("PrefixEnd(%v) = %v, want nil", k, end)
		}
	}
	if got, want := (memtable.Key{1, 255}).PrefixEnd(), (memtable.Key{2}); !bytes.Equal(got, want) {
		t.Errorf("PrefixEnd = %v, want %v", got, want)
	}
}

// Keys that go on from the same beginning must not share spare memory.
func TestNextAndPrefixEndLeaveTheKeyAlone(t *testing.T) {
	k := memtable.K().String("a")
	before := string(k)
	next, end := k.Next(), k.PrefixEnd()
	for _, other := range []memtable.Key{next, end} {
		for i := range other {
			other[i] = 'x'
		}
	}
	if string(k) != before {
		t.Errorf("key is now %q, was %q", k, before)
	}
}
