package engine_test

import (
	"testing"

	"github.com/anishathalye/porcupine"

	"example.com/callingplan/telephony"
)

// TestTheCheckerTells puts short histories to the models, right and wrong ones:
// a checker that passes everything proves nothing.
func TestTheCheckerTells(t *testing.T) {
	n := telephony.MustParse("+999100000990")
	op := func(call, end int64, in linOp, out linOut) porcupine.Operation {
		in.number = n
		return porcupine.Operation{Call: call, Return: end, Input: in, Output: out}
	}
	reserve := func(t telephony.TenantID, id telephony.ReservationID) linOp {
		return linOp{kind: linReserve, tenant: t, hold: id, count: 1}
	}
	acquire := func(t telephony.TenantID, id telephony.ReservationID) linOp {
		return linOp{kind: linAcquire, tenant: t, hold: id, count: 1}
	}
	release := func(t telephony.TenantID) linOp { return linOp{kind: linRelease, tenant: t, count: 1} }
	read := func(t telephony.TenantID) linOp { return linOp{kind: linRead, tenant: t} }
	done := func(index uint64, at int64) linOut { return linOut{index: index, at: at, ok: true, expires: at + 10} }
	refused := func(index uint64, at int64) linOut { return linOut{index: index, at: at} }
	held := op(1, 2, reserve("a", "r1"), done(1, 100))
	owned := op(3, 4, acquire("a", "r1"), done(2, 101))
	for name, c := range map[string]struct {
		history []porcupine.Operation
		want    porcupine.CheckResult
	}{
		"held, acquired, read": {[]porcupine.Operation{held, owned, op(5, 6, read("a"), done(2, 101)), op(5, 6, read("b"), refused(2, 101))}, porcupine.Ok},
		"side by side":         {[]porcupine.Operation{op(1, 9, acquire("a", "r1"), done(2, 101)), op(2, 8, reserve("a", "r1"), done(1, 100))}, porcupine.Ok},
		"run out, then another's": {[]porcupine.Operation{held, op(3, 4, reserve("b", "r2"), done(2, 110)), op(5, 6, acquire("a", "r1"), refused(3, 110)),
			op(7, 8, acquire("b", "r2"), done(4, 119))}, porcupine.Ok},
		"released, rested, another's": {[]porcupine.Operation{held, owned, op(5, 6, release("a"), done(3, 102)), op(7, 8, reserve("b", "r2"), refused(4, 106)),
			op(9, 10, reserve("b", "r2"), done(5, 107))}, porcupine.Ok},

		"two owners":                 {[]porcupine.Operation{held, owned, op(5, 6, reserve("b", "r2"), done(3, 200)), op(7, 8, acquire("b", "r2"), done(4, 201))}, porcupine.Illegal},
		"two holders":                {[]porcupine.Operation{held, op(3, 4, reserve("b", "r2"), done(2, 109))}, porcupine.Illegal},
		"acquired at the end":        {[]porcupine.Operation{held, op(3, 4, acquire("a", "r1"), done(2, 110))}, porcupine.Illegal},
		"refused before the end":     {[]porcupine.Operation{held, op(3, 4, acquire("a", "r1"), refused(2, 109))}, porcupine.Illegal},
		"acquired by another":        {[]porcupine.Operation{held, op(3, 4, acquire("b", "r1"), done(2, 101))}, porcupine.Illegal},
		"acquired twice":             {[]porcupine.Operation{held, owned, op(5, 6, acquire("a", "r1"), done(3, 101))}, porcupine.Illegal},
		"released by another":        {[]porcupine.Operation{held, owned, op(5, 6, release("b"), done(3, 102))}, porcupine.Illegal},
		"reserved while it rests":    {[]porcupine.Operation{held, owned, op(5, 6, release("a"), done(3, 102)), op(7, 8, reserve("b", "r2"), done(4, 106))}, porcupine.Illegal},
		"a stale read":               {[]porcupine.Operation{held, owned, op(5, 6, read("a"), refused(1, 101))}, porcupine.Illegal},
		"a read that is wrong":       {[]porcupine.Operation{held, owned, op(5, 6, read("a"), refused(2, 101))}, porcupine.Illegal},
		"time goes back":             {[]porcupine.Operation{held, op(3, 4, acquire("a", "r1"), done(2, 99))}, porcupine.Illegal},
		"the log against the clock":  {[]porcupine.Operation{op(1, 2, acquire("a", "r1"), done(2, 101)), op(3, 4, reserve("a", "r1"), done(1, 100))}, porcupine.Illegal},
		"a place in the log is used": {[]porcupine.Operation{held, op(3, 4, acquire("a", "r1"), done(1, 101))}, porcupine.Illegal},
	} {
		if got := porcupine.CheckOperationsTimeout(numberModel(5), c.history, linTimeout); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestTheQuotaCheckerTells is the same for the model of a tenant's use, with a
// licence, which gives eleven numbers.
func TestTheQuotaCheckerTells(t *testing.T) {
	op := func(index uint64, at int64, in linOp, out linOut) porcupine.Operation {
		out.index, out.at, out.expires = index, at, at+10
		return porcupine.Operation{Call: int64(2 * index), Return: int64(2*index + 1), Input: in, Output: out}
	}
	reserve := func(id telephony.ReservationID, count int64) linOp {
		return linOp{kind: linReserve, hold: id, count: count}
	}
	ok := linOut{ok: true}
	over := func(acquired, held int64) linOut {
		return linOut{quota: true, limit: 11, acquired: acquired, held: held}
	}
	six := op(1, 100, reserve("r1", 6), ok)
	for name, c := range map[string]struct {
		history []porcupine.Operation
		want    porcupine.CheckResult
	}{
		"up to the quota":        {[]porcupine.Operation{six, op(2, 101, reserve("r2", 5), ok)}, porcupine.Ok},
		"refused beyond":         {[]porcupine.Operation{six, op(2, 101, reserve("r2", 6), over(0, 6))}, porcupine.Ok},
		"run out":                {[]porcupine.Operation{six, op(2, 110, reserve("r2", 11), ok)}, porcupine.Ok},
		"some acquired":          {[]porcupine.Operation{six, op(2, 101, linOp{kind: linAcquire, hold: "r1", count: 2}, ok), op(3, 102, reserve("r2", 9), ok)}, porcupine.Ok},
		"bought":                 {[]porcupine.Operation{op(1, 1, linOp{kind: linBuy, count: 1}, ok), op(2, 2, reserve("r1", 12), ok)}, porcupine.Ok},
		"beyond the quota":       {[]porcupine.Operation{six, op(2, 109, reserve("r2", 6), ok)}, porcupine.Illegal},
		"refused below":          {[]porcupine.Operation{six, op(2, 110, reserve("r2", 6), over(0, 6))}, porcupine.Illegal},
		"wrong figures":          {[]porcupine.Operation{six, op(2, 101, reserve("r2", 6), over(0, 7))}, porcupine.Illegal},
		"acquired and not freed": {[]porcupine.Operation{six, op(2, 101, linOp{kind: linAcquire, hold: "r1", count: 2}, ok), op(3, 102, reserve("r2", 10), ok)}, porcupine.Illegal},
		"given back":             {[]porcupine.Operation{op(1, 1, linOp{kind: linGiveBack, count: 1}, ok), op(2, 2, reserve("r1", 1), ok)}, porcupine.Illegal},
	} {
		if got := porcupine.CheckOperationsTimeout(quotaModel(1), c.history, linTimeout); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestTheCheckerTellsARealHistory falsifies one answer of a recorded history at
// a time.
func TestTheCheckerTellsARealHistory(t *testing.T) {
	h := newHistory(t)
	h.run(1, 300)
	model := numberModel(int64(linRest))
	falsified := map[linKind]int{}
	for i, op := range h.numbers {
		in, out := op.Input.(linOp), op.Output.(linOut)
		if falsified[in.kind]++; falsified[in.kind] > 3 {
			continue
		}
		wrong := append([]porcupine.Operation(nil), h.numbers...)
		out.ok = !out.ok
		wrong[i].Output = out
		if got := porcupine.CheckOperationsTimeout(model, wrong, linTimeout); got != porcupine.Illegal {
			t.Errorf("operation %d, %+v with the answer %+v: %s", i, in, out, got)
		}
	}
	for _, kind := range []linKind{linReserve, linAcquire, linReturn, linCancel, linRelease, linRead, linReadHold} {
		if falsified[kind] == 0 {
			t.Errorf("no operation of sort %d was falsified", kind)
		}
	}
}
