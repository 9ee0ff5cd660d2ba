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
	chunks [][]Entry // all full but the last; the first may begin with entries no longer kept
	start  uint64    // the index of the first chunk's first entry
	first  uint64    // the index of the oldest entry kept
	next   uint64    // the index the next entry will have
	shown  uint64    // followers are shown the entries before this index
	grown  chan struct{}
}

// chunkSize is how many entries share a slice. The oldest are let go a chunk at
// a time, so up to this many more than wanted stay in memory.
const chunkSize = 1024

func newHistory() *history {
	return &history{start: 1, first: 1, next: 1, shown: 1, grown: make(chan struct{})}
}

// add keeps entries, whose indexes follow the last one's, and of all entries
// the last keep. Who follows is shown them by announce.
func (h *history) add(entries []Entry, keep int, prune uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range entries {
		if n := len(h.chunks); n == 0 || len(h.chunks[n-1]) == chunkSize {
			h.chunks = append(h.chunks, make([]Entry, 0, chunkSize))
		}
		last := len(h.chunks) - 1
		h.chunks[last] = append(h.chunks[last], e)
	}
	h.next += uint64(len(entries))
	h.first = max(h.first, h.next-min(h.next, uint64(keep)), min(prune, h.next))
	for h.first >= h.start+chunkSize {
		h.chunks[0] = nil
		h.chunks = h.chunks[1:]
		h.start += chunkSize
	}
}

// announce shows the entries to those who follow, once a view has what they
// tell of.
func (h *history) announce() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shown = h.next
	close(h.grown)
	h.grown = make(chan struct{})
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
	h.add([]Entry{e}, int(e.Index), 0)
	return true
}

// continued adds the events of a snapshot's entry that is the last one's.
func (h *history) continued(e Entry) bool {
	if e.Index != h.next-1 {
		return false
	}
	last := h.chunks[len(h.chunks)-1]
	before := &last[len(last)-1]
	before.Events = append(before.Events, e.Events...)
	return true
}

// skipTo makes an empty history one that goes on at an index.
func (h *history) skipTo(index uint64) {
	h.chunks, h.start, h.first, h.next = nil, index, index, index
}

// replace makes the history what another one is, which is not used any more. Who
// follows is shown it by announce.
func (h *history) replace(other *history) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.chunks, h.start, h.first, h.next = other.chunks, other.start, other.first, other.next
	h.shown = min(h.shown, h.next)
}

// oldest returns the index of the oldest entry kept, or that of the next one if
// there is none.
func (h *history) oldest() uint64 {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.first
}

// get returns the entry of that index if it is kept, and what to wait for if it
// is still to be announced.
func (h *history) get(index uint64) (e Entry, kept bool, grown <-chan struct{}) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if index >= h.shown {
		return Entry{}, false, h.grown
	}
	if index < h.first {
		return Entry{}, false, nil
	}
	at := index - h.start
	return h.chunks[at/chunkSize][at%chunkSize], true, nil
}

// between yields the entries from one index to another, both included, that
// are kept now. Those let go of meanwhile are yielded all the same, so that
// there is no gap.
func (h *history) between(from, to uint64) iter.Seq[Entry] {
	h.mu.RLock()
	defer h.mu.RUnlock()
	chunks, start := slices.Clone(h.chunks), h.start
	from, to = max(from, h.first), min(to, h.next-1)
	return func(yield func(Entry) bool) {
		for i := from; i <= to; i++ {
			if at := i - start; !yield(chunks[at/chunkSize][at%chunkSize]) {
				return
			}
		}
	}
}
