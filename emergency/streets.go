package emergency

import (
	"context"
	"slices"
	"strings"
	"sync"

	"example.com/callingplan/telephony"
)

// Parity says which numbers of a stretch of street it has.
type Parity uint8

// The parities. The zero Parity is both sides of the street.
const (
	BothSides Parity = iota
	OddSide
	EvenSide
)

// A Street is a stretch of street with one run of house numbers, all served by
// one dispatch centre. Its text is taken in canonical and standard form.
type Street struct {
	Country     telephony.Country
	State       string
	County      string   // offered where an address has none; not compared, for sources write it in several ways
	City        string   // empty: the city is not known, and is not checked
	CityAliases []string // other names under which the city is right
	District    string   // empty: not checked
	PostalCodes []string // none: the code is not checked

	PreModifier     string
	PreDirectional  string
	TypePrefix      string
	Name            string
	Suffix          string
	PostDirectional string
	PostModifier    string

	NumberPrefix string // what stands before each of its numbers: "N6W" of "N6W23001"
	Low, High    int    // house numbers, both included; 0 and 0: any number, or none at all
	Parity       Parity

	Dispatch Dispatch // who answers calls from there; its ID or URI is filled
}

// Streets is an authority in memory that knows streets: a reference to test
// against, and enough for whoever has the streets of an area as data. It is
// safe for concurrent use. Make one with [NewStreets].
//
// A street is found by country, state and name; then its parts, the place
// (city or postal code), and the number with what stands before it are compared,
// without case, accents and punctuation. Checking an address takes time in proportion to the number
// of stretches of that name in that state.
type Streets struct {
	name string

	mu       sync.RWMutex
	groups   map[streetKey]*streetGroup
	byPostal map[postalKey][]*streetGroup // for streets spelt like another nearby; a group may be there twice
	parts    interned[streetParts, partsPair]
	places   interned[placeKey, place]
	dispatch interned[Dispatch, Dispatch]
	fallback map[telephony.Country]Dispatch
}

// NewStreets returns an authority of that name that knows no street yet.
func NewStreets(name string) *Streets {
	return &Streets{
		name:     name,
		groups:   make(map[streetKey]*streetGroup),
		byPostal: make(map[postalKey][]*streetGroup),
		parts:    newInterned(newPartsPair),
		places:   newInterned(newPlace),
		dispatch: newInterned(func(d Dispatch) Dispatch { return d }),
		fallback: make(map[telephony.Country]Dispatch),
	}
}

// Name implements [Authority].
func (s *Streets) Name() string { return s.name }

// SetDefault sets the dispatch centre of last resort of a country: the one
// given where an address is not found. It makes no address valid.
func (s *Streets) SetDefault(c telephony.Country, d Dispatch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fallback[c] = d
}

