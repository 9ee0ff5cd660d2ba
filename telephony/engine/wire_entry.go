package engine

import (
	"iter"
	"time"

	"example.com/callingplan/telephony"
)

// wireEntry is an Entry as it is written, with its time in nanoseconds.
type wireEntry struct {
	Index     uint64
	At        int64
	Tenant    telephony.TenantID
	Actor     string
	RequestID string
	Op        Op
	Refused   telephony.Code
	Events    []Event
	Chain     Digest
	More      bool `cbor:",omitempty" json:",omitempty"` // the events go on in the next part
}

// How much a part has of events, whose weight is that of their lists and of
// what else they say: as much as surely fits a frame. One command can end a
// hundred reservations at once, and with them half a million numbers.
const (
	mostOfPart  = 20_000
	eventWeight = 64
)

func (e *Event) weight() int { return eventWeight + len(e.Numbers) + 8*len(e.Products) }

// parts yields the entry in one part, or with its events cut into several.
func (w wireEntry) parts() iter.Seq[wireEntry] {
	return func(yield func(wireEntry) bool) {
		for w.More = true; w.More; {
			size, n := 0, 0
			for n < len(w.Events) && (n == 0 || size+w.Events[n].weight() <= mostOfPart) {
				size += w.Events[n].weight()
				n++
			}
			part := w
			part.Events, w.Events = w.Events[:n:n], w.Events[n:]
			part.More = len(w.Events) > 0
			w.More = part.More
			if !yield(part) {
				return
			}
		}
	}
}

func newWireEntry(e Entry) wireEntry {
	return wireEntry{e.Index, e.At.UnixNano(), e.Tenant, e.Actor, e.RequestID, e.Op, e.Refused, e.Events, e.Chain, false}
}

func (w wireEntry) entry() Entry {
	return Entry{w.Index, time.Unix(0, w.At).UTC(), w.Tenant, w.Actor, w.RequestID, w.Op, w.Refused, w.Events, w.Chain}
}
