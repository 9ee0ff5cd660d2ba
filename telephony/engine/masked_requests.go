package engine

import (
	"log/slog"

	"example.com/callingplan/telephony"
)

// What is asked of the engine holds numbers, people and words about them too. In
// a structured log it is masked, and free text is left out.

// LogValue masks the range in structured logs.
func (s Stock) LogValue() slog.Value {
	return masked("range", s.Range, "area", s.Area, "kind", s.Kind)
}

// LogValue counts the ranges in structured logs.
func (l StockList) LogValue() slog.Value {
	return masked("ranges", len(l.Stock))
}

// LogValue masks the range in structured logs.
func (m StockMove) LogValue() slog.Value {
	return masked("range", m.Range, "area", m.Area)
}

// LogValue masks the range in structured logs.
func (w StockWithdrawal) LogValue() slog.Value {
	return masked("range", w.Range, "only_free", w.OnlyFree)
}

// LogValue masks the numbers in structured logs.
func (r EndRest) LogValue() slog.Value {
	return masked("tenant", r.Tenant, "numbers", r.Numbers, "all", r.All)
}

// LogValue masks the numbers in structured logs, and keeps the carrier's words out
// of them.
func (r ActivationReport) LogValue() slog.Value {
	return masked("tenant", r.Tenant, "numbers", r.Numbers, "refused", r.Refused)
}

// LogValue masks the person in structured logs, and leaves the name out.
func (p PersonSpec) LogValue() slog.Value {
	return masked("id", p.ID, "usage_location", p.UsageLocation, "on_premises_number", p.OnPremisesNumber)
}

// LogValue masks the person in structured logs.
func (u UsageLocation) LogValue() slog.Value {
	return masked("person", u.Person, "country", u.Country)
}

// LogValue masks the person in structured logs.
func (c LicenceChange) LogValue() slog.Value {
	return masked("person", c.Person, "add", c.Add, "remove", c.Remove)
}

// LogValue masks the people in structured logs.
func (g GroupLicences) LogValue() slog.Value {
	return masked("people", PersonList(g.People), "add", g.Add, "remove", g.Remove)
}

// LogValue masks the person in structured logs.
func (r RemovePerson) LogValue() slog.Value {
	return masked("person", r.Person, "leave", r.Leave, "line", r.Line)
}

// LogValue masks the person in structured logs.
func (v Vanished) LogValue() slog.Value {
	return masked("person", v.Person)
}

// LogValue masks the person in structured logs.
func (r Returned) LogValue() slog.Value {
	return masked("person", r.Person)
}

// LogValue masks the numbers in structured logs.
func (f FreeOrphans) LogValue() slog.Value {
	return masked("numbers", f.Numbers, "all", f.All, "leave", f.Leave, "line", f.Line)
}

// LogValue masks the numbers in structured logs, and leaves the reference out.
func (r Reserve) LogValue() slog.Value {
	return masked("area", r.Area, "kind", r.Kind, "choice", r.choice())
}

// LogValue masks the numbers in structured logs.
func (r AddToReservation) LogValue() slog.Value {
	return masked("reservation", r.Reservation, "more", *r.reserve(0))
}

// LogValue masks the numbers in structured logs.
func (r DropFromReservation) LogValue() slog.Value {
	return masked("reservation", r.Reservation, "numbers", r.Numbers)
}

// LogValue masks the numbers in structured logs.
func (a Acquire) LogValue() slog.Value {
	return masked("reservation", a.Reservation, "numbers", a.Numbers, "all", a.All, "location", a.Location)
}

// LogValue masks the numbers in structured logs.
func (r Release) LogValue() slog.Value {
	return masked("numbers", r.Numbers, "line", r.Line)
}

// LogValue masks the numbers in structured logs.
func (r Reclaim) LogValue() slog.Value {
	return masked("numbers", r.Numbers, "location", r.Location)
}

// LogValue masks the numbers in structured logs.
func (c ConvertNumbers) LogValue() slog.Value {
	return masked("numbers", c.Numbers, "to", c.To)
}

// LogValue masks the numbers in structured logs, and leaves tags and description
// out.
func (a Attributes) LogValue() slog.Value {
	return masked("numbers", a.Numbers, "reverse_lookup", a.ReverseLookup)
}

// LogValue masks the numbers in structured logs, and leaves the reason out.
func (b BlockNumbers) LogValue() slog.Value {
	return masked("numbers", b.Numbers, "days", b.Days, "forever", b.Forever)
}

// LogValue masks the numbers in structured logs.
func (u UnblockNumbers) LogValue() slog.Value {
	return masked("numbers", u.Numbers)
}

// LogValue masks the number and the person in structured logs.
func (a Assign) LogValue() slog.Value {
	return masked("number", a.Number, "person", a.Person, "location", a.Location)
}

// LogValue masks the person in structured logs.
func (u Unassign) LogValue() slog.Value {
	return masked("person", u.Person)
}

// LogValue masks the number and the person in structured logs.
func (c ChangeNumber) LogValue() slog.Value {
	return masked("number", c.Number, "person", c.Person, "location", c.Location)
}

// LogValue masks the number in structured logs.
func (c ChangeLocation) LogValue() slog.Value {
	return masked("number", c.Number, "location", c.Location)
}

// LogValue masks the person in structured logs.
func (t Told) LogValue() slog.Value {
	return masked("person", t.Person)
}

