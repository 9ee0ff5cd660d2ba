package memtable

import (
	"bytes"
	"iter"
	"slices"

	"example.com/callingplan/telephony"
)

// Walk goes over all rows, each with the name of its table: the tables in the
// order of their declaration, the rows of each by primary key. The rows are
// copies of type R of their table.
func (db *DB) Walk(r Reader) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, def := range db.schema.tables {
			next := r.scan(db.schema, def.tree, scan{mode: scanPrefix})
			for rec := next(); rec != nil; rec = next() {
				if db.strict {
					rec.verify(def.name)
				}
				if !yield(def.name, rec.value()) {
					return
				}
			}
		}
	}
}

// CheckIndexes recounts everything and reports what does not add up: a row that
// does not lie under its primary key (ErrMisplaced), an index that lacks a key of
// a row or has one that no row claims (ErrIndex, with the figures), a key that is
// the beginning of another (ErrKeyPrefix). Any of these is a mistake in a key
// function or in this package. The errors come in the order of the tables and
// indexes; nil is all well.
func (db *DB) CheckIndexes(r Reader) []error {
	var errs []error
	for _, def := range db.schema.tables {
		rows := collect(r.scan(db.schema, def.tree, scan{mode: scanPrefix}))
		subject := "table " + def.name
		misplaced := int64(0)
		for _, rec := range rows {
			if !bytes.Equal(rec.key(), def.key(rec)) {
				misplaced++
			}
		}
		if misplaced > 0 {
			errs = append(errs, fault(ErrMisplaced, subject, telephony.Figure{Name: "rows", Value: misplaced}))
		}
		errs = append(errs, checkPrefixes(subject, rows)...)
		for _, x := range def.indexes {
			entries := collect(r.scan(db.schema, x.tree, scan{mode: scanPrefix}))
			errs = append(errs, checkEntries(x, rows, entries)...)
			errs = append(errs, checkPrefixes("index "+x.fullName(), entries)...)
		}
	}
	return errs
}

func collect(next func() record) []record {
	var all []record
	for rec := next(); rec != nil; rec = next() {
		all = append(all, rec)
	}
	return all
}

// checkPrefixes reports keys that begin other keys. In key order, the keys that
// begin with a key follow it at once.
func checkPrefixes(subject string, inOrder []record) []error {
	n := int64(0)
	for i := 1; i < len(inOrder); i++ {
		if bytes.HasPrefix(inOrder[i].key(), inOrder[i-1].key()) {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return []error{fault(ErrKeyPrefix, subject, telephony.Figure{Name: "keys", Value: n})}
}

// checkEntries compares the entries of an index with those that the rows call
// for.
func checkEntries(x *indexDef, rows, entries []record) []error {
	var want []*indexEntry
	var list keyList
	for _, rec := range rows {
		for _, key := range list.collect(x, rec) {
			want = append(want, &indexEntry{indexKey: clone(key), primary: rec.key()})
		}
	}
	slices.SortFunc(want, compareEntries)
	lacking, surplus := int64(0), int64(0)
	for i, j := 0, 0; i < len(want) || j < len(entries); {
		order := 0
		switch {
		case j == len(entries):
			order = -1
		case i == len(want):
			order = 1
		default:
			order = compareEntries(want[i], entries[j].(*indexEntry))
		}
		if order <= 0 {
			i++
		}
		if order >= 0 {
			j++
		}
		if order < 0 {
			lacking++
		}
		if order > 0 {
			surplus++
		}
	}
	if lacking == 0 && surplus == 0 {
		return nil
	}
	return []error{fault(ErrIndex, "index "+x.fullName(),
		telephony.Figure{Name: "keys lacking", Value: lacking},
		telephony.Figure{Name: "keys too many", Value: surplus})}
}

func compareEntries(a, b *indexEntry) int {
	if c := bytes.Compare(a.indexKey, b.indexKey); c != 0 {
		return c
	}
	return bytes.Compare(a.primary, b.primary)
}

func fault(code telephony.Code, subject string, figures ...telephony.Figure) error {
	return &telephony.Error{Op: "check tables", Code: code, Subject: subject, Figures: figures}
}
