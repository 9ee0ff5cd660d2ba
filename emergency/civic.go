package emergency

import "slices"

// The namespaces of civic address elements.
const (
	CivicSpace    = "urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"     // [RFC 5139]
	CivicExtSpace = "urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr:ext" // [RFC 6848]
)

// civicExtension is the civic type that stands for every element of another
// namespace [RFC 6848].
const civicExtension = 40

// A CivicElement is how civic addresses on the wire name one part of an
// address.
type CivicElement struct {
	Space string // the XML namespace: CivicSpace or CivicExtSpace
	Name  string // the local name, such as "A3"
	Type  uint8  // the civic type of the DHCP form [RFC 4776]; 0 for the country, which stands in its header, 40 for extensions
}

// civicElements are the elements of the address's fields, in the order in which
// a document has them: the sequence of [RFC 5139], then the extensions.
var civicElements = [...]struct {
	field   Field
	element CivicElement
}{
	{FieldCountry, CivicElement{CivicSpace, "country", 0}},
	{FieldState, CivicElement{CivicSpace, "A1", 1}},
	{FieldCounty, CivicElement{CivicSpace, "A2", 2}},
	{FieldCity, CivicElement{CivicSpace, "A3", 3}},
	{FieldDistrict, CivicElement{CivicSpace, "A4", 4}},
	{FieldStreetPreModifier, CivicElement{CivicSpace, "PRM", 38}},
	{FieldPreDirectional, CivicElement{CivicSpace, "PRD", 16}},
	{FieldStreet, CivicElement{CivicSpace, "RD", 34}},
	{FieldStreetSuffix, CivicElement{CivicSpace, "STS", 18}},
	{FieldPostDirectional, CivicElement{CivicSpace, "POD", 17}},
	{FieldStreetPostModifier, CivicElement{CivicSpace, "POM", 39}},
	{FieldHouseNumber, CivicElement{CivicSpace, "HNO", 19}},
	{FieldHouseNumberSuffix, CivicElement{CivicSpace, "HNS", 20}},
	{FieldCompany, CivicElement{CivicSpace, "NAM", 23}},
	{FieldPostalCode, CivicElement{CivicSpace, "PC", 24}},
	{FieldCityAlias, CivicElement{CivicSpace, "PCN", 30}},
	{FieldStreetTypePrefix, CivicElement{CivicExtSpace, "STP", civicExtension}},
	{FieldHouseNumberPrefix, CivicElement{CivicExtSpace, "HNP", civicExtension}},
}

// Civic returns the civic element that carries the field. There is none for
// what never leaves the administrator's hands, the tax id and the description,
// for the ELIN, which is a number to call back, and for the position, which is
// no civic address.
func (f Field) Civic() (CivicElement, bool) {
	for _, c := range civicElements {
		if c.field == f {
			return c.element, true
		}
	}
	return CivicElement{}, false
}

// FieldOfCivic returns the field that an element of that namespace and local
// name fills. Elements that no field holds, such as A5, LMK and those of a
// [Location], have none.
func FieldOfCivic(space, name string) (Field, bool) {
	for _, c := range civicElements {
		if c.element.Space == space && c.element.Name == name {
			return c.field, true
		}
	}
	return 0, false
}

// CivicFields returns the fields that have a civic element, in the order in
// which a document has their elements: [RFC 5139], a sequence, then [RFC 6848].
func CivicFields() []Field {
	fields := make([]Field, 0, len(civicElements))
	for _, c := range civicElements {
		fields = append(fields, c.field)
	}
	return slices.Clip(fields)
}
