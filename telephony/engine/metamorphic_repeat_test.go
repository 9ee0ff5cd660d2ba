package engine_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"example.com/callingplan/telephony/engine"
)

// TestThriceIsOnce makes every call once, and three times with one request id.
// The second and third are answered as the first, and what every tenant sees is
// the same. So are the rows in the end, but for what tells places in the log,
// which has three times the entries: the names of quarantines and the indexes
// that request ids are remembered with. All numbers are asked for by name, as
// each call settles a little of what has run out, and so decides which numbers
// are the lowest that are free.
func TestThriceIsOnce(t *testing.T) {
	seeds(t, max(1, *seedsFlag/5), func(t *testing.T, seed uint64) {
		commands := recorded(t, seed, named).tape.read(t)
		for i, c := range commands {
			if engine.MayBeRepeated(c) && c.RequestID == "" {
				commands[i].RequestID = fmt.Sprintf("once-%d", i)
			}
		}
		once, thrice := newMachineFor(t), newMachineFor(t)
		for i, c := range commands {
			want := once.Apply(c)
			times := 1
			if engine.MayBeRepeated(c) {
				times = 3
			}
			for range times {
				got := thrice.Apply(c)
				if diff := unlike(want, got); diff != "" && c.Op() != engine.OpSweep {
					t.Fatalf("command %d, %s: %s\n%+v\n%+v", i+1, c.Op(), diff, want, got)
				}
			}
			if i%50 == 49 || i == len(commands)-1 {
				if a, b := everythingSeen(t, once, simTenants...), everythingSeen(t, thrice, simTenants...); a != b {
					t.Fatalf("after command %d thrice gives\n%s\nand once\n%s", i+1, b, a)
				}
			}
		}
		tidied(t, once)
		tidied(t, thrice)
		if !slices.EqualFunc(once.DomainRows(), thrice.DomainRows(), bytes.Equal) {
			t.Fatal("the rows differ in the end")
		}
	})
}
