package memtable

// OpenTracked opens a database whose writes record watch channels, as go-memdb
// does by itself, for comparison.
func OpenTracked(s *Schema) (*DB, error) { return open(s, false) }
