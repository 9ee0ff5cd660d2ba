package lost

import (
	"log/slog"
	"strings"

	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/telephony"
)

// A Fault is an error or a warning that a server gave. It is the cause in the
// errors of this package that come from servers:
//
//	var fault *lost.Fault
//	if errors.As(err, &fault) { ... }
type Fault struct {
	Code     telephony.Code // such as [ErrNotFound]; [ErrUnknownFault] where no standard has it
	Source   string         // the server that gave it
	Message  string         // its words, which may have parts of the address in them: to be shown, not logged
	Language string         // of the message
	Profiles []string       // location profiles that the server does not know, with ErrProfileUnrecognised
}

// Error says that a server gave it, and not its words.
func (f *Fault) Error() string { return "an answer of the server" }

// String returns the words of the code, not those of the server.
func (f Fault) String() string { return f.Code.Error() }

// GoString is what %#v prints: the masked form.
func (f Fault) GoString() string { return "lost.Fault{" + f.String() + "}" }

// LogValue keeps the words of the server out of structured logs.
func (f Fault) LogValue() slog.Value { return slog.StringValue(f.String()) }

// faultCode returns the code of an error or warning by its name in the
// protocol. The schema of [RFC 5222] leaves two of them out of its container.
func faultCode(local string) telephony.Code {
	switch local {
	case "badRequest":
		return ErrBadRequest
	case "forbidden":
		return ErrForbidden
	case "internalError":
		return ErrInternal
	case "locationProfileUnrecognized", "locationProfileError":
		return ErrProfileUnrecognised
	case "locationInvalid":
		return ErrLocationInvalid
	case "SRSInvalid":
		return ErrReferenceInvalid
	case "loop":
		return ErrLoop
	case "notFound":
		return ErrNotFound
	case "serverError":
		return ErrServer
	case "serverTimeout":
		return ErrServerTimeout
	case "serviceNotImplemented":
		return ErrServiceNotImplemented
	case "locationValidationUnavailable":
		return ErrValidationUnavailable
	case "serviceSubstitution":
		return ErrServiceSubstituted
	case "defaultMappingReturned":
		return ErrDefaultMapping
	}
	return ErrUnknownFault
}

// readFaults reads the container of errors or of warnings. What extends the
// protocol there says nothing.
func readFaults(n *xmltree.Node) []Fault {
	var list []Fault
	source := serverName(n.Attr("source"))
	for _, c := range n.Children {
		if c.Name.Space != space {
			continue
		}
		list = append(list, Fault{
			Code: faultCode(c.Name.Local), Source: source,
			Message: c.Attr("message"), Language: c.Lang(), Profiles: strings.Fields(c.Attr("unsupportedProfiles")),
		})
	}
	return list
}

// serverName returns the application unique string of a server as it is
// compared, "" if it is none.
func serverName(s string) string {
	if s = strings.ToLower(strings.TrimSpace(s)); isServerName(s) {
		return s
	}
	return ""
}

// isServerName reports whether a text is an application unique string: labels
// of letters, digits and hyphens, two or more, with dots between [RFC 5222].
func isServerName(s string) bool {
	labels := strings.Split(s[:min(len(s), 256)], ".")
	for _, l := range labels {
		if l == "" || strings.Trim(strings.ToLower(l), "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return len(labels) > 1 && len(s) <= 255
}

// explained returns what an error or a warning of a server means and what puts
// it right, where something can.
func explained(code telephony.Code) (detail, fix string) {
	switch code {
	case ErrBadRequest:
		return "the server could not understand the query", ""
	case ErrForbidden:
		return "the server will not answer", "ask its operator for access"
	case ErrInternal:
		return "the server is out of order", "ask again later"
	case ErrProfileUnrecognised:
		return "the server knows no such kind of location", "ask about a location of the other kind"
	case ErrLocationInvalid:
		return "to the server this can be no location", "check the location"
	case ErrReferenceInvalid:
		return "the server does not know the spatial reference system", ""
	case ErrLoop:
		return "servers asked each other in a circle", ""
	case ErrNotFound:
		return "the server found nothing for the location", "check the location"
	case ErrServer:
		return "the server could not understand another server", "ask again later"
	case ErrServerTimeout:
		return "another server did not answer the server in time", "ask again later"
	case ErrServiceNotImplemented:
		return "the service is not offered there", ""
	case ErrServiceSubstituted:
		return "the server answers for another service than the one asked for", ""
	}
	return "the server reports an error of no standard", ""
}

// faultsError makes the error of an answer that is errors alone: each is a
// reason. A server that gives none has given no answer.
func faultsError(op, host string, faults []Fault) error {
	if len(faults) == 0 {
		return answerError(op, host, "errors", "the server reports errors and names none")
	}
	var found []*telephony.Error
	for _, f := range faults {
		detail, fix := explained(f.Code)
		found = append(found, &telephony.Error{Op: op, Code: f.Code, Detail: detail, Subject: "server " + host, Fix: fix, Err: &f})
	}
	return telephony.Join(found)
}
