package memtable_test

import (
	"errors"
	"iter"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// machine runs a world and a model side by side.
type machine struct {
	*world
	now, committed model
	tx             *memtable.Txn
	spoiled        bool
	kept           []keptMoment
}

type keptMoment struct {
	snap *memtable.Snapshot
	want model
}

func TestTablesAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &machine{world: newWorldWith(t, rapid.Bool().Draw(t, "hot people"), rapid.Bool().Draw(t, "hot lines"))}
		t.Repeat(map[string]func(*rapid.T){
			"write person": func(t *rapid.T) { m.write(t, m.writePerson) },
			"write line":   func(t *rapid.T) { m.write(t, m.writeLine) },
			"delete":       func(t *rapid.T) { m.write(t, m.deleteOne) },
			"commit":       m.commit,
			"abort":        m.abort,
			"snapshot":     m.keep,
			"":             m.check,
		})
		if m.tx != nil {
			m.tx.Abort()
		}
	})
}

// write begins a transaction if there is none, and compares one write's error.
func (m *machine) write(t *rapid.T, do func(*rapid.T) (telephony.Code, error)) {
	if m.tx == nil {
		m.tx = m.db.Begin()
	}
	want, err := do(t)
	if m.spoiled {
		want = memtable.ErrSpoiled
	}
	switch {
	case want == "" && err != nil:
		t.Fatalf("unwanted error: %v", err)
	case want != "" && !errors.Is(err, want):
		t.Fatalf("error %v, want %v", err, want)
	}
	m.spoiled = m.spoiled || err != nil
}

func (m *machine) writePerson(t *rapid.T) (telephony.Code, error) {
	p := drawPerson(t)
	mode := rapid.IntRange(0, 2).Draw(t, "mode")
	write := []func(*memtable.Txn, person) error{m.people.Insert, m.people.Replace, m.people.Put}[mode]
	return m.now.write(mode, p), write(m.tx, p)
}

func (m *machine) writeLine(t *rapid.T) (telephony.Code, error) {
	l := line{numbers.Draw(t, "number"), scores.Draw(t, "score"), texts.Draw(t, "owner")}
	mode := rapid.SampledFrom([]int{0, 1, 2, 2, 2}).Draw(t, "mode")
	write := []func(*memtable.Txn, line) error{m.lines.Insert, m.lines.Replace, m.lines.Put}[mode]
	return m.now.writeLine(mode, l), write(m.tx, l)
}

func (m *machine) deleteOne(t *rapid.T) (telephony.Code, error) {
	if n := len(m.now.people); n > 0 && rapid.Bool().Draw(t, "a person") {
		at := rapid.IntRange(0, n-1).Draw(t, "at")
		p := m.now.people[at]
		m.now.people = slices.Delete(slices.Clone(m.now.people), at, at+1)
		return "", m.people.Delete(m.tx, personKey(p.Tenant, p.ID))
	}
	number := numbers.Draw(t, "number")
	before := len(m.now.lines)
	m.now.lines = slices.DeleteFunc(slices.Clone(m.now.lines), func(l line) bool { return l.Number == number })
	if len(m.now.lines) == before {
		return memtable.ErrMissing, m.lines.Delete(m.tx, lineKey(number))
	}
	return "", m.lines.Delete(m.tx, lineKey(number))
}

func (m *machine) commit(t *rapid.T) {
	if m.tx == nil {
		t.Skip("no transaction")
	}
	err := m.tx.Commit()
	if m.spoiled != errors.Is(err, memtable.ErrSpoiled) || !m.spoiled && err != nil {
		t.Fatalf("commit: %v; spoiled: %t", err, m.spoiled)
	}
	if m.spoiled {
		m.now = m.committed.clone()
	}
	m.committed = m.now.clone()
	m.tx, m.spoiled = nil, false
}

func (m *machine) abort(t *rapid.T) {
	if m.tx == nil {
		t.Skip("no transaction")
	}
	m.tx.Abort()
	m.now = m.committed.clone()
	m.tx, m.spoiled = nil, false
}

func (m *machine) keep(*rapid.T) {
	m.kept = append(m.kept, keptMoment{m.db.Snapshot(), m.committed.clone()})
}

// check compares what every moment still in sight reads with its model.
func (m *machine) check(t *rapid.T) {
	m.compare(t, m.db.Snapshot(), m.committed)
	for _, k := range m.kept {
		m.compare(t, k.snap, k.want)
	}
	// Scans make a transaction copy afresh, so some writes must go without.
	if m.tx != nil && !m.spoiled && rapid.Bool().Draw(t, "look inside") {
		m.compare(t, m.tx, m.now)
	}
}

func (m *machine) compare(t *rapid.T, r memtable.Reader, want model) {
	if errs := m.db.CheckIndexes(r); errs != nil {
		t.Fatalf("check: %v", errs)
	}
	if rapid.Bool().Draw(t, "rows") {
		m.compareLines(t, r, want)
	} else {
		m.comparePeople(t, r, want)
	}
}

