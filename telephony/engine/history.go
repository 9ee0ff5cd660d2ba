package engine

import (
	"iter"
	"sync"
)

// history keeps the last entries of the log. Entries are added by the one
// goroutine that applies commands and read by any.
type history struct {
	mu   sync.RWMutex
	ring []Entry // grows up to keep, then the oldest gives way
	keep int
	next uint64 // the index the next entry will have
}

func newHistory(keep int) *history { return &history{keep: keep, next: 1} }

// add keeps an entry, whose index follows the last one's.
func (h *history) add(e Entry) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.ring) < h.keep {
		h.ring = append(h.ring, e)
	} else {
		h.ring[h.slot(e.Index)] = e
	}
	h.next = e.Index + 1
}

// slot is where the entry of that index is kept: index 1 in the first.
func (h *history) slot(index uint64) int { return int((index - 1) % uint64(h.keep)) }

// oldest returns the index of the oldest entry kept, or that of the next one if
// there is none.
func (h *history) oldest() uint64 {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.next - uint64(len(h.ring))
}

// get returns the entry of that index if it is kept.
func (h *history) get(index uint64) (Entry, bool) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if index >= h.next || index < h.next-uint64(len(h.ring)) {
		return Entry{}, false
	}
	return h.ring[h.slot(index)], true
}

// between yields the entries from one index to another, both included, that
// are still kept when their turn comes.
func (h *history) between(from, to uint64) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for i := max(from, h.oldest()); i <= to; i++ {
			if e, ok := h.get(i); ok && !yield(e) {
				return
			}
		}
	}
}
