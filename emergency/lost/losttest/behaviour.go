package losttest

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"example.com/callingplan/emergency/lost"
)

// A Behaviour is how a server answers. The zero Behaviour is well.
type Behaviour struct {
	change func(*reply)                                              // what is answered
	send   func(w http.ResponseWriter, r *http.Request, text []byte) // how it is sent
}

// Slow answers after a delay, if the client is still there.
func Slow(delay time.Duration) Behaviour {
	return Behaviour{send: func(w http.ResponseWriter, r *http.Request, text []byte) {
		timer := time.NewTimer(delay)
		defer timer.Stop()
		select {
		case <-timer.C:
			send(w, text)
		case <-r.Context().Done():
		}
	}}
}

// Never answers nothing and waits for the client to go.
func Never() Behaviour {
	return Behaviour{send: func(_ http.ResponseWriter, r *http.Request, _ []byte) { <-r.Context().Done() }}
}

// Drip sends the head of an answer and then one byte of it a delay.
func Drip(delay time.Duration) Behaviour {
	return Behaviour{send: func(w http.ResponseWriter, r *http.Request, text []byte) {
		w.Header().Set("Content-Type", lost.MediaType)
		flush := http.NewResponseController(w)
		for i := range text {
			if _, err := w.Write(text[i : i+1]); err != nil || flush.Flush() != nil {
				return
			}
			select {
			case <-time.After(delay):
			case <-r.Context().Done():
				return
			}
		}
	}}
}

// Redirect sends every query on to a server, by its application unique string.
// A server that is sent to itself makes a circle.
func Redirect(target string) Behaviour {
	return Behaviour{change: func(r *reply) { *r = reply{root: "redirect", target: target} }}
}

// RedirectForEver sends every query on to a server that has not been named yet:
// hop-1.example, hop-2.example and so on.
func RedirectForEver() Behaviour {
	var hops atomic.Int64
	return Behaviour{change: func(r *reply) {
		*r = reply{root: "redirect", target: "hop-" + strconv.FormatInt(hops.Add(1), 10) + ".example"}
	}}
}

// OtherLocation answers about a location of another id.
func OtherLocation() Behaviour {
	return Behaviour{change: func(r *reply) { r.used = "another-location" }}
}

// DefaultMapping answers with the mapping of last resort, without validation.
func DefaultMapping() Behaviour {
	return Behaviour{change: func(r *reply) {
		r.warnings, r.validated = []string{"defaultMappingReturned"}, false
	}}
}

// ValidationUnavailable answers with a mapping and without validation.
func ValidationUnavailable() Behaviour {
	return Behaviour{change: func(r *reply) {
		r.warnings, r.validated = []string{"locationValidationUnavailable"}, false
	}}
}

// Warn answers with a warning more, by its name in the protocol.
func Warn(name string) Behaviour {
	return Behaviour{change: func(r *reply) { r.warnings = append(r.warnings, name) }}
}

// Fail answers with errors, by their names in the protocol.
func Fail(names ...string) Behaviour {
	return Behaviour{change: func(r *reply) { *r = *fault(names...) }}
}

// Status answers with an HTTP status and no LoST.
func Status(code int) Behaviour {
	return Behaviour{send: func(w http.ResponseWriter, _ *http.Request, _ []byte) {
		http.Error(w, http.StatusText(code), code)
	}}
}

// Cut answers with the first n bytes of the answer, having announced them all.
func Cut(n int) Behaviour {
	return Behaviour{send: func(w http.ResponseWriter, _ *http.Request, text []byte) {
		w.Header().Set("Content-Type", lost.MediaType)
		w.Header().Set("Content-Length", strconv.Itoa(len(text)))
		_, _ = w.Write(text[:min(n, len(text))])
	}}
}

// Raw answers with whatever it is told to.
func Raw(contentType string, body []byte) Behaviour {
	return Behaviour{send: func(w http.ResponseWriter, _ *http.Request, _ []byte) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write(body)
	}}
}

// HTML answers with a page, as a proxy on the way does.
func HTML() Behaviour {
	return Raw("text/html; charset=utf-8", []byte("<!DOCTYPE html><title>Sign in</title>"))
}

// Empty answers with a body of no bytes.
func Empty() Behaviour { return Raw(lost.MediaType, nil) }
