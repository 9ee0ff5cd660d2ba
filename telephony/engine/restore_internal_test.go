package engine

import (
	"bytes"
	"errors"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// TestRestorePanics: rows that make the code stumble are damage, wherever it does,
// and the present state stays and goes on.
func TestRestorePanics(t *testing.T) {
	fault := errors.New("a fault")
	var snapshot bytes.Buffer
	from, err := New()
	must(err)
	_, err = from.CreateTenant(t.Context(), TenantSpec{ID: "contoso"})
	must(err)
	must(from.As("").Snapshot(t.Context(), &snapshot))
	for name, load := range map[string]loader{
		"while a row is stored":  func(*memtable.Txn, func(any) error) error { panic(fault) },
		"while they are read on": func(*memtable.Txn, func(any) error) error { return nil }, // a tenant less than accounts
	} {
		t.Run(name, func(t *testing.T) {
			eng, err := New()
			must(err)
			m, digest := eng.machine, eng.Digest()
			m.tables.load[m.tables.tenants.Name()] = load
			err = m.Restore(bytes.NewReader(snapshot.Bytes()))
			var e *telephony.Error
			if !errors.As(err, &e) || e.Code != ErrSnapshotDamaged {
				t.Errorf("got %v", err)
			}
			if eng.Digest() != digest {
				t.Error("the state is not what it was")
			}
			if _, err := eng.CreateTenant(t.Context(), TenantSpec{ID: "fabrikam"}); err != nil {
				t.Errorf("it does not go on: %v", err)
			}
		})
	}
	r := &restorer{in: &countingReader{}}
	if err := r.guarded(func() error { panic("words") }); !errors.Is(err, ErrSnapshotDamaged) {
		t.Errorf("a panic with words: got %v", err)
	}
}
