package adminfile

import "example.com/callingplan/telephony"

// conflicts is where rows of one file stand in one another's way.
type conflicts struct {
	same    map[Assignment]int // the first row that says this
	numbers map[telephony.Number]mention
	people  map[telephony.PersonID]mention
	rows    []plannedRow
}

// mention is in which rows something stands: the first two, and how many.
type mention struct{ first, second, count int }

func (m mention) with(i int) mention {
	switch m.count {
	case 0:
		m.first = i
	case 1:
		m.second = i
	}
	m.count++
	return m
}

// conflictsOf looks at all rows. Of those that could not be read whole, what
// could be read counts: it was meant too. Rows that repeat an earlier one
// contradict nobody and are left out.
func conflictsOf(rows []plannedRow) conflicts {
	c := conflicts{same: map[Assignment]int{}, numbers: map[telephony.Number]mention{}, people: map[telephony.PersonID]mention{}, rows: rows}
	for i, row := range rows {
		a := row.Assignment
		if row.State == 0 {
			if _, again := c.same[a]; again {
				continue
			}
			c.same[a] = i
		}
		if a.Number.IsValid() {
			c.numbers[a.Number] = c.numbers[a.Number].with(i)
		}
		if a.Person != "" {
			c.people[a.Person] = c.people[a.Person].with(i)
		}
	}
	return c
}

// of returns what other rows say against row i.
func (c conflicts) of(i int) []*telephony.Error {
	a := c.rows[i].Assignment
	number, person := c.numbers[a.Number], c.people[a.Person]
	if first, ok := c.same[a]; ok && first < i && c.rows[i].State == 0 {
		return []*telephony.Error{{Code: ErrRowRepeated, Person: a.Person, Numbers: telephony.NumberList{a.Number},
			Detail: "an earlier row says the same", Figures: c.figures(mention{first: first, count: 1}, i), Fix: "leave one of the two out"}}
	}
	var reasons []*telephony.Error
	if number.count > 1 {
		reasons = append(reasons, &telephony.Error{Code: ErrNumberTwice, Numbers: telephony.NumberList{a.Number},
			Detail: "the file gives this number to several people, or twice", Figures: c.figures(number, i), Fix: "leave one of the rows"})
	}
	if person.count > 1 {
		reasons = append(reasons, &telephony.Error{Code: ErrPersonTwice, Person: a.Person,
			Detail: "the file gives this person several numbers, or one twice", Figures: c.figures(person, i), Fix: "leave one of the rows"})
	}
	return reasons
}

// figures name the line of another row, and how many there are.
func (c conflicts) figures(m mention, i int) []telephony.Figure {
	other := m.first
	if other == i {
		other = m.second
	}
	return []telephony.Figure{{Name: "other line", Value: int64(c.rows[other].Line)}, {Name: "rows", Value: int64(m.count)}}
}
