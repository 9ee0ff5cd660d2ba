package engine

// cache holds the rows of one table that a transaction reads again and again:
// each is read once and, if it was changed, written once, in the order in which
// they were first read. Until they are written they are read here, not through
// the transaction.
type cache[K comparable, R any] struct {
	keys    []K
	rows    []*R
	changed []bool
	at      map[K]int // the place of each, once there are too many to look through
}

// fewRows is how many rows are looked through rather than looked up.
const fewRows = 8

func (c *cache[K, R]) find(k K) (int, bool) {
	if c.at != nil {
		i, ok := c.at[k]
		return i, ok
	}
	for i := range c.keys {
		if c.keys[i] == k {
			return i, true
		}
	}
	return 0, false
}

// look returns the row, to be read only, and whether it is here.
func (c *cache[K, R]) look(k K) (*R, bool) {
	if i, ok := c.find(k); ok {
		return c.rows[i], true
	}
	return nil, false
}

// edit returns a row that is here, to be changed in place.
func (c *cache[K, R]) edit(k K) (*R, bool) {
	i, ok := c.find(k)
	if !ok {
		return nil, false
	}
	c.changed[i] = true
	return c.rows[i], true
}

// add takes in a row as it was read.
func (c *cache[K, R]) add(k K, row *R) {
	c.keys, c.rows, c.changed = append(c.keys, k), append(c.rows, row), append(c.changed, false)
	switch {
	case c.at != nil:
		c.at[k] = len(c.keys) - 1
	case len(c.keys) > fewRows:
		c.at = make(map[K]int, 4*fewRows)
		for i, k := range c.keys {
			c.at[k] = i
		}
	}
}

// written yields the rows that were changed, and takes them for unchanged.
func (c *cache[K, R]) written(yield func(*R) bool) {
	for i := range c.rows {
		if !c.changed[i] {
			continue
		}
		c.changed[i] = false
		if !yield(c.rows[i]) {
			return
		}
	}
}

// drop forgets all rows.
func (c *cache[K, R]) drop() { *c = cache[K, R]{} }
