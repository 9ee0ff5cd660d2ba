package lost

import (
	"container/list"
	"slices"
	"sync"
	"time"
)

// A cache keeps the answers to queries as long as every mapping in them holds,
// the ones used last where it is full. A validation goes with its mapping.
type cache struct {
	size int

	mu      sync.Mutex
	entries map[string]*list.Element
	recent  *list.List // of *cached, the one used last in front
}

type cached struct {
	query string
	found Found
	since time.Time
}

const (
	// longest is how long an answer is kept whose mappings never expire.
	longest = 24 * time.Hour
	// mostKept is the largest answer that is kept, in bytes on the wire, so that
	// the memory of a cache is bounded: boundaries can be large.
	mostKept = 16 << 10
)

func newCache(size int) *cache {
	return &cache{size: size, entries: make(map[string]*list.Element), recent: list.New()}
}

// get returns the answer to a query if it may still be used.
func (c *cache) get(query string, now time.Time) (Found, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[query]
	if !ok {
		return Found{}, false
	}
	entry := e.Value.(*cached)
	if !entry.found.holds(now) || now.Sub(entry.since) >= longest {
		c.drop(e)
		return Found{}, false
	}
	c.recent.MoveToFront(e)
	f := entry.found.clone()
	f.Cached = true
	return f, true
}

// put keeps an answer that may be used again.
func (c *cache) put(query string, f Found, size int, now time.Time) {
	if c.size == 0 || size > mostKept || !f.holds(now) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[query]; ok {
		c.drop(e)
	}
	c.entries[query] = c.recent.PushFront(&cached{query, f.clone(), now})
	if c.recent.Len() > c.size {
		c.drop(c.recent.Back())
	}
}

func (c *cache) drop(e *list.Element) {
	c.recent.Remove(e)
	delete(c.entries, e.Value.(*cached).query)
}

// holds reports whether an answer may be used at a time: it has mappings, and
// none of them has expired. An answer that could not do all that it was asked
// is none to keep.
func (f Found) holds(now time.Time) bool {
	expired := func(m Mapping) bool { return !m.Expiry.Holds(now) }
	return len(f.Mappings) > 0 && len(f.Warnings) == 0 && !slices.ContainsFunc(f.Mappings, expired)
}

// answers reports whether an answer is all that a query asks for. One without the
// validation that was wanted is not, for another time there may be one; a server
// validates no geodetic location [RFC 5222].
func (f Found) answers(q FindService) bool {
	return f.Validation.Done || !q.Validate || !q.Location.civic
}

// clone copies what a caller may change.
func (f Found) clone() Found {
	f.Mappings = slices.Clone(f.Mappings)
	for i, m := range f.Mappings {
		m.Names, m.URIs, m.Boundaries = slices.Clone(m.Names), slices.Clone(m.URIs), slices.Clone(m.Boundaries)
		for j, b := range m.Boundaries {
			b.Civic, b.Circles, b.Polygons = slices.Clone(b.Civic), slices.Clone(b.Circles), slices.Clone(b.Polygons)
			b.NotUnderstood = slices.Clone(b.NotUnderstood)
			for k, corners := range b.Polygons {
				b.Polygons[k] = slices.Clone(corners)
			}
			m.Boundaries[j] = b
		}
		f.Mappings[i] = m
	}
	v := &f.Validation
	v.Valid, v.Invalid, v.Unchecked = slices.Clone(v.Valid), slices.Clone(v.Invalid), slices.Clone(v.Unchecked)
	v.Complete, v.Similar = slices.Clone(v.Complete), slices.Clone(v.Similar)
	f.Path, f.Ignored = slices.Clone(f.Path), slices.Clone(f.Ignored)
	return f
}
