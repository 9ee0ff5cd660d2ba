package engine_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// simCall is a call that can be made again.
type simCall struct {
	tenant  telephony.TenantID // empty for the provider's own
	what    string             // the call, for people
	id      string             // request id
	content string             // what is asked for
	call    func(e *engine.Engine, id string) (any, error)
	judge   func(got any, err error) // says whether that may be, and enters it into the books
	noID    bool                     // the call takes no request id
}

// perform makes a call, a third of them with a new request id.
func (s *sim) perform(c simCall) {
	s.Helper()
	if s.calls++; !c.noID && c.id == "" && s.rng.IntN(3) == 0 {
		c.id = fmt.Sprintf("request-%d", s.calls)
	}
	s.make(c)
}

// make makes a call and holds its answer to the books, or to the answer to the
// first call with that request id.
func (s *sim) make(c simCall) {
	s.Helper()
	s.doing = fmt.Sprintf("%s %s %.300s (request %q) at %d", c.tenant, c.what, c.content, c.id, s.stamped())
	logged := len(s.tape.commands)
	got, err := c.call(s.eng, c.id)
	s.counts.Calls++
	if errors.Is(err, engine.ErrFailed) {
		s.fail("the engine failed: %v", err)
	}
	switch more := len(s.tape.commands) - logged; {
	case more == 0 && err == nil:
		s.fail("done without a command")
	case more == 0:
		s.counts.Early++ // wrong in itself: nothing of it is kept
		c.judge(got, err)
		return
	case more > 1:
		s.fail("%d commands", more)
	}
	out := s.tape.outcomes[logged]
	s.now = max(s.now, s.stamped())
	if out.At.UnixNano() != s.now {
		s.fail("the state's time is %d, and should be %d", out.At.UnixNano(), s.now)
	}
	if int(out.Index) != len(s.tape.commands) {
		s.fail("command %d has index %d", len(s.tape.commands), out.Index)
	}
	if err != nil {
		s.counts.Refused++
	}
	if !s.answeredBefore(c, got, err) {
		c.judge(got, err)
		s.remember(c, got, err)
	}
}

func (c simCall) key() string { return string(c.tenant) + "/" + c.id }

// answeredBefore holds a call to what is known of its request id, and reports
// whether that is all there is to be said of it.
func (s *sim) answeredBefore(c simCall, got any, err error) bool {
	s.Helper()
	if c.id == "" {
		return false
	}
	first, seen := s.asked[c.key()]
	if !seen || s.now-first.at >= int64(s.set.KeepRequests) {
		full := s.remembered(c.tenant) >= s.set.Requests
		if full != errors.Is(err, engine.ErrTooManyRequests) {
			s.fail("got %v with %d request ids remembered", err, s.remembered(c.tenant))
		}
		return full
	}
	if first.content != c.what+c.content {
		s.counts.Conflicts++
		if codeOf(err) != engine.ErrRequestConflict {
			s.fail("got %v for a request id that was used for %s", err, first.content)
		}
		return true
	}
	s.counts.Repeated++
	if codeOf(err) != first.code {
		s.fail("the first answer was %q, this one %v", first.code, err)
	}
	if err == nil && !reflect.DeepEqual(got, first.got) {
		s.fail("the first answer was %+v, this one %+v", first.got, got)
	}
	return true
}

func (s *sim) remember(c simCall, got any, err error) {
	if c.id == "" || codeOf(err) == engine.ErrUnknownTenant {
		return
	}
	s.asked[c.key()] = simAnswer{at: s.now, content: c.what + c.content, got: got, code: codeOf(err)}
	s.recent = append(s.recent, c)
	if len(s.recent) > 60 {
		s.recent = s.recent[1:]
	}
}

// again makes an earlier call once more, or another call with its request id.
func (s *sim) again() {
	if len(s.recent) == 0 {
		return
	}
	c := s.recent[s.rng.IntN(len(s.recent))]
	if s.rng.IntN(4) == 0 {
		for _, other := range s.recent {
			if other.tenant == c.tenant && other.id != c.id {
				other.id = c.id
				c = other
				break
			}
		}
	}
	if s.rng.IntN(4) == 0 { // when it is about to be forgotten
		at := s.asked[c.key()].at + int64(s.set.KeepRequests) + s.rng.Int64N(3) - 1
		s.clock.Set(time.Unix(0, at).UTC())
	}
	for range 1 + s.rng.IntN(2) {
		s.make(c)
	}
}

// codeOf returns why a call was refused, "" if it was not.
func codeOf(err error) telephony.Code {
	var e *telephony.Error
	if err == nil || !errors.As(err, &e) {
		return ""
	}
	return e.Code
}

// tenantCall is a call of a tenant, whom there may be or not.
func (s *sim) tenantCall(id telephony.TenantID, what string, request any, call func(*engine.Tenant, string) (any, error), judge func(*simTenant, any, error)) simCall {
	return simCall{tenant: id, what: what, content: fmt.Sprintf("%+v", request),
		call: func(e *engine.Engine, request string) (any, error) { return call(e.Tenant(id), request) },
		judge: func(got any, err error) {
			s.Helper()
			t := s.tenants[id]
			if (t == nil) != (codeOf(err) == engine.ErrUnknownTenant) {
				s.fail("got %v", err)
			}
			if t != nil {
				judge(t, got, err)
			}
		}}
}

// must reports an answer other than the books foresee: success if may is true,
// else a refusal for one of the codes.
func (s *sim) must(may bool, err error, codes ...telephony.Code) bool {
	s.Helper()
	if may != (err == nil) {
		s.fail("got %v, and should be allowed: %v", err, may)
	}
	if err == nil {
		return true
	}
	for _, code := range codes {
		if errors.Is(err, code) {
			return false
		}
	}
	s.fail("refused for %q (%v), and should be for one of %q", codeOf(err), err, codes)
	return false
}

func (s *sim) addStock(st engine.Stock) simCall {
	return simCall{what: "add stock", content: st.Range.First().String(),
		call: func(e *engine.Engine, id string) (any, error) {
			st := st
			st.RequestID = id
			return nil, e.AddStock(context.Background(), st)
		},
		judge: func(_ any, err error) {
			free := true
			for n := range st.Range.All() {
				_, there := s.stock[n]
				free = free && !there && !s.ordered(n)
			}
			if !s.must(free, err, engine.ErrStockOverlap, engine.ErrStockOrdered) {
				return
			}
			for n := range st.Range.All() {
				s.stock[n] = simShelf{st.Area, st.Kind}
			}
		}}
}

func (s *sim) createTenant(id telephony.TenantID) simCall {
	return simCall{what: "create tenant", content: string(id),
		call: func(e *engine.Engine, request string) (any, error) {
			_, err := e.CreateTenant(context.Background(), engine.TenantSpec{ID: id, RequestID: request})
			return nil, err
		},
		judge: func(_ any, err error) {
			if s.must(s.tenants[id] == nil, err, engine.ErrTenantExists) {
				s.tenants[id] = newSimTenant(id)
			}
		}}
}
