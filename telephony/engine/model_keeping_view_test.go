package engine_test

import (
	"maps"
	"slices"
	"strings"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// seenKeeping is what a tenant can see of how its numbers are kept.
type seenKeeping struct {
	Services    []engine.Service
	Accounts    licensing.Quota
	Tags        []engine.Tag
	Resting     []engine.Resting
	Activations []engine.ActivationCount
	Ranges      []engine.NumberRange
}

func lookAtKeeping(v *engine.View) seenKeeping {
	s := seenKeeping{Services: slices.Collect(v.Services(engine.ServiceQuery{})), Accounts: v.ResourceAccounts(),
		Tags: slices.Collect(v.Tags()), Resting: slices.Collect(v.Resting()), Activations: v.ActivationCounts(),
		Ranges: slices.Collect(v.NumberRanges(engine.NumberQuery{}))}
	s.Accounts.Lines = nil
	return s
}

// seesKeeping is what the tenant should see; the numbers are those it should see.
func (m *machine) seesKeeping(t *mTenant, numbers []engine.TenantNumber) (s seenKeeping) {
	for _, id := range slices.Sorted(maps.Keys(t.services)) {
		of := t.services[id]
		seen := engine.Service{ID: id, Kind: of.kind, Name: of.name, UsageLocation: of.country, Added: moment(of.added), Numbers: int64(len(t.of(id)))}
		if of.isAccount() && seen.Numbers > 0 {
			seen.Number = t.of(id)[0]
		}
		s.Services = append(s.Services, seen)
	}
	have, limit := t.accounts(), t.accountLimit()
	s.Accounts = licensing.Quota{Class: licensing.ResourceAccounts, Limit: limit, Acquired: have, Left: max(0, limit-have)}
	s.Resting = m.seesResting(t)
	works := map[telephony.ActivationState]int64{}
	tags := map[string]int64{}
	for _, n := range numbers {
		works[n.Activation.State]++
		for _, tag := range n.Tags {
			tags[tag]++
		}
		s.Ranges = foldSeen(s.Ranges, n)
	}
	for _, tag := range slices.SortedFunc(maps.Keys(tags), func(a, b string) int { return strings.Compare(strings.ToUpper(a), strings.ToUpper(b)) }) {
		s.Tags = append(s.Tags, engine.Tag{Tag: tag, Numbers: tags[tag]})
	}
	for _, state := range slices.Sorted(maps.Keys(works)) {
		s.Activations = append(s.Activations, engine.ActivationCount{State: state, Numbers: works[state]})
	}
	return s
}

// foldSeen puts a number behind the last range, if it is alike and next.
func foldSeen(ranges []engine.NumberRange, n engine.TenantNumber) []engine.NumberRange {
	if len(ranges) > 0 {
		last := &ranges[len(ranges)-1]
		next := last.Range.Last().Digits()+1 == n.Number.Digits() && last.Range.Last().Len() == n.Number.Len()
		if next && last.State == n.State && last.Kind == n.Kind && last.Area == n.Area {
			longer, err := telephony.RangeBetween(last.Range.First(), n.Number)
			if err != nil {
				panic(err)
			}
			last.Range = longer
			return ranges
		}
	}
	one, err := telephony.NewRange(n.Number, 1)
	if err != nil {
		panic(err)
	}
	return append(ranges, engine.NumberRange{Range: one, State: n.State, Kind: n.Kind, Area: n.Area})
}

func (m *machine) seesResting(t *mTenant) (all []engine.Resting) {
	for _, n := range slices.SortedFunc(maps.Keys(m.stock), telephony.Number.Compare) {
		if i, is := m.resting(t, n); is {
			r := m.rests[i]
			all = append(all, engine.Resting{Number: n, Area: m.areas[m.stock[n].area], Kind: m.stock[n].kind, Tenant: t.id,
				Since: moment(r.since), Until: moment(r.until), Left: time.Duration(r.until - m.now())})
		}
	}
	return all
}

// seesMarks adds what is set of a number to what should be seen of it.
func (m *machine) seesMarks(t *mTenant, n *mNumber, seen *engine.TenantNumber) {
	seen.Tags, seen.Description, seen.ReverseLookup = n.tags, n.description, n.listed
	if n.block.stands(m.now()) {
		seen.Block = telephony.AssignmentBlock{Since: moment(n.block.since), Reason: n.block.reason}
		if n.block.until > 0 {
			seen.Block.Until = moment(n.block.until)
		}
	}
	if seen.Capabilities = telephony.UserAssignment; n.kind != telephony.UserNumber {
		seen.Capabilities = telephony.ConferenceAssignment | telephony.VoiceApplicationAssignment
	}
	switch {
	case n.person != "":
		seen.State = telephony.UserAssigned
		seen.Orphaned = t.people[n.person].vanished != nil
	case n.service != "" && t.services[n.service].isAccount():
		seen.State, seen.Service = telephony.VoiceApplicationAssigned, n.service
	case n.service != "":
		seen.State, seen.Service = telephony.ConferenceAssigned, n.service
	}
}
