// Package ordered keeps sets in order that never change, as values: a changed
// set shares with the one before all but the few nodes on the way to what
// changed. It is for what follows from rows and is read at a moment like them,
// and costs a fraction of what a table does.
//
// A set is changed through an Edition, which copies each node once and then
// writes to its copy, however much changes.
package ordered

import (
	"iter"
	"slices"
	"sort"
)

// Set holds items in order, each once. Its copies may be read by several
// goroutines at once.
type Set[T any] struct {
	root    *node[T]
	len     int
	compare func(a, b T) int
}

// node is a leaf, which has items, or has children and for each of them an item
// that is not above any of the child's and above all of the child before: the
// child's first one at some time. All leaves are equally deep, and only the root
// of an empty set is empty.
type node[T any] struct {
	items    []T
	children []*node[T]
	owner    *Edition[T] // may write to it; nobody else may
}

// How many items or children a node has at most, and below how many it joins a
// neighbour with room for them.
const (
	most = 32
	few  = most / 4
)

// New returns an empty set of items in the order of compare, of which two are
// the same if it returns 0.
func New[T any](compare func(a, b T) int) Set[T] {
	return Set[T]{root: &node[T]{}, compare: compare}
}

// Len returns how many items there are.
func (s Set[T]) Len() int { return s.len }

// Has reports whether an item is there.
func (s Set[T]) Has(item T) bool {
	n := s.root
	for n.children != nil {
		n = n.children[n.childFor(item, s.compare)]
	}
	_, there := slices.BinarySearchFunc(n.items, item, s.compare)
	return there
}

// childFor returns the child in which an item is, if it is anywhere.
func (n *node[T]) childFor(item T, compare func(a, b T) int) int {
	at, there := slices.BinarySearchFunc(n.items, item, compare)
	if !there {
		at--
	}
	return max(at, 0)
}

// All yields the items in order.
func (s Set[T]) All() iter.Seq[T] { return s.From(func(T) bool { return false }) }

// From yields in order the items behind those that before says true of: it must
// do so of all up to some item and of none from there on. Of a set that is being
// edited the items may not be yielded while it is.
func (s Set[T]) From(before func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) { s.root.from(before, yield) }
}

func (n *node[T]) from(before func(T) bool, yield func(T) bool) bool {
	at := sort.Search(len(n.items), func(i int) bool { return !before(n.items[i]) })
	if n.children == nil {
		return each(n.items[at:], yield)
	}
	if at > 0 {
		// What the search is for may be behind the last separator that is before it.
		if !n.children[at-1].from(before, yield) {
			return false
		}
	}
	for _, child := range n.children[at:] {
		if !child.all(yield) {
			return false
		}
	}
	return true
}

func (n *node[T]) all(yield func(T) bool) bool {
	for _, child := range n.children {
		if !child.all(yield) {
			return false
		}
	}
	return n.children != nil || each(n.items, yield)
}

func each[T any](items []T, yield func(T) bool) bool {
	for _, item := range items {
		if !yield(item) {
			return false
		}
	}
	return true
}
