package lost

import (
	"context"
	"net/url"

	"example.com/callingplan/telephony"
)

// A ServiceTag is the kind of server that is looked for in the domain name
// system.
type ServiceTag string

// The service tags.
const (
	TagLoST       ServiceTag = "LoST"            // any LoST server [RFC 5222]
	TagValidation ServiceTag = "LoST-Validation" // one that validates civic addresses [RFC 8917]
)

// A Resolver turns the application unique string of a server, a domain name in
// lower case, into the URL at which it is asked. Its errors should wrap
// [ErrUnresolved] where there is no such server. It must be safe for concurrent
// use.
type Resolver interface {
	Resolve(ctx context.Context, server string, tag ServiceTag) (url string, err error)
}

// A ResolverFunc is a function that resolves.
type ResolverFunc func(ctx context.Context, server string, tag ServiceTag) (string, error)

// Resolve implements [Resolver].
func (f ResolverFunc) Resolve(ctx context.Context, server string, tag ServiceTag) (string, error) {
	return f(ctx, server, tag)
}

// A StaticResolver is a list of servers, from application unique strings in
// lower case to URLs, whatever the tag.
type StaticResolver map[string]string

// Resolve implements [Resolver]. Its error is [ErrUnresolved].
func (s StaticResolver) Resolve(_ context.Context, server string, _ ServiceTag) (string, error) {
	if u, ok := s[server]; ok {
		return u, nil
	}
	return "", unresolved(server, nil)
}

func unresolved(server string, cause error) error {
	e := &telephony.Error{Code: ErrUnresolved, Detail: "no URL is known for a server", Subject: "server " + server,
		Fix: "give its URL, or a resolver that knows it"}
	if cause != nil {
		e.Err = quiet{cause}
	}
	return e
}

// parseURL parses the URL of a server; nil if it cannot be that of one.
func parseURL(s string) *url.URL {
	if len(s) > 1024 {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil
	}
	u.Fragment, u.RawFragment = "", ""
	return u
}

// resolve returns the URL of a server, which is asked for by the tags in turn.
func (c *Client) resolve(ctx context.Context, server string, tags []ServiceTag) (*url.URL, error) {
	if c.config.Resolver == nil {
		return nil, unresolved(server, nil)
	}
	var last error
	for _, tag := range tags {
		text, err := c.config.Resolver.Resolve(ctx, server, tag)
		if err != nil {
			last = err
			continue
		}
		if u := parseURL(text); u != nil {
			return u, nil
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, contextError(ctx, "", server, err)
	}
	return nil, unresolved(server, last)
}
