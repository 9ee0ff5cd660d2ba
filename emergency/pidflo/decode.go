package pidflo

import (
	"strconv"
	"strings"
	"time"

	"example.com/callingplan/emergency/internal/locxml"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/telephony"
)

// Decode reads a document, its elements in any order. What says where somebody
// is is taken strictly; around it Decode is lenient: an entity, id, language,
// method, time or rule that is not well formed is left out, and so is every
// element that it does not know, and NotUnderstood names them. A location that
// may be passed on says so in "true" or, in old documents, "yes"; all else
// forbids it.
//
// It reads civic addresses, points and circles. Older forms are read too: the
// civic addresses and the rules of [RFC 4119], and streets in A6. The altitude of a point is
// left out, and named.
//
// Errors, in order of precedence: those of XML, [ErrTooLarge], [ErrEncoding],
// [ErrDoctype], [ErrTooDeep], [ErrTooMany] and [ErrMalformed]; [ErrNotPresence];
// [ErrTooManyObjects]; then every one of these, in the order of the document:
// [telephony.ErrText], [ErrCountry], [ErrRepeated], [ErrReference], [ErrShape],
// [ErrConfidence]; and [ErrNoLocation].
func Decode(body []byte) (Document, error) {
	root, err := xmltree.Parse(body)
	if err != nil {
		return Document{}, err
	}
	if root.Name != presenceName {
		return Document{}, &telephony.Error{Op: opDecode, Code: ErrNotPresence,
			Detail: "the document is no presence document", Fix: "send one of type " + MediaType}
	}
	d := decoder{}
	if d.doc.Entity = root.Attr("entity"); !xmltree.IsURI(d.doc.Entity) {
		d.doc.Entity = ""
		d.skip(xmltree.Name{Local: "entity"})
	}
	for _, n := range root.Children {
		d.holder(n)
	}
	if len(d.doc.Objects) > MaxObjects {
		return Document{}, refusal(opDecode, []*telephony.Error{tooManyObjects()})
	}
	if len(d.problems) == 0 && len(d.doc.Objects) == 0 {
		d.problems = []*telephony.Error{{Code: ErrNoLocation, Field: "presence",
			Detail: "the document has no address and no position that is understood"}}
	}
	if err := refusal(opDecode, d.problems); err != nil {
		return Document{}, err
	}
	return d.doc, nil
}

const opDecode = "decode PIDF-LO document"

// A decoder collects a document and what is wrong with it.
type decoder struct {
	doc      Document
	problems []*telephony.Error
}

func (d *decoder) skip(names ...xmltree.Name) {
	for _, n := range names {
		d.doc.NotUnderstood = append(d.doc.NotUnderstood, Name(n))
	}
}

// fault adds problems, each with the object it is in.
func (d *decoder) fault(problems ...*telephony.Error) {
	for _, p := range problems {
		p.Field = "objects[" + strconv.Itoa(len(d.doc.Objects)) + "]." + p.Field
		d.problems = append(d.problems, p)
	}
}

// holder reads what may hold location objects.
func (d *decoder) holder(n *xmltree.Node) {
	o := Object{}
	var objects []*xmltree.Node
	switch n.Name {
	case tupleName:
	case deviceName:
		o.Holder = Device
	case personName:
		o.Holder = Person
	default:
		d.skip(n.Name)
		return
	}
	if o.ID = n.Attr("id"); !isID(o.ID) {
		o.ID = ""
		d.skip(xmltree.Name{Local: "id"})
	}
	for _, c := range n.Children {
		switch {
		case c.Name == statusName && o.Holder == Tuple:
			for _, inner := range c.Children {
				if inner.Name == geoprivName {
					objects = append(objects, inner)
				} else {
					d.skip(inner.Name)
				}
			}
		case c.Name == geoprivName && o.Holder != Tuple:
			objects = append(objects, c)
		case c.Name == timestampName || c.Name == modelTimestampName:
			o.At = d.time(c)
		case c.Name == deviceIDName && o.Holder == Device && xmltree.IsURI(c.Token()):
			o.DeviceID = c.Token()
		default:
			d.skip(c.Name)
		}
	}
	if len(objects) == 0 {
		d.skip(n.Name)
	}
	for _, g := range objects {
		d.geopriv(o, g)
	}
}

