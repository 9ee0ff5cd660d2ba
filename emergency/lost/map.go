package lost

import (
	"context"
	"slices"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/pidflo"
)

// Map fills in who serves the place where a caller may be, as
// [emergency.RouteCall] wants it: the route, the dispatch centre and what is
// dialled there, of the first mapping that says where calls go. Asked for is the service of the client
// for the address, or for its position where that and the country are all there
// is; the company and the place inside are not sent. Who serves the place was
// not found out before: what the whereabouts say of it is dropped.
//
// A place that the server cannot map, because it is not found, cannot be a
// place or has no such service, has no route and is no error, and neither is one
// whose mapping has no URI: a call cannot be sent there. The errors are
// those of [Client.FindService], with the whereabouts without a route: a call
// goes on without one.
func (c *Client) Map(ctx context.Context, w emergency.Whereabouts) (emergency.Whereabouts, error) {
	w.Route, w.Dispatch, w.ServiceNumber = emergency.NoRoute, emergency.Dispatch{}, ""
	found, err := c.FindService(ctx, FindService{Location: mapped(w.Address)})
	if err != nil {
		_, err = answerOfError(err)
		return w, err
	}
	i := slices.IndexFunc(found.Mappings, func(m Mapping) bool { return len(m.URIs) > 0 })
	if i < 0 {
		return w, nil
	}
	m := found.Mappings[i]
	if w.Route = found.route(m, c.config.Service); w.Route != emergency.NoRoute {
		w.Dispatch, w.ServiceNumber = m.Dispatch(), m.Number
	}
	return w, nil
}

// mapped returns the location of an address that is asked about.
func mapped(a emergency.Address) Location {
	a.Company = ""
	if !a.Position.IsZero() && a == (emergency.Address{Country: a.Country, Position: a.Position}) {
		return Geodetic(pidflo.Point(a.Position))
	}
	return Civic(a, emergency.Location{})
}
