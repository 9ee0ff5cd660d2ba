package engine

import (
	"fmt"
	"log/slog"
	"reflect"
	"time"

	"example.com/callingplan/telephony"
)

// The values that views give hold numbers, people and addresses in plain, since
// that is what they are asked for. In a structured log they are masked.

// masked is a value of a structured log: names and values in turn, without those
// that are not set. A value that can mask itself does, and any other that has
// words for itself is logged as these; free text is not to be given to it.
func masked(pairs ...any) slog.Value {
	set := make([]any, 0, len(pairs))
	for i := 0; i < len(pairs); i += 2 {
		value := pairs[i+1]
		if v := reflect.ValueOf(value); !v.IsValid() || v.IsZero() {
			continue
		}
		switch v := value.(type) {
		case slog.LogValuer, time.Time:
		case fmt.Stringer:
			value = v.String()
		default:
			value = reflect.Indirect(reflect.ValueOf(value)).Interface()
		}
		set = append(set, pairs[i], value)
	}
	return slog.Group("", set...).Value
}

// LogValue shows of a handle whose it is, and not who acts.
func (t *Tenant) LogValue() slog.Value { return masked("tenant", t.tenant) }

// LogValue keeps out of structured logs who acts.
func (p *Provider) LogValue() slog.Value { return slog.StringValue("provider") }

// LogValue shows the moment in structured logs.
func (u *Utilisation) LogValue() slog.Value { return masked("at", u.At(), "index", u.index) }

// LogValue tells which moment the view is of and whose, and nothing that is seen.
func (v *View) LogValue() slog.Value { return masked("tenant", v.id, "at", v.At(), "index", v.index) }

// LogValue shows of a cursor that it is set. It has a number or a person in it.
func (c Cursor) LogValue() slog.Value {
	if c == "" {
		return slog.StringValue("")
	}
	return slog.StringValue("***")
}

// LogValue counts the items in structured logs.
func (p Page[T]) LogValue() slog.Value {
	return masked("items", len(p.Items), "more", p.Next != "", "scanned", p.Scanned)
}

// LogValue counts the addresses in structured logs.
func (f NearestFound) LogValue() slog.Value {
	return masked("items", len(f.Items), "scanned", f.Scanned, "matched", f.Matched, "unlocated", f.Unlocated)
}

// LogValue keeps what the tenant calls it out of structured logs.
func (t Tag) LogValue() slog.Value { return masked("numbers", t.Numbers) }

// LogValue masks who acts in structured logs.
func (a Action) LogValue() slog.Value {
	return masked("tenant", a.Tenant, "actor", telephony.PersonID(a.Actor), "op", a.Op)
}

// LogValue masks who acts in structured logs, and leaves out what is asked.
func (c Command) LogValue() slog.Value {
	var op Op
	if c.payload != nil {
		op = c.Op()
	}
	return masked("version", c.Version, "tenant", c.Tenant, "actor", telephony.PersonID(c.Actor), "request_id", c.RequestID,
		"stamp", c.Stamp, "op", op)
}

// LogValue masks the number in structured logs.
func (n TenantNumber) LogValue() slog.Value {
	return masked("number", n.Number, "kind", n.Kind, "state", n.State, "person", n.Person, "location", n.Location)
}

// LogValue masks the number in structured logs.
func (s Service) LogValue() slog.Value {
	return masked("id", s.ID, "kind", s.Kind, "numbers", s.Numbers, "number", s.Number)
}

// LogValue masks the number in structured logs.
func (r Resting) LogValue() slog.Value {
	return masked("number", r.Number, "tenant", r.Tenant, "until", r.Until)
}

// LogValue masks the range in structured logs.
func (r NumberRange) LogValue() slog.Value {
	return masked("range", r.Range, "state", r.State, "kind", r.Kind)
}

// LogValue masks the numbers in structured logs.
func (f Freed) LogValue() slog.Value {
	return masked("numbers", f.Numbers, "left", f.Left)
}

// LogValue masks the numbers in structured logs.
func (r RestEnded) LogValue() slog.Value {
	return masked("freed", r.Freed, "not_resting", r.NotResting, "more", r.More)
}

// LogValue masks the person in structured logs.
func (p Person) LogValue() slog.Value {
	return masked("id", p.ID, "usage_location", p.UsageLocation, "pending", p.Pending, "number", p.Number)
}

// LogValue masks what the person sees in structured logs.
func (o Own) LogValue() slog.Value {
	return masked("number", o.Number, "place", o.Place)
}

// LogValue keeps the address out of structured logs, all but country and state.
func (a Address) LogValue() slog.Value {
	return masked("id", a.ID, "record", a.Record)
}

// LogValue keeps the address out of structured logs, all but country and state.
func (d Draft) LogValue() slog.Value {
	return masked("id", d.ID, "record", d.Record)
}

// LogValue masks the number and the person in structured logs.
func (b Blocker) LogValue() slog.Value {
	return masked("number", b.Number, "person", b.Person, "location", b.Location)
}

// LogValue masks the number and the person in structured logs.
func (g Gap) LogValue() slog.Value {
	return masked("number", g.Number, "person", g.Person, "kind", g.Kind, "location", g.Location)
}

// LogValue keeps the place out of structured logs.
func (l Location) LogValue() slog.Value {
	return masked("id", l.ID, "address", l.Address, "numbers", l.Numbers, "assigned", l.Assigned)
}

// LogValue masks the numbers in structured logs, and leaves the reference out,
// which may name somebody.
func (r Reservation) LogValue() slog.Value {
	return masked("id", r.ID, "state", r.State, "expires", r.Expires, "numbers", r.numbers, "acquired", r.acquired)
}

// LogValue masks the order in structured logs.
func (o PortOrder) LogValue() slog.Value {
	return masked("id", o.ID, "tenant", o.Tenant, "state", o.State, "request", o.Request, "transfer", o.Transfer, "overdue", o.Overdue, "history", o.History)
}

// LogValue masks the numbers and the people in structured logs.
func (o PortedOut) LogValue() slog.Value {
	return masked("numbers", o.Numbers, "people", o.People)
}

// LogValue masks the numbers in structured logs.
func (a Acquired) LogValue() slog.Value {
	return masked("numbers", a.Numbers, "returned", a.Returned)
}

// LogValue masks the number in structured logs.
func (n FreeNumber) LogValue() slog.Value {
	return masked("number", n.Number, "area", n.Area)
}

// LogValue masks the numbers in structured logs.
func (r FreeRun) LogValue() slog.Value {
	return masked("range", r.Range, "area", r.Area)
}

// LogValue masks the numbers in structured logs, and leaves out the cursor, which
// has some of them in it.
func (f FoundNumbers) LogValue() slog.Value {
	return masked("numbers", f.List(), "matching", f.Matching, "looked", f.Looked, "blocks", f.Blocks, "complete", f.Complete)
}
