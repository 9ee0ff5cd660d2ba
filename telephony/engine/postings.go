package engine

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// A list is what some of a tenant's numbers have in common, by which they are
// found without looking at the others.
type list struct {
	Kind listKind
	Of   string // which: a location's identifier, an area's ordinal in four bytes
}

type listKind uint8

const (
	locatedList listKind = 1 + iota // at a location
	idleList                        // that nobody has
	areaList                        // of an area
	serviceList                     // that a service has
	orphanList                      // that somebody has who is gone from the directory
	tagList                         // that bear a tag
	waitingList                     // whose carrier has not done what it was asked
	kindList                        // of a kind that services have
	usedList                        // that a service of one sort has: in one state
	portedList                      // that were ported in
	riskList                        // that somebody has whose licences no longer carry it
)

func listOfLocation(id telephony.LocationID) list { return list{locatedList, string(id)} }

func listOfIdle() list { return list{Kind: idleList} }

func listOfRisk() list { return list{Kind: riskList} }

func listOfService(id telephony.ServiceID) list { return list{serviceList, string(id)} }

func listOfKind(k telephony.Kind) list { return list{kindList, string([]byte{byte(k)})} }

func listOfUse(s telephony.NumberState) list { return list{usedList, string([]byte{byte(s)})} }

func listOfTag(tag string) list { return list{tagList, telephony.FoldTag(tag)} }

func listOfArea(ordinal uint32) list { return list{areaList, string(memtable.K().Uint32(ordinal))} }

func (l list) compare(other list) int {
	return cmp.Or(cmp.Compare(l.Kind, other.Kind), strings.Compare(l.Of, other.Of))
}

// lists appends the lists that the number is on by its own row; none for no number.
// markRow.lists appends those that it is on by what is set of it. What most numbers
// are, of people and from the pool, has no list: it would lead to all of them.
func (n numberRow) lists(to []list) []list {
	if !n.Number.IsValid() {
		return to
	}
	if n.Location != "" {
		to = append(to, listOfLocation(n.Location))
	}
	switch {
	case n.isIdle():
		to = append(to, listOfIdle())
	case n.Service != "":
		to = append(to, listOfService(n.Service), listOfUse(n.state()))
	case n.Orphaned:
		to = append(to, list{Kind: orphanList})
	}
	if n.Kind != telephony.UserNumber {
		to = append(to, listOfKind(n.Kind))
	}
	if n.Ported {
		to = append(to, list{Kind: portedList})
	}
	if n.Lost != 0 {
		to = append(to, listOfRisk())
	}
	return append(to, listOfArea(n.Area))
}

// postingRow is a part of a list: its numbers out of ten thousand that differ in
// the last four digits alone. An entry of an index costs four hundred bytes, one
// here two and its share of the row. The rows follow from those of the numbers.
type postingRow struct {
	Tenant uint32
	list
	Base    telephony.Number // the first of the ten thousand
	Offsets []uint16         // ascending
}

const (
	postingDigits = 4
	postingSpan   = 10_000
)

// postingOf returns where in a list a number stands.
func postingOf(n telephony.Number) (base telephony.Number, offset uint16) {
	offset = uint16(n.Digits() % postingSpan)
	base, _ = n.Add(-int(offset))
	return base, offset
}

func postingsKey(tenant uint32, l list) memtable.Key {
	return memtable.K().Uint32(tenant).Uint8(uint8(l.Kind)).String(l.Of)
}

func postingKey(tenant uint32, l list, base telephony.Number) memtable.Key {
	return postingsKey(tenant, l).Uint64(base.Word())
}

// posting is a number that comes on a list or leaves it.
type posting struct {
	tenant uint32
	list
	number telephony.Number
	leaves bool
}

// repost has a number leave and come on the lists that its own row says.
func (s *step) repost(was, is numberRow) {
	var before, after [8]list
	n := is
	if !n.Number.IsValid() {
		n = was
	}
	s.repostLists(n, was.lists(before[:0]), is.lists(after[:0]))
}

// repostLists has a number leave the lists that it is on no longer and come on
// those that it was not on. Few commands are decided by lists, so they are written
// with the flush, each row once; a command that reads one flushes them first.
func (s *step) repostLists(n numberRow, was, is []list) {
	for _, l := range was {
		if !slices.Contains(is, l) {
			s.posted = append(s.posted, posting{n.Tenant, l, n.Number, true})
		}
	}
	for _, l := range is {
		if !slices.Contains(was, l) {
			s.posted = append(s.posted, posting{n.Tenant, l, n.Number, false})
		}
	}
}

