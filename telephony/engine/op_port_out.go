package engine

import (
	"log/slog"
	"slices"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// setPINCommand sets or changes the port-out PIN. It carries the PIN sealed: the
// salt was made, and the sealing done, where the command was made.
type setPINCommand struct {
	PIN porting.SealedPIN
}

func (setPINCommand) op() Op         { return OpSetPortOutPIN }
func (r setPINCommand) content() any { return r }

func (r setPINCommand) check() error {
	_, err := porting.Guard{}.Set(r.PIN)
	return err
}

func (r setPINCommand) apply(s *step) (any, *telephony.Error) {
	row := s.guard()
	var err error
	row.Guard, err = row.Guard.Set(r.PIN)
	must(err) // it was checked before it became a command
	must(s.tables.guards.Put(s.tx, row))
	s.tell(Event{Type: PortOutPINSet})
	return nil, nil
}

// guard returns what stands between the tenant's numbers and other carriers.
func (s *step) guard() guardRow {
	row, ok := s.tables.guards.Get(s.tx, accountKey(s.account.Tenant))
	if !ok {
		row.Tenant = s.account.Tenant
	}
	return row
}

// PortOutLock closes the door to port-out, whatever PIN is given, or opens it.
type PortOutLock struct {
	Locked    bool
	RequestID string `cbor:"-"`
}

func (PortOutLock) op() Op         { return OpLockPortOut }
func (r PortOutLock) content() any { return r }
func (PortOutLock) check() error   { return nil }

func (r PortOutLock) apply(s *step) (any, *telephony.Error) {
	row := s.guard()
	if row.Locked == r.Locked {
		return nil, nil
	}
	row.Locked = r.Locked
	if row.Locked || !row.Guard.PIN.IsZero() {
		must(s.tables.guards.Put(s.tx, row))
	} else {
		must(s.tables.guards.Delete(s.tx, accountKey(row.Tenant)))
	}
	told := PortOutLocked
	if !r.Locked {
		told = PortOutUnlocked
	}
	s.tell(Event{Type: told})
	return nil, nil
}

// PortOut is another carrier's wish for numbers of a tenant.
type PortOut struct {
	Tenant    telephony.TenantID
	Numbers   telephony.NumberList // 1 to porting.MaxNumbers, in any order
	PIN       porting.PIN          // as the carrier has it from whoever has the numbers
	Carrier   string               // which it is, as it calls itself
	RequestID string               `cbor:"-"`
}

// PortedOut is what went to another carrier.
type PortedOut struct {
	Numbers telephony.NumberList // ascending
	People  PersonList           // who lost a number, ascending
}

// PersonList is people. It logs masked, which a plain slice cannot.
type PersonList []telephony.PersonID

// LogValue masks the people in structured logs.
func (l PersonList) LogValue() slog.Value {
	masked := make([]string, len(l))
	for i, p := range l {
		masked[i] = p.Masked()
	}
	return slog.AnyValue(masked)
}

// portOutCommand carries the PIN sealed with the salt of the one that is kept.
type portOutCommand struct {
	Tenant  telephony.TenantID
	Numbers telephony.NumberList
	PIN     porting.SealedPIN
	Carrier string
}

func (portOutCommand) op() Op         { return OpPortOut }
func (r portOutCommand) content() any { return r }

func (r portOutCommand) check() error {
	if err := telephony.CheckID("tenant", r.Tenant); err != nil {
		return err
	}
	if r.Carrier == "" {
		return refuse(porting.ErrNoCarrier, "carrier", "the gaining carrier is not named", "name the one that wants the numbers")
	}
	if err := telephony.CheckText("carrier", r.Carrier, telephony.MaxTextRunes); err != nil {
		return err
	}
	return checkPortParts(len(r.Numbers))
}

// portOutResult is what came of the wish. A refusal is an answer, too: the command
// has counted a wrong PIN.
type portOutResult struct {
	PortedOut
	refused *telephony.Error
}

// apply decides and keeps the guard in either case.
func (r portOutCommand) apply(s *step) (any, *telephony.Error) {
	return s.forTenant(r.Tenant, func() (any, *telephony.Error) {
		row := s.guard()
		wish := porting.PortOut{Guard: row.Guard, Guessing: s.settings.Ports.Guessing, PIN: r.PIN}
		rows, rests := make(map[telephony.Number]numberRow, len(r.Numbers)), s.restsOf(r.Numbers)
		for _, n := range r.Numbers {
			// None of them can be in a port order: what is in stock is refused there.
			facts := porting.PortOutNumber{Number: n, Locked: row.Locked}
			if rows[n], facts.Owned = s.number(n); !facts.Owned {
				_, facts.Quarantined = rests[n]
			}
			facts.Person = rows[n].Person
			wish.Numbers = append(wish.Numbers, facts)
		}
		decided := porting.CheckPortOut(s.time(), wish)
		if !row.Guard.PIN.IsZero() {
			row.Guard = decided.Guard
			must(s.tables.guards.Put(s.tx, row))
		}
		if !decided.Granted {
			s.tell(Event{Type: PortOutRefused, Carrier: r.Carrier, Why: decided.Refused.Code, Quantity: int64(len(r.Numbers))})
			return portOutResult{refused: named(OpPortOut, decided.Refused)}, nil
		}
		return portOutResult{PortedOut: s.letGo(decided, rows, r.Carrier)}, nil
	})
}

// letGo has numbers leave for another carrier: they are taken from the people and
// the services that have them, and leave no trace here but the log.
func (s *step) letGo(decided porting.PortOutDecision, rows map[telephony.Number]numberRow, carrier string) PortedOut {
	var gone PortedOut
	left := make([]numberRow, 0, len(decided.Leaves))
	for _, n := range decided.Leaves {
		row := rows[n.Number]
		if row.Person != "" {
			p, _ := s.person(row.Person)
			must(s.tables.people.Replace(s.tx, s.takeNumber(p, s.now)))
		}
		if row.Service != "" {
			s.takeFromService(n.Number)
		}
		row, _ = s.number(n.Number)
		s.dropNumber(row)
		left = append(left, row)
		gone.Numbers = append(gone.Numbers, n.Number)
	}
	gone.People = slices.Clip(decided.People())
	s.openBlocks()
	s.unstockTaken(left)
	s.tell(Event{Type: NumbersPortedOut, Numbers: gone.Numbers, Carrier: carrier})
	return gone
}
