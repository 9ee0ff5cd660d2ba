package pidflo

import (
	"example.com/callingplan/emergency/internal/locxml"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/telephony"
)

// The causes of a document that is no XML that is read here.
const (
	// ErrTooLarge: the document is larger than [MaxBytes].
	ErrTooLarge = xmltree.ErrTooLarge
	// ErrTooDeep: elements are nested more than 32 levels deep.
	ErrTooDeep = xmltree.ErrTooDeep
	// ErrTooMany: there are more than 32,768 elements, or an element has more than 32 attributes.
	ErrTooMany = xmltree.ErrTooMany
	// ErrEncoding: it is neither UTF-8 nor UTF-16, or not in the encoding it names.
	ErrEncoding = xmltree.ErrEncoding
	// ErrDoctype: it has a document type declaration, with which entities are defined.
	ErrDoctype = xmltree.ErrDoctype
	// ErrMalformed: it is not well-formed XML with namespaces; a document cut short is not.
	ErrMalformed = xmltree.ErrMalformed
)

// The causes of a document that says nothing, or what cannot be said.
const (
	// ErrNotPresence: the document is about something else.
	ErrNotPresence telephony.Code = "pidflo_not_presence"
	// ErrEntity: who the document is about is no URI.
	ErrEntity telephony.Code = "pidflo_entity_invalid"
	// ErrNoLocation: no object has an address or a position that is understood.
	ErrNoLocation telephony.Code = "pidflo_location_missing"
	// ErrTooManyObjects: there are more than [MaxObjects].
	ErrTooManyObjects telephony.Code = "pidflo_too_many_objects"
	// ErrID: an object has an id that is none.
	ErrID telephony.Code = "pidflo_id_invalid"
	// ErrIDRepeated: two objects have the same id.
	ErrIDRepeated telephony.Code = "pidflo_id_repeated"
	// ErrHolder: an object is held by no [Holder] there is.
	ErrHolder telephony.Code = "pidflo_holder_unknown"
	// ErrDeviceIDMissing: a device has no device id.
	ErrDeviceIDMissing telephony.Code = "pidflo_device_id_missing"
	// ErrDeviceIDUnexpected: what is no device has a device id.
	ErrDeviceIDUnexpected telephony.Code = "pidflo_device_id_unexpected"
	// ErrDeviceID: a device id is no URI.
	ErrDeviceID telephony.Code = "pidflo_device_id_invalid"
	// ErrTime: a time is not between the years 1 and 9999.
	ErrTime telephony.Code = "pidflo_time_invalid"
	// ErrLanguage: a language is no language tag.
	ErrLanguage telephony.Code = "pidflo_language_invalid"
	// ErrLanguageRepeated: two civic addresses of an object are in one language.
	ErrLanguageRepeated telephony.Code = "pidflo_language_repeated"
	// ErrMethod: a method is more than one word.
	ErrMethod telephony.Code = "pidflo_method_invalid"
	// ErrConfidence: a confidence is no percentage above 0 and below 100, or of no known distribution.
	ErrConfidence telephony.Code = "pidflo_confidence_invalid"
	// ErrConfidenceAlone: a confidence has no position to be about.
	ErrConfidenceAlone telephony.Code = "pidflo_confidence_alone"
	// ErrContentID: a content identifier is not of the form "local@domain".
	ErrContentID telephony.Code = "pidflo_content_id_invalid"
)

// The causes of a civic address or a shape that is not right. Text that cannot
// be kept is [telephony.ErrText].
const (
	// ErrRepeated: an element of a civic address is there twice.
	ErrRepeated = locxml.ErrRepeated
	// ErrCountry: a country is not two letters.
	ErrCountry = locxml.ErrCountry
	// ErrElement: an element of Civic.Other is one that a field holds, or has no name of its own.
	ErrElement = locxml.ErrElement
	// ErrReference: coordinates are not in WGS 84.
	ErrReference = locxml.ErrReference
	// ErrShape: coordinates or a radius are out of range, or missing.
	ErrShape = locxml.ErrShape
)