// flushPostings writes the lists.
func (s *step) flushPostings() {
	slices.SortStableFunc(s.posted, func(a, b posting) int {
		return cmp.Or(cmp.Compare(a.tenant, b.tenant), a.list.compare(b.list), a.number.Compare(b.number))
	})
	for rest := s.posted; len(rest) > 0; {
		base, _ := postingOf(rest[0].number)
		n := 1
		for n < len(rest) && rest[n].tenant == rest[0].tenant && rest[n].list == rest[0].list && sameBase(rest[n].number, base) {
			n++
		}
		s.writePostings(base, rest[:n])
		rest = rest[n:]
	}
	clear(s.posted)
	s.posted = s.posted[:0]
}

func sameBase(n, base telephony.Number) bool {
	at, _ := postingOf(n)
	return at == base
}

// writePostings brings one row up to date.
func (s *step) writePostings(base telephony.Number, changes []posting) {
	first := changes[0]
	key := postingKey(first.tenant, first.list, base)
	row, there := s.tables.postings.Get(s.tx, key)
	if !there {
		row = postingRow{Tenant: first.tenant, list: first.list, Base: base}
	}
	offsets := make([]uint16, len(row.Offsets), len(row.Offsets)+len(changes))
	copy(offsets, row.Offsets)
	for _, c := range changes {
		_, offset := postingOf(c.number)
		at, on := slices.BinarySearch(offsets, offset)
		switch {
		case c.leaves == !on:
			panic("engine: a number came twice on a list, or left one that it was not on")
		case c.leaves:
			offsets = slices.Delete(offsets, at, at+1)
		default:
			offsets = slices.Insert(offsets, at, offset)
		}
	}
	row.Offsets = offsets
	switch {
	case len(offsets) > 0:
		must(s.tables.postings.Put(s.tx, row))
	case there:
		must(s.tables.postings.Delete(s.tx, key))
	}
}

// lengthOf returns how many numbers are on a list. Its cost is that of the list's
// rows.
func (r reader) lengthOf(l list) (length int64) {
	for row := range r.tables.postings.Prefix(r.rows, postingsKey(r.tenant, l)) {
		length += int64(len(row.Offsets))
	}
	return length
}

// onList yields the numbers of a list whose words are from lo to hi, ascending.
func (r reader) onList(l list, lo, hi uint64) iter.Seq[telephony.Number] {
	return func(yield func(telephony.Number) bool) {
		// Numbers of one length stand between those of another that begin with the
		// same digits, so several rows can be open at once.
		var open openPostings
		for _, base := range telephony.GroupsAcross(lo, postingDigits) {
			if row, there := r.tables.postings.Get(r.rows, postingKey(r.tenant, l, base)); there {
				open.add(row, lo, hi)
			}
		}
		for row := range r.tables.postings.Between(r.rows, postingsKey(r.tenant, l).Uint64(lo), postingsKey(r.tenant, l).PrefixEnd()) {
			if row.Base.Word() > hi {
				break
			}
			if !open.yieldBefore(row.Base.Word(), hi, yield) {
				return
			}
			open.add(row, lo, hi)
		}
		open.yieldBefore(hi+1, hi, yield)
	}
}

// openPostings are rows that are being read.
type openPostings []openPosting

type openPosting struct {
	row  postingRow
	at   int
	next uint64 // the word of the number at that place
}

// add opens a row at its first number whose word is lo or higher, if there is one
// up to hi.
func (o *openPostings) add(row postingRow, lo, hi uint64) {
	at, _ := slices.BinarySearchFunc(row.Offsets, lo, func(offset uint16, lo uint64) int {
		return cmp.Compare(row.word(offset), lo)
	})
	if p := (openPosting{row: row, at: at}); p.load(hi) {
		*o = append(*o, p)
	}
}

// yieldBefore yields the numbers of the open rows whose words are less than end,
// ascending, closes the rows that have no more, and reports false where it was
// told to stop.
func (o *openPostings) yieldBefore(end, hi uint64, yield func(telephony.Number) bool) bool {
	for len(*o) > 0 {
		least := 0
		for i, p := range *o {
			if p.next < (*o)[least].next {
				least = i
			}
		}
		p := &(*o)[least]
		if p.next >= end {
			return true
		}
		n, _ := p.row.Base.Add(int(p.row.Offsets[p.at]))
		if !yield(n) {
			return false
		}
		if p.at++; !p.load(hi) {
			*o = slices.Delete(*o, least, least+1)
		}
	}
	return true
}

// load reads the number at the place and reports whether there is one up to hi.
func (p *openPosting) load(hi uint64) bool {
	if p.at == len(p.row.Offsets) {
		return false
	}
	p.next = p.row.word(p.row.Offsets[p.at])
	return p.next <= hi
}

// word returns the word of the number with that offset.
func (r *postingRow) word(offset uint16) uint64 {
	n, _ := r.Base.Add(int(offset))
	return n.Word()
}
