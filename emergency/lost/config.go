package lost

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"example.com/callingplan/telephony"
)

// A Config says whom a [Client] asks, and how. All but Server may be left as it
// is.
type Config struct {
	// Server is the URL of the server, http or https, or its application unique
	// string, a domain name, which Resolver knows.
	Server string

	// Name is that of the authority in records; empty for the host of Server.
	Name string

	// Resolver finds servers by name: the first one, where Server is a name, and
	// those to which servers redirect. Without one only the URL is asked.
	Resolver Resolver

	// ValidationTags are the service tags by which a server that validates is
	// looked for, in turn; empty for LoST-Validation, then LoST [RFC 8917].
	// Other queries look for LoST.
	ValidationTags []ServiceTag

	// Service is the URN that is asked for; empty for [ServiceSOS].
	Service string

	// HTTP sends the queries; nil for a client of the package's own. It is used
	// in a copy that has a timeout, ten seconds where it has none, and that
	// follows HTTP redirects where a query may go: those of 307 and 308, never
	// from https to http, MaxHops at most.
	HTTP *http.Client

	// Form is how street suffixes and directionals are sent. Most servers compare
	// without knowing abbreviations, so it is to be the form of their data.
	Form Form

	// AdditionalLocations asks servers for complete and similar addresses
	// [similar-location]. The schema of [RFC 5222] does not have the attribute.
	AdditionalLocations bool

	// Iterative asks servers to redirect and not to ask others themselves.
	Iterative bool

	// MaxHops is how many redirects are followed for a query; 0 for 5, below 0
	// for none.
	MaxHops int

	// CacheSize is how many answers are kept; 0 for 1,000, below 0 for none.
	CacheSize int

	// Now tells the time by which answers expire; nil for the system's clock.
	Now func() time.Time
}

const (
	defaultTimeout   = 10 * time.Second
	defaultHops      = 5
	defaultCacheSize = 1000
)

// A Client asks a LoST server. It is an [emergency.Authority] and safe for
// concurrent use. Make one with [New].
type Client struct {
	config Config
	http   *http.Client
	owned  *http.Transport // nil where the embedder gave the client
	server *url.URL        // nil where it is resolved by name
	cache  *cache
	prefix string // of the ids of locations: no other client has it
	asked  atomic.Uint64
}

// New returns a client. Its error is [ErrConfig], with every reason: a Server
// that is neither a URL nor a name, a name without a Resolver, a Service that is
// no URN, a Form that is none.
func New(c Config) (*Client, error) {
	client := &Client{config: c, server: parseURL(c.Server)}
	var found []*telephony.Error
	add := func(field, detail, fix string) {
		found = append(found, &telephony.Error{Op: "make LoST client", Code: ErrConfig, Field: field, Detail: detail, Fix: fix})
	}
	switch {
	case client.server == nil && serverName(c.Server) == "":
		add("server", "a server is a URL or a domain name", "give one such as https://lost.fernhill.example/")
	case client.server == nil && c.Resolver == nil:
		add("resolver", "a server that is given by name needs a resolver", "give its URL, or a resolver")
	}
	if c.Service != "" && len(checkService(c.Service)) > 0 {
		add("service", "a service is a URN such as "+ServiceSOS, "")
	}
	if c.Form > SpeltOut {
		add("form", "there is no such form", "")
	}
	if len(found) > 0 {
		return nil, telephony.Join(found)
	}
	client.setDefaults()
	return client, nil
}

func (c *Client) setDefaults() {
	f := &c.config
	if f.Name == "" && c.server != nil {
		f.Name = c.server.Hostname()
	} else if f.Name == "" {
		f.Name = serverName(f.Server)
	}
	if len(f.ValidationTags) == 0 {
		f.ValidationTags = []ServiceTag{TagValidation, TagLoST}
	}
	if f.Service == "" {
		f.Service = ServiceSOS
	}
	f.MaxHops = orDefault(f.MaxHops, defaultHops)
	f.CacheSize = orDefault(f.CacheSize, defaultCacheSize)
	if f.Now == nil {
		f.Now = time.Now
	}
	if f.HTTP == nil {
		c.owned = http.DefaultTransport.(*http.Transport).Clone()
		f.HTTP = &http.Client{Transport: c.owned}
	}
	own := *f.HTTP
	if own.Timeout == 0 {
		own.Timeout = defaultTimeout // a server that never answers ends by itself
	}
	own.CheckRedirect = c.mayFollow
	c.http = &own
	c.cache = newCache(f.CacheSize)
	var random [8]byte
	_, _ = rand.Read(random[:]) // never fails
	c.prefix = hex.EncodeToString(random[:]) + "-"
}

// orDefault reads a number of which 0 is the default and less is none.
func orDefault(n, usual int) int {
	if n == 0 {
		return usual
	}
	return max(n, 0)
}

// Name implements [emergency.Authority].
func (c *Client) Name() string { return c.config.Name }

// Close drops the connections that the client keeps open for the next query. It
// does nothing where the embedder gave the HTTP client.
func (c *Client) Close() {
	if c.owned != nil {
		c.owned.CloseIdleConnections()
	}
}

// locationID returns an id that no other query has.
func (c *Client) locationID() string {
	return c.prefix + strconv.FormatUint(c.asked.Add(1), 10)
}