// LogValue leaves what people call it out of structured logs.
func (s ServiceSpec) LogValue() slog.Value {
	return masked("id", s.ID, "kind", s.Kind, "usage_location", s.UsageLocation)
}

// LogValue masks the number in structured logs.
func (a AssignService) LogValue() slog.Value {
	return masked("number", a.Number, "service", a.Service)
}

// LogValue masks the number in structured logs.
func (u UnassignService) LogValue() slog.Value {
	return masked("number", u.Number)
}

// LogValue keeps the place out of structured logs.
func (p Place) LogValue() slog.Value {
	return masked("address", p.Address)
}

// LogValue keeps the address out of structured logs, all but country and state.
func (r RecordRefusal) LogValue() slog.Value {
	return masked("address", r.Address, "checked", r.Checked)
}

// LogValue keeps the address out of structured logs, all but country and state.
func (e EditAddress) LogValue() slog.Value {
	return masked("address", e.Address, "checked", e.Checked)
}

// LogValue keeps the address out of structured logs, all but country and state.
func (p PromoteDraft) LogValue() slog.Value {
	return masked("draft", p.Draft, "checked", p.Checked)
}

// LogValue masks the order in structured logs.
func (r OrderPort) LogValue() slog.Value {
	return masked("request", r.Request, "area", r.Area)
}

// LogValue masks the order in structured logs.
func (r EditPort) LogValue() slog.Value {
	return masked("order", r.Order, "request", r.Request, "area", r.Area)
}

// LogValue keeps the words about it out of structured logs.
func (c CancelPort) LogValue() slog.Value {
	return masked("order", c.Order)
}

// LogValue keeps the carrier's words out of structured logs.
func (r RejectPort) LogValue() slog.Value {
	return masked("tenant", r.Tenant, "order", r.Order, "reason", r.Reason)
}

// LogValue masks the numbers in structured logs.
func (r ReportPort) LogValue() slog.Value {
	return masked("tenant", r.Tenant, "order", r.Order, "results", r.Results)
}

// LogValue masks the numbers in structured logs.
func (r CompletePort) LogValue() slog.Value {
	return masked("tenant", r.Tenant, "order", r.Order, "results", r.Results, "all_ported", r.AllPorted)
}

// LogValue masks the numbers in structured logs, and keeps the PIN out of them.
func (r PortOut) LogValue() slog.Value {
	return masked("tenant", r.Tenant, "numbers", r.Numbers, "carrier", r.Carrier)
}

// LogValue masks the numbers and the digits in structured logs.
func (q NumberSearch) LogValue() slog.Value {
	return masked("area", q.place(), "kind", q.Kind, "search", q.Search)
}

// LogValue masks the numbers in structured logs.
func (q PortQuery) LogValue() slog.Value {
	return masked("tenant", q.Tenant, "number", q.Number, "carrier", q.Carrier)
}

// LogValue masks the numbers, the digits and the person in structured logs, and
// leaves tag and description out.
func (q NumberQuery) LogValue() slog.Value {
	return masked("number", q.Number, "prefix_digits", q.Prefix.Len(), "contained_digits", len(q.Contains), "above", q.Above, "below", q.Below,
		"kind", q.Kind, "state", q.State, "activation", q.Activation, "assigned", q.Assigned, "unassigned", q.Unassigned,
		"country", q.Country, "region", q.Region, "city", q.City, "area_code", q.AreaCode, "address", q.Address, "location", q.Location,
		"person", q.Person, "service", q.Service, "orphaned", q.Orphaned, "ported", q.Ported, "from_pool", q.FromPool,
		"tagged", q.Tag != "", "described", q.Description != "", "blocked", q.Blocked, "reverse_lookup", q.ReverseLookup,
		"acquired_after", q.AcquiredAfter, "acquired_before", q.AcquiredBefore, "skip", q.Skip, "top", q.Top)
}

// LogValue leaves the text out of structured logs, which may name somebody.
func (q PersonQuery) LogValue() slog.Value {
	return masked("assigned", q.Assigned, "unassigned", q.Unassigned, "pending", q.Pending, "visible", q.Visible, "vanished", q.Vanished,
		"at_risk", q.AtRisk, "country", q.Country, "licence", q.Licence, "location", q.Location, "address", q.Address, "named", q.Text != "",
		"skip", q.Skip, "top", q.Top)
}

// LogValue leaves the text out of structured logs, which may name somebody.
func (q ServiceQuery) LogValue() slog.Value {
	return masked("kind", q.Kind, "country", q.Country, "assigned", q.Assigned, "unassigned", q.Unassigned, "named", q.Text != "")
}

// LogValue leaves city and description out of structured logs.
func (q AddressQuery) LogValue() slog.Value {
	return masked("country", q.Country, "status", q.Status, "assigned", q.Assigned, "unassigned", q.Unassigned)
}

// LogValue masks the numbers and the people in structured logs.
func (q EntryQuery) LogValue() slog.Value {
	return masked("from", q.From, "op", q.Op, "actor", telephony.PersonID(q.Actor), "request_id", q.RequestID, "tenant", q.Tenant,
		"refused", q.Refused, "done", q.Done, "code", q.Code, "after", q.After, "before", q.Before, "types", q.Types,
		"person", q.Person, "number", q.Number, "reservation", q.Reservation, "address", q.Address, "location", q.Location,
		"service", q.Service, "order", q.Order)
}
