package memtable_test

import (
	"fmt"

	"example.com/callingplan/telephony/engine/internal/memtable"
)

func Example() {
	type lease struct {
		Number  string
		Holder  string
		EndsAt  int64
		Renewed int
	}
	schema := memtable.NewSchema()
	leases := memtable.AddTable(schema, "leases", func(l *lease) memtable.Key {
		return memtable.K().String(l.Number)
	})
	byEnd := memtable.AddIndex(leases, "end", func(l *lease, add func(memtable.Key)) {
		add(memtable.K().Int64(l.EndsAt).String(l.Number))
	})
	db, err := memtable.Open(schema)
	if err != nil {
		fmt.Println(err)
		return
	}

	tx := db.Begin()
	defer tx.Abort()
	for i, number := range []string{"+12065550100", "+12065550101", "+12065550102"} {
		if err := leases.Insert(tx, lease{Number: number, Holder: "contoso", EndsAt: int64(300 - 100*i)}); err != nil {
			fmt.Println(err)
			return
		}
	}
	if err := tx.Commit(); err != nil {
		fmt.Println(err)
		return
	}

	// What ends before 250?
	for l := range byEnd.Between(db.Snapshot(), nil, memtable.K().Int64(250)) {
		fmt.Println(l.Number, "ends at", l.EndsAt)
	}
	// Output:
	// +12065550102 ends at 100
	// +12065550101 ends at 200
}