// Add adds a stretch of street. Its error is [ErrStreet] and holds every
// reason: a country without rules, text that cannot be kept or a malformed
// postal code, no name, house numbers below 0 or out of order, no dispatch
// centre. Nothing is added then.
func (s *Streets) Add(street Street) error {
	address, problems := street.check()
	if len(problems) > 0 {
		return &telephony.Error{Op: "add street", Code: ErrStreet, Field: problems[0].Field,
			Detail: problems[0].Detail, Fix: "correct it and add it again", Reasons: problems}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(street, address)
	return nil
}

// check returns the street as an address in the form in which addresses are
// compared with it, and what is wrong with it.
func (st Street) check() (Address, []*telephony.Error) {
	a, _ := Canonical(Address{
		Country: st.Country, State: st.State, County: st.County, City: st.City, District: st.District,
		StreetPreModifier: st.PreModifier, PreDirectional: st.PreDirectional, StreetTypePrefix: st.TypePrefix,
		Street: st.Name, StreetSuffix: st.Suffix, PostDirectional: st.PostDirectional, StreetPostModifier: st.PostModifier,
		HouseNumberPrefix: st.NumberPrefix,
	})
	if isNumberMark(a.HouseNumberPrefix) {
		a.HouseNumberPrefix = "" // a sign that is on every house tells none from another
	}
	e := editor{address: a}
	e.apply(standardForms(a))
	var problems []*telephony.Error
	add := func(f Field, detail string) {
		problems = append(problems, &telephony.Error{Code: ErrStreet, Field: f.String(), Detail: detail})
	}
	var r report
	r.checkTexts(e.address)
	for _, i := range r {
		add(i.Field, i.Message)
	}
	c := countryOf(e.address.Country)
	if c == nil {
		add(FieldCountry, "there are no address rules for this country")
	}
	if e.address.Street == "" {
		add(FieldStreet, "a street has a name")
	}
	for _, alias := range st.CityAliases {
		if telephony.CheckText("city_alias", alias, telephony.MaxTextRunes) != nil {
			add(FieldCityAlias, "the text cannot be kept")
		}
	}
	for _, code := range st.PostalCodes {
		if c == nil {
			break
		}
		if _, ok := c.canonicalPostal(clean(code)); !ok {
			add(FieldPostalCode, "it does not have the form of this country's postal codes")
		}
	}
	if st.Low < 0 || st.High < st.Low || st.High > maxHouseNumber || st.Parity > EvenSide {
		add(FieldHouseNumber, "house numbers run from 0 or more up to 999999999, on one side or both")
	}
	if st.Dispatch.ID == "" && st.Dispatch.URI == "" {
		add(0, "a street has a dispatch centre")
	}
	return e.address, problems
}

// add stores a checked street. The lock is held.
func (s *Streets) add(st Street, a Address) {
	key := streetKeyOf(a)
	g := s.groups[key]
	if g == nil {
		g = &streetGroup{name: a.Street, folded: key.name}
		s.groups[key] = g
	}
	country := countryOf(a.Country)
	codes := make([]string, 0, len(st.PostalCodes))
	for _, code := range st.PostalCodes {
		code, _ = country.canonicalPostal(clean(code))
		codes = append(codes, code)
		near := postalKey{a.Country, code}
		if list := s.byPostal[near]; len(list) == 0 || list[len(list)-1] != g {
			s.byPostal[near] = append(list, g)
		}
	}
	names := make([]string, 0, 1+len(st.CityAliases))
	for _, name := range append([]string{a.City}, st.CityAliases...) {
		if name = clean(name); name != "" {
			names = append(names, name)
		}
	}
	g.segments = append(g.segments, segment{
		parts:    s.parts.id(partsOf(a)),
		place:    s.places.id(placeKey{joinList(names), a.District, a.County, joinList(codes)}),
		dispatch: s.dispatch.id(st.Dispatch),
		low:      int32(st.Low),
		high:     int32(st.High),
		parity:   st.Parity,
	})
}

// Validate implements [Authority]. Its only error is that of ctx.
func (s *Streets) Validate(ctx context.Context, a Address) (Answer, error) {
	if err := ctx.Err(); err != nil {
		return Answer{}, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	g := s.groups[streetKeyOf(a)]
	if g == nil {
		return s.unknownStreet(a), nil
	}
	return s.answer(a, g), nil
}

// unknownStreet answers where no street has that name: with the names spelt
// like it under the same postal code.
func (s *Streets) unknownStreet(a Address) Answer {
	answer := Answer{NotFound: AddressNotFound, Mismatched: FieldsOf(FieldStreet)}
	if d, ok := s.fallback[a.Country]; ok {
		answer.NotFound, answer.Route, answer.Dispatch = Found, DefaultRoute, d
	}
	code, _, _ := strings.Cut(a.PostalCode, "-")
	near := s.byPostal[postalKey{a.Country, a.PostalCode}]
	if len(near) == 0 {
		near = s.byPostal[postalKey{a.Country, code}]
	}
	var names []string
	spelt := spellingOf(a.Street)
	for _, g := range near[:min(len(near), mostCompared)] {
		if spelt.isClose(g.folded) && !slices.Contains(names, g.name) {
			names = append(names, g.name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		answer.Candidates = append(answer.Candidates, Candidate{FieldStreet, name})
	}
	return answer
}

// mostCompared bounds the names compared for a street that is not found.
const mostCompared = 1024
