package engine_test

import (
	"errors"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestErrorsAreTheCallers: whoever writes into the lists of an error, that of the
// first call or of one made again, changes nothing that the engine keeps.
func TestErrorsAreTheCallers(t *testing.T) {
	clock := &handClock{now: begin}
	eng, err := engine.New(engine.WithClock(clock)) // not the strict one, which panics where rows were written to
	if err != nil {
		t.Fatal(err)
	}
	w := &world{TB: t, ctx: t.Context(), clock: clock, eng: eng}
	w.stock(seattle, telephony.UserNumber, "+14255550100..+14255550199")
	w.org = w.tenant("contoso", 100)
	held := w.hold(seattle, 3)
	call := func() *telephony.Error {
		var e *telephony.Error
		if err := w.org.Release(w.ctx, engine.Release{Numbers: held.Numbers(), RequestID: "request-1"}); !errors.As(err, &e) {
			t.Fatalf("got %v", err)
		}
		return e
	}
	withdraw := func() *telephony.Error {
		var e *telephony.Error
		_, err := w.eng.WithdrawStock(w.ctx, engine.StockWithdrawal{Range: mustRange("+14255550100..+14255550199"), RequestID: "stock-1"})
		if !errors.As(err, &e) {
			t.Fatalf("got %v", err)
		}
		return e
	}
	for name, call := range map[string]func() *telephony.Error{"release": call, "withdraw": withdraw} {
		first := call()
		want, digest := facts(first), w.eng.Digest()
		for _, e := range []*telephony.Error{first, call()} {
			lists := 0
			for _, e := range e.All() {
				for i := range e.Numbers {
					e.Numbers[i], lists = number("+14255550199"), lists+1
				}
				for i := range e.Ranges {
					e.Ranges[i], lists = mustRange("+14255550199"), lists+1
				}
				for i := range e.Figures {
					e.Figures[i].Value, lists = -1, lists+1
				}
			}
			if lists == 0 {
				t.Errorf("%s: the error has no lists", name)
			}
			if w.eng.Digest() != digest {
				t.Fatalf("%s: the state changed with the error", name)
			}
		}
		if got := facts(call()); got != want {
			t.Errorf("%s: the error is\n%s\nand was\n%s", name, got, want)
		}
	}
}
