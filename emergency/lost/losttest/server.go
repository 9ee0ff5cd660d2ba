package losttest

import (
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/emergency/lost"
)

// A Server answers LoST queries. The number to dial is, of a civic address, the
// first of [emergency.EmergencyNumbers] in its country; of a position it is not
// given. A Server is an [http.Handler], safe for concurrent
// use; its fields are to be set before it is used. Make one with [New].
type Server struct {
	// Authority says what is known of civic addresses.
	Authority emergency.Authority

	// Locate says what serves a position. Without it geodetic locations are
	// refused.
	Locate func(emergency.Position) (d emergency.Dispatch, ok bool)

	// Name is the application unique string of the server.
	Name string

	// Services are the service URNs there are.
	Services []string

	// Expiry is that of every mapping.
	Expiry lost.Expiry

	// Boundaries are the areas that can be asked for, by key. The key of a
	// mapping's area is the id of its dispatch centre.
	Boundaries map[string][]lost.Boundary

	// Received is told the body of every query, if it is set. It is called
	// concurrently.
	Received func(body []byte)

	mu        sync.Mutex
	behaviour Behaviour
	queries   int
}

// New returns a server over an authority. It is called lost.fernhill.example,
// offers emergency calls, also of police and fire, and its mappings are not to
// be kept.
func New(a emergency.Authority) *Server {
	return &Server{Authority: a, Name: "lost.fernhill.example",
		Services: []string{lost.ServiceSOS, lost.ServiceSOS + ".fire", lost.ServiceSOS + ".police"}}
}

// Start serves on a local port until the test ends and returns the URL.
func (s *Server) Start(tb testing.TB) string {
	tb.Helper()
	server := httptest.NewServer(s)
	tb.Cleanup(server.Close)
	return server.URL
}

// Behave sets how the server behaves from now on; the zero Behaviour is well.
func (s *Server) Behave(b Behaviour) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.behaviour = b
}

// Queries returns how many queries the server has had.
func (s *Server) Queries() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queries
}

// ServeHTTP implements [http.Handler].
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	behaviour := s.behaviour
	s.queries++
	s.mu.Unlock()

	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Method != http.MethodPost:
		http.Error(w, "a query is posted", http.StatusMethodNotAllowed)
		return
	case err != nil || media != lost.MediaType:
		http.Error(w, "a query is of type "+lost.MediaType, http.StatusUnsupportedMediaType)
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, xmltree.MaxBytes+1))
	if err != nil {
		return // the client is gone
	}
	if s.Received != nil {
		s.Received(body)
	}
	answer := s.reply(r, body)
	if behaviour.change != nil {
		behaviour.change(answer)
	}
	text, err := answer.encode(s)
	if err != nil {
		http.Error(w, "the answer cannot be written", http.StatusInternalServerError)
		return
	}
	if behaviour.send != nil {
		behaviour.send(w, r, text)
		return
	}
	send(w, text)
}

func send(w http.ResponseWriter, text []byte) {
	w.Header().Set("Content-Type", lost.MediaType)
	_, _ = w.Write(text) // the client may be gone
}

// children returns the services directly below one, or those at the top.
func (s *Server) children(parent string) []string {
	var list []string
	for _, service := range s.Services {
		above := service[:max(strings.LastIndexByte(service, '.'), 0)]
		if parent != "" && above == parent || parent == "" && above == "" {
			list = append(list, service)
		}
	}
	return list
}
