package engine

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"hash/crc32"
	"io"
	"math"

	"github.com/fxamacker/cbor/v2"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// The causes for which a snapshot is refused.
const (
	// ErrSnapshotForeign: what is read is no snapshot.
	ErrSnapshotForeign telephony.Code = "snapshot_foreign"
	// ErrSnapshotNewer: the snapshot is of a format that this code does not know.
	ErrSnapshotNewer telephony.Code = "snapshot_newer"
	// ErrSnapshotDamaged: the snapshot is cut off, or not as it was written. The
	// error has the place in bytes.
	ErrSnapshotDamaged telephony.Code = "snapshot_damaged"
)

// Restore makes the state that of a snapshot: it reads and verifies all of it
// beside the present state, and takes its place only when nothing is wrong. It
// is called like Apply, by one goroutine at a time.
//
// Errors, in order of precedence: ErrSnapshotForeign for what is no snapshot;
// ErrSnapshotNewer for one of a format this code does not know;
// ErrSnapshotDamaged with the place in bytes; those of the reader.
func (m *Machine) Restore(in io.Reader) error {
	db, err := memtable.Open(m.tables.schema)
	if err != nil {
		return err
	}
	r := &restorer{tables: m.tables, db: db, history: newHistory(),
		in: &countingReader{in: bufio.NewReaderSize(in, 1<<16), sum: sha256.New()}}
	if err := r.read(); err != nil {
		return err
	}
	return m.become(r)
}

// become takes over what was read, if it holds together. Views see the rows and the
// log change in one.
func (m *Machine) become(r *restorer) error {
	var now *moment
	err := r.guarded(func() (err error) {
		now, err = r.moment()
		return err
	})
	if err != nil {
		return err
	}
	before := m.now.Load()
	m.failed, m.memory = nil, newMemory(m.tables)
	now.history.announce()
	m.now.Store(now)
	before.history.end()
	return nil
}

// moment returns the state that was read.
func (r *restorer) moment() (now *moment, err error) {
	if err := r.tables.derive(r.db); err != nil {
		return nil, r.damaged("what follows from the rows cannot be stored", err)
	}
	rows := r.db.Snapshot()
	now = &moment{db: r.db, snapshot: rows, index: r.header.Index, time: r.header.Time, chain: r.header.Chain, history: r.history,
		free: countFree(r.tables, rows), ported: countPorted(r.tables, rows), due: listDue(r.tables, rows), known: listKnown(r.tables, rows),
		graces: listGraces(r.tables, rows), requests: countPoolRequests(r.tables, rows)}
	if faults := check(r.tables, now); len(faults) > 0 {
		return nil, r.damaged("the rows do not agree with each other", faults[0])
	}
	settings, err := r.header.Settings.settings()
	if err != nil {
		return nil, r.damaged("the settings are out of bounds", err)
	}
	now.settings = &settings
	return now, nil
}

// guarded does something with rows that nobody has checked yet. The code relies on
// what commands write, so that damaged rows may well make it panic: that is damage
// like any other, and the present state is as it was.
func (r *restorer) guarded(do func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = r.damaged("the rows are none that a state has", causeOf(fault))
		}
	}()
	return do()
}

// restorer reads a snapshot into a database of its own.
type restorer struct {
	tables  *tables
	db      *memtable.DB
	history *history
	in      *countingReader
	header  snapshotHeader
	counted snapshotTrailer
	tx      *memtable.Txn
	// pending is an entry whose events go on in the next frame; nil if the last
	// one was whole.
	pending *Entry
	// line is the line that is being read, where what is read is lines.
	line int64
}

// rowsTogether is how many rows are written in one transaction.
const rowsTogether = 1000

func (r *restorer) read() error {
	magic := make([]byte, len(snapshotMagic))
	if _, err := io.ReadFull(r.in, magic); err != nil || string(magic) != snapshotMagic {
		return &telephony.Error{Code: ErrSnapshotForeign, Detail: "this is no snapshot", Fix: "give what Snapshot wrote"}
	}
	if err := r.readHeader(); err != nil {
		return err
	}
	r.tx = r.db.Begin()
	defer func() { r.tx.Abort() }()
	for {
		sum := Digest(r.in.sum.Sum(nil))
		kind, body, err := r.whole()
		if err != nil {
			return err
		}
		switch kind {
		case rowFrame:
			err = r.row(body)
		case entryFrame:
			err = r.entry(body)
		case trailerFrame:
			if err := r.tx.Commit(); err != nil {
				return r.damaged("a row cannot be stored", err)
			}
			return r.trailer(body, sum)
		default:
			err = r.damaged("a part of an unknown kind", nil)
		}
		if err != nil {
			return err
		}
	}
}

func (r *restorer) readHeader() error {
	kind, body, err := r.whole()
	if err != nil {
		return err
	}
	if kind != headerFrame {
		return r.damaged("the header is missing", nil)
	}
	var format struct{ Format uint16 }
	if cbor.Unmarshal(body, &format) == nil && format.Format > snapshotFormat {
		return newerFormat(format.Format)
	}
	if err := theEncoding().read.Unmarshal(body, &r.header); err != nil {
		return r.damaged("the header cannot be read", nil)
	}
	return r.checkHeader()
}

