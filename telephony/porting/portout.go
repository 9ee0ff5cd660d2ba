package porting

import (
	"cmp"
	"log/slog"
	"slices"
	"time"

	"example.com/callingplan/telephony"
)

// The causes for which a number is not let go, in the order in which
// CheckPortOut reports them for each.
const (
	ErrQuarantined  telephony.Code = "port_out_number_in_quarantine"
	ErrNotOwned     telephony.Code = "port_out_number_not_owned"
	ErrNumberLocked telephony.Code = "port_out_number_locked"
	ErrInOrder      telephony.Code = "port_out_number_in_order"
)

// PortOut is what decides whether numbers go to another carrier.
type PortOut struct {
	Guard    Guard
	Guessing Guessing
	PIN      SealedPIN      // as it was given, sealed with the guard's salt
	Numbers  PortOutNumbers // in any order
}

// PortOutNumber are the facts of a number that another carrier wants. The zero
// facts of a number let nothing go.
type PortOutNumber struct {
	Number      telephony.Number
	Owned       bool               // by the tenant whose PIN is asked for
	Quarantined bool               // given up by that tenant and resting; it is the provider's by now
	Locked      bool               // the tenant locked the number against port-out
	InOrder     bool               // in another port order that is under way
	Person      telephony.PersonID // who has the number, if anybody
}

// PortOutNumbers are the facts of several. They log masked, which a plain slice
// cannot.
type PortOutNumbers []PortOutNumber

// PortOutDecision is what became of another carrier's wish. The zero value lets
// nothing go.
type PortOutDecision struct {
	Granted bool
	Guard   Guard          // to be kept, whether granted or not
	Leaves  PortOutNumbers // what goes, ascending; with the person who loses each, if anybody has it
	Refused *telephony.Error
}

// CheckPortOut decides whether numbers go to another carrier. It is closed
// unless everything says otherwise: a missing fact, a missing PIN and an unset
// one all refuse. There is no waiting for an answer after which silence would
// count as consent.
//
// All numbers go or none does. A number that somebody has goes too, since the
// right to take a number along does not depend on its being idle; the decision
// lists who loses it.
//
// The refusal is that of Guard.Try, alone: who has no PIN is told nothing of the
// numbers. With the right PIN it is, all at once: ErrNoNumbers;
// ErrTooManyNumbers; ErrDuplicateNumber; then number by number, ascending,
// ErrQuarantined alone, or ErrNotOwned alone, or ErrNumberLocked and ErrInOrder.
func CheckPortOut(now time.Time, p PortOut) PortOutDecision {
	guard, refused := p.Guard.Try(now, p.PIN, p.Guessing)
	if refused != nil {
		return PortOutDecision{Guard: guard, Refused: refused}
	}
	numbers := slices.Clone(p.Numbers)
	slices.SortStableFunc(numbers, func(a, b PortOutNumber) int { return a.Number.Compare(b.Number) })
	if e := telephony.Join(checkLeaving(numbers)); e != nil {
		return PortOutDecision{Guard: guard, Refused: e}
	}
	return PortOutDecision{Granted: true, Guard: guard, Leaves: numbers}
}

// checkLeaving reports why sorted numbers do not go.
func checkLeaving(numbers PortOutNumbers) []*telephony.Error {
	switch count := len(numbers); {
	case count == 0:
		return []*telephony.Error{{Code: ErrNoNumbers, Field: "numbers", Detail: "no numbers are asked for", Fix: "name at least one"}}
	case count > MaxNumbers:
		return []*telephony.Error{{Code: ErrTooManyNumbers, Field: "numbers", Detail: "too many numbers are asked for",
			Figures: []telephony.Figure{{Name: "numbers", Value: int64(count)}, {Name: "limit", Value: MaxNumbers}}, Fix: "ask in several requests"}}
	}
	var reasons []*telephony.Error
	if twice := sameNumbers(numbers); len(twice) > 0 {
		reasons = append(reasons, &telephony.Error{Code: ErrDuplicateNumber, Field: "numbers", Numbers: twice, Detail: "numbers are asked for twice", Fix: "name each once"})
	}
	for _, n := range numbers {
		reasons = append(reasons, n.check()...)
	}
	return reasons
}

func sameNumbers(sorted PortOutNumbers) telephony.NumberList {
	var twice telephony.NumberList
	for i := 1; i < len(sorted); i++ {
		if sorted[i].Number == sorted[i-1].Number {
			twice = append(twice, sorted[i].Number)
		}
	}
	return slices.Compact(twice)
}

func (n PortOutNumber) check() []*telephony.Error {
	var reasons []*telephony.Error
	refuse := func(code telephony.Code, detail, fix string) {
		reasons = append(reasons, &telephony.Error{Code: code, Field: "numbers", Numbers: telephony.NumberList{n.Number}, Detail: detail, Fix: fix})
	}
	switch {
	case n.Quarantined:
		refuse(ErrQuarantined, "the number was given up and is in quarantine", "leave it out")
		return reasons
	case !n.Owned || !n.Number.IsValid():
		refuse(ErrNotOwned, "the number is not the tenant's", "leave it out")
		return reasons
	}
	if n.Locked {
		refuse(ErrNumberLocked, "the number is locked against port-out", "have the tenant lift the lock")
	}
	if n.InOrder {
		refuse(ErrInOrder, "the number is in a port order", "wait until that order is over")
	}
	return reasons
}

// People returns who loses a number, ascending and each once.
func (d PortOutDecision) People() []telephony.PersonID {
	var people []telephony.PersonID
	for _, n := range d.Leaves {
		if n.Person != "" {
			people = append(people, n.Person)
		}
	}
	slices.SortFunc(people, cmp.Compare[telephony.PersonID])
	return slices.Compact(people)
}

// LogValue tells how many numbers are asked for, and nothing of the PIN.
func (p PortOut) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("guard", p.Guard), slog.Any("numbers", p.Numbers))
}

// LogValue masks the numbers and the people in structured logs.
func (ns PortOutNumbers) LogValue() slog.Value {
	list := make(telephony.NumberList, len(ns))
	for i, n := range ns {
		list[i] = n.Number
	}
	return list.LogValue()
}

// String masks the number and the person.
func (n PortOutNumber) String() string { return n.Number.Masked() }

// GoString is what %#v prints: the masked form.
func (n PortOutNumber) GoString() string { return "porting.PortOutNumber{" + n.String() + "}" }

// LogValue masks the number and the person in structured logs.
func (n PortOutNumber) LogValue() slog.Value { return slog.StringValue(n.String()) }

// String says the decision without the numbers and the people.
func (d PortOutDecision) String() string {
	if d.Granted {
		return "granted"
	}
	return "refused"
}

// GoString is what %#v prints: the masked form.
func (d PortOutDecision) GoString() string { return "porting.PortOutDecision{" + d.String() + "}" }

// LogValue masks the numbers and the people in structured logs.
func (d PortOutDecision) LogValue() slog.Value {
	attrs := []slog.Attr{slog.Bool("granted", d.Granted), slog.Int("numbers", len(d.Leaves))}
	if d.Refused != nil {
		attrs = append(attrs, slog.Any("refused", d.Refused))
	}
	return slog.GroupValue(attrs...)
}
