package engine

import (
	"fmt"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

type systemClock struct{ read func() time.Time }

// newSystemClock may read the clock, but Apply may not come here.
func newSystemClock() systemClock { return systemClock{time.Now} } // want "time.Now, in what Machine.Apply reaches"

func (systemClock) Now() time.Time { return newSystemClock().read() }

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
	_ = len(s.due) * 3 / 2
	_ = int(0.5 * share(s.due)) // want "a float"
	var sum float64             // want "a float"
	sum += 1                    // want "a float"
	_ = emergency.NewPosition(9)
}

func share(m map[int]string) (part float32) { // want "a float"
	return // of what the caller asks
}

var _ = []any{systemClock{}, sweep{}, licensing.Catalogue{}}
