package engine_test

import (
	"encoding/binary"
	"math/rand/v2"
	"runtime"
	"testing"

	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

// TestEngineIsDeterministic: the same commands give the same rows, in one run as
// in the next, on one processor as on two.
func TestEngineIsDeterministic(t *testing.T) {
	for seed := range uint64(4) {
		script := make([]byte, 1<<16)
		random := rand.New(rand.NewPCG(seed, 0))
		for i := 0; i < len(script); i += 8 {
			binary.LittleEndian.PutUint64(script[i:], random.Uint64())
		}
		play := rapid.MakeFuzz(func(rt *rapid.T) {
			m := play(rt)
			t.Logf("script %d: %d commands", seed, len(m.script))
			for _, processors := range []int{1, 2, 2} {
				if m.replayOn(rt, processors) != m.first.Digest() {
					rt.Fatalf("the same commands gave another state on %d processors", processors)
				}
			}
		})
		t.Run("", func(t *testing.T) { play(t, script) })
	}
}

// replayOn plays the script again on so many processors.
func (m *machine) replayOn(t *rapid.T, processors int) engine.Digest {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
	return m.replay(t).Digest()
}
