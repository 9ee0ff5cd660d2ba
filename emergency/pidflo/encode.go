package pidflo

import (
	"slices"
	"strconv"
	"time"

	"example.com/callingplan/emergency/internal/locxml"
	"example.com/callingplan/emergency/internal/xmltree"
)

// Encode writes a document, in UTF-8: the tuples first, as the schema of
// presence documents has it, then devices and persons, each kind in the order
// of Objects; the elements of a civic address in the order of [RFC 5139], and
// none that is empty. Text is written with single spaces, which is what it
// means there. NotUnderstood is not written.
//
// A document that is not valid is refused with every reason, in the order of
// the document: [ErrEntity], [ErrNoLocation], [ErrTooManyObjects]; of each object
// [ErrID], [ErrIDRepeated], [ErrHolder], [ErrDeviceIDMissing],
// [ErrDeviceIDUnexpected], [ErrDeviceID], [ErrNoLocation], [telephony.ErrText],
// [ErrCountry], [ErrElement], [ErrRepeated], [ErrLanguage],
// [ErrLanguageRepeated], [ErrConfidenceAlone], [ErrConfidence], [ErrMethod],
// [ErrTime]. A valid one that is larger than [MaxBytes] is [ErrTooLarge].
func Encode(d Document) ([]byte, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	w := xmltree.NewWriter(prefixes()...)
	w.Start(presenceName, attr("entity", d.Entity))
	objects := slices.Clone(d.Objects)
	slices.SortStableFunc(objects, func(a, b Object) int { return int(a.Holder) - int(b.Holder) })
	for _, o := range objects {
		o.write(w)
	}
	w.End()
	return w.Bytes()
}

// write writes an object within its holder. What stands after the location
// object is in the namespace of the holder.
func (o Object) write(w *xmltree.Writer) {
	id := attr("id", o.ID)
	if o.Holder == Tuple {
		w.Start(tupleName, id)
		w.Start(statusName)
		o.writeGeopriv(w)
		w.End()
		writeTime(w, timestampName, o.At)
		w.End()
		return
	}
	if o.Holder == Device {
		w.Start(deviceName, id)
	} else {
		w.Start(personName, id)
	}
	o.writeGeopriv(w)
	if o.DeviceID != "" {
		w.Leaf(deviceIDName, o.DeviceID)
	}
	writeTime(w, modelTimestampName, o.At)
	w.End()
}

// writeGeopriv writes the location object. A position goes before an address
// that makes it more precise [RFC 5491].
func (o Object) writeGeopriv(w *xmltree.Writer) {
	w.Start(geoprivName)
	w.Start(infoName)
	if !o.Shape.IsZero() {
		locxml.Shape{Centre: o.Shape.centre, Radius: o.Shape.radius}.Write(w)
	}
	if c := o.Confidence; c.Percent != 0 {
		w.Leaf(confidenceName, strconv.FormatFloat(c.Percent, 'f', -1, 64), attr("pdf", c.Distribution.String()))
	}
	for _, c := range o.Civic {
		c.onWire().Write(w)
	}
	w.End()
	w.Start(rulesName)
	w.Leaf(retransmissionName, strconv.FormatBool(o.Rules.Retransmission))
	writeTime(w, retentionName, o.Rules.Expiry)
	w.End()
	if o.Method != "" {
		w.Leaf(methodName, string(o.Method))
	}
	w.End()
}

func writeTime(w *xmltree.Writer, name xmltree.Name, t time.Time) {
	if !t.IsZero() {
		w.Leaf(name, t.UTC().Format(time.RFC3339Nano))
	}
}

// onWire returns the civic address in the form that is written.
func (c Civic) onWire() locxml.Civic {
	wire := locxml.Civic{Address: c.Address, Location: c.Location, Language: c.Language}
	for _, e := range c.Other {
		wire.Other = append(wire.Other, locxml.Element{Name: xmltree.Name(e.Name), Value: e.Value})
	}
	return wire
}

// fromWire is the way back.
func fromWire(wire locxml.Civic) Civic {
	c := Civic{Address: wire.Address, Location: wire.Location, Language: wire.Language}
	for _, e := range wire.Other {
		c.Other = append(c.Other, Element{Name(e.Name), e.Value})
	}
	return c
}
