package lost

import (
	"context"
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

// FindService asks which mapping serves a location. An answer to the same query
// is given again as long as its mappings hold.
//
// Errors of the query, every one of them, in this order: [ErrLocation], those of
// the civic address ([telephony.ErrText], [ErrCountry]), [ErrService]. Then the
// first that is met: [ErrUnresolved]; [ErrCancelled], [ErrTimeout],
// [ErrUnreachable]; [ErrHTTPRedirect], [ErrBusy], [ErrHTTPRefused],
// [ErrHTTPFailed], [ErrContentType], [ErrCut], [ErrEmpty]; those of XML; the
// errors of servers, each with its [Fault]; [ErrUnexpected]; [ErrRedirectLoop],
// [ErrTooManyRedirects], [ErrInsecure]; [ErrOtherLocation]; [ErrAnswer] and
// those of addresses and shapes in the answer.
func (c *Client) FindService(ctx context.Context, q FindService) (Found, error) {
	const op = "find service"
	if q.Service == "" {
		q.Service = c.config.Service
	}
	problems := append(q.Location.check(c.config.Form), checkService(q.Service)...)
	if err := refusal(op, problems); err != nil {
		return Found{}, err
	}
	key, err := q.encode("", &c.config)
	if err != nil {
		return Found{}, err
	}
	if found, ok := c.cache.get(string(key), c.config.Now()); ok {
		return found, nil
	}
	tags := []ServiceTag{TagLoST}
	if q.Validate {
		tags = c.config.ValidationTags
	}
	id := c.locationID()
	body, err := q.encode(id, &c.config)
	if err != nil {
		return Found{}, err
	}
	a, err := c.ask(ctx, query{op: op, body: body, tags: tags, want: "findServiceResponse", location: id})
	if err != nil {
		return Found{}, err
	}
	r := answerReader{op: op, host: a.host}
	found := r.found(a.root)
	if r.err != nil {
		return Found{}, r.err
	}
	c.cache.put(string(key), found, a.size, c.config.Now())
	return found, nil
}

// ListServices returns the services that the server knows, all at the top or,
// where service is given, those below it. Errors: [ErrService], then those of
// asking as in [Client.FindService].
func (c *Client) ListServices(ctx context.Context, service string) ([]string, error) {
	const op = "list services"
	if err := refusal(op, checkOptional(service)); err != nil {
		return nil, err
	}
	body, err := listServices(service)
	if err != nil {
		return nil, err
	}
	return c.services(ctx, query{op: op, body: body, want: "listServicesResponse"})
}

// ListServicesByLocation returns the services at a place, as ListServices does.
// Errors: [ErrLocation] and those of a civic address, [ErrService], then those
// of asking as in [Client.FindService].
func (c *Client) ListServicesByLocation(ctx context.Context, l Location, service string) ([]string, error) {
	const op = "list services by location"
	if err := refusal(op, append(l.check(c.config.Form), checkOptional(service)...)); err != nil {
		return nil, err
	}
	id := c.locationID()
	body, err := listServicesByLocation(l, service, id, &c.config)
	if err != nil {
		return nil, err
	}
	return c.services(ctx, query{op: op, body: body, want: "listServicesByLocationResponse", location: id})
}

func (c *Client) services(ctx context.Context, q query) ([]string, error) {
	q.tags = []ServiceTag{TagLoST}
	a, err := c.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	r := answerReader{op: q.op, host: a.host}
	list := r.services(a.root)
	return list, r.err
}

// ServiceBoundary returns the area of a mapping by its reference, each
// description of it. The server that has it is asked where a Resolver is there
// to find it, else the client's own. Errors: [ErrBoundaryKey], then those of
// asking as in [Client.FindService].
func (c *Client) ServiceBoundary(ctx context.Context, ref BoundaryReference) ([]Boundary, error) {
	const op = "get service boundary"
	if ref.Key == "" || telephony.CheckText("key", ref.Key, telephony.MaxTextRunes) != nil {
		return nil, &telephony.Error{Op: op, Code: ErrBoundaryKey, Field: "key", Detail: "the reference has no key that can be sent"}
	}
	body, err := getServiceBoundary(ref.Key)
	if err != nil {
		return nil, err
	}
	q := query{op: op, body: body, tags: []ServiceTag{TagLoST}, want: "getServiceBoundaryResponse"}
	if c.config.Resolver != nil {
		q.server = serverName(ref.Source)
	}
	a, err := c.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	r := answerReader{op: op, host: a.host}
	var list []Boundary
	for _, n := range a.root.Children {
		if n.Name == name("serviceBoundary") {
			list = append(list, r.boundary(n))
		}
	}
	if len(list) == 0 {
		r.fail("serviceBoundary", "there is no boundary")
	}
	if r.err != nil {
		return nil, r.err
	}
	return list, nil
}

func checkOptional(service string) []*telephony.Error {
	if service == "" {
		return nil
	}
	return checkService(service)
}

// refusal makes one error of what keeps a query from being asked.
func refusal(op string, problems []*telephony.Error) error {
	if len(problems) == 0 {
		return nil
	}
	all := *telephony.Join(problems)
	all.Op = op
	return &all
}
