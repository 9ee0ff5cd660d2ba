package engine

import (
	"iter"
	"slices"
	"sync"
)

// history keeps the last entries of the log. Entries are added by the one
// goroutine that applies commands and read by any.
type history struct {
	mu     sync.RWMutex
	chunks []packed // all full but the last; the first may begin with entries no longer kept
	start  uint64   // the index of the first chunk's first entry
	first  uint64   // the index of the oldest entry kept
	next   uint64   // the index the next entry will have
	shown  uint64   // followers are shown the entries before this index
	grown  chan struct{}
	over   bool // another history has taken its place
	whole  bool // nothing is let go of
}

// chunkSize is how many entries are packed together. The oldest are let go a
// chunk at a time, so up to this many more than wanted stay in memory.
const chunkSize = 1024

func newHistory() *history { return &history{start: 1, first: 1, next: 1, shown: 1} }

// add keeps entries, whose indexes follow the last one's, and of all entries
// the last keep. Who follows is shown them by announce.
func (h *history) add(entries packed, keep int, prune uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range entries.ends {
		h.chunk().append(entries.data[entries.begin(i):entries.ends[i]])
	}
	h.next += uint64(len(entries.ends))
	if h.whole {
		return
	}
	h.first = max(h.first, h.next-min(h.next, uint64(keep)), min(prune, h.next))
	for h.first >= h.start+chunkSize {
		h.chunks[0] = packed{}
		h.chunks = h.chunks[1:]
		h.start += chunkSize
	}
}

// chunk returns the chunk that the next entry belongs to. A new one gets as much
// room as the last one came to need, and a little more.
func (h *history) chunk() *packed {
	n := len(h.chunks)
	switch {
	case n == 0:
		h.chunks = append(h.chunks, packed{})
	case len(h.chunks[n-1].ends) == chunkSize:
		room := len(h.chunks[n-1].data) * 17 / 16
		h.chunks = append(h.chunks, packed{make([]byte, 0, room), make([]int, 0, chunkSize)})
	}
	return &h.chunks[len(h.chunks)-1]
}

// announce shows the entries to those who follow, once a view has what they
// tell of.
func (h *history) announce() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shown = h.next
	h.wake()
}

// end tells those who follow that another history has taken its place.
func (h *history) end() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.over = true
	h.wake()
}

func (h *history) wake() {
	if h.grown != nil {
		close(h.grown)
		h.grown = nil
	}
}

// extend adds an entry of a snapshot, and reports whether it follows the one
// before and does not pass the last.
func (h *history) extend(e Entry, last uint64) bool {
	if h.next == 1 && len(h.chunks) == 0 {
		h.skipTo(e.Index)
	}
	if e.Index != h.next || e.Index == 0 || e.Index > last {
		return false
	}
	var one packed
	one.add(&e)
	h.add(one, int(e.Index), 0)
	return true
}

// skipTo makes an empty history one that goes on at an index.
func (h *history) skipTo(index uint64) {
	h.chunks, h.start, h.first, h.next = nil, index, index, index
}

// oldest returns the index of the oldest entry kept, or that of the next one if
// there is none.
func (h *history) oldest() uint64 {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.first
}

// get returns the entry of that index if it is kept, and what to wait for if it
// is still to be announced, here or in the history that has taken this one's place.
func (h *history) get(index uint64) (e Entry, kept bool, grown <-chan struct{}) {
	h.mu.RLock()
	shown, first, at := h.shown, h.first, index-h.start
	var chunk packed
	if first <= index && index < shown {
		chunk = h.chunks[at/chunkSize]
	}
	h.mu.RUnlock()
	switch {
	case index >= shown:
		return h.await(index)
	case index < first:
		return Entry{}, false, nil
	}
	return chunk.entry(int(at%chunkSize), index), true, nil
}

// await returns what to wait for, unless the entry has come meanwhile.
func (h *history) await(index uint64) (e Entry, kept bool, grown <-chan struct{}) {
	h.mu.Lock()
	if index < h.shown {
		h.mu.Unlock()
		return h.get(index)
	}
	defer h.mu.Unlock()
	if h.grown == nil {
		h.grown = make(chan struct{})
	}
	grown = h.grown
	if h.over {
		h.wake()
	}
	return Entry{}, false, grown
}

// since yields the entries from an index on, up to another; 0 stands for as far
// back as there are. Its error is ErrLogPruned.
func (h *history) since(from, to uint64) (iter.Seq[Entry], error) {
	entries, first := h.between(from, to)
	if from != 0 && from < first {
		return nil, h.pruned(from)
	}
	return entries, nil
}

// between yields the entries from one index to another, both included, that
// are kept now, and returns from which index on they are. Those let go of
// meanwhile are yielded all the same, so that there is no gap.
func (h *history) between(from, to uint64) (entries iter.Seq[Entry], first uint64) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	chunks, start := slices.Clone(h.chunks), h.start
	from, to = max(from, h.first), min(to, h.next-1)
	return func(yield func(Entry) bool) {
		for i := from; i <= to; i++ {
			at := i - start
			if !yield(chunks[at/chunkSize].entry(int(at%chunkSize), i)) {
				return
			}
		}
	}, from
}
