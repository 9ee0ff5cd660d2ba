package locxml

import (
	"errors"
	"slices"
	"strings"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/telephony"
)

// The causes of a civic address that is not read or written.
const (
	ErrRepeated telephony.Code = "civic_element_repeated" // one element twice: which one holds?
	ErrCountry  telephony.Code = "civic_country_invalid"  // no two letters
	ErrElement  telephony.Code = "civic_element_invalid"  // a further element without a name or namespace of its own
)

// An Element is a civic element that no field of an address or a location
// holds.
type Element struct {
	Name  xmltree.Name
	Value string
}

// A Civic is a civic address as it is written in one language.
type Civic struct {
	Address  emergency.Address
	Location emergency.Location
	Language string
	Other    []Element
}

// CivicAddress is the name of the element.
var CivicAddress = xmltree.Name{Space: emergency.CivicSpace, Local: "civicAddress"}

var (
	country = xmltree.Name{Space: emergency.CivicSpace, Local: "country"}
	a6      = xmltree.Name{Space: emergency.CivicSpace, Local: "A6"}
)

// IsCivic reports whether an element is a civic address.
func IsCivic(n *xmltree.Node) bool { return CivicName(n.Name) == CivicAddress }

// Values returns the elements of a civic address that have a value, in the
// order in which a document has them.
func (c Civic) Values() []Element {
	var list []Element
	add := func(name xmltree.Name) {
		if v := c.value(name); v != "" {
			list = append(list, Element{name, v})
		}
	}
	for _, local := range civicOrder {
		add(xmltree.Name{Space: emergency.CivicSpace, Local: local})
	}
	for _, local := range extensionOrder {
		add(xmltree.Name{Space: emergency.CivicExtSpace, Local: local})
	}
	for _, e := range c.Other {
		if v := xmltree.Token(e.Value); v != "" && !isOrdered(e.Name) {
			list = append(list, Element{e.Name, v})
		}
	}
	return list
}

// value returns the text of one element. The name that a post office has for a
// city is told where it differs from the city's own.
func (c Civic) value(name xmltree.Name) string {
	if f, ok := emergency.FieldOfCivic(name.Space, name.Local); ok {
		v := xmltree.Token(c.Address.Value(f))
		if f == emergency.FieldCityAlias && v == xmltree.Token(c.Address.City) {
			return ""
		}
		return v
	}
	if text := placeText(&c.Location, name); text != nil {
		return xmltree.Token(*text)
	}
	for _, e := range c.Other {
		if e.Name == name {
			return xmltree.Token(e.Value)
		}
	}
	return ""
}

func isOrdered(n xmltree.Name) bool {
	return n.Space == emergency.CivicSpace && slices.Contains(civicOrder[:], n.Local) ||
		n.Space == emergency.CivicExtSpace && slices.Contains(extensionOrder[:], n.Local)
}

// Check returns what keeps a civic address from being written, in the order of
// its elements: text that cannot be kept, a country that is no code, and
// further elements that are named twice or not at all.
func (c Civic) Check() []*telephony.Error {
	var found []*telephony.Error
	for _, e := range c.Values() {
		found = append(found, checkValue(e)...)
	}
	for i, e := range c.Other {
		if !isOther(e.Name) {
			found = append(found, &telephony.Error{Code: ErrElement, Field: "other",
				Detail:  "a further civic element has a name and a namespace that no field has",
				Figures: []telephony.Figure{{Name: "element", Value: int64(i + 1)}}})
		}
		if slices.ContainsFunc(c.Other[:i], func(o Element) bool { return o.Name == e.Name }) {
			found = append(found, repeated(e.Name))
		}
	}
	return found
}

// isOther reports whether an element may stand among the others: one of the
// standards that no field holds, or one of another namespace.
func isOther(n xmltree.Name) bool {
	switch n.Space {
	case "":
		return false
	case emergency.CivicSpace, emergency.CivicExtSpace:
		_, isField := emergency.FieldOfCivic(n.Space, n.Local)
		return isOrdered(n) && !isField && placeText(new(emergency.Location), n) == nil
	}
	return isName(n.Local)
}

// isName reports whether a local name can be written: letters, digits and the
// punctuation of names, in ASCII.
func isName(s string) bool {
	const first = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
	return s != "" && len(s) <= 64 && strings.Contains(first, s[:1]) && strings.Trim(s, first+"0123456789-.") == ""
}

const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// checkValue checks one value. A country is not looked up in a list: whether
// there is such a country is for those who know addresses to say.
func checkValue(e Element) []*telephony.Error {
	var problem *telephony.Error
	if errors.As(telephony.CheckText(fieldName(e.Name), e.Value, telephony.MaxTextRunes), &problem) {
		return []*telephony.Error{problem}
	}
	if e.Name == country && (len(e.Value) != 2 || strings.Trim(e.Value, capitals) != "") {
		return []*telephony.Error{{Code: ErrCountry, Field: "country",
			Detail: "a country is two capital letters", Fix: "give its ISO 3166-1 code"}}
	}
	return nil
}

// fieldName is the name under which an error tells of an element: the field's,
// or the element's own where the standards name it. Others are not trusted.
func fieldName(n xmltree.Name) string {
	if f, ok := emergency.FieldOfCivic(n.Space, n.Local); ok {
		return f.String()
	}
	if isOrdered(n) || n == a6 {
		return n.Local
	}
	return "other"
}

func repeated(n xmltree.Name) *telephony.Error {
	return &telephony.Error{Code: ErrRepeated, Field: fieldName(n),
		Detail: "a civic address has the element twice", Fix: "give it once; another language is an address of its own"}
}

// Write writes a civic address that has no fault.
func (c Civic) Write(w *xmltree.Writer) {
	w.Start(CivicAddress, xmltree.Attr{Name: xmltree.Name{Space: xmltree.XMLSpace, Local: "lang"}, Value: c.Language})
	for _, e := range c.Values() {
		w.Leaf(e.Name, e.Value)
	}
	w.End()
}
