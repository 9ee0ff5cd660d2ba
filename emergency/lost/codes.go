package lost

import (
	"example.com/callingplan/emergency/internal/locxml"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/telephony"
)

// The causes of a query that cannot be asked.
const (
	// ErrConfig: a client cannot be made so.
	ErrConfig telephony.Code = "lost_config_invalid"
	// ErrLocation: a query has no location, or one without anything to send.
	ErrLocation telephony.Code = "lost_location_missing"
	// ErrService: a service is no URN of services.
	ErrService telephony.Code = "lost_service_invalid"
	// ErrBoundaryKey: a reference to a boundary has no key.
	ErrBoundaryKey telephony.Code = "lost_boundary_key_missing"
	// ErrUnresolved: no URL is known for the name of a server.
	ErrUnresolved telephony.Code = "lost_server_unresolved"
)

// The causes of no answer.
const (
	// ErrCancelled: the caller gave up.
	ErrCancelled telephony.Code = "lost_query_cancelled"
	// ErrTimeout: time ran out before the answer was there.
	ErrTimeout telephony.Code = "lost_timeout"
	// ErrUnreachable: no connection, or one that broke off.
	ErrUnreachable telephony.Code = "lost_unreachable"
	// ErrCut: the answer ended before the length it announced.
	ErrCut telephony.Code = "lost_answer_cut"
	// ErrHTTPRedirect: an HTTP redirect that may not be followed: one that would drop the query, or send it unprotected, or one too many.
	ErrHTTPRedirect telephony.Code = "lost_http_redirect"
	// ErrHTTPRefused: an HTTP status of 400 to 499, save 429.
	ErrHTTPRefused telephony.Code = "lost_http_refused"
	// ErrBusy: an HTTP status of 429 or 503: the server sheds load.
	ErrBusy telephony.Code = "lost_server_busy"
	// ErrHTTPFailed: any other HTTP status but 200 to 299.
	ErrHTTPFailed telephony.Code = "lost_http_failed"
	// ErrContentType: an answer of another media type, such as an HTML page.
	ErrContentType telephony.Code = "lost_content_type"
	// ErrEmpty: an answer of no bytes.
	ErrEmpty telephony.Code = "lost_answer_empty"
)

// The causes of an answer that cannot be used. An answer that is no XML that is
// read here has one of the first six.
const (
	// ErrTooLarge: it is larger than 1 MiB.
	ErrTooLarge = xmltree.ErrTooLarge
	// ErrTooDeep: elements are nested more than 32 levels deep.
	ErrTooDeep = xmltree.ErrTooDeep
	// ErrTooMany: there are more than 32,768 elements, or an element has more than 32 attributes.
	ErrTooMany = xmltree.ErrTooMany
	// ErrEncoding: it is neither UTF-8 nor UTF-16, or not in the encoding it names.
	ErrEncoding = xmltree.ErrEncoding
	// ErrDoctype: it has a document type declaration, with which entities are defined.
	ErrDoctype = xmltree.ErrDoctype
	// ErrMalformed: it is not well-formed XML with namespaces.
	ErrMalformed = xmltree.ErrMalformed

	// ErrUnexpected: it is no answer to the query that was asked.
	ErrUnexpected telephony.Code = "lost_answer_unexpected"
	// ErrAnswer: a part of it is missing or not well formed.
	ErrAnswer telephony.Code = "lost_answer_invalid"
	// ErrOtherLocation: it is about a location that was not asked about.
	ErrOtherLocation telephony.Code = "lost_answer_other_location"
	// ErrUnknownElement: it finds something invalid that no field of an address holds.
	ErrUnknownElement telephony.Code = "lost_element_unknown"
	// ErrRedirectLoop: servers send the query round in a circle.
	ErrRedirectLoop telephony.Code = "lost_redirect_loop"
	// ErrTooManyRedirects: servers send the query on more often than Config.MaxHops.
	ErrTooManyRedirects telephony.Code = "lost_too_many_redirects"
	// ErrInsecure: a server that is asked over TLS sends the query on to one that is not.
	ErrInsecure telephony.Code = "lost_redirect_insecure"
)

// The causes that servers give, as errors or, beside an answer in part, as
// warnings [RFC 5222]. Each comes with a [Fault].
const (
	ErrBadRequest            telephony.Code = "lost_bad_request"             // it could not understand the query
	ErrForbidden             telephony.Code = "lost_forbidden"               // it will not answer
	ErrInternal              telephony.Code = "lost_internal_error"          // it is out of order
	ErrProfileUnrecognised   telephony.Code = "lost_profile_unrecognised"    // it knows no civic, or no geodetic, locations
	ErrLocationInvalid       telephony.Code = "lost_location_invalid"        // the location cannot be one
	ErrReferenceInvalid      telephony.Code = "lost_srs_invalid"             // it does not know the spatial reference system
	ErrLoop                  telephony.Code = "lost_loop"                    // servers asked each other in a circle
	ErrNotFound              telephony.Code = "lost_not_found"               // it found no answer
	ErrServer                telephony.Code = "lost_server_error"            // another server's answer could not be understood
	ErrServerTimeout         telephony.Code = "lost_server_timeout"          // another server did not answer in time
	ErrServiceNotImplemented telephony.Code = "lost_service_not_implemented" // the service is not offered
	ErrUnknownFault          telephony.Code = "lost_fault_unknown"           // an error of no standard
)

// The causes of warnings alone [RFC 5222].
const (
	ErrValidationUnavailable telephony.Code = "lost_validation_unavailable" // it could not validate
	ErrServiceSubstituted    telephony.Code = "lost_service_substituted"    // the mapping is of another service
	ErrDefaultMapping        telephony.Code = "lost_default_mapping"        // the mapping is that of last resort
)

// The causes of a location that is not sent, or not read, beside
// [telephony.ErrText].
const (
	// ErrCountry: a country is not two letters.
	ErrCountry = locxml.ErrCountry
	// ErrRepeated: an element of a civic address is there twice.
	ErrRepeated = locxml.ErrRepeated
	// ErrReference: coordinates are not in WGS 84.
	ErrReference = locxml.ErrReference
	// ErrShape: coordinates or a radius are out of range, or missing.
	ErrShape = locxml.ErrShape
)
