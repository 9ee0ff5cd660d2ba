package lost

import (
	"context"
	"net/url"

	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/telephony"
)

// A query is what is sent and what is expected.
type query struct {
	op       string
	server   string // to ask first, by name; empty for the client's own
	tags     []ServiceTag
	body     []byte
	want     string // the local name of the answer
	location string // the id of the location asked about; empty if there is none
}

// An answer is what came back.
type answer struct {
	root *xmltree.Node
	size int
	host string
}

// ask sends a query to the first server and where servers send it on. What they
// send it on to is a name and not a URL [RFC 5222].
func (c *Client) ask(ctx context.Context, q query) (answer, error) {
	to, err := c.first(ctx, q)
	if err != nil {
		return answer{}, withOp(q.op, err)
	}
	secure := to.Scheme == "https"
	asked := map[string]bool{}
	for hops := 0; ; hops++ {
		asked[to.String()] = true
		root, size, err := c.post(ctx, q.op, to, q.body)
		if err != nil {
			return answer{}, err
		}
		if root.Name != name("redirect") {
			return accept(q, answer{root, size, to.Host})
		}
		target := serverName(root.Attr("target"))
		switch {
		case target == "":
			return answer{}, answerError(q.op, to.Host, "target", "a redirect leads to no server")
		case hops == c.config.MaxHops:
			return answer{}, &telephony.Error{Op: q.op, Code: ErrTooManyRedirects, Detail: "servers send the query on too often",
				Subject: "server " + to.Host, Figures: []telephony.Figure{{Name: "most redirects", Value: int64(c.config.MaxHops)}}}
		}
		next, err := c.resolve(ctx, target, q.tags)
		switch {
		case err != nil:
			return answer{}, withOp(q.op, err)
		case asked[next.String()]:
			return answer{}, &telephony.Error{Op: q.op, Code: ErrRedirectLoop, Detail: "servers send the query round in a circle",
				Subject: "server " + to.Host, Figures: []telephony.Figure{{Name: "redirects", Value: int64(hops + 1)}}}
		case secure && next.Scheme != "https":
			return answer{}, &telephony.Error{Op: q.op, Code: ErrInsecure, Detail: "a server sends the query on to one without TLS",
				Subject: "server " + to.Host, Fix: "resolve it to an https URL"}
		}
		to = next
	}
}

// first returns the URL of the server to ask first.
func (c *Client) first(ctx context.Context, q query) (*url.URL, error) {
	switch {
	case q.server != "":
		return c.resolve(ctx, q.server, q.tags)
	case c.server != nil:
		return c.server, nil
	}
	return c.resolve(ctx, serverName(c.config.Server), q.tags)
}

// accept returns an answer of the kind that is expected and about the location
// asked about.
func accept(q query, a answer) (answer, error) {
	switch a.root.Name {
	case name("errors"):
		return answer{}, faultsError(q.op, a.host, readFaults(a.root))
	case name(q.want):
	default:
		return answer{}, &telephony.Error{Op: q.op, Code: ErrUnexpected, Subject: "server " + a.host,
			Detail: "the answer is none to this query", Fix: "check that the URL is that of a LoST server"}
	}
	if used := a.root.Child(name("locationUsed")); used != nil && used.Attr("id") != q.location {
		return answer{}, &telephony.Error{Op: q.op, Code: ErrOtherLocation, Subject: "server " + a.host,
			Detail: "the answer is about another location"}
	}
	return a, nil
}

// withOp names the operation in an error of resolving.
func withOp(op string, err error) error {
	if e, ok := err.(*telephony.Error); ok {
		e.Op = op
	}
	return err
}
