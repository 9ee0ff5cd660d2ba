package engine_test

import (
	"bytes"
	"testing"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestRestoredSettlesAsSoon: a machine that was restored looks for what has run
// out, one that ran through remembers when there will be something. Both settle
// the same with the same command, or their states part.
func TestRestoredSettlesAsSoon(t *testing.T) {
	for name, play := range map[string]func(*sim){
		"an end later in the second of a sweep": func(s *sim) {
			s.hold("fabrikam")
			s.clock.Add(500 * time.Millisecond)
			s.hold("contoso")
			s.clock.Set(begin.Add(tenMinutes))
			s.sweep()
			s.clock.Add(2 * time.Second)
		},
		"request ids kept for less time": func(s *sim) {
			c := s.addPerson("fabrikam", "person-x", "US")
			c.id = "mine"
			s.perform(c)
			s.touch()
			s.set.KeepRequests = time.Minute
			s.restart()
			s.clock.Add(2 * time.Minute)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSim(t, 1, simSettings{HoldFor: tenMinutes, Quarantine: time.Hour, KeepClosed: 24 * time.Hour, KeepMost: 1000, KeepRequests: 24 * time.Hour,
				Requests: 1000, KeepLog: 1000, Limits: reservation.DefaultLimits()})
			s.begin()
			play(s)
			s.touch()
			commands := s.tape.read(t)
			through, _ := applied(t, commands)
			before, _ := applied(t, commands[:len(commands)-1])
			var snapshot bytes.Buffer
			if err := before.Snapshot(&snapshot); err != nil {
				t.Fatal(err)
			}
			restored := newMachineFor(t)
			if err := restored.Restore(&snapshot); err != nil {
				t.Fatal(err)
			}
			restored.Apply(commands[len(commands)-1])
			sameEnd(t, "restored", endOf(through), endOf(restored))
			if len(s.eng.Check()) > 0 || endOf(through).rows == endOf(before).rows {
				t.Error("the last command did nothing")
			}
		})
	}
}

// hold has a tenant reserve two numbers.
func (s *sim) hold(id telephony.TenantID) telephony.ReservationID {
	s.perform(s.reserve(id, engine.Reserve{Area: simAreas[0], Kind: telephony.UserNumber, Quantity: 2}))
	holds := s.tenants[id].holds
	return holds[len(holds)-1].id
}

// touch is a command of a tenant that has nothing to do with any other.
func (s *sim) touch() { s.perform(s.unassignNumber("wingtip", engine.Unassign{Person: "nobody"})) }
