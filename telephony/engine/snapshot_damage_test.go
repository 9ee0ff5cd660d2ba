package engine_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"hash/crc32"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// -engine.bits=1 flips every bit of a snapshot and cuts it at every byte,
// the default one in so many.
var everyBit = flag.Int("engine.bits", 23, "flip one bit in so many of a snapshot")

// magicLength is that of the line a snapshot begins with.
const magicLength = len("callingplan snapshot\n")

// frame is a part of a snapshot: its kind and what it holds.
type frame struct {
	kind byte
	body []byte
}

// framesOf takes a snapshot apart, as far as it can be.
func framesOf(snapshot []byte) (frames []frame) {
	for rest := snapshot[min(len(snapshot), magicLength):]; len(rest) >= 9; {
		n := int(binary.BigEndian.Uint32(rest))
		if n < 1 || n > len(rest)-8 {
			break
		}
		frames = append(frames, frame{rest[4], rest[5 : 4+n]})
		rest = rest[8+n:]
	}
	return frames
}

// sealed puts a snapshot together with right checksums and counts, whatever it
// says.
func sealed(frames []frame) []byte {
	out := []byte("callingplan snapshot\n")
	var counts struct{ Rows, Entries uint64 }
	for _, f := range frames {
		switch f.kind {
		case 2:
			counts.Rows++
		case 3:
			counts.Entries++
		case 4:
			f.body = trailer(counts.Rows, counts.Entries, engine.DigestOfBytes(out))
		}
		out = binary.BigEndian.AppendUint32(out, uint32(len(f.body)+1))
		at := len(out)
		out = append(append(out, f.kind), f.body...)
		out = binary.BigEndian.AppendUint32(out, crc32.Checksum(out[at:], crc32.MakeTable(crc32.Castagnoli)))
	}
	return out
}

func trailer(rows, entries uint64, sum engine.Digest) []byte {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err)
	}
	b, err := mode.Marshal(map[string]any{"Rows": rows, "Entries": entries, "Sum": sum.String()})
	if err != nil {
		panic(err)
	}
	return b
}

// smallSnapshot is of an engine with little in it.
func smallSnapshot(t testing.TB) []byte {
	t.Helper()
	eng, err := engine.NewStrict(engine.WithClock(&handClock{now: begin}), engine.WithIDEpoch("s"))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{TB: t, ctx: t.Context(), eng: eng}
	w.stock(seattle, telephony.UserNumber, "+14255550100..+14255550109")
	w.org = w.tenant("contoso", 5)
	w.hold(seattle, 2)
	return snapshotOf(t, eng)
}

// dirtyMachine is a machine with a state that must outlive a failed restore;
// same reports whether it did.
func dirtyMachine(t testing.TB) (m *engine.Machine, same func() bool) {
	m = engine.MachineOf(dirtyWorld(t).eng)
	digest := engine.MachineDigest(m)
	index, at, chain := engine.MachineChain(m)
	return m, func() bool {
		i, a, c := engine.MachineChain(m)
		return i == index && a == at && c == chain && engine.MachineDigest(m) == digest
	}
}

// refusedAs reports whether an error is one of a damaged or foreign snapshot.
func refusedAs(err error) bool {
	return errors.Is(err, engine.ErrSnapshotDamaged) || errors.Is(err, engine.ErrSnapshotForeign)
}

// TestCutSnapshots: a snapshot that ends early is refused, wherever it ends, and
// the state stays as it was.
func TestCutSnapshots(t *testing.T) {
	whole := smallSnapshot(t)
	m, same := dirtyMachine(t)
	for n := 0; n < len(whole); n += 1 + *everyBit/8 {
		if err := m.Restore(bytes.NewReader(whole[:n])); !refusedAs(err) {
			t.Fatalf("the first %d bytes of %d: got %v", n, len(whole), err)
		}
		if n%50 == 0 && !same() {
			t.Fatalf("the first %d bytes changed the state", n)
		}
	}
	if err := m.Restore(bytes.NewReader(append(whole, 0))); !refusedAs(err) {
		t.Errorf("a byte more: got %v", err)
	}
	if !same() {
		t.Error("the state is not what it was")
	}
}

// TestFlippedSnapshots: no bit of a snapshot can change unnoticed.
func TestFlippedSnapshots(t *testing.T) {
	whole := smallSnapshot(t)
	m, same := dirtyMachine(t)
	count := 0
	for bit := 0; bit < 8*len(whole); bit += *everyBit {
		whole[bit/8] ^= 1 << (bit % 8)
		if err := m.Restore(bytes.NewReader(whole)); !refusedAs(err) {
			t.Fatalf("bit %d of byte %d flipped: got %v", bit%8, bit/8, err)
		}
		whole[bit/8] ^= 1 << (bit % 8)
		if count++; count%50 == 0 && !same() {
			t.Fatalf("bit %d of byte %d changed the state", bit%8, bit/8)
		}
	}
	if !same() {
		t.Error("the state is not what it was")
	}
	if err := m.Restore(bytes.NewReader(whole)); err != nil {
		t.Errorf("the whole snapshot: got %v", err)
	}
	t.Logf("%d bits of %d flipped", count, 8*len(whole))
}

