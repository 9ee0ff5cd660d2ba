package emergency

import "slices"

// A query is an address in the form in which stretches of street are compared
// with it.
type query struct {
	parts                 streetParts
	city, alias, district string
	code                  string
	numbered              bool
	number                int
}

func newQuery(a Address) query {
	return query{
		parts: partsOf(a).folded(),
		city:  fold(a.City), alias: fold(a.CityAlias), district: fold(a.District),
		code:     a.PostalCode,
		numbered: a.HouseNumber != "", number: houseNumber(a.HouseNumber),
	}
}

// A fit says how well a stretch of street fits a query: which of the query's
// fields it confirms, which it contradicts, and how it ranks.
type fit struct {
	confirmed, mismatched FieldSet
	rank                  int
}

// The ranks of a stretch, each worth more than all that follow: it is in the
// place, it is the street, it has the number, it has no part that the query
// leaves out, it fits the place in more ways.
const (
	rankPlace  = 10_000
	rankPart   = 1_000 // each of at most seven
	rankNumber = 500
	rankExact  = 10 // each of at most seven
	rankTrait  = 1  // each of at most three
)

func (s *Streets) fit(q *query, seg segment) fit {
	var f fit
	f.comparePlace(q, &s.places.values[seg.place])
	f.compareParts(q, seg, &s.parts.values[seg.parts].folded)
	switch {
	case !q.numbered:
	case !seg.hasNumber(q.number):
		f.mismatched |= 1 << FieldHouseNumber
	default:
		f.rank += rankNumber
		if seg.high > 0 {
			f.confirmed |= 1 << FieldHouseNumber
		}
	}
	return f
}

// comparePlace compares what is written with what is known; what either side
// does not have says nothing.
func (f *fit) comparePlace(q *query, p *place) {
	if q.city != "" && len(p.cities) > 0 {
		f.trait(FieldCity, slices.Contains(p.citiesFolded, q.city))
	}
	if q.alias != "" && len(p.cities) > 0 {
		f.trait(FieldCityAlias, slices.Contains(p.citiesFolded, q.alias))
	}
	if q.district != "" && p.district != "" {
		f.trait(FieldDistrict, p.districtFolded == q.district)
	}
	if q.code != "" && len(p.codes) > 0 {
		f.trait(FieldPostalCode, hasCode(p.codes, q.code))
	}
	if f.confirmed&placeFields != 0 || f.mismatched&placeFields == 0 {
		f.rank += rankPlace
	}
}

func (f *fit) trait(field Field, fits bool) {
	if !fits {
		f.mismatched |= 1 << field
		return
	}
	f.confirmed |= 1 << field
	f.rank += rankTrait
}

// compareParts compares the parts of the street's name. One that is not
// written is not wrong; one that is written must be the street's. What stands
// before a number is not known of a stretch that has any number.
func (f *fit) compareParts(q *query, seg segment, parts *streetParts) {
	for i, field := range partFields {
		switch written := q.parts[i]; {
		case written == parts[i]:
			f.rank += rankPart + rankExact
			if written != "" {
				f.confirmed |= 1 << field
			}
		case written == "", field == FieldHouseNumberPrefix && parts[i] == "" && seg.hasAnyNumber():
			f.rank += rankPart
		default:
			f.mismatched |= 1 << field
		}
	}
}

// hasCode reports whether a postal code is one of the list, or a delivery
// point within one: 98101-1234 within 98101.
func hasCode(codes []string, code string) bool {
	return slices.ContainsFunc(codes, func(known string) bool {
		return code == known || len(code) > len(known) && code[:len(known)] == known && code[len(known)] == '-'
	})
}

// A match is all the stretches that fit best, told apart by what matters.
type match struct {
	rank                    int
	confirmed, mismatched   FieldSet // by every one; by any one
	parts, places, dispatch []uint32 // the different ones
}

// best returns the stretches of a group that fit best.
func (s *Streets) best(q *query, g *streetGroup) match {
	m := match{rank: -1}
	for _, seg := range g.segments {
		f := s.fit(q, seg)
		switch {
		case f.rank < m.rank:
			continue
		case f.rank > m.rank:
			m = match{rank: f.rank, confirmed: f.confirmed,
				parts: m.parts[:0], places: m.places[:0], dispatch: m.dispatch[:0]}
		}
		m.confirmed &= f.confirmed
		m.mismatched |= f.mismatched
		m.parts = addNew(m.parts, seg.parts)
		m.places = addNew(m.places, seg.place)
		m.dispatch = addNew(m.dispatch, seg.dispatch)
	}
	return m
}

