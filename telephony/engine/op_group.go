package engine

import (
	"context"
	"log/slog"
	"slices"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// GroupLicences is one change of licences for many people.
type GroupLicences struct {
	People    []telephony.PersonID // in the order in which they get what there is; 1 to MaxGroup
	Add       []licensing.Product
	Remove    []licensing.Product
	RequestID string `cbor:"-"`
}

// MaxGroup is how many people one call changes the licences of, and
// MaxGroupProducts how many licences it changes of each.
const (
	MaxGroup         = 1000
	MaxGroupProducts = 100
)

// GroupOutcome is what came of the change for one person.
type GroupOutcome struct {
	Person telephony.PersonID
	Err    *telephony.Error // why nothing of it was done for this one; nil if it was
}

// LogValue masks the person in structured logs.
func (o GroupOutcome) LogValue() slog.Value {
	code := telephony.Code("")
	if o.Err != nil {
		code = o.Err.Code
	}
	return slog.GroupValue(slog.Any("person", o.Person), slog.String("refused", string(code)))
}

type groupCommand struct{ GroupLicences }

func (groupCommand) op() Op         { return OpAssignGroup }
func (r groupCommand) content() any { return r.GroupLicences }

func (r groupCommand) check() error {
	if n := len(r.People); n < 1 || n > MaxGroup {
		return &telephony.Error{Code: ErrRequest, Field: "people", Detail: "the count of people is out of bounds", Fix: "make several calls of it",
			Figures: []telephony.Figure{{Name: "asked", Value: int64(n)}, {Name: "least", Value: 1}, {Name: "most", Value: MaxGroup}}}
	}
	for _, id := range r.People {
		if err := telephony.CheckID("people", id); err != nil {
			return err
		}
	}
	sorted := slices.Sorted(slices.Values(r.People))
	for i, id := range sorted {
		if i > 0 && id == sorted[i-1] {
			return &telephony.Error{Code: ErrPersonListedTwice, Field: "people", Person: id, Detail: "a person is listed twice", Fix: "list each person once"}
		}
	}
	if n := len(r.Add) + len(r.Remove); n > MaxGroupProducts {
		return tooManyProducts(n, MaxGroupProducts)
	}
	return licenceCommand{LicenceChange{Person: r.People[0], Add: r.Add, Remove: r.Remove}}.check()
}

// apply changes what each person holds, one after the other.
func (r groupCommand) apply(s *step) (any, *telephony.Error) {
	outcomes := make([]GroupOutcome, len(r.People))
	for i, id := range r.People {
		outcomes[i] = GroupOutcome{id, s.changeLicences(LicenceChange{Person: id, Add: r.Add, Remove: r.Remove})}
	}
	return outcomes, nil
}

// AssignGroupLicences gives licences to many people and takes others from them, in
// one call, each of them as AssignLicences would, in the order in which they are
// listed: where there are not enough, those listed first get them. There are as
// many outcomes as people; whoever is refused changes nothing for the others.
// Tenant.Rehearse tells beforehand what would come of it.
//
// Errors: ErrRequest for no people or too many; telephony.ErrID;
// ErrPersonListedTwice; ErrRequest for nothing to change, or too much. Of each
// outcome: ErrUnknownPerson; ErrPersonVanished; those of licensing.Catalogue.CheckChange, every one
// that applies.
func (t *Tenant) AssignGroupLicences(ctx context.Context, g GroupLicences) ([]GroupOutcome, error) {
	g.People, g.Add, g.Remove = slices.Clone(g.People), slices.Clone(g.Add), slices.Clone(g.Remove)
	outcomes, err := write[[]GroupOutcome](ctx, t.caller, groupCommand{g}, g.RequestID)
	return slices.Clone(outcomes), err
}

// wireOutcomes are GroupOutcomes as they are kept: each refusal once, however many
// people met with it. Who they are the request says, which comes again when its
// answer is asked for again.
type wireOutcomes struct {
	Refusals []refusal
	Of       []int // for each person the refusal, counted from 1, or 0 for none
}

// whoever stands in a refusal for the person whose outcome it is. It is no
// identifier.
const whoever telephony.PersonID = "*"

func newWireOutcomes(outcomes []GroupOutcome) wireOutcomes {
	w := wireOutcomes{Of: make([]int, len(outcomes))}
	at := make(map[string]int) // where a refusal is, by how it is written
	room := maxRefusal
	for i, o := range outcomes {
		if o.Err == nil {
			continue
		}
		kept := newRefusal(o.Err).about(o.Person, whoever)
		key := kept.written()
		if at[key] == 0 && weight(o.Err) > room {
			kept = keptRefusal(brief(o.Err)).about(o.Person, whoever)
			key = kept.written()
		}
		if at[key] == 0 {
			w.Refusals = append(w.Refusals, kept)
			at[key] = len(w.Refusals)
			room -= min(room, weight(o.Err))
		}
		w.Of[i] = at[key]
	}
	return w
}

// decodeOutcomes reads what AssignGroupLicences gave, in the first format of
// snapshots too, where each outcome had its person and its own refusal.
func decodeOutcomes(data []byte) (wireOutcomes, error) {
	w, err := decodeResultAs[wireOutcomes](data)
	if err == nil {
		return w, nil
	}
	former, err := decodeResultAs[[]struct {
		Person  telephony.PersonID
		Refused *refusal
	}](data)
	w = wireOutcomes{Of: make([]int, len(former))}
	for i, o := range former {
		if o.Refused != nil {
			w.Refusals = append(w.Refusals, *o.Refused)
			w.Of[i] = len(w.Refusals)
		}
	}
	return w, err
}

// outcomes is the way back, and reports false for what cannot be of these people.
func (w wireOutcomes) outcomes(people []telephony.PersonID) (outcomes []GroupOutcome, fits bool) {
	if len(w.Of) != len(people) {
		return nil, false
	}
	outcomes = make([]GroupOutcome, len(people))
	for i, at := range w.Of {
		if at < 0 || at > len(w.Refusals) {
			return nil, false
		}
		outcomes[i].Person = people[i]
		if at > 0 {
			kept := w.Refusals[at-1].about(whoever, people[i])
			outcomes[i].Err = kept.error()
		}
	}
	return outcomes, true
}

// about returns a refusal that is about another person where it was about one.
func (r refusal) about(was, is telephony.PersonID) refusal {
	if r.Person == was {
		r.Person = is
	}
	reasons := make([]refusal, len(r.Reasons))
	for i, reason := range r.Reasons {
		reasons[i] = reason.about(was, is)
	}
	if r.Reasons = reasons; len(reasons) == 0 {
		r.Reasons = nil
	}
	return r
}
