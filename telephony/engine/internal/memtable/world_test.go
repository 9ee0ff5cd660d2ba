package memtable_test

import (
	"cmp"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// person and line are rows of two tables, with a unique index, one with several
// keys a row, and one by a signed integer.
type person struct {
	Tenant, ID string
	Mail       string // unique; empty for none
	Tags       []string
}

type line struct {
	Number uint64
	Score  int64
	Owner  string
}

type world struct {
	db      *memtable.DB
	people  *memtable.Table[person]
	byMail  *memtable.Index[person]
	byTag   *memtable.Index[person]
	lines   *memtable.Table[line]
	byScore *memtable.Index[line]
}

func personKey(tenant, id string) memtable.Key { return memtable.K().String(tenant).String(id) }
func lineKey(number uint64) memtable.Key       { return memtable.K().Uint64(number) }

func newWorld(t interface{ Fatal(...any) }) *world { return newWorldWith(t, false, true) }

// newWorldWith makes either table hot or not.
func newWorldWith(t interface{ Fatal(...any) }, people, lines bool) *world {
	s := memtable.NewSchema().Strict(true)
	w := &world{}
	w.people = memtable.AddTable(s, "people", func(p *person) memtable.Key { return personKey(p.Tenant, p.ID) })
	w.byMail = memtable.AddIndex(w.people, "mail", func(p *person, add func(memtable.Key)) {
		if p.Mail != "" {
			add(memtable.K().String(p.Mail))
		}
	})
	w.byTag = memtable.AddIndex(w.people, "tag", func(p *person, add func(memtable.Key)) {
		key := memtable.K()
		for _, tag := range p.Tags {
			add(key[:0].String(tag).String(p.Tenant).String(p.ID)) // the same memory each time
		}
	})
	w.lines = memtable.AddTable(s, "lines", func(l *line) memtable.Key { return lineKey(l.Number) })
	w.byScore = memtable.AddIndex(w.lines, "score", func(l *line, add func(memtable.Key)) {
		add(memtable.K().Int64(l.Score).Uint64(l.Number))
	})
	if people {
		w.people.Hot()
	}
	if lines {
		w.lines.Hot()
	}
	var err error
	if w.db, err = memtable.Open(s); err != nil {
		t.Fatal(err)
	}
	return w
}

// model is the naive database: two slices in no order.
type model struct {
	people []person
	lines  []line
}

func (m model) clone() model { return model{slices.Clone(m.people), slices.Clone(m.lines)} }

// write does what Insert (mode 0), Replace (1) or Put (2) of a person should,
// and returns the code of its error.
func (m *model) write(mode int, p person) telephony.Code {
	at := slices.IndexFunc(m.people, func(o person) bool { return o.Tenant == p.Tenant && o.ID == p.ID })
	switch {
	case at >= 0 && mode == 0:
		return memtable.ErrConflict
	case at < 0 && mode == 1:
		return memtable.ErrMissing
	}
	for i, o := range m.people {
		if i != at && p.Mail != "" && o.Mail == p.Mail {
			return memtable.ErrConflict
		}
	}
	if at >= 0 {
		m.people[at] = p
	} else {
		m.people = append(m.people, p)
	}
	return ""
}

func (m *model) writeLine(mode int, l line) telephony.Code {
	at := slices.IndexFunc(m.lines, func(o line) bool { return o.Number == l.Number })
	switch {
	case at >= 0 && mode == 0:
		return memtable.ErrConflict
	case at < 0 && mode == 1:
		return memtable.ErrMissing
	case at >= 0:
		m.lines[at] = l
	default:
		m.lines = append(m.lines, l)
	}
	return ""
}

// sorted returns the rows that match, in order.
func sorted[R any](rows []R, match func(R) bool, order func(a, b R) int) []R {
	var out []R
	for _, r := range rows {
		if match(r) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, order)
	return out
}

func byPerson(a, b person) int {
	return cmp.Or(strings.Compare(a.Tenant, b.Tenant), strings.Compare(a.ID, b.ID))
}
func byMail(a, b person) int { return strings.Compare(a.Mail, b.Mail) }
func byNumber(a, b line) int { return cmp.Compare(a.Number, b.Number) }
func byScore(a, b line) int {
	return cmp.Or(cmp.Compare(a.Score, b.Score), cmp.Compare(a.Number, b.Number))
}
func all[R any](R) bool { return true }

var (
	texts   = rapid.SampledFrom([]string{"", "a", "ab", "b", "\x00", "\x01", "a\x00", "\xff"})
	mails   = rapid.SampledFrom([]string{"", "", "", "a@x", "b@x", "a@", "c@x"})
	numbers = rapid.OneOf(rapid.Uint64Range(0, 40), rapid.SampledFrom([]uint64{1 << 40, 1<<64 - 1}))
	scores  = rapid.OneOf(rapid.Int64Range(-3, 3), rapid.SampledFrom([]int64{-1 << 63, 1<<63 - 1}))
)

func drawPerson(t *rapid.T) person {
	return person{texts.Draw(t, "tenant"), texts.Draw(t, "id"), mails.Draw(t, "mail"), rapid.SliceOfN(texts, 0, 3).Draw(t, "tags")}
}