// addNew adds an id to a list that does not have it. A list that has more than
// can be a choice is long enough.
func addNew(list []uint32, id uint32) []uint32 {
	if len(list) > maxCandidates || slices.Contains(list, id) {
		return list
	}
	return append(list, id)
}

// isChoice reports whether the stretches are few enough to choose among. What
// fits more places than that alike is not an address.
func (m match) isChoice() bool {
	return len(m.parts) <= maxCandidates && len(m.places) <= maxCandidates
}

// answer says what is known of an address in a group of streets of its name.
func (s *Streets) answer(a Address, g *streetGroup) Answer {
	q := newQuery(a)
	m := s.best(&q, g)
	answer := Answer{
		Confirmed:  m.confirmed.With(FieldCountry).With(FieldStreet),
		Mismatched: m.mismatched,
	}
	if streetKeyOf(a).state != "" {
		answer.Confirmed = answer.Confirmed.With(FieldState)
	}
	if !m.isChoice() {
		return answer
	}
	if len(m.dispatch) == 1 {
		answer.Route, answer.Dispatch = RealRoute, s.dispatch.values[m.dispatch[0]]
	}
	for i, field := range partFields {
		answer.offerNeeded(field, a, s.partValues(m, i))
	}
	s.offerPlace(&answer, a, m)
	return answer
}

// partValues returns one part of the name of each matching street.
func (s *Streets) partValues(m match, i int) [][]string {
	var values [][]string
	for _, id := range m.parts {
		values = append(values, []string{s.parts.values[id].written[i]})
	}
	return values
}

// offerPlace offers what the matching places have. An address that names
// neither city nor postal code needs the city if there are several.
func (s *Streets) offerPlace(answer *Answer, a Address, m match) {
	var cities, own, districts, counties, codes [][]string
	for _, id := range m.places {
		p := &s.places.values[id]
		cities = append(cities, p.cities)
		own = append(own, p.cities[:min(1, len(p.cities))])
		districts = append(districts, []string{p.district})
		counties = append(counties, []string{p.county})
		codes = append(codes, p.codes)
	}
	answer.offer(FieldCityAlias, a, cities)
	answer.Complete.CityAlias = "" // a place has its name already
	if answer.Mismatched.Has(FieldCity) {
		answer.offer(FieldCity, a, cities)
	} else if answer.Confirmed.Has(FieldPostalCode) {
		answer.offer(FieldCity, a, own)
	} else {
		answer.offerNeeded(FieldCity, a, own)
	}
	answer.offer(FieldDistrict, a, districts)
	answer.offer(FieldCounty, a, counties)
	answer.offer(FieldPostalCode, a, codes)
}

// offer adds what is known of a field, one list for each match: as candidates
// for a mismatched field, as completion of an empty one if all have the same
// one value.
func (answer *Answer) offer(f Field, a Address, known [][]string) {
	if answer.Mismatched.Has(f) {
		for _, values := range known {
			for _, v := range values {
				c := Candidate{f, v}
				if v != "" && !slices.Contains(answer.Candidates, c) {
					answer.Candidates = append(answer.Candidates, c)
				}
			}
		}
		return
	}
	if a.Value(f) == "" {
		*answer.Complete.text(f), _ = unanimous(known)
	}
}

// offerNeeded is offer for a field without which streets cannot be told apart:
// where it is empty and the matches differ in it, that is a mismatch.
func (answer *Answer) offerNeeded(f Field, a Address, known [][]string) {
	if _, same := unanimous(known); a.Value(f) == "" && !same {
		answer.Mismatched = answer.Mismatched.With(f)
	}
	answer.offer(f, a, known)
}

// unanimous returns the one value that all lists consist of. Lists that are
// all empty agree too, on nothing.
func unanimous(lists [][]string) (value string, same bool) {
	for i, list := range lists {
		if len(list) > 1 || !slices.Equal(list, lists[0]) {
			return "", false
		}
		if i == 0 && len(list) == 1 {
			value = list[0]
		}
	}
	return value, true
}
