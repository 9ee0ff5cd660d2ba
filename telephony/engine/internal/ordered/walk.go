package ordered

import "sort"

// walk is the way to where a reader of a set is: of each node that it is in, how
// many of its items or children are on its left.
type walk[T any] []place[T]

type place[T any] struct {
	node *node[T]
	at   int
}

// to goes to the gap between the items that before says true of and the others.
// Of a child on the way, so many children are on the left as aside says: with it
// or without it.
func (s Set[T]) to(before func(T) bool, aside int) walk[T] {
	w := make(walk[T], 0, 4)
	n := s.root
	for {
		at := sort.Search(len(n.items), func(i int) bool { return !before(n.items[i]) })
		if n.children == nil {
			return append(w, place[T]{n, at})
		}
		// What is sought may be behind the last item that is before it, or in front of
		// all.
		child := max(at-1, 0)
		w = append(w, place[T]{n, child + aside})
		n = n.children[child]
	}
}

// Ascend returns a function that gives one after the other the items behind
// those that before says true of, as From does, then none.
func (s Set[T]) Ascend(before func(T) bool) func() (item T, ok bool) {
	w := s.to(before, 1)
	return func() (item T, ok bool) {
		for len(w) > 0 {
			at := &w[len(w)-1]
			switch {
			case at.at == len(at.node.items):
				w = w[:len(w)-1]
			case at.node.children == nil:
				at.at++
				return at.node.items[at.at-1], true
			default:
				at.at++
				w = append(w, place[T]{at.node.children[at.at-1], 0})
			}
		}
		return item, false
	}
}

// Descend returns a function that gives one after the other the items that before
// says true of, the last first, then none.
func (s Set[T]) Descend(before func(T) bool) func() (item T, ok bool) {
	w := s.to(before, 0)
	return func() (item T, ok bool) {
		for len(w) > 0 {
			at := &w[len(w)-1]
			if at.at == 0 {
				w = w[:len(w)-1]
				continue
			}
			at.at--
			if at.node.children == nil {
				return at.node.items[at.at], true
			}
			child := at.node.children[at.at]
			w = append(w, place[T]{child, len(child.items)})
		}
		return item, false
	}
}

// Rank returns how many items before says true of, which is as in From. It looks
// at one node on each level and at its children.
func (s Set[T]) Rank(before func(T) bool) (rank int) {
	for n := s.root; ; {
		at := sort.Search(len(n.items), func(i int) bool { return !before(n.items[i]) })
		if n.children == nil {
			return rank + at
		}
		child := max(at-1, 0)
		for _, left := range n.children[:child] {
			rank += left.len()
		}
		n = n.children[child]
	}
}
