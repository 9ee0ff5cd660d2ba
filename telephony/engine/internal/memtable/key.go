package memtable

import (
	"encoding/binary"
	"math"
)

// A Key is the position of a row in a table or index: parts put one after
// another so that keys compare, byte by byte, as their parts do, the first part
// first. It is made by appending to K():
//
//	memtable.K().String(tenant).Int64(deadline.UnixNano())
//
// No key is the beginning of another made of the same kinds of parts, so a
// search by the first parts of a key (Prefix, First, Last) finds all keys with
// just these parts.
//
// Tables copy what they store and never keep a Key given to them.
type Key []byte

// keyCapacity is the room that K makes: enough for an identifier and two
// integers, so that most keys are one allocation.
const keyCapacity = 64

// K begins a key.
func K() Key { return make(Key, 0, keyCapacity) }

// Bool appends a part that orders false before true.
func (k Key) Bool(v bool) Key {
	if v {
		return append(k, 1)
	}
	return append(k, 0)
}

// Uint8 appends an integer.
func (k Key) Uint8(v uint8) Key { return k.digits(uint64(v), 8) }

// Uint16 appends an integer.
func (k Key) Uint16(v uint16) Key { return k.digits(uint64(v), 16) }

// Uint32 appends an integer.
func (k Key) Uint32(v uint32) Key { return k.digits(uint64(v), 32) }

// Uint64 appends an integer.
func (k Key) Uint64(v uint64) Key { return k.digits(v, 64) }

// Whole appends an integer in eight whole bytes. It is for hot tables, in which a
// key costs nothing but its length.
func (k Key) Whole(v uint64) Key { return binary.BigEndian.AppendUint64(k, v) }

// Int64 appends an integer; negative ones come first.
func (k Key) Int64(v int64) Key {
	return k.Uint64(uint64(v) ^ 1<<63)
}

// digitBits is the size of the digits in which integers are written, one a byte,
// the highest first.
//
// Every byte of a key can be a node of the tree, with a pointer for each value
// that occurs there, and a write copies all nodes on its way down. Whole bytes
// make nodes of up to 256 pointers and copy the most; small digits make long keys
// and more nodes. Updating one of a million rows (BenchmarkEncoding, two cores)
// takes, with digits of
//
//	8 bits: 16.4 us, 13.8 kB in  66 allocations, 476 bytes held a row
//	6 bits: 12.3 us,  7.6 kB in  72 allocations, 485 bytes
//	5 bits: 10.5 us,  6.2 kB in  72 allocations, 486 bytes
//	4 bits: 11.5 us,  5.6 kB in  78 allocations, 493 bytes
const digitBits = 5

// digits appends the low bits of v, as many digits as they need.
func (k Key) digits(v uint64, bits int) Key {
	const mask = 1<<digitBits - 1
	for shift := (bits - 1) / digitBits * digitBits; shift >= 0; shift -= digitBits {
		k = append(k, byte(v>>shift)&mask)
	}
	return k
}

// A string ends in a byte lower than all that may stand in it, so that "12"
// comes before "123" and is not its beginning. The bytes 0 and 1 within a string
// are written as two, to leave 0 to the end.
const (
	stringEnd    = 0x00
	stringEscape = 0x01
)

// String appends any text, the empty one and any bytes included, ordered as Go
// orders strings.
func (k Key) String(s string) Key {
	return append(k.StringPrefix(s), stringEnd)
}

// StringPrefix appends the beginning of a text, for a search of all texts that
// begin so. It can only be the last part, and only of a search: a row's key
// needs String.
func (k Key) StringPrefix(s string) Key {
	for i := 0; i < len(s); i++ {
		if s[i] <= stringEscape {
			k = append(k, stringEscape, s[i]+1)
			continue
		}
		k = append(k, s[i])
	}
	return k
}

// Next returns the lowest key above k, to go on behind k with From or Between.
func (k Key) Next() Key {
	return append(clone(k), 0)
}

// PrefixEnd returns the lowest key above k and above all keys that begin with
// k, to be the end of Between. It is nil, which Between takes for no end, if
// there is none: if k is empty or all its bytes are 255.
func (k Key) PrefixEnd() Key {
	for i := len(k) - 1; i >= 0; i-- {
		if k[i] < math.MaxUint8 {
			end := clone(k[:i+1])
			end[i]++
			return end
		}
	}
	return nil
}

// clone copies a key without spare room.
func clone(k Key) Key {
	c := make(Key, len(k))
	copy(c, k)
	return c
}
