package engine_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// FuzzCommand: bytes that are a command are the only ones of that command, and
// applying it, whatever it is, does not stop a machine.
func FuzzCommand(f *testing.F) {
	names, err := filepath.Glob("testdata/commands/*.hex")
	if err != nil || len(names) == 0 {
		f.Fatal("there are no commands to begin with")
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		data, err := hex.DecodeString(strings.TrimSpace(string(text)))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	first, second := starting(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var c engine.Command
		err := c.UnmarshalBinary(data)
		if err != nil {
			var e *telephony.Error
			if !errors.As(err, &e) {
				t.Fatalf("an error of another type: %v", err)
			}
			return
		}
		again, err := c.MarshalBinary()
		if err != nil || !bytes.Equal(again, data) {
			t.Fatalf("the command is written as %x, %v", again, err)
		}
		if strings.HasSuffix(string(c.Op()), "stock") && bytes.Contains(data, []byte("..")) || c.Op() == engine.OpAddStockList {
			return // a range may be large, which takes its time
		}
		m := engine.BareMachine()
		m.Apply(first)
		m.Apply(second)
		if out := m.Apply(c); errors.Is(out.Err, engine.ErrFailed) {
			t.Fatalf("the machine stopped: %v", out.Err)
		}
		if faults := engine.MachineCheck(m); len(faults) > 0 {
			t.Fatal(faults)
		}
	})
}

// starting returns the commands that give a machine its settings and a tenant.
func starting(t testing.TB) (first, second engine.Command) {
	rec := &recorder{}
	eng, err := engine.New(engine.WithLog(rec.open), engine.WithClock(&handClock{now: begin}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := eng.CreateTenant(t.Context(), engine.TenantSpec{ID: "contoso"}); err != nil {
		t.Fatal(err)
	}
	for i, c := range []*engine.Command{&first, &second} {
		if err := c.UnmarshalBinary(rec.commands[i]); err != nil {
			t.Fatal(err)
		}
	}
	return first, second
}
