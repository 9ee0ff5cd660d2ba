package engine

import "log/slog"

// The values that views give hold numbers, people and addresses in plain, since
// that is what they are asked for. In a structured log they are masked.

// LogValue masks the number in structured logs.
func (n TenantNumber) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("number", n.Number), slog.String("kind", n.Kind.String()),
		slog.String("state", n.State.String()), slog.Any("person", n.Person), slog.String("location", string(n.Location)))
}

// LogValue masks the number in structured logs.
func (s Service) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", string(s.ID)), slog.String("kind", s.Kind.String()),
		slog.Int64("numbers", s.Numbers), slog.Any("number", s.Number))
}

// LogValue masks the number in structured logs.
func (r Resting) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("number", r.Number), slog.String("tenant", string(r.Tenant)), slog.Time("until", r.Until))
}

// LogValue masks the range in structured logs.
func (r NumberRange) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("range", r.Range), slog.String("state", r.State.String()), slog.String("kind", r.Kind.String()))
}

// LogValue masks the numbers in structured logs.
func (f Freed) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("numbers", f.Numbers), slog.Int64("left", f.Left))
}

// LogValue masks the numbers in structured logs.
func (r RestEnded) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("freed", r.Freed), slog.Any("not_resting", r.NotResting), slog.Bool("more", r.More))
}

// LogValue masks the person in structured logs.
func (p Person) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("id", p.ID), slog.String("usage_location", string(p.UsageLocation)),
		slog.Bool("pending", p.Pending), slog.Any("number", p.Number))
}

// LogValue masks what the person sees in structured logs.
func (o Own) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("number", o.Number), slog.Any("place", o.Place))
}

// LogValue keeps the address out of structured logs, all but country and state.
func (a Address) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", string(a.ID)), slog.Any("record", a.Record))
}

// LogValue keeps the address out of structured logs, all but country and state.
func (d Draft) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", string(d.ID)), slog.Any("record", d.Record))
}

// LogValue masks the number and the person in structured logs.
func (b Blocker) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("number", b.Number), slog.Any("person", b.Person), slog.String("location", string(b.Location)))
}

// LogValue masks the number and the person in structured logs.
func (g Gap) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("number", g.Number), slog.Any("person", g.Person), slog.String("kind", g.Kind.String()),
		slog.String("location", string(g.Location)))
}

// LogValue keeps the place out of structured logs.
func (l Location) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", string(l.ID)), slog.String("address", string(l.Address)),
		slog.Int64("numbers", l.Numbers), slog.Int64("assigned", l.Assigned))
}

// LogValue masks the numbers in structured logs, and leaves the reference out,
// which may name somebody.
func (r Reservation) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", string(r.ID)), slog.String("state", r.State.String()),
		slog.Time("expires", r.Expires), slog.Any("numbers", r.numbers), slog.Any("acquired", r.acquired))
}

// LogValue masks the order in structured logs.
func (o PortOrder) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", string(o.ID)), slog.String("tenant", string(o.Tenant)), slog.String("state", o.State.String()),
		slog.Any("request", o.Request), slog.Time("transfer", o.Transfer), slog.Bool("overdue", o.Overdue), slog.Any("history", o.History))
}

// LogValue masks the order in structured logs.
func (r OrderPort) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("request", r.Request), slog.Any("area", r.Area))
}

// LogValue masks the order in structured logs.
func (r EditPort) LogValue() slog.Value {
	return slog.GroupValue(slog.String("order", string(r.Order)), slog.Any("request", r.Request), slog.Any("area", r.Area))
}

// LogValue keeps the carrier's words out of structured logs.
func (r RejectPort) LogValue() slog.Value {
	return slog.GroupValue(slog.String("tenant", string(r.Tenant)), slog.String("order", string(r.Order)), slog.String("reason", r.Reason.String()))
}

// LogValue masks the numbers in structured logs.
func (r ReportPort) LogValue() slog.Value {
	return slog.GroupValue(slog.String("tenant", string(r.Tenant)), slog.String("order", string(r.Order)), slog.Any("results", r.Results))
}

// LogValue masks the numbers in structured logs.
func (r CompletePort) LogValue() slog.Value {
	return slog.GroupValue(slog.String("tenant", string(r.Tenant)), slog.String("order", string(r.Order)), slog.Any("results", r.Results),
		slog.Bool("all_ported", r.AllPorted))
}

// LogValue masks the numbers in structured logs.
func (q PortQuery) LogValue() slog.Value {
	return slog.GroupValue(slog.String("tenant", string(q.Tenant)), slog.Any("number", q.Number), slog.String("carrier", q.Carrier))
}

// LogValue masks the numbers in structured logs, and keeps the PIN out of them.
func (r PortOut) LogValue() slog.Value {
	return slog.GroupValue(slog.String("tenant", string(r.Tenant)), slog.Any("numbers", r.Numbers), slog.String("carrier", r.Carrier))
}

// LogValue masks the numbers and the people in structured logs.
func (o PortedOut) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("numbers", o.Numbers), slog.Any("people", o.People))
}

// LogValue masks the numbers in structured logs.
func (a Acquired) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("numbers", a.Numbers), slog.Any("returned", a.Returned))
}

// LogValue masks the numbers and the digits in structured logs.
func (q NumberSearch) LogValue() slog.Value {
	return slog.GroupValue(slog.String("area", q.place().String()), slog.String("kind", q.Kind.String()), slog.Any("search", q.Search))
}

// LogValue masks the number in structured logs.
func (n FreeNumber) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("number", n.Number), slog.String("area", n.Area.String()))
}

// LogValue masks the numbers in structured logs.
func (r FreeRun) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("range", r.Range), slog.String("area", r.Area.String()))
}

// LogValue masks the numbers in structured logs, and leaves out the cursor, which
// has some of them in it.
func (f FoundNumbers) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("numbers", f.List()), slog.Int("matching", f.Matching), slog.Int("looked", f.Looked),
		slog.Int("blocks", f.Blocks), slog.Bool("complete", f.Complete))
}

// LogValue masks the numbers in structured logs, and leaves the reference out.
func (r Reserve) LogValue() slog.Value {
	return slog.GroupValue(slog.String("area", r.Area.String()), slog.String("kind", r.Kind.String()), slog.Any("choice", r.choice()))
}

// LogValue masks the numbers in structured logs.
func (r AddToReservation) LogValue() slog.Value {
	return slog.GroupValue(slog.String("reservation", string(r.Reservation)), slog.Any("more", *r.reserve(0)))
}

// LogValue masks the numbers in structured logs.
func (r DropFromReservation) LogValue() slog.Value {
	return slog.GroupValue(slog.String("reservation", string(r.Reservation)), slog.Any("numbers", r.Numbers))
}
