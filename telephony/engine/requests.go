package engine

import (
	"crypto/sha256"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// The causes for which a request id is refused.
const (
	// ErrRequestConflict: the request id came with another request before. The
	// error has when, and the index of its entry in the log.
	ErrRequestConflict telephony.Code = "request_id_conflict"
	// ErrTooManyRequests: as many request ids of the tenant are remembered as
	// TenantLimits.Requests allows.
	ErrTooManyRequests telephony.Code = "too_many_request_ids"
)

// requestRow remembers what came of a command with a request id, so that the
// same call, made again because its answer was lost, gets the same answer and
// does nothing twice.
type requestRow struct {
	Tenant  uint32 // poolTenant for the provider's own
	ID      string
	Op      Op `cbor:",omitempty"` // of the call, and so of what kind the result is; empty in the first format of snapshots
	At      int64
	Index   uint64   // of the log entry of the first call
	Content Digest   // of what was asked
	Refused *refusal // why it was refused, if it was
	Result  []byte   // what it gave, encoded
}

func requestKey(tenant uint32, id string) memtable.Key {
	return memtable.K().Uint32(tenant).String(id)
}

// repeated answers a command whose request id has been seen, within the time
// that ids are kept, and reports false for any other.
func (s *step) repeated(c Command) (result any, refused *telephony.Error, seen bool) {
	if c.RequestID == "" {
		return nil, nil, false
	}
	row, ok := s.tables.requests.Get(s.tx, requestKey(s.ordinal(), c.RequestID))
	if !ok || s.now-row.At >= int64(s.settings.KeepRequests) {
		return nil, nil, false
	}
	if row.Content != contentOf(c) {
		return nil, row.conflict(), true
	}
	if row.Refused != nil {
		return nil, row.Refused.error(), true
	}
	result, fits := resultOf(c, row.Result)
	if !fits {
		return nil, row.conflict(), true
	}
	return result, nil, true
}

// conflict is the error for an id that belongs to another request, or to the
// answer of another operation, as in damaged data.
func (r *requestRow) conflict() *telephony.Error {
	return &telephony.Error{Code: ErrRequestConflict, Field: "request id", At: unix(r.At),
		Detail:  "the request id was used before, for another request",
		Figures: []telephony.Figure{{Name: "log index", Value: int64(r.Index)}},
		Fix:     "use a new id for a new request"}
}

// ordinal returns the ordinal of the command's tenant, the pool's for the
// provider.
func (s *step) ordinal() uint32 {
	if s.account == nil {
		return poolTenant
	}
	return s.account.Tenant
}

// contentOf is a fingerprint of what a command asks for: its operation and
// request, without what the engine added to it.
func contentOf(c Command) Digest {
	body, err := theEncoding().write.Marshal([]any{c.Op(), c.payload.content()})
	must(err)
	return sha256.Sum256(body)
}

// mayRemember reports why a new request id cannot be taken. Old ids are not
// dropped before their time to make room: that would break what was promised
// for them.
func (s *step) mayRemember(c Command) *telephony.Error {
	if c.RequestID == "" || s.remembered() < s.settings.Tenants.Requests {
		return nil
	}
	s.forgetOwn()
	have, limit := s.remembered(), s.settings.Tenants.Requests
	if have < limit {
		return nil
	}
	return &telephony.Error{Code: ErrTooManyRequests, Field: "request id",
		Detail:  "too many request ids were used within the time they are kept",
		Figures: []telephony.Figure{{Name: "kept", Value: int64(have)}, {Name: "limit", Value: int64(limit)}},
		Fix:     "wait, or call without one"}
}

// remembered returns how many ids the command's tenant has used, or the provider,
// that are kept.
func (s *step) remembered() int {
	if s.account == nil {
		return s.requests
	}
	return s.account.Requests
}

// remember keeps what came of a command with a request id.
func (s *step) remember(c Command, result any, refused *telephony.Error) {
	if c.RequestID == "" {
		return
	}
	row := requestRow{Tenant: s.ordinal(), ID: c.RequestID, Op: c.Op(), At: s.now, Index: s.index,
		Content: contentOf(c), Refused: newRefusal(refused)}
	if refused == nil {
		row.Result = encodeResult(result)
	}
	if _, stale := s.tables.requests.Get(s.tx, requestKey(row.Tenant, row.ID)); !stale {
		s.countRequests(row.Tenant, 1)
	}
	must(s.tables.requests.Put(s.tx, row))
	s.oldRequests = min(s.oldRequests, later(s.now, s.settings.KeepRequests))
}

// forgetRequests drops up to limit request ids that were kept long enough.
func (s *step) forgetRequests(limit int) (forgotten int) {
	var old []requestRow
	s.oldRequests = endOfTime
	for r := range s.tables.requestsByAge.From(s.tx, nil) {
		if len(old) == limit || s.now-r.At < int64(s.settings.KeepRequests) {
			s.oldRequests = later(r.At, s.settings.KeepRequests)
			break
		}
		old = append(old, r)
	}
	s.forgetAll(old)
	return len(old)
}

// forgetOwn makes room for the command's tenant, whatever others have that is older:
// it drops up to a sweep's worth of the ids that were kept long enough. It looks at
// all of the tenant's for that, but not where nobody has one to drop, as when each was
// dropped in its time, and not again before there can be one.
func (s *step) forgetOwn() {
	tenant := s.ordinal()
	if s.now < s.oldRequests || s.now < s.fullUntil[tenant] {
		return
	}
	var old []requestRow
	s.fullUntil[tenant] = endOfTime
	for r := range s.tables.requests.Prefix(s.tx, accountKey(tenant)) {
		end := later(r.At, s.settings.KeepRequests)
		s.fullUntil[tenant] = min(s.fullUntil[tenant], end)
		if s.now >= end {
			old = append(old, r)
		}
		if len(old) == sweepStep {
			break
		}
	}
	s.forgetAll(old)
}

func (s *step) forgetAll(old []requestRow) {
	for _, r := range old {
		must(s.tables.requests.Delete(s.tx, requestKey(r.Tenant, r.ID)))
		s.countRequests(r.Tenant, -1)
	}
}

// countRequests counts the ids of a tenant, or of the provider.
func (s *step) countRequests(tenant uint32, by int) {
	if tenant == poolTenant {
		s.requests += by
		return
	}
	s.edit(s.accountRow(tenant)).Requests += by
}

// countPoolRequests counts the provider's own ids anew.
func countPoolRequests(t *tables, rows memtable.Reader) (count int) {
	for range t.requests.Prefix(rows, accountKey(poolTenant)) {
		count++
	}
	return count
}
