package engine_test

import (
	"slices"

	"github.com/anishathalye/porcupine"

	"example.com/callingplan/telephony"
)

// linOp is what a call was about, as one number or one tenant has it.
type linOp struct {
	kind   linKind
	number telephony.Number // in the model of numbers
	tenant telephony.TenantID
	hold   telephony.ReservationID
	count  int64
}

type linKind int

const (
	linReserve linKind = iota
	linAcquire         // the number was chosen
	linReturn          // the number was in the reservation and was not chosen
	linCancel
	linRelease
	linRead     // of a number: whether it is the tenant's
	linReadHold // whether the reservation is open
	linBuy      // raises the limit
	linGiveBack // lowers it
)

// linOut is what came of it, and where in the log. Of a read, index and time
// are the view's.
type linOut struct {
	index   uint64
	at      int64
	ok      bool
	expires int64
	// Of a refusal for the quota, what it says the tenant had.
	limit, acquired, held int64
	quota                 bool
}

// numberState is what has become of a number.
type numberState struct {
	index   uint64
	at      int64
	tenant  telephony.TenantID // whose it is or who holds it
	hold    telephony.ReservationID
	expires int64
	owned   bool
	rests   int64 // until when
}

// The models take the place in the log that an answer carries for the order, so
// the question is whether that order agrees with who called before whom, and
// with all that was answered. A read comes behind the last entry its view has.
func (s numberState) follows(out linOut, read bool) (numberState, bool) {
	if out.at < s.at || out.index < s.index || !read && out.index == s.index {
		return s, false
	}
	if s.index = out.index; !read {
		s.at = out.at
	}
	return s, true
}

func (s numberState) held(at int64) bool { return s.hold != "" && at < s.expires }

// numberModel is that of single numbers: none has two owners, and none is
// acquired but within the life of a reservation of the same tenant's.
func numberModel(rest int64) porcupine.Model {
	return porcupine.Model{
		Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
			return partition(history, func(o linOp) telephony.Number { return o.number })
		},
		Init: func() any { return numberState{} },
		Step: func(state, input, output any) (bool, any) {
			next, ok := state.(numberState).after(input.(linOp), output.(linOut), rest)
			return ok, next
		},
	}
}

// after is one step of the model.
func (s numberState) after(in linOp, out linOut, rest int64) (numberState, bool) {
	read := in.kind == linRead || in.kind == linReadHold
	s, ok := s.follows(out, read)
	if !ok {
		return s, false
	}
	mine := s.held(out.at) && s.hold == in.hold && s.tenant == in.tenant
	switch in.kind {
	case linReserve:
		free := !s.owned && !s.held(out.at) && out.at >= s.rests
		if out.ok {
			s.tenant, s.hold, s.expires = in.tenant, in.hold, out.expires
		}
		return s, free == out.ok
	case linAcquire:
		if out.ok {
			s.owned, s.hold = true, ""
		}
		return s, mine == out.ok
	case linReturn, linCancel:
		if out.ok {
			s.hold, s.tenant = "", ""
		}
		return s, mine == out.ok
	case linRelease:
		theirs := s.owned && s.tenant == in.tenant
		if out.ok {
			s.owned, s.tenant, s.rests = false, "", out.at+rest
		}
		return s, theirs == out.ok
	case linRead:
		return s, out.ok == (s.owned && s.tenant == in.tenant)
	case linReadHold:
		return s, out.ok == mine
	}
	return s, false
}

// partition splits a history, each part in the order it had.
func partition[K comparable](history []porcupine.Operation, by func(linOp) K) (parts [][]porcupine.Operation) {
	at := map[K]int{}
	for _, o := range history {
		key := by(o.Input.(linOp))
		i, known := at[key]
		if !known {
			i = len(parts)
			at[key], parts = i, append(parts, nil)
		}
		parts[i] = append(parts[i], o)
	}
	return parts
}

// quotaState is what a tenant has.
type quotaState struct {
	index    uint64
	at       int64
	bought   int64
	acquired int64
	holds    []quotaHold
}

type quotaHold struct {
	id      telephony.ReservationID
	count   int64
	expires int64
}

// quotaModel is that of a tenant's use: nothing is held beyond the quota, a
// refusal tells the true figures, and what has run out counts no more.
func quotaModel(bought int64) porcupine.Model {
	return porcupine.Model{
		Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
			return partition(history, func(o linOp) telephony.TenantID { return o.tenant })
		},
		Init: func() any { return quotaState{bought: bought} },
		Step: func(state, input, output any) (bool, any) {
			next, ok := state.(quotaState).after(input.(linOp), output.(linOut))
			return ok, next
		},
		Equal: func(a, b any) bool {
			x, y := a.(quotaState), b.(quotaState)
			return x.index == y.index && x.at == y.at && x.bought == y.bought && x.acquired == y.acquired && slices.Equal(x.holds, y.holds)
		},
	}
}

// after is one step of the model.
func (s quotaState) after(in linOp, out linOut) (quotaState, bool) {
	if out.at < s.at || out.index <= s.index {
		return s, false
	}
	s.at, s.index = out.at, out.index
	s.holds = slices.DeleteFunc(slices.Clone(s.holds), func(h quotaHold) bool { return out.at >= h.expires })
	held, limit := int64(0), int64(0)
	if s.bought > 0 {
		limit = s.bought + s.bought/10 + 10
	}
	for _, h := range s.holds {
		held += h.count
	}
	at := slices.IndexFunc(s.holds, func(h quotaHold) bool { return h.id == in.hold })
	switch in.kind {
	case linReserve:
		if out.quota {
			return s, s.acquired+held+in.count > limit && out.limit == limit && out.acquired == s.acquired && out.held == held
		}
		if out.ok {
			s.holds = append(s.holds, quotaHold{in.hold, in.count, out.expires})
		}
		return s, s.acquired+held+in.count <= limit
	case linAcquire, linCancel:
		if out.ok != (at >= 0) {
			return s, false
		}
		if out.ok {
			s.acquired += in.count
			s.holds = slices.Delete(s.holds, at, at+1)
		}
		return s, true
	case linRelease:
		if out.ok {
			s.acquired -= in.count
		}
		return s, true
	case linBuy:
		s.bought += in.count
		return s, true
	case linGiveBack:
		s.bought -= in.count
		return s, true
	}
	return s, false
}
