package engine_test

import (
	"errors"
	"slices"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestServiceQueries compares each field with a filter over all services.
func TestServiceQueries(t *testing.T) {
	s := newScene(t)
	withServices(s)
	s.must(s.org.AddService(s.ctx, engine.ServiceSpec{ID: "support", Kind: telephony.CallQueue, Name: "Help Desk", UsageLocation: "GB"}))
	for name, c := range map[string]struct {
		q    engine.ServiceQuery
		want []telephony.ServiceID
	}{
		"all":        {engine.ServiceQuery{}, []telephony.ServiceID{"bridge", "reception", "support"}},
		"kind":       {engine.ServiceQuery{Kind: telephony.CallQueue}, []telephony.ServiceID{"support"}},
		"country":    {engine.ServiceQuery{Country: "US"}, []telephony.ServiceID{"reception"}},
		"assigned":   {engine.ServiceQuery{Assigned: true}, []telephony.ServiceID{"reception"}},
		"unassigned": {engine.ServiceQuery{Unassigned: true}, []telephony.ServiceID{"bridge", "support"}},
		"id":         {engine.ServiceQuery{Text: "RID"}, []telephony.ServiceID{"bridge"}},
		"name":       {engine.ServiceQuery{Text: "desk"}, []telephony.ServiceID{"support"}},
		"two":        {engine.ServiceQuery{Unassigned: true, Country: "GB"}, []telephony.ServiceID{"support"}},
		"none":       {engine.ServiceQuery{Assigned: true, Country: "GB"}, nil},
	} {
		var got, paged []telephony.ServiceID
		for service := range s.view().Services(c.q) {
			got = append(got, service.ID)
		}
		for _, service := range collectPages(t, 1, func(after engine.Cursor, size int) (engine.Page[engine.Service], error) {
			return s.view().ServicePage(c.q, after, size)
		}) {
			paged = append(paged, service.ID)
		}
		if !slices.Equal(got, c.want) || !slices.Equal(paged, c.want) {
			t.Errorf("%s: got %v, in pages %v, want %v", name, got, paged, c.want)
		}
	}
	one, err := s.view().Service("reception")
	if err != nil || one.Number != s.toll[0] || one.Numbers != 1 {
		t.Errorf("the service is %+v, %v", one, err)
	}
	if _, err := s.view().Service("nothing"); !errors.Is(err, engine.ErrUnknownService) {
		t.Errorf("got %v", err)
	}
}

// TestServicesAreNoGaps: a service calls nobody for help, so no location of its
// number is missed.
func TestServicesAreNoGaps(t *testing.T) {
	s := newScene(t)
	withServices(s)
	if got := s.view().GapCount(); got.Total() != 0 {
		t.Errorf("%+v are missed", got)
	}
	for g := range s.view().Gaps() {
		t.Errorf("a gap: %+v", g)
	}
}
