// Package ordered keeps sets in order that never change, as values: a changed
// set shares with the one before all but the few nodes on the way to what
// changed. It is for what follows from rows and is read at a moment like them,
// and costs a fraction of what a table does.
//
// A set is changed through an Edition, which copies each node once and then
// writes to its copy, however much changes.
//
// Two libraries were weighed in its place. github.com/tidwall/btree v1.8.2 takes as
// much time, within an eighth, but a tenth more memory for an acquired number and
// nearly a fifth more for a person added in order: it halves a full node also where
// more comes at the end, and the halves share an array, so that what was replaced in
// the upper one stays in memory until the lower one is written to; and its Copy writes
// to what it copies, which two editions of a set must not. github.com/google/btree
// v1.1.3 takes up to a fifth more time in a table and an eighth more memory, and has no
// iterator that waits for its reader.
package ordered

import (
	"iter"
	"slices"
)

// Set holds items in order, each once. Its copies may be read by several
// goroutines at once.
type Set[T any] struct {
	root    *node[T]
	len     int
	compare func(a, b T) int
}

// node is a leaf, which has items, or has children and beside each the first item
// that it has. All leaves are equally deep, and only the root of an empty set is
// empty.
type node[T any] struct {
	items    []T
	children []*node[T]
	below    int    // of one with children: how many items its leaves have
	owner    *owner // whoever has this may write to it, and nobody else
}

// len returns how many items the node has, its leaves' included.
func (n *node[T]) len() int {
	if n.children == nil {
		return len(n.items)
	}
	return n.below
}

// count counts anew what is below a node with children.
func (n *node[T]) count() {
	n.below = 0
	for _, child := range n.children {
		n.below += child.len()
	}
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
	_, there := s.Get(item)
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

// Get returns the item that is the same as one, and whether there is any.
func (s Set[T]) Get(item T) (same T, there bool) {
	n := s.root
	for n.children != nil {
		n = n.children[n.childFor(item, s.compare)]
	}
	at, there := slices.BinarySearchFunc(n.items, item, s.compare)
	if there {
		same = n.items[at]
	}
	return same, there
}

// First returns the first item, and whether there is any.
func (s Set[T]) First() (item T, any bool) {
	n := s.root
	for n.children != nil {
		n = n.children[0]
	}
	if len(n.items) == 0 {
		return item, false
	}
	return n.items[0], true
}

// All yields the items in order.
func (s Set[T]) All() iter.Seq[T] { return s.From(func(T) bool { return false }) }

// From yields in order the items behind those that before says true of: it must
// do so of all up to some item and of none from there on. Of a set that is being
// edited the items may not be yielded while it is.
func (s Set[T]) From(before func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		next := s.Ascend(before)
		for item, ok := next(); ok && yield(item); item, ok = next() {
		}
	}
}
