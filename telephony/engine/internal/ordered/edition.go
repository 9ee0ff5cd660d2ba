package ordered

import "slices"

// Edition is a set while it is being changed, by one goroutine.
type Edition[T any] struct{ Set[T] }

// Edit begins an edition. The set stays as it is.
func (s Set[T]) Edit() *Edition[T] { return &Edition[T]{s} }

// Publish returns the set as it is now and ends the edition.
func (e *Edition[T]) Publish() Set[T] {
	published := e.Set
	e.Set = Set[T]{} // its nodes are everybody's now
	return published
}

// Add puts an item into the set and reports false if it is there already.
func (e *Edition[T]) Add(item T) bool {
	root, behind, added := e.add(e.root, item)
	if behind != nil {
		root = &node[T]{owner: e, items: []T{root.items[0], behind.items[0]}, children: []*node[T]{root, behind}}
	}
	e.root = root
	if added {
		e.len++
	}
	return added
}

// add returns the node with the item, and what of it stands in a new one behind
// because it was too much.
func (e *Edition[T]) add(n *node[T], item T) (with, behind *node[T], added bool) {
	if n.children == nil {
		at, there := slices.BinarySearchFunc(n.items, item, e.compare)
		if there {
			return n, nil, false
		}
		n = e.writable(n)
		n.items = slices.Insert(n.items, at, item)
		return n, e.split(n, at), true
	}
	at := n.childFor(item, e.compare)
	child, next, added := e.add(n.children[at], item)
	if !added {
		return n, nil, false
	}
	n = e.writable(n)
	n.children[at] = child
	if e.compare(item, n.items[at]) < 0 {
		n.items[at] = item
	}
	if next == nil {
		return n, nil, true
	}
	n.items = slices.Insert(n.items, at+1, next.items[0])
	n.children = slices.Insert(n.children, at+1, next)
	return n, e.split(n, at+1), true
}

// split takes from a node that has too much what is to stand in one behind it:
// half of it, or only the last where that came last, since more is likely to
// come behind it.
func (e *Edition[T]) split(n *node[T], last int) (behind *node[T]) {
	if len(n.items) <= most {
		return nil
	}
	at := most / 2
	if last == most {
		at = most
	}
	behind = &node[T]{owner: e, items: withRoom(n.items[at:])}
	clear(n.items[at:])
	n.items = n.items[:at]
	if n.children != nil {
		behind.children = withRoom(n.children[at:])
		clear(n.children[at:])
		n.children = n.children[:at]
	}
	return behind
}

// Remove takes an item out of the set and reports false if it is not there.
func (e *Edition[T]) Remove(item T) bool {
	root, removed := e.remove(e.root, item)
	if !removed {
		return false
	}
	for len(root.children) == 1 {
		root = root.children[0]
	}
	e.root = root
	e.len--
	return true
}

// remove returns the node without the item.
func (e *Edition[T]) remove(n *node[T], item T) (without *node[T], removed bool) {
	if n.children == nil {
		at, there := slices.BinarySearchFunc(n.items, item, e.compare)
		if !there {
			return n, false
		}
		n = e.writable(n)
		n.items = slices.Delete(n.items, at, at+1)
		return n, true
	}
	at := n.childFor(item, e.compare)
	child, removed := e.remove(n.children[at], item)
	if !removed {
		return n, false
	}
	n = e.writable(n)
	n.children[at] = child
	switch {
	case len(child.items) == 0:
		n.drop(at)
	case len(child.items) < few:
		e.join(n, at)
	}
	return n, true
}

// join puts a child that has become small together with a neighbour, if they
// fit into one.
func (e *Edition[T]) join(n *node[T], at int) {
	for _, first := range []int{at - 1, at} {
		if first < 0 || first+1 == len(n.children) || len(n.children[first].items)+len(n.children[first+1].items) > most {
			continue
		}
		joined, behind := e.writable(n.children[first]), n.children[first+1]
		joined.items = append(joined.items, behind.items...)
		joined.children = append(joined.children, behind.children...)
		n.children[first] = joined
		n.drop(first + 1)
		return
	}
}

func (n *node[T]) drop(at int) {
	n.items = slices.Delete(n.items, at, at+1)
	n.children = slices.Delete(n.children, at, at+1)
}

// writable returns the node if the edition may write to it, and else a copy.
func (e *Edition[T]) writable(n *node[T]) *node[T] {
	if n.owner == e {
		return n
	}
	copied := &node[T]{owner: e, items: withRoom(n.items)}
	if n.children != nil {
		copied.children = withRoom(n.children)
	}
	return copied
}

// withRoom copies a slice, with room for a few more.
func withRoom[S ~[]E, E any](s S) S {
	const room = 4
	return append(make(S, 0, min(len(s)+room, most+1)), s...)
}
