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

// wireOutcome is a GroupOutcome as it is kept.
type wireOutcome struct {
	Person  telephony.PersonID
	Refused *refusal
}

func newWireOutcomes(outcomes []GroupOutcome) []wireOutcome {
	wire := make([]wireOutcome, len(outcomes))
	for i, o := range outcomes {
		wire[i] = wireOutcome{o.Person, newRefusal(o.Err)}
	}
	return wire
}

func groupOutcomes(wire []wireOutcome) []GroupOutcome {
	outcomes := make([]GroupOutcome, len(wire))
	for i, w := range wire {
		outcomes[i].Person = w.Person
		if w.Refused != nil {
			outcomes[i].Err = w.Refused.error()
		}
	}
	return outcomes
}