// geopriv reads one location object into o and keeps it if it says anything.
func (d *decoder) geopriv(o Object, n *xmltree.Node) {
	before := len(d.problems)
	for _, c := range n.Children {
		switch c.Name {
		case infoName:
			d.info(&o, c)
		case rulesName:
			d.rules(&o.Rules, c)
		case methodName:
			if m := c.Token(); m != "" && isMethod(m) {
				o.Method = Method(m)
			} else {
				d.skip(c.Name)
			}
		default:
			d.skip(c.Name)
		}
	}
	if o.hasLocation() || len(d.problems) > before {
		d.doc.Objects = append(d.doc.Objects, o)
	}
}

// info reads addresses and positions. An object has one position.
func (d *decoder) info(o *Object, n *xmltree.Node) {
	for _, c := range n.Children {
		switch {
		case locxml.IsCivic(c):
			wire, unknown, problems := locxml.ReadCivic(c)
			d.skip(unknown...)
			d.fault(problems...)
			if wire.Language != "" && !xmltree.IsLanguage(wire.Language) {
				wire.Language = ""
				d.skip(xmltree.Name{Space: xmltree.XMLSpace, Local: "lang"})
			}
			if len(wire.Values()) > 0 {
				o.Civic = append(o.Civic, fromWire(wire))
			}
		case locxml.IsShape(c) && o.Shape.IsZero():
			d.shape(o, c)
		case c.Name == confidenceName:
			d.confidence(o, c)
		default:
			d.skip(c.Name)
		}
	}
	if o.Shape.IsZero() && o.Confidence != (Confidence{}) {
		o.Confidence = Confidence{} // about a shape that is not understood
		d.skip(confidenceName)
	}
}

func (d *decoder) shape(o *Object, n *xmltree.Node) {
	s, known, flattened, problem := locxml.ReadShape(n)
	switch {
	case problem != nil:
		d.fault(problem)
	case known:
		o.Shape = Shape{s.Centre, s.Radius}
	}
	if !known || flattened {
		d.skip(n.Name)
	}
}

func (d *decoder) confidence(o *Object, n *xmltree.Node) {
	text := n.Token()
	if text == "unknown" {
		return // the same as none at all
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(0 < v && v < 100) {
		d.fault(&telephony.Error{Code: ErrConfidence, Field: "confidence",
			Detail: "a confidence is a percentage above 0 and below 100"})
		return
	}
	o.Confidence.Percent = v
	switch n.Attr("pdf") {
	case "normal":
		o.Confidence.Distribution = NormalDistribution
	case "rectangular":
		o.Confidence.Distribution = RectangularDistribution
	}
}

// rules reads what may be done with a location. The examples of [RFC 4119] have
// the rules in the namespace of what is around them, against its schema.
func (d *decoder) rules(r *Rules, n *xmltree.Node) {
	for _, c := range n.Children {
		rule := c.Name
		if rule.Space == geoprivSpace {
			rule.Space = policySpace
		}
		switch rule {
		case retransmissionName:
			switch strings.ToLower(c.Token()) {
			case "true", "yes", "1":
				r.Retransmission = true
			case "false", "no", "0":
				r.Retransmission = false
			default:
				r.Retransmission = false
				d.skip(c.Name)
			}
		case retentionName:
			r.Expiry = d.time(c)
		default:
			d.skip(c.Name)
		}
	}
}

// time reads a moment; the zero time is none.
func (d *decoder) time(n *xmltree.Node) time.Time {
	t, err := time.Parse(time.RFC3339Nano, n.Token())
	if err != nil || !isTime(t) {
		d.skip(n.Name)
		return time.Time{}
	}
	return t.UTC()
}
