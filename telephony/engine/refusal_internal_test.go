package engine

import (
	"reflect"
	"testing"

	"example.com/callingplan/telephony"
)

// TestFormerOutcomes: what AssignGroupLicences gave is read in the first format of
// snapshots too.
func TestFormerOutcomes(t *testing.T) {
	type former struct {
		Person  telephony.PersonID
		Refused *refusal
	}
	data, err := theEncoding().write.Marshal([]former{{Person: "adele.vance"},
		{Person: "nobody", Refused: newRefusal(&telephony.Error{Code: ErrUnknownPerson, Person: "nobody"})}})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := decodeResult(OpAssignGroup, data)
	if err != nil {
		t.Fatal(err)
	}
	got, fits := kept.(wireOutcomes).outcomes([]telephony.PersonID{"adele.vance", "nobody"})
	if !fits || len(got) != 2 || got[0] != (GroupOutcome{Person: "adele.vance"}) || got[1].Err.Code != ErrUnknownPerson || got[1].Err.Person != "nobody" {
		t.Errorf("got %v, that fits: %t", got, fits)
	}
	if _, fits := kept.(wireOutcomes).outcomes([]telephony.PersonID{"adele.vance"}); fits {
		t.Error("the outcomes of two people are those of one")
	}
	if _, err := decodeResult(OpAssignGroup, []byte{0x01}); err == nil {
		t.Error("a number is read as outcomes")
	}
}

// TestOutcomesAreKeptOnce: what many people met with is kept once, and each of them
// is told it as the first call did.
func TestOutcomesAreKeptOnce(t *testing.T) {
	var people []telephony.PersonID
	var outcomes []GroupOutcome
	for _, id := range []telephony.PersonID{"a", "b", "c", "d"} {
		cause := &telephony.Error{Code: ErrUnknownPerson, Person: id, Figures: []telephony.Figure{{Name: "n", Value: 1}}}
		people, outcomes = append(people, id), append(outcomes, GroupOutcome{id, telephony.Join([]*telephony.Error{cause, {Code: ErrPersonVanished, Person: id}})})
	}
	outcomes[1].Err = nil
	outcomes[3].Err = &telephony.Error{Code: ErrUnknownPerson, Person: "somebody.else"}
	w := newWireOutcomes(outcomes)
	if len(w.Refusals) != 2 || !reflect.DeepEqual(w.Of, []int{1, 0, 1, 2}) {
		t.Errorf("%d refusals are kept, of the people %v", len(w.Refusals), w.Of)
	}
	got, _ := w.outcomes(people)
	for i, o := range got {
		if want := outcomes[i]; o.Person != want.Person || !reflect.DeepEqual(newRefusal(o.Err), newRefusal(want.Err)) {
			t.Errorf("%s gets %#v, got %#v at first", o.Person, o.Err, want.Err)
		}
	}
}

// TestHeavyRefusals: of a refusal that is too heavy to be kept whole, what is kept
// says so, and weighs little; what is weighed is never less than what is written.
func TestHeavyRefusals(t *testing.T) {
	numbers := make(telephony.NumberList, 5000)
	for i := range numbers {
		numbers[i], _ = telephony.MustParse("+999100000000000").Add(i)
	}
	one := &telephony.Error{Op: string(OpRelease), Code: ErrUnknownNumber, Field: "numbers", Subject: "numbers", Numbers: numbers, Person: "adele.vance",
		Figures: []telephony.Figure{{Name: "asked", Value: 1 << 62}}, Ranges: []telephony.Range{telephony.MustParseRange("+999100000000000..+999100000000999")}}
	if data := newRefusal(one).written(); len(data) > weight(one) || len(newRefusal(one).Numbers) != len(numbers) {
		t.Errorf("%d bytes are written, %d weighed, %d numbers kept", len(data), weight(one), len(newRefusal(one).Numbers))
	}
	heavy := telephony.Join([]*telephony.Error{one, one, one})
	kept := newRefusal(heavy).error()
	reasons, _ := kept.Figure("reasons not kept")
	left, _ := kept.Figure("numbers not kept")
	if kept.Code != heavy.Code || kept.Op != heavy.Op || reasons != 3 || left != 3*6000 || len(kept.Numbers)+len(kept.Reasons) != 0 {
		t.Errorf("kept is %#v", kept)
	}
}
