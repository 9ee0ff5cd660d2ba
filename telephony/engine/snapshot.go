package engine

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"hash/crc32"
	"io"

	"example.com/callingplan/telephony"
)

// A snapshot is a magic line, then frames, each a length, that many bytes of
// CBOR and their CRC-32C: one header, the rows of every table in the order of
// keys, the entries of the log that are kept, and one trailer with the counts
// and the SHA-256 of all that stands before it. What is too long for a frame goes
// over several, all but the last of which are parts.
const (
	snapshotMagic = "callingplan snapshot\n"
	// snapshotFormat is the format that is written. The first one, which is read as
	// well, has no parts, and does not say to what call a kept answer was.
	snapshotFormat = 2
	maxFrame       = 1 << 20
)

// frameKind says what a frame holds.
type frameKind uint8

const (
	headerFrame frameKind = 1 + iota
	rowFrame
	entryFrame
	trailerFrame
	partFrame // goes on in the next one
)

// snapshotHeader is where the snapshot stands.
type snapshotHeader struct {
	Format   uint16
	Index    uint64
	Time     int64
	Chain    Digest
	Settings configureCommand
}

// snapshotTrailer is by which a whole snapshot is known.
type snapshotTrailer struct {
	Rows, Entries uint64
	Sum           Digest
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Snapshot writes the whole state and the log that is kept, as of one moment,
// while writes go on. WithSnapshot and Machine.Restore read it.
//
// Errors: ErrRequest for a nil context; ErrDenied; those of the writer.
func (p *Provider) Snapshot(ctx context.Context, w io.Writer) error {
	if err := p.caller().allow(ctx, OpSnapshot); err != nil {
		return err
	}
	return p.engine.machine.Snapshot(w)
}

// Snapshot writes the state as of the last command applied. It may be called
// while commands are applied.
//
// Errors: ErrRequest before the first command; those of the writer.
func (m *Machine) Snapshot(out io.Writer) error {
	now := m.now.Load()
	if now.settings == nil {
		return &telephony.Error{Code: ErrRequest, Detail: "nothing was applied yet, so there is no state", Fix: "apply the first command"}
	}
	entries, _ := now.history.between(0, now.index)
	buffered := bufio.NewWriterSize(out, 1<<16)
	w := &snapshotWriter{out: buffered, sum: sha256.New()}
	w.bytes([]byte(snapshotMagic))
	w.frame(headerFrame, snapshotHeader{Format: snapshotFormat, Index: now.index, Time: now.time, Chain: now.chain,
		Settings: configureWith(*now.settings)})
	var trailer snapshotTrailer
	for table, row := range m.tables.stateRows(now) {
		w.frame(rowFrame, []any{table, row})
		trailer.Rows++
	}
	for e := range entries {
		for part := range newWireEntry(e).parts() {
			w.frame(entryFrame, part)
			trailer.Entries++
		}
	}
	trailer.Sum = Digest(w.sum.Sum(nil))
	w.frame(trailerFrame, trailer)
	if w.err != nil {
		return w.err
	}
	return buffered.Flush()
}

// snapshotWriter writes frames and stops at the first error.
type snapshotWriter struct {
	out io.Writer
	sum hash.Hash
	err error
}

func (w *snapshotWriter) bytes(b []byte) {
	if w.err == nil {
		w.sum.Write(b)
		_, w.err = w.out.Write(b)
	}
}

func (w *snapshotWriter) frame(kind frameKind, content any) {
	if w.err != nil {
		return
	}
	body, err := theEncoding().write.Marshal(content)
	if err != nil {
		w.err = err
		return
	}
	for ; len(body) > maxFrame; body = body[maxFrame:] {
		w.sealed(partFrame, body[:maxFrame])
	}
	w.sealed(kind, body)
}

func (w *snapshotWriter) sealed(kind frameKind, body []byte) {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)+1))
	b = append(append(b, byte(kind)), body...)
	w.bytes(binary.BigEndian.AppendUint32(b, crc32.Checksum(b[4:], castagnoli)))
}
