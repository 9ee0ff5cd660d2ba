package memtable

import (
	"example.com/callingplan/telephony"
)

// A Schema is the list of tables of a database. It is declared by one
// goroutine and then opened, once or several times; every Open makes a database
// of its own.
type Schema struct {
	tables []*tableDef
	trees  int // how many trees are declared: one a table, one an index
	strict bool
	opened bool
	faults []*telephony.Error
}

// tableDef is what the untyped half of the package knows of a table.
type tableDef struct {
	name    string
	tree    int
	hot     bool // the rows are not in go-memdb; see Hot
	indexes []*indexDef
	key     func(rec record) Key // computes the primary key anew
}

// indexDef is what the untyped half of the package knows of an index.
type indexDef struct {
	name  string
	table *tableDef
	tree  int
	keys  func(rec record, add func(Key))
	// unmoved reports whether two states of a row surely have the same keys; nil
	// if that is not known.
	unmoved func(before, after record) bool
}

func (x *indexDef) fullName() string { return x.table.name + "." + x.name }

// NewSchema returns a schema without tables.
func NewSchema() *Schema { return &Schema{} }

// Strict makes databases opened from now on check, each time a row is read,
// that nobody changed it where it lies, which is possible through slices and
// pointers within it; a changed row panics. It is slow and meant for tests.
func (s *Schema) Strict(on bool) *Schema {
	s.strict = on
	return s
}

// Tables returns the names of the tables in the order of their declaration.
func (s *Schema) Tables() []string {
	names := make([]string, len(s.tables))
	for i, t := range s.tables {
		names[i] = t.name
	}
	return names
}

// AddTable declares a table of rows of type R whose primary key is computed by
// key. The table stores its own copy of a row, and key must neither change the
// row nor keep the pointer; it must be a function of the row alone.
//
// Whatever a row refers to through slices, maps and pointers is shared between
// the stored row and its copies and must never be changed.
//
// A fault of the declaration is reported by Open.
func AddTable[R any](s *Schema, name string, key func(row *R) Key) *Table[R] {
	def := &tableDef{name: name, tree: s.addTree()}
	if key != nil {
		def.key = func(rec record) Key { return key(&rec.(*rowRecord[R]).row) }
	}
	s.checkNew("table "+name, name, key != nil)
	for _, other := range s.tables {
		if other.name == name {
			s.fault(ErrNameTaken, "table "+name, "name every table of a schema differently")
		}
	}
	s.tables = append(s.tables, def)
	return &Table[R]{schema: s, def: def, key: key}
}

// AddIndex declares an index of the table: keys gives add the keys, none or any
// number, under which a row is found. Like AddTable's key, it must be a function
// of the row alone and keep nothing.
//
// A key of an index belongs to one row. Where several rows may be alike, the
// primary key's parts are put at the end of the index key, and look-ups are by
// prefix.
//
// A fault of the declaration is reported by Open.
func AddIndex[R any](t *Table[R], name string, keys func(row *R, add func(Key))) *Index[R] {
	s := t.schema
	def := &indexDef{name: name, table: t.def, tree: s.addTree()}
	if keys != nil {
		def.keys = func(rec record, add func(Key)) { keys(&rec.(*rowRecord[R]).row, add) }
	}
	s.checkNew("index "+def.fullName(), name, keys != nil)
	for _, other := range t.def.indexes {
		if other.name == name {
			s.fault(ErrNameTaken, "index "+def.fullName(), "name every index of a table differently")
		}
	}
	t.def.indexes = append(t.def.indexes, def)
	return &Index[R]{table: t, def: def}
}

func (s *Schema) addTree() int {
	s.trees++
	return s.trees - 1
}

// checkNew records the faults that tables and indexes have in common.
func (s *Schema) checkNew(subject, name string, hasKey bool) {
	if s.opened {
		s.fault(ErrOpened, subject, "declare all tables and indexes before Open")
	}
	if name == "" {
		s.fault(ErrNameEmpty, subject, "give every table and index a name")
	}
	if !hasKey {
		s.fault(ErrKeyFunc, subject, "give every table and index its key function")
	}
}

func (s *Schema) fault(code telephony.Code, subject, fix string) {
	s.faults = append(s.faults, &telephony.Error{Op: "open tables", Code: code, Subject: subject, Fix: fix})
}

// Open makes an empty database of the schema's tables. Its errors are
// ErrOpened, ErrNameEmpty, ErrKeyFunc and ErrNameTaken, all that apply, in the
// order of declaration; then ErrNoTables.
func Open(s *Schema) (*DB, error) {
	if err := telephony.Join(s.faults); err != nil {
		return nil, err
	}
	if len(s.tables) == 0 {
		return nil, &telephony.Error{Op: "open tables", Code: ErrNoTables, Fix: "declare a table before Open"}
	}
	s.opened = true
	return open(s, true)
}