// checkHeader refuses a header that nothing could have been written after.
func (r *restorer) checkHeader() error {
	switch h := r.header; {
	case h.Format > snapshotFormat:
		return newerFormat(h.Format)
	case h.Format == 0, h.Index == 0, h.Index == math.MaxUint64, h.Time < 0, h.Time > lastStamp.UnixNano():
		return r.damaged("the header is out of bounds", nil)
	}
	return nil
}

func newerFormat(format uint16) error {
	return &telephony.Error{Code: ErrSnapshotNewer, Detail: "the snapshot is of a format this code does not know",
		Figures: []telephony.Figure{{Name: "format", Value: int64(format)}, {Name: "known", Value: snapshotFormat}},
		Fix:     "upgrade this machine first"}
}

// whole reads a frame and, where it is a part, those that go on with it.
func (r *restorer) whole() (frameKind, []byte, error) {
	kind, body, err := r.frame()
	for err == nil && kind == partFrame {
		var more []byte
		kind, more, err = r.frame()
		body = append(body, more...)
	}
	return kind, body, err
}

// frame reads one frame and verifies its checksum.
func (r *restorer) frame() (frameKind, []byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r.in, head[:]); err != nil {
		return 0, nil, r.damaged("the snapshot ends early", nil)
	}
	length := binary.BigEndian.Uint32(head[:])
	if length == 0 || length > maxFrame+1 {
		return 0, nil, r.damaged("a part has an impossible length", nil)
	}
	body := make([]byte, length+4)
	if _, err := io.ReadFull(r.in, body); err != nil {
		return 0, nil, r.damaged("the snapshot ends early", nil)
	}
	body, check := body[:length], binary.BigEndian.Uint32(body[length:])
	if crc32.Checksum(body, castagnoli) != check {
		return 0, nil, r.damaged("a part does not match its checksum", nil)
	}
	return frameKind(body[0]), body[1:], nil
}

func (r *restorer) row(body []byte) error {
	var parts struct {
		_     struct{} `cbor:",toarray"`
		Table string
		Row   cbor.RawMessage
	}
	if err := theEncoding().read.Unmarshal(body, &parts); err != nil {
		return r.damaged("a row cannot be read", nil)
	}
	load, known := r.tables.load[parts.Table]
	if !known {
		return r.damaged("a row is of an unknown table", nil)
	}
	return r.store(parts.Table, load, func(into any) error { return theEncoding().read.Unmarshal(parts.Row, into) })
}

// store reads a row and stores it, and commits now and then.
func (r *restorer) store(table string, load loader, read func(into any) error) error {
	if err := r.guarded(func() error { return load(r.tx, read) }); err != nil {
		return r.damaged("a row of table "+table+" cannot be stored", err)
	}
	r.counted.Rows++
	if r.counted.Rows%rowsTogether != 0 {
		return nil
	}
	if err := r.tx.Commit(); err != nil {
		return r.damaged("a row cannot be stored", err)
	}
	r.tx = r.db.Begin()
	return nil
}

func (r *restorer) entry(body []byte) error {
	var w wireEntry
	if err := theEncoding().read.Unmarshal(body, &w); err != nil {
		return r.damaged("a log entry cannot be read", nil)
	}
	return r.entryPart(w)
}

// entryPart adds an entry of the log, or more of the events of the last one.
func (r *restorer) entryPart(w wireEntry) error {
	e := w.entry()
	if r.pending != nil {
		if e.Index != r.pending.Index {
			return r.damaged("a log entry is out of order", nil)
		}
		r.pending.Events = append(r.pending.Events, e.Events...)
		e = *r.pending
	}
	r.counted.Entries++
	if r.pending = nil; w.More {
		r.pending = &e
		return nil
	}
	if !r.history.extend(e, r.header.Index) {
		return r.damaged("a log entry is out of order", nil)
	}
	return nil
}

func (r *restorer) trailer(body []byte, sum Digest) error {
	var t snapshotTrailer
	if err := theEncoding().read.Unmarshal(body, &t); err != nil {
		return r.damaged("the trailer cannot be read", nil)
	}
	r.counted.Sum = sum
	if t != r.counted || r.pending != nil {
		return r.damaged("the counts or the digest of the whole do not match", nil)
	}
	if r.history.next != r.header.Index+1 {
		r.history.skipTo(r.header.Index + 1)
	}
	if n, _ := r.in.Read(make([]byte, 1)); n != 0 {
		return r.damaged("something follows the end", nil)
	}
	return nil
}

func (r *restorer) damaged(detail string, cause error) error {
	at := telephony.Figure{Name: "at byte", Value: r.in.count}
	if r.line > 0 {
		at = telephony.Figure{Name: "at line", Value: r.line}
	}
	return &telephony.Error{Code: ErrSnapshotDamaged, Detail: detail, Err: cause, Figures: []telephony.Figure{at},
		Fix: "use another snapshot; the present state is as it was"}
}

// countingReader knows how far it has read, and the digest of that.
type countingReader struct {
	in    io.Reader
	count int64
	sum   hash.Hash
}

func (r *countingReader) Read(b []byte) (int, error) {
	n, err := r.in.Read(b)
	r.count += int64(n)
	r.sum.Write(b[:n])
	return n, err
}

// loader reads a row of a table and stores it.
type loader func(tx *memtable.Txn, read func(into any) error) error

// loading returns the loader of a table.
func loading[R any](t *memtable.Table[R]) loader {
	return func(tx *memtable.Txn, read func(into any) error) error {
		var row R
		if err := read(&row); err != nil {
			return encodingError(err)
		}
		return t.Insert(tx, row)
	}
}