func (m *machine) compareLines(t *rapid.T, r memtable.Reader, want model) {
	low, high := numbers.Draw(t, "low"), numbers.Draw(t, "high")
	same(t, "lines", m.lines.Prefix(r, nil), sorted(want.lines, all, byNumber))
	same(t, "lines from", m.lines.From(r, lineKey(low)),
		sorted(want.lines, func(l line) bool { return l.Number >= low }, byNumber))
	same(t, "lines behind", m.lines.From(r, lineKey(low).Next()),
		sorted(want.lines, func(l line) bool { return l.Number > low }, byNumber))
	same(t, "lines between", m.lines.Between(r, lineKey(low), lineKey(high)),
		sorted(want.lines, func(l line) bool { return low <= l.Number && l.Number < high }, byNumber))
	upTo := sorted(want.lines, func(l line) bool { return l.Number <= high }, byNumber)
	same(t, "lines down", m.lines.Down(r, lineKey(high), nil), reversed(upTo))
	same(t, "lines down to", m.lines.Down(r, lineKey(high), lineKey(low)),
		reversed(sorted(want.lines, func(l line) bool { return low <= l.Number && l.Number <= high }, byNumber)))
	same(t, "lines backward", m.lines.Backward(r, nil), reversed(sorted(want.lines, all, byNumber)))
	same(t, "scores", m.byScore.Prefix(r, nil), sorted(want.lines, all, byScore))

	score := scores.Draw(t, "score")
	key := memtable.K().Int64(score)
	exact := sorted(want.lines, func(l line) bool { return l.Score == score }, byScore)
	same(t, "one score", m.byScore.Prefix(r, key), exact)
	same(t, "one score backward", m.byScore.Backward(r, key), reversed(exact))
	same(t, "scores from", m.byScore.From(r, key),
		sorted(want.lines, func(l line) bool { return l.Score >= score }, byScore))
	same(t, "scores below", m.byScore.Between(r, nil, key),
		sorted(want.lines, func(l line) bool { return l.Score < score }, byScore))
	same(t, "scores down", m.byScore.Down(r, key, nil),
		reversed(sorted(want.lines, func(l line) bool { return l.Score < score }, byScore)))
	same(t, "scores down to", m.byScore.Down(r, key.PrefixEnd(), key), reversed(exact))
	same(t, "first of score", one(m.byScore.First(r, key)), exact[:min(1, len(exact))])
	same(t, "last of score", one(m.byScore.Last(r, key)), exact[max(0, len(exact)-1):])
	same(t, "line", one(m.lines.Get(r, lineKey(low))),
		sorted(want.lines, func(l line) bool { return l.Number == low }, byNumber))
}

func (m *machine) comparePeople(t *rapid.T, r memtable.Reader, want model) {
	tenant, id, mail := texts.Draw(t, "tenant"), texts.Draw(t, "id"), mails.Draw(t, "mail")
	ofTenant := sorted(want.people, func(p person) bool { return p.Tenant == tenant }, byPerson)
	prefix := memtable.K().String(tenant)
	same(t, "people", m.people.Prefix(r, nil), sorted(want.people, all, byPerson))
	same(t, "people of tenant", m.people.Prefix(r, prefix), ofTenant)
	same(t, "people of tenant backward", m.people.Backward(r, prefix), reversed(ofTenant))
	same(t, "people between", m.people.Between(r, prefix, prefix.PrefixEnd()), ofTenant)
	same(t, "people down", m.people.Down(r, personKey(tenant, id), prefix),
		reversed(sorted(ofTenant, func(p person) bool { return p.ID <= id }, byPerson)))
	same(t, "first person", one(m.people.First(r, prefix)), ofTenant[:min(1, len(ofTenant))])
	same(t, "last person", one(m.people.Last(r, prefix)), ofTenant[max(0, len(ofTenant)-1):])
	same(t, "person", one(m.people.Get(r, personKey(tenant, id))),
		sorted(want.people, func(p person) bool { return p.Tenant == tenant && p.ID == id }, byPerson))
	same(t, "mails", m.byMail.Prefix(r, nil),
		sorted(want.people, func(p person) bool { return p.Mail != "" }, byMail))
	same(t, "mail", one(m.byMail.Get(r, memtable.K().String(mail))),
		sorted(want.people, func(p person) bool { return p.Mail != "" && p.Mail == mail }, byPerson))
	same(t, "tag", m.byTag.Prefix(r, memtable.K().String(id)),
		sorted(want.people, func(p person) bool { return slices.Contains(p.Tags, id) }, byPerson))
}

// one makes a sequence of a row that may have been found.
func one[R any](row R, found bool) iter.Seq[R] {
	return func(yield func(R) bool) {
		if found {
			yield(row)
		}
	}
}

func reversed[R any](rows []R) []R {
	rows = slices.Clone(rows)
	slices.Reverse(rows)
	return rows
}

func same[R any](t *rapid.T, what string, got iter.Seq[R], want []R) {
	if diff := gocmp.Diff(slices.Clone(want), slices.Collect(got)); len(want) != 0 && diff != "" || len(want) == 0 && slices.Collect(got) != nil {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}
