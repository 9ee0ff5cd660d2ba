package lost

import (
	"context"

	"example.com/callingplan/telephony"
)

// FindService asks which mapping serves a location. An answer to the same query
// is given again as long as its mappings hold, if it is all that was asked for.
//
// What a mapping can do without, its names, times, number and area, and what a
// server offers beside its validation do not void an answer where they are not
// what they should be: they are left out, and [Found].Ignored says so.
//
// Errors of the query, every one of them, in this order: [ErrLocation], those of
// the civic address ([telephony.ErrText], [ErrCountry]), [ErrService]. Then the
// first that is met: [ErrUnresolved]; [ErrCancelled], [ErrTimeout],
// [ErrUnreachable]; [ErrHTTPRedirect], [ErrBusy], [ErrHTTPRefused],
// [ErrHTTPFailed], [ErrContentType], [ErrCut], [ErrEmpty]; those of XML; the
// errors of servers, each with its [Fault]; [ErrUnexpected]; [ErrRedirectLoop],
// [ErrTooManyRedirects], [ErrInsecure]; [ErrOtherLocation]; [ErrAnswer].
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
	if found.answers(q) {
		c.cache.put(string(key), found, a.size, c.config.Now())
	}
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
// asking as in [Client.FindService] and those of addresses and shapes in the
// answer.
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
		if n.Name != name("serviceBoundary") {
			continue
		}
		b, err := r.boundary(n)
		if err != nil {
			return nil, err
		}
		list = append(list, b)
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
