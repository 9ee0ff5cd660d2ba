package pidflo

import (
	"strconv"
	"strings"
	"time"

	"example.com/callingplan/emergency/internal/locxml"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/telephony"
)

// check returns every reason why a document cannot be written.
func (d Document) check() error {
	var found []*telephony.Error
	if !xmltree.IsURI(d.Entity) {
		found = append(found, entityError())
	}
	if len(d.Objects) == 0 {
		found = append(found, &telephony.Error{Code: ErrNoLocation, Field: "objects",
			Detail: "the document says nowhere where the entity is", Fix: "give an address or a position"})
	}
	if len(d.Objects) > MaxObjects {
		found = append(found, tooManyObjects())
		d.Objects = nil // each has the same fault: it is one of too many
	}
	ids := make(map[string]bool)
	for i, o := range d.Objects {
		path := "objects[" + strconv.Itoa(i) + "]."
		for _, problem := range o.check(ids) {
			problem.Field = path + problem.Field
			found = append(found, problem)
		}
	}
	return refusal("encode PIDF-LO document", found)
}

// refusal makes one error of all that was found, nil of nothing.
func refusal(op string, found []*telephony.Error) error {
	if len(found) == 0 {
		return nil
	}
	all := *telephony.Join(found)
	all.Op = op
	return &all
}

// check returns what is wrong with an object, in the order of its parts. ids are
// those of the objects before it.
func (o Object) check(ids map[string]bool) []*telephony.Error {
	var found []*telephony.Error
	add := func(code telephony.Code, field, detail string) {
		found = append(found, &telephony.Error{Code: code, Field: field, Detail: detail})
	}
	switch {
	case !isID(o.ID):
		add(ErrID, "id", "an id has 1 to 64 letters, digits, '-', '_' and '.', a letter or '_' first")
	case ids[o.ID]:
		add(ErrIDRepeated, "id", "another object has the same id")
	}
	ids[o.ID] = true
	if o.Holder > Person {
		add(ErrHolder, "holder", "a location is that of a tuple, a device or a person")
	}
	switch {
	case o.Holder == Device && o.DeviceID == "":
		add(ErrDeviceIDMissing, "device_id", "a device has a device id")
	case o.Holder != Device && o.DeviceID != "":
		add(ErrDeviceIDUnexpected, "device_id", "only a device has a device id")
	case o.DeviceID != "" && !xmltree.IsURI(o.DeviceID):
		add(ErrDeviceID, "device_id", "a device id is a URI")
	}
	if !o.hasLocation() {
		add(ErrNoLocation, "civic", "an object has an address or a position")
	}
	found = append(found, o.checkCivic()...)
	if problem := (locxml.Shape{Centre: o.Shape.centre, Radius: o.Shape.radius}).Check(); problem != nil {
		found = append(found, problem)
	}
	found = append(found, o.checkConfidence()...)
	if o.Method != "" && !isMethod(string(o.Method)) {
		add(ErrMethod, "method", "a method is one word of at most 64 printable ASCII characters")
	}
	if !isTime(o.Rules.Expiry) {
		add(ErrTime, "rules.expiry", "the time is not between the years 1 and 9999")
	}
	if !isTime(o.At) {
		add(ErrTime, "at", "the time is not between the years 1 and 9999")
	}
	return found
}

func (o Object) checkConfidence() []*telephony.Error {
	switch c := o.Confidence; {
	case c == (Confidence{}):
		return nil
	case o.Shape.IsZero():
		return []*telephony.Error{{Code: ErrConfidenceAlone, Field: "confidence", Detail: "a confidence is about a position, and there is none"}}
	case !(0 < c.Percent && c.Percent < 100) || c.Distribution > RectangularDistribution:
		return []*telephony.Error{{Code: ErrConfidence, Field: "confidence", Detail: "a confidence is a percentage above 0 and below 100"}}
	}
	return nil
}

func (o Object) checkCivic() []*telephony.Error {
	var found []*telephony.Error
	languages := make(map[string]bool)
	for i, c := range o.Civic {
		path := "civic[" + strconv.Itoa(i) + "]."
		wire := c.onWire()
		problems := wire.Check()
		if len(wire.Values()) == 0 {
			problems = append(problems, &telephony.Error{Code: ErrNoLocation, Field: "address", Detail: "the address is empty"})
		}
		if problem := checkLanguage(c.Language, languages); problem != nil {
			problems = append(problems, problem)
		}
		for _, problem := range problems {
			problem.Field = path + problem.Field
			found = append(found, problem)
		}
	}
	return found
}

// checkLanguage checks the language of one civic address of several.
func checkLanguage(tag string, before map[string]bool) *telephony.Error {
	folded := strings.ToLower(tag)
	switch {
	case tag != "" && !xmltree.IsLanguage(tag):
		return &telephony.Error{Code: ErrLanguage, Field: "language", Detail: "a language is a tag such as en-US"}
	case before[folded]:
		return &telephony.Error{Code: ErrLanguageRepeated, Field: "language", Detail: "two addresses are in the same language",
			Fix: "make the second one an object of its own"}
	}
	before[folded] = true
	return nil
}

// isID reports whether a text is an XML identifier, in ASCII.
func isID(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_'
		if !letter && (i == 0 || c != '-' && c != '.' && (c < '0' || c > '9')) {
			return false
		}
	}
	return true
}

func isMethod(s string) bool {
	return len(s) <= 64 && xmltree.IsPrintableASCII(s) && !strings.Contains(s, " ")
}

// isTime reports whether a time can be written: four digits of year. The zero
// time is not written.
func isTime(t time.Time) bool {
	t = t.UTC()
	return 1 <= t.Year() && t.Year() <= 9999
}

func entityError() *telephony.Error {
	return &telephony.Error{Code: ErrEntity, Field: "entity", Detail: "the entity is no URI of at most 1024 bytes",
		Fix: "give one such as pres:line-7@fernhill.example"}
}

func tooManyObjects() *telephony.Error {
	return &telephony.Error{Code: ErrTooManyObjects, Field: "objects", Detail: "there are too many objects",
		Figures: []telephony.Figure{{Name: "most objects", Value: MaxObjects}}}
}

func shapeError(detail string) error {
	return &telephony.Error{Code: ErrShape, Field: "shape", Detail: detail}
}