// TestWrongSnapshots: checksums that are right make no snapshot right.
func TestWrongSnapshots(t *testing.T) {
	whole := smallSnapshot(t)
	frames := func() []frame { return framesOf(bytes.Clone(whole)) }
	if !bytes.Equal(sealed(frames()), whole) {
		t.Fatal("a snapshot taken apart and put together again is another")
	}
	all := frames()
	firstRow, lastRow, firstEntry := 1, 0, 0
	for i, f := range all {
		if f.kind == 2 {
			lastRow, firstEntry = i, i+1
		}
	}
	without := func(i int) []frame { return append(frames()[:i:i], frames()[i+1:]...) }
	for name, c := range map[string]struct {
		data []byte
		want telephony.Code
	}{
		"nothing":        {nil, engine.ErrSnapshotForeign},
		"another file":   {[]byte("PK\x03\x04 and so on, as long as the line"), engine.ErrSnapshotForeign},
		"magic alone":    {whole[:magicLength], engine.ErrSnapshotDamaged},
		"newer":          {sealed(replaced(frames(), 0, "fFormat\x02", "fFormat\x03")), engine.ErrSnapshotNewer},
		"format 0":       {sealed(replaced(frames(), 0, "fFormat\x02", "fFormat\x00")), engine.ErrSnapshotDamaged},
		"no header":      {sealed(without(0)), engine.ErrSnapshotDamaged},
		"two headers":    {sealed(append(frames()[:1:1], frames()...)), engine.ErrSnapshotDamaged},
		"a row less":     {sealed(without(lastRow)), engine.ErrSnapshotDamaged},
		"a row twice":    {sealed(append(frames()[:2:2], frames()[firstRow:]...)), engine.ErrSnapshotDamaged},
		"an entry less":  {sealed(without(firstEntry + 1)), engine.ErrSnapshotDamaged},
		"an entry twice": {sealed(append(frames()[:firstEntry+1:firstEntry+1], frames()[firstEntry:]...)), engine.ErrSnapshotDamaged},
		"unknown table":  {sealed(replaced(frames(), firstRow, "gtenants", "gtenantz")), engine.ErrSnapshotDamaged},
		"a row too many": {sealed(slices.Concat(frames()[:2], replaced(frames(), firstRow, "gtenants", "gtenantz")[1:2], frames()[2:])), engine.ErrSnapshotDamaged},
		"unknown field":  {sealed(replaced(frames(), firstRow, "gOrdinal", "gOrdinax")), engine.ErrSnapshotDamaged},
		"unknown kind":   {sealed(append(frames()[:2:2], append([]frame{{9, []byte{0xa0}}}, frames()[2:]...)...)), engine.ErrSnapshotDamaged},
		"no trailer":     {sealed(without(len(all) - 1)), engine.ErrSnapshotDamaged},
		"an empty frame": {append(bytes.Clone(whole[:magicLength]), 0, 0, 0, 0, 0, 0, 0, 0), engine.ErrSnapshotDamaged},
		"a huge frame":   {append(bytes.Clone(whole[:magicLength]), 0xff, 0xff, 0xff, 0xff), engine.ErrSnapshotDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			m, same := dirtyMachine(t)
			err := m.Restore(bytes.NewReader(c.data))
			if !errors.Is(err, c.want) || !same() {
				t.Errorf("got %v, want %q; the state is as it was: %t", err, c.want, same())
			}
			var e *telephony.Error
			if _, placed := errorFigure(err, "at byte"); errors.As(err, &e) && e.Code == engine.ErrSnapshotDamaged && !placed {
				t.Errorf("%v does not say where", err)
			}
			if _, err := engine.New(engine.WithSnapshot(bytes.NewReader(c.data))); !errors.Is(err, c.want) {
				t.Errorf("New: got %v, want %q", err, c.want)
			}
		})
	}
}

func errorFigure(err error, name string) (int64, bool) {
	var e *telephony.Error
	if !errors.As(err, &e) {
		return 0, false
	}
	return e.Figure(name)
}

// replaced changes bytes of a frame, which must be there.
func replaced(frames []frame, i int, old, with string) []frame {
	if !bytes.Contains(frames[i].body, []byte(old)) {
		panic("the frame does not hold " + old)
	}
	frames[i].body = bytes.Replace(frames[i].body, []byte(old), []byte(with), 1)
	return frames
}

// TestSnapshotReaderTakesLittle: what a snapshot says of its size costs nothing
// until the bytes come.
func TestSnapshotReaderTakesLittle(t *testing.T) {
	m := engine.BareMachine()
	head := "callingplan snapshot\n\x00\x10\x00\x01"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := m.Restore(strings.NewReader(head)); !refusedAs(err) {
		t.Errorf("got %v", err)
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 4<<20 {
		t.Errorf("reading %d bytes took %d", len(head), got)
	}
}

// TestSnapshotOfAFailingWriter: the writer's error is the snapshot's.
func TestSnapshotOfAFailingWriter(t *testing.T) {
	w := newWorld(t)
	if err := w.eng.As("").Snapshot(w.ctx, failingWriter{}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if err := w.eng.As("").Export(w.ctx, failingWriter{}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Export: got %v", err)
	}
	if err := engine.BareMachine().Snapshot(io.Discard); !errors.Is(err, engine.ErrRequest) {
		t.Errorf("a machine without a state: got %v", err)
	}
	w.buy(w.org, licensing.PhoneSystem, 1)
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, os.ErrClosed }
