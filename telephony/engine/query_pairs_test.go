package engine_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

// asked is one field of a query and what it asks for, said anew.
type asked[Q, T any] struct {
	field string
	set   func(*Q)
	has   func(T) bool
}

// questions are what can be asked of a list, and the ways to ask it.
type questions[Q, T any] struct {
	asked []asked[Q, T]
	key   func(T) string
	check func(Q) error
	list  func(Q) []T
	page  func(Q, engine.Cursor, int) (engine.Page[T], error)
}

// tally counts how often a field has told something apart.
type tally map[string]int

// askPairs asks by every field, by every two, and by a few at random, and compares
// with a filter over all items: as a list, and page by page.
func askPairs[Q, T any](t *rapid.T, name string, qs questions[Q, T], told tally) {
	var none Q
	all := qs.list(none)
	ask := func(parts ...asked[Q, T]) {
		var q Q
		fields, names := map[string]bool{}, []string{}
		want := all
		for _, p := range parts {
			if !fields[p.field] {
				p.set(&q)
				want = slices.DeleteFunc(slices.Clone(want), func(one T) bool { return !p.has(one) })
				names = append(names, p.field)
			}
			fields[p.field] = true
		}
		if len(parts) == 1 && len(want) > 0 && len(want) < len(all) {
			told[name+", "+names[0]]++
		}
		got, size := qs.list(q), 1+len(all)/3
		var paged []T
		var err error
		for after, more := engine.Cursor(""), true; more && err == nil; more = after != "" {
			var p engine.Page[T]
			p, err = qs.page(q, after, size)
			paged, after = append(paged, p.Items...), p.Next
		}
		if refused := qs.check(q); refused != nil || err != nil {
			if len(want) > 0 || len(got) > 0 || !errors.Is(refused, engine.ErrQuery) || !errors.Is(err, engine.ErrQuery) {
				t.Fatalf("%s by %q, %d of %d: %v, and a page %v", name, names, len(want), len(got), refused, err)
			}
			return
		}
		if keys := keysOf(want, qs.key); !slices.Equal(keysOf(got, qs.key), keys) || !slices.Equal(keysOf(paged, qs.key), keys) {
			t.Fatalf("%s by %q: %d listed and %d on pages of %d, want %d", name, names, len(got), len(paged), size, len(want))
		}
	}
	for i, a := range qs.asked {
		ask(a)
		for _, b := range qs.asked[:i] {
			ask(a, b)
		}
	}
	for range 20 {
		ask(rapid.SliceOfN(rapid.SampledFrom(qs.asked), 3, 5).Draw(t, "fields")...)
	}
}

func keysOf[T any](items []T, key func(T) string) (keys []string) {
	for _, one := range items {
		keys = append(keys, key(one))
	}
	return keys
}

// TestQueriesInPairs asks all lists of villages that come about by chance.
func TestQueriesInPairs(t *testing.T) {
	told, fields := tally{}, map[string]bool{}
	rapid.Check(t, func(rt *rapid.T) {
		here := newVillage(t, rt)
		for _, list := range []interface {
			ask(*rapid.T, tally)
			fields(map[string]bool)
		}{
			pairs[engine.PersonQuery, engine.Person]{"people", here.people()},
			pairs[engine.AddressQuery, engine.AddressUse]{"addresses", here.addresses()},
			pairs[engine.ServiceQuery, engine.Service]{"services", here.services()},
			pairs[engine.ReservationQuery, engine.Reservation]{"reservations", here.reservations()},
			pairs[engine.EntryQuery, engine.Entry]{"entries", here.entries()},
		} {
			list.ask(rt, told)
			list.fields(fields)
		}
	})
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		if told[field] == 0 {
			t.Errorf("%s never told anything apart", field)
		}
	}
}

// pairs are the questions of a list with its name.
type pairs[Q, T any] struct {
	name string
	questions[Q, T]
}

func (n pairs[Q, T]) ask(t *rapid.T, told tally) { askPairs(t, n.name, n.questions, told) }

func (n pairs[Q, T]) fields(to map[string]bool) {
	for _, a := range n.asked {
		to[fmt.Sprintf("%s, %s", n.name, a.field)] = true
	}
}
