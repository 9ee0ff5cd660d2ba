package pidflo

import (
	"log/slog"
	"slices"
	"strconv"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/xmltree"
)

// MediaType is the media type of documents [RFC 3863].
const MediaType = "application/pidf+xml"

// The bounds of a document.
const (
	MaxBytes   = xmltree.MaxBytes // of its encoded form
	MaxObjects = 64
)

// A Document says where an entity is: a person, a telephone, a line.
type Document struct {
	Entity  string   // URI of whom it is about, such as "pres:line-7@fernhill.example"; it need not disclose who that is
	Objects []Object // in the order of the document, which is the order of preference among holders of one kind

	// NotUnderstood names the elements that Decode found and could not take, in
	// the order of the document. Encode writes none of them.
	NotUnderstood []Name
}

// A Holder is the kind of element that has a location object. The zero Holder
// is a tuple.
type Holder uint8

// The holders, in the order in which documents have them.
const (
	Tuple  Holder = iota // a service, such as a line [RFC 3863]
	Device               // a piece of equipment [RFC 4479]
	Person               // somebody [RFC 4479]
)

// String returns "tuple", "device" or "person".
func (h Holder) String() string {
	if h > Person {
		return "unknown"
	}
	return [...]string{"tuple", "device", "person"}[h]
}

// An Object is one location object: where its holder is, and what may be done
// with knowing it.
type Object struct {
	Holder   Holder
	ID       string // unique in the document: letters, digits, "-", "_" and ".", a letter or "_" first
	DeviceID string // of a device, and required there: a URI, such as "mac:00005e005301" [RFC 4479]

	Civic      []Civic // one address, once in each language
	Shape      Shape   // the position; zero if there is none
	Confidence Confidence
	Rules      Rules
	Method     Method
	At         time.Time // when the holder was there; zero if that is not said
}

// A Civic is the address of an object in one language.
type Civic struct {
	// Address is what is written of it: not the position, which is a shape, nor
	// the tax id, the description and the ELIN, which are nobody else's. The
	// alias of a city is written where it differs from the city.
	Address  emergency.Address
	Location emergency.Location // the place inside; description and ELIN are not written
	Language string             // BCP 47 tag, such as "en-US"; empty if it is not said
	Other    []Element          // civic elements that no field holds
}

// A Name is the name of an XML element: its namespace and its local name.
type Name struct{ Space, Local string }

// An Element is a civic element that no field of an address or a location
// holds, such as A5 and LMK of [RFC 5139], MP of [RFC 6848], or one of another
// namespace, as the National Emergency Number Association has them.
type Element struct {
	Name  Name
	Value string // part of an address: to be shown, not logged
}

// Rules say what may be done with a location. They are written always. The zero
// Rules forbid to pass it on and set no time at which it is to be forgotten.
type Rules struct {
	Retransmission bool      // whoever gets it may pass it on
	Expiry         time.Time // when it is to be forgotten; zero if that is not said
}

// A Method is how a location was found: a word of the registry of location
// methods [RFC 4119]. The zero Method says nothing.
type Method string

// Methods that number administrators meet.
const (
	Manual  Method = "Manual"   // entered by somebody
	DHCP    Method = "DHCP"     // of the network, by DHCP
	LLDPMED Method = "LLDP-MED" // of the switch, by LLDP-MED
	WiFi    Method = "802.11"   // of a wireless access point
	GPS     Method = "GPS"      // by satellite
	Derived Method = "Derived"  // from another location
)

// New returns a document about an entity at an address and a place inside it:
// a tuple with the address and, where the address has a position, a tuple with
// that, whose id ends in ".position": one location each [RFC 5491]. The address
// was entered by somebody, at the time at; the rules are those of the zero
// [Rules].
func New(entity, id string, a emergency.Address, l emergency.Location, at time.Time) Document {
	doc := Document{Entity: entity, Objects: []Object{{
		ID: id, Civic: []Civic{{Address: a, Location: l}}, Method: Manual, At: at}}}
	if !a.Position.IsZero() {
		doc.Objects = append(doc.Objects, Object{ID: id + ".position", Shape: Point(a.Position), Method: Manual, At: at})
	}
	return doc
}

// Preferred returns the object that counts for emergency calls: the first
// device with a location, else the first tuple, else the first person
// [RFC 5491]. ok is false for a document without objects.
func (d Document) Preferred() (o Object, ok bool) {
	for _, h := range []Holder{Device, Tuple, Person} {
		i := slices.IndexFunc(d.Objects, func(o Object) bool { return o.Holder == h && o.hasLocation() })
		if i >= 0 {
			return d.Objects[i], true
		}
	}
	return Object{}, false
}

func (o Object) hasLocation() bool { return len(o.Civic) > 0 || !o.Shape.IsZero() }

// String tells how many objects the document has, and nothing of them.
func (d Document) String() string {
	return "PIDF-LO document of " + strconv.Itoa(len(d.Objects)) + " objects"
}

// GoString is what %#v prints: the masked form.
func (d Document) GoString() string { return "pidflo.Document{" + d.String() + "}" }

// LogValue keeps the document out of structured logs.
func (d Document) LogValue() slog.Value { return slog.StringValue(d.String()) }

// String tells whose location the object is by the kind of holder alone.
func (o Object) String() string { return "location of a " + o.Holder.String() }

// GoString is what %#v prints: the masked form.
func (o Object) GoString() string { return "pidflo.Object{" + o.String() + "}" }

// LogValue keeps the location out of structured logs.
func (o Object) LogValue() slog.Value { return slog.StringValue(o.String()) }

// String describes the address without disclosing it.
func (c Civic) String() string { return c.Address.String() }

// GoString is what %#v prints: the masked form.
func (c Civic) GoString() string { return "pidflo.Civic{" + c.String() + "}" }

// LogValue keeps the address out of structured logs.
func (c Civic) LogValue() slog.Value { return slog.StringValue(c.String()) }

// String names the element without its value.
func (e Element) String() string { return "civic element" }

// GoString is what %#v prints: the masked form.
func (e Element) GoString() string { return "pidflo.Element{" + e.String() + "}" }

// LogValue keeps the value out of structured logs.
func (e Element) LogValue() slog.Value { return slog.StringValue(e.String()) }
