package engine

import (
	"slices"
	"time"

	"example.com/callingplan/telephony"
)

// refusal is an error as it is kept: the code and the figures, without the
// words, which are no part of the state. It shares no memory with the error,
// which the caller may write to.
type refusal struct {
	Op, Field, Subject string
	Code               telephony.Code
	Figures            []telephony.Figure
	Person             telephony.PersonID
	Numbers            telephony.NumberList
	Ranges             []telephony.Range
	At                 int64 // 0 for none
	Reasons            []refusal
}

// maxRefusal is how many bytes a refusal weighs that is kept whole: enough for
// one that names all the numbers of the largest request. Of one that weighs more
// the cause is kept, and how much was left out.
const maxRefusal = 128 << 10

func newRefusal(e *telephony.Error) *refusal {
	if e == nil {
		return nil
	}
	if weight(e) > maxRefusal {
		e = brief(e)
	}
	return keptRefusal(e)
}

func keptRefusal(e *telephony.Error) *refusal {
	r := &refusal{Op: e.Op, Code: e.Code, Field: e.Field, Subject: e.Subject, Figures: slices.Clone(e.Figures),
		Person: e.Person, Numbers: slices.Clone(e.Numbers), Ranges: slices.Clone(e.Ranges)}
	if !e.At.IsZero() {
		r.At = e.At.UnixNano()
	}
	for _, reason := range e.Reasons {
		r.Reasons = append(r.Reasons, *keptRefusal(reason))
	}
	return r
}

// error is the way back.
func (r *refusal) error() *telephony.Error {
	e := &telephony.Error{Op: r.Op, Code: r.Code, Field: r.Field, Subject: r.Subject, Figures: slices.Clone(r.Figures),
		Person: r.Person, Numbers: slices.Clone(r.Numbers), Ranges: slices.Clone(r.Ranges), Fix: "this answer was given to the first call with this request id; use a new one to try again"}
	if r.At != 0 {
		e.At = time.Unix(0, r.At).UTC()
	}
	for i := range r.Reasons {
		e.Reasons = append(e.Reasons, r.Reasons[i].error())
	}
	return e
}

// What the parts of a refusal weigh, which is what they take at most when they are
// written. A number has up to 16 characters, a range two of them.
const (
	refusalWeight = 128
	figureWeight  = 28
	numberWeight  = 18
	rangeWeight   = 36
)

// weight returns how many bytes an error takes at most when it is kept whole.
func weight(e *telephony.Error) int {
	sum := refusalWeight + len(e.Op) + len(e.Field) + len(e.Subject) + len(e.Code) + len(e.Person) +
		numberWeight*len(e.Numbers) + rangeWeight*len(e.Ranges)
	for _, f := range e.Figures {
		sum += figureWeight + len(f.Name)
	}
	for _, reason := range e.Reasons {
		sum += weight(reason)
	}
	return sum
}

// brief returns an error without its lists, which it counts.
func brief(e *telephony.Error) *telephony.Error {
	numbers := 0
	for _, reason := range e.All() {
		numbers += len(reason.Numbers)
		for _, r := range reason.Ranges {
			numbers += r.Len()
		}
	}
	return &telephony.Error{Op: e.Op, Code: e.Code, Field: e.Field, Person: e.Person, At: e.At,
		Figures: []telephony.Figure{{Name: "reasons not kept", Value: int64(len(e.Reasons))}, {Name: "numbers not kept", Value: int64(numbers)}}}
}

// written is all that a refusal says, so that no two that differ are the same.
func (r *refusal) written() string {
	data, err := theEncoding().write.Marshal(r)
	must(err)
	return string(data)
}
