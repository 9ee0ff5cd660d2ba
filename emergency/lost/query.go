package lost

import (
	"log/slog"
	"strings"

	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/telephony"
)

// A FindService asks which mapping serves a location.
type FindService struct {
	Location Location
	Service  string // URN; empty for that of the client
	Validate bool   // and whether the civic address is known; means nothing for a geodetic location
	Boundary BoundaryForm
}

// LogValue masks the location in structured logs.
func (q FindService) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("location", q.Location), slog.String("service", q.Service), slog.Bool("validate", q.Validate))
}

// A BoundaryForm says how the area of a mapping is wanted. The server decides.
type BoundaryForm uint8

// The forms of a boundary.
const (
	BoundaryByReference BoundaryForm = iota // a key, to ask for the boundary by
	BoundaryByValue
)

// A Form says how street suffixes and directionals are sent.
type Form uint8

// The forms.
const (
	AsWritten Form = iota // as the address has them; a checker abbreviates them
	SpeltOut              // in full: "Avenue", "Northeast"; see [emergency.SpellOut]
)

// encode returns the query with an id for its location.
func (q FindService) encode(id string, c *Config) ([]byte, error) {
	boundary := "reference"
	if q.Boundary == BoundaryByValue {
		boundary = "value"
	}
	attrs := []xmltree.Attr{attr("recursive", flag(!c.Iterative)), attr("validateLocation", flag(q.Validate)),
		attr("serviceBoundary", boundary)}
	if q.Validate && c.AdditionalLocations {
		attrs = append(attrs, xmltree.Attr{Name: xmltree.Name{Space: additionalSpace, Local: "returnAdditionalLocation"}, Value: "any"})
	}
	w := newWriter()
	w.Start(name("findService"), attrs...)
	q.Location.write(w, id, c.Form)
	w.Leaf(name("service"), q.Service)
	w.End()
	return w.Bytes()
}

func flag(on bool) string {
	if on {
		return "true"
	}
	return "false"
}

// listServices returns the query for the services of a server.
func listServices(service string) ([]byte, error) {
	w := newWriter()
	w.Start(name("listServices"))
	if service != "" {
		w.Leaf(name("service"), service)
	}
	w.End()
	return w.Bytes()
}

// listServicesByLocation returns the query for the services at a place. Whether
// it recurses is said always: text and schema of [RFC 5222] have two defaults.
func listServicesByLocation(l Location, service, id string, c *Config) ([]byte, error) {
	w := newWriter()
	w.Start(name("listServicesByLocation"), attr("recursive", flag(!c.Iterative)))
	l.write(w, id, c.Form)
	if service != "" {
		w.Leaf(name("service"), service)
	}
	w.End()
	return w.Bytes()
}

// getServiceBoundary returns the query for a boundary.
func getServiceBoundary(key string) ([]byte, error) {
	w := newWriter()
	w.Leaf(name("getServiceBoundary"), "", attr("key", key))
	return w.Bytes()
}

// checkService checks the URN of a service: labels of letters, digits and
// hyphens with dots between [RFC 5031].
func checkService(urn string) []*telephony.Error {
	labels, ok := strings.CutPrefix(strings.ToLower(urn), "urn:service:")
	ok = ok && labels != "" && len(urn) <= 255
	for label := range strings.SplitSeq(labels, ".") {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			ok = false
		}
	}
	if ok {
		return nil
	}
	return []*telephony.Error{{Code: ErrService, Field: "service",
		Detail: "a service is a URN such as " + ServiceSOS}}
}
