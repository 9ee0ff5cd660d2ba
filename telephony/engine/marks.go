package engine

import (
	"example.com/callingplan/telephony"
)

// mark returns what is set of a number, with nothing set if there is no row. Of one
// that was lost without that being written down, it has what its carrier was asked
// then.
func (r reader) mark(n numberRow) markRow {
	m := r.keptMark(n)
	if n.isIdle() && n.isLost(r.now) {
		was := m.activation(n.Acquired)
		if next := r.settings.activated(was, telephony.WithdrawAssignment, WhyUnassigned, n.Lost); next != was {
			m.Carrier = newCarrierMark(next)
		}
	}
	return m
}

func (r reader) keptMark(n numberRow) markRow {
	if !n.Marked {
		return markRow{Tenant: n.Tenant, Number: n.Number}
	}
	m, there := r.tables.marks.Get(r.rows, numberKey(n.Tenant, n.Number))
	if !there {
		panic("engine: a number without what is set of it")
	}
	return m
}

// setMark puts what is set of a number in the place of what was, and returns the
// number's row as it is then. It is the one place where marks are written and
// counted.
func (s *step) setMark(n numberRow, is markRow) numberRow {
	key := numberKey(n.Tenant, n.Number)
	was := s.reader().mark(n)
	s.repostLists(n, was.lists(nil), is.lists(nil))
	s.countTags(was, is)
	switch marked := !is.isEmpty(); {
	case marked:
		must(s.tables.marks.Put(s.tx, is))
	case n.Marked:
		must(s.tables.marks.Delete(s.tx, key))
	}
	if marked := !is.isEmpty(); n.Marked != marked {
		n.Marked = marked
		must(s.tables.numbers.Replace(s.tx, n))
		by := int64(-1)
		if marked {
			by = 1
		}
		s.edit(s.accountRow(n.Tenant)).Marked += by
	}
	return n
}

// countTags counts the tags that a number gains and loses; one that no number
// bears any longer is gone.
func (s *step) countTags(was, is markRow) {
	for _, tag := range was.Tags {
		if !is.Tags.Has(tag) {
			s.countTag(was.Tenant, tag, -1)
		}
	}
	for _, tag := range is.Tags {
		if !was.Tags.Has(tag) {
			s.countTag(is.Tenant, tag, 1)
		}
	}
}

func (s *step) countTag(tenant uint32, tag string, by int64) {
	row, there := s.tables.tags.Get(s.tx, tagKey(tenant, tag))
	if !there {
		row = tagRow{Tenant: tenant, Tag: tag}
	}
	if row.Numbers += by; row.Numbers == 0 {
		must(s.tables.tags.Delete(s.tx, tagKey(tenant, tag)))
		return
	}
	must(s.tables.tags.Put(s.tx, row))
}

// spelled returns tags as the tenant spells them already.
func (s *step) spelled(tags []string) []string {
	spelled := make([]string, len(tags))
	for i, tag := range tags {
		spelled[i] = tag
		if row, known := s.tables.tags.Get(s.tx, tagKey(s.account.Tenant, tag)); known {
			spelled[i] = row.Tag
		}
	}
	return spelled
}

// numbersOf returns the rows of the listed numbers of the command's tenant,
// ascending, or ErrUnknownNumber with those that are not the tenant's.
func (s *step) numbersOf(numbers telephony.NumberList) ([]numberRow, *telephony.Error) {
	rows, unknown := s.findNumbers(numbers)
	return rows, unknownNumbers(unknown)
}

// findNumbers returns the rows of the listed numbers that are the tenant's, and
// which are not, each ascending.
func (s *step) findNumbers(numbers telephony.NumberList) (rows []numberRow, unknown telephony.NumberList) {
	rows = make([]numberRow, 0, len(numbers))
	for _, n := range ascending(numbers) {
		if row, ok := s.number(n); ok {
			rows = append(rows, row)
		} else {
			unknown = append(unknown, n)
		}
	}
	return rows, unknown
}
