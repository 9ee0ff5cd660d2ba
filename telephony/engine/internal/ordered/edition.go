package ordered

import "slices"

// Edition is a set while it is being changed, by one goroutine.
type Edition[T any] struct {
	Set[T]
	owner *owner // of the nodes that were made since the set was last published
}

// owner is somebody and nobody else.
type owner struct{ _ byte }

// Edit begins an edition. The set stays as it is.
func (s Set[T]) Edit() *Edition[T] { return &Edition[T]{Set: s} }

// Publish returns the set as it is now, which stays so while the edition goes
// on.
func (e *Edition[T]) Publish() Set[T] {
	e.owner = nil // the nodes are everybody's now
	return e.Set
}

// Add puts an item into the set and reports false if it is there already.
func (e *Edition[T]) Add(item T) bool {
	_, met := e.insert(item, false)
	return !met
}

// Put puts an item into the set, in the place of one that is the same, and
// returns that.
func (e *Edition[T]) Put(item T) (before T, met bool) { return e.insert(item, true) }

func (e *Edition[T]) insert(item T, replace bool) (before T, met bool) {
	if e.owner == nil {
		e.owner = new(owner)
	}
	i := insertion[T]{e, item, replace, before, false}
	root, behind := i.into(e.root)
	if behind != nil {
		root = &node[T]{owner: e.owner, items: []T{root.items[0], behind.items[0]}, children: []*node[T]{root, behind}}
		root.count()
	}
	e.root = root
	if !i.met {
		e.len++
	}
	return i.before, i.met
}

// insertion is an item on its way in.
type insertion[T any] struct {
	*Edition[T]
	item    T
	replace bool
	before  T
	met     bool
}

// into returns the node with the item, and what of it stands in a new one behind
// because it was too much.
func (i *insertion[T]) into(n *node[T]) (with, behind *node[T]) {
	if n.children == nil {
		return i.intoLeaf(n)
	}
	at := n.childFor(i.item, i.compare)
	child, next := i.into(n.children[at])
	if i.met && !i.replace {
		return n, nil // nothing was written
	}
	n = i.writable(n)
	n.children[at], n.items[at] = child, child.items[0]
	if !i.met {
		n.below++
	}
	if next == nil {
		return n, nil
	}
	n.items = slices.Insert(n.items, at+1, next.items[0])
	n.children = slices.Insert(n.children, at+1, next)
	return n, i.split(n, at+1)
}

func (i *insertion[T]) intoLeaf(n *node[T]) (with, behind *node[T]) {
	at, there := slices.BinarySearchFunc(n.items, i.item, i.compare)
	if there {
		i.before, i.met = n.items[at], true
		if i.replace {
			n = i.writable(n)
			n.items[at] = i.item
		}
		return n, nil
	}
	n = i.writable(n)
	n.items = slices.Insert(n.items, at, i.item)
	return n, i.split(n, at)
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
	behind = &node[T]{owner: e.owner, items: withRoom(n.items[at:])}
	clear(n.items[at:])
	n.items = n.items[:at]
	if n.children != nil {
		behind.children = withRoom(n.children[at:])
		clear(n.children[at:])
		n.children = n.children[:at]
		behind.count()
		n.below -= behind.below
	}
	return behind
}

// Remove takes an item out of the set and reports false if it is not there.
func (e *Edition[T]) Remove(item T) bool {
	if e.owner == nil {
		e.owner = new(owner)
	}
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
	n.below--
	if len(child.items) == 0 {
		n.drop(at)
		return n, true
	}
	if n.items[at] = child.items[0]; len(child.items) < few {
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
		joined.below += behind.below
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
	if n.owner == e.owner {
		return n
	}
	copied := &node[T]{owner: e.owner, items: withRoom(n.items), below: n.below}
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
