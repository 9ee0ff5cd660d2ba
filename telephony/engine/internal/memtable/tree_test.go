package memtable

import "testing"

// TestWritesReportWhatTheyMeet holds go-memdb to what a tree overhears: that a
// write looks its key up in the transaction's own nodes, and asks for the key of
// the record it finds before it changes anything. A version of go-memdb that
// does otherwise fails here, not in somebody's data.
func TestWritesReportWhatTheyMeet(t *testing.T) {
	s := NewSchema()
	AddTable(s, "rows", func(r *uint64) Key { return K().Uint64(*r) })
	db, err := Open(s)
	if err != nil {
		t.Fatal(err)
	}
	tree, mem := db.trees[0], db.mem.Txn(true)
	defer mem.Abort()
	key := K().String("k")
	first := &indexEntry{indexKey: key, primary: K().String("first")}
	second := &indexEntry{indexKey: clone(key), primary: K().String("second")}

	expect := func(what string, got record, err error, want record) {
		t.Helper()
		if err != nil || got != want {
			t.Errorf("%s: met %v, %v; want %v", what, got, err, want)
		}
	}
	stored := func(what string, want record) {
		t.Helper()
		expect(what+", then get", tree.get(mem, key), nil, want)
		expect(what+", then peek", tree.peek(mem, key), nil, want)
		expect(what+", then get after peek", tree.get(mem, key), nil, want)
	}

	stored("nothing", nil)
	met, err := tree.remove(mem, key)
	expect("remove of nothing", met, err, nil)
	met, err = tree.put(mem, first, true)
	expect("put", met, err, nil)
	stored("put", first)
	met, err = tree.put(mem, second, true)
	expect("put that keeps", met, err, first)
	stored("put that keeps", first)
	met, err = tree.put(mem, second, false)
	expect("put that replaces", met, err, first)
	stored("put that replaces", second)
	met, err = tree.remove(mem, key)
	expect("remove", met, err, second)
	stored("remove", nil)
}

// A look-up between two writes must not make the second copy again what the
// first has copied; BenchmarkReadBetweenWrites shows what that would cost.
func TestPeekKeepsCopiedNodes(t *testing.T) {
	s := NewSchema()
	rows := AddTable(s, "rows", func(r *uint64) Key { return K().Uint64(*r) })
	db, err := Open(s)
	if err != nil {
		t.Fatal(err)
	}
	tx := db.Begin()
	for n := range uint64(1000) {
		if err := rows.Insert(tx, n); err != nil {
			t.Fatal(err)
		}
	}
	write := func() {
		if err := rows.Put(tx, 500); err != nil {
			t.Fatal(err)
		}
	}
	read := func(get func()) float64 {
		return testing.AllocsPerRun(100, func() { write(); get() }) - testing.AllocsPerRun(100, get)
	}
	alone := testing.AllocsPerRun(100, write)
	// To copy the nodes again takes dozens of allocations; a few more or less are
	// those that package fmt keeps in pools.
	const few = 5
	if got := read(func() { rows.Get(tx, K().Uint64(7)) }); got > alone+few {
		t.Errorf("a write after Get allocates %v, alone %v", got, alone)
	}
	if got := read(func() { rows.First(tx, nil) }); got <= alone+few {
		t.Errorf("a write after First allocates %v, alone %v: this test no longer tells them apart", got, alone)
	}
	tx.Abort()
}

func TestUnchangedIndexesAreNotRewritten(t *testing.T) {
	type row struct{ id, group, count uint64 }
	s := NewSchema()
	rows := AddTable(s, "rows", func(r *row) Key { return K().Uint64(r.id) })
	group := AddIndex(rows, "group", func(r *row, add func(Key)) { add(K().Uint64(r.group).Uint64(r.id)) })
	count := AddIndex(rows, "count", func(r *row, add func(Key)) { add(K().Uint64(r.count).Uint64(r.id)) })
	db, err := Open(s)
	if err != nil {
		t.Fatal(err)
	}
	tx := db.Begin()
	if err := rows.Insert(tx, row{1, 1, 1}); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	tx = db.Begin()
	defer tx.Abort()
	if err := rows.Replace(tx, row{1, 1, 2}); err != nil {
		t.Fatal(err)
	}
	if tx.written[group.def.tree] {
		t.Error("the index whose key stays was written")
	}
	if !tx.written[count.def.tree] {
		t.Error("the index whose key changes was not written")
	}
}

// Past 8,192 nodes, a commit that records watch channels walks the whole tree
// and allocates a path for every node of it.
func TestLargeTransactionsRecordNothing(t *testing.T) {
	const n = 20_000
	allocs := func(open func(*Schema) (*DB, error)) float64 {
		s := NewSchema()
		rows := AddTable(s, "rows", func(r *uint64) Key { return K().Uint64(*r) })
		db, err := open(s)
		if err != nil {
			t.Fatal(err)
		}
		return testing.AllocsPerRun(1, func() {
			tx := db.Begin()
			for id := range uint64(n) {
				if err := rows.Put(tx, id); err != nil {
					t.Fatal(err)
				}
			}
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
		})
	}
	tracked, untracked := allocs(OpenTracked), allocs(Open)
	if untracked > tracked-n {
		t.Errorf("%v allocations, %v when watch channels are recorded: they are recorded here too", untracked, tracked)
	}
}
