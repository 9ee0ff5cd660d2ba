package main

import (
	"encoding/binary"
	"fmt"

	"github.com/hashicorp/go-memdb"
)

const naiveTable = "numbers"

// naiveRow is a number.
type naiveRow struct {
	number uint64
	area   int
	tenant int
	hold   uint64 // 0: none
	ends   int64  // of the hold
	owned  bool
	person int // who has it, counted from 1
}

// freed returns the row of the number when it is free.
func (r naiveRow) freed() naiveRow { return naiveRow{number: r.number, area: r.area} }

// naiveSchema has an index for each question that the job asks. A row stands
// only in those that its state makes it an answer of.
func naiveSchema() *memdb.DBSchema {
	index := func(name string, unique bool, key func(*naiveRow) []byte) *memdb.IndexSchema {
		return &memdb.IndexSchema{Name: name, Unique: unique, AllowMissing: !unique, Indexer: naiveIndex{key}}
	}
	return &memdb.DBSchema{Tables: map[string]*memdb.TableSchema{naiveTable: {Name: naiveTable, Indexes: map[string]*memdb.IndexSchema{
		"id": index("id", true, func(r *naiveRow) []byte { return naiveKey(r.number) }),
		"free": index("free", false, func(r *naiveRow) []byte {
			return keyIf(r.hold == 0 && !r.owned, uint64(r.area))
		}),
		"hold": index("hold", false, func(r *naiveRow) []byte { return keyIf(r.hold != 0, r.hold) }),
		"due":  index("due", false, func(r *naiveRow) []byte { return keyIf(r.hold != 0, uint64(r.ends)) }),
		"person": index("person", false, func(r *naiveRow) []byte {
			return keyIf(r.person != 0, uint64(r.tenant), uint64(r.person))
		}),
	}}}}
}

// naiveIndex is an index by a key of whole numbers, without the reflection of
// the ready-made ones.
type naiveIndex struct {
	key func(*naiveRow) []byte
}

// FromObject implements memdb.SingleIndexer.
func (x naiveIndex) FromObject(row any) (bool, []byte, error) {
	key := x.key(row.(*naiveRow))
	return key != nil, key, nil
}

// FromArgs implements memdb.Indexer.
func (x naiveIndex) FromArgs(args ...any) ([]byte, error) {
	var words []uint64
	for _, a := range args {
		switch a := a.(type) {
		case uint64:
			words = append(words, a)
		case int64:
			words = append(words, uint64(a))
		case int:
			words = append(words, uint64(a))
		default:
			return nil, fmt.Errorf("no key is made of a %T", a)
		}
	}
	return naiveKey(words...), nil
}

func keyIf(stands bool, words ...uint64) []byte {
	if !stands {
		return nil
	}
	return naiveKey(words...)
}

// naiveKey is never nil: without words it is the beginning of all keys.
func naiveKey(words ...uint64) []byte {
	key := make([]byte, 0, 8*len(words))
	for _, w := range words {
		key = binary.BigEndian.AppendUint64(key, w)
	}
	return key
}
