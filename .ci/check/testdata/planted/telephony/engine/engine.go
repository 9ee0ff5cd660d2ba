package engine

import (
	"fmt"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

type systemClock struct{}

// Now may read the clock, but Apply may not come here.
func (systemClock) Now() time.Time { return time.Now() } // want "time.Now, in what Machine.Apply reaches"

type Machine struct {
	payload interface{ apply(*Machine) }
	names   interface{ Names() []string }
	holds   reservation.Hold
	clock   interface{ Now() time.Time }
}

func (m *Machine) Apply(id telephony.ID) string {
	m.payload.apply(m)
	m.names.Names()
	m.clock.Now()
	return fmt.Sprint(id)
}

type sweep struct{ due map[int]string }

func (s sweep) apply(m *Machine) {
	for range s.due { // want "a range over a map"
		break
	}
	go m.Apply("") // want "a goroutine"
	select {       // want "a select"
	default:
	}
	emergency.Table()
	reservation.Sum(m.holds)
	reservation.Copy(nil)
	wait := time.Sleep // want "time.Sleep"
	wait(1)
}

var _ = []any{systemClock{}, sweep{}, licensing.Catalogue{}}
