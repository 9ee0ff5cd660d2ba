package engine

import (
	"iter"
	"slices"
	"strings"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// Person is a person of a tenant.
type Person struct {
	ID               telephony.PersonID
	Name             string
	UsageLocation    telephony.Country
	Licences         []licensing.Product
	OnPremisesNumber bool
	Pending          bool      // not among the voice users yet
	VisibleAt        time.Time // when the person is, or was first, among them
	Voice            bool      // enterprise voice is on: the person has a number
	Number           telephony.Number
	Location         telephony.LocationID // where emergency calls place the person
	Told             time.Time            // when the person was told the number; zero if not
	Vanished         time.Time            // since when the person is gone from the directory; zero if not
	// Lapse is what the number lacks of licences and until when the person keeps it
	// without them; zero if nothing.
	Lapse licensing.Lapse
}

// PersonQuery says which people are wanted: those that match all fields that
// are set. The zero PersonQuery is all.
type PersonQuery struct {
	Assigned   bool // who have a number, which is to say enterprise voice
	Unassigned bool // who have none
	Pending    bool // who are not among the voice users yet
	Visible    bool // who are
	Vanished   bool // who are gone from the directory
	AtRisk     bool // who keep a number that their licences no longer carry
	Country    telephony.Country
	Licence    licensing.Product // who hold it
	Location   telephony.LocationID
	Address    telephony.AddressID
	Text       string // in the identifier or the name, capitals or not
	Skip, Top  int    // as in NumberQuery
}

// People yields the people who match, by identifier, ascending; nobody for a query
// that Check refuses.
func (v *View) People(q PersonQuery) iter.Seq[Person] {
	return func(yield func(Person) bool) {
		if q.Check() != nil {
			return
		}
		skip, given := q.Skip, 0
		for row := range v.peopleRows(v.planPeople(q), "") {
			p, ok := v.matchingPerson(q, row)
			if !ok {
				continue
			}
			if skip > 0 {
				skip--
				continue
			}
			if q.Top > 0 && given == q.Top {
				return
			}
			given++
			if !yield(p) {
				return
			}
		}
	}
}

// question is what a page is asked, as that of a NumberQuery.
func (q PersonQuery) question() PersonQuery {
	q.Skip, q.Top = 0, 0
	return q
}

// PeoplePage returns a page of the people who match, of up to size of them, 0
// for 100. Skip and Top do not count. What it reads is what ExplainPeople says.
//
// Errors: those of PersonQuery.Check; ErrCursor; ErrRequest for a size below 0 or above
// 1000.
func (v *View) PeoplePage(q PersonQuery, after Cursor, size int) (Page[Person], error) {
	if err := q.Check(); err != nil {
		return Page[Person]{}, err
	}
	list := v.listing(personNames, q.question())
	last, err := after.key(list)
	if err != nil {
		return Page[Person]{}, err
	}
	plan := v.planPeople(q)
	p, err := pageOf(list, v.peopleRows(plan, telephony.PersonID(last)), size, personRow.cursor, func(row personRow) (Person, bool) {
		return v.matchingPerson(q, row)
	})
	if plan.By != ByRange {
		p.Scanned = int(plan.Most) // all are gathered for each page
	}
	return p, err
}

// Person returns one person. The error is ErrUnknownPerson.
func (v *View) Person(id telephony.PersonID) (Person, error) {
	row, ok := v.personRow(id)
	if !ok {
		return Person{}, unknownPerson(id)
	}
	return v.person(row), nil
}

// cursor is by which a page finds a person again.
func (p personRow) cursor() string { return string(p.ID) }

// matchingPerson returns the person, if they match.
func (v *View) matchingPerson(q PersonQuery, row personRow) (p Person, ok bool) {
	if !v.matchesRow(q, row) {
		return p, false
	}
	p = v.person(row)
	return p, v.matchesPlace(q, p)
}

func (v *View) matchesRow(q PersonQuery, row personRow) bool {
	pending := v.now < row.VisibleAt
	switch {
	case q.Assigned && !row.Number.IsValid(),
		q.Unassigned && row.Number.IsValid(),
		q.Pending && !pending,
		q.Visible && pending,
		q.Vanished && !row.Vanished,
		q.AtRisk && row.Lapse.Missing == 0,
		q.Country != "" && row.Country != q.Country,
		q.Licence != "" && !slices.Contains(row.Products, q.Licence):
		return false
	}
	text := strings.ToLower(q.Text)
	return strings.Contains(strings.ToLower(string(row.ID)), text) || strings.Contains(strings.ToLower(row.Name), text)
}

func (v *View) matchesPlace(q PersonQuery, p Person) bool {
	if q.Location != "" && p.Location != q.Location {
		return false
	}
	return v.matchesAddress(NumberQuery{Address: q.Address}, p.Location)
}

func (v *View) person(row personRow) Person {
	p := Person{ID: row.ID, Name: row.Name, UsageLocation: row.Country, Licences: slices.Clone(row.Products),
		OnPremisesNumber: row.OnPremises, Pending: v.now < row.VisibleAt, VisibleAt: unix(row.VisibleAt),
		Voice: row.Number.IsValid(), Number: row.Number, Lapse: row.Lapse.lapse()}
	if row.Told {
		p.Told = unix(row.ToldAt)
	}
	if row.Vanished {
		p.Vanished = unix(row.VanishedAt)
	}
	if p.Voice {
		n, _ := v.numberRow(row.Number)
		p.Location = n.Location
	}
	return p
}

// Own is what a person may know of their number: what they are told.
type Own struct {
	Name    string
	Number  telephony.Number
	Since   time.Time
	Place   Location // where emergency calls place the person
	Address Address
	// Disclaimer is what whoever tells the person the number says of emergency
	// calls, in English: that of emergency.Disclaimer for the person's country.
	Disclaimer string
}

// Own returns a person's own view of their number. Errors: ErrUnknownPerson;
// ErrNoNumber.
func (v *View) Own(id telephony.PersonID) (Own, error) {
	p, err := v.Person(id)
	if err != nil {
		return Own{}, err
	}
	if !p.Voice {
		return Own{}, &telephony.Error{Code: ErrNoNumber, Person: id, Detail: "the person has no number", Fix: "assign one first"}
	}
	n, err := v.Number(p.Number)
	if err != nil {
		return Own{}, err
	}
	place, err := v.Location(n.Location)
	if err != nil {
		return Own{}, err
	}
	address, err := v.Address(place.Address)
	return Own{Name: p.Name, Number: n.Number, Since: n.Since, Place: place, Address: address,
		Disclaimer: emergency.Disclaimer(p.UsageLocation)}, err
}
