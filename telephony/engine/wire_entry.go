package engine

import (
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
}

func newWireEntry(e Entry) wireEntry {
	return wireEntry{e.Index, e.At.UnixNano(), e.Tenant, e.Actor, e.RequestID, e.Op, e.Refused, e.Events, e.Chain}
}

func (w wireEntry) entry() Entry {
	return Entry{w.Index, time.Unix(0, w.At).UTC(), w.Tenant, w.Actor, w.RequestID, w.Op, w.Refused, w.Events, w.Chain}
}
