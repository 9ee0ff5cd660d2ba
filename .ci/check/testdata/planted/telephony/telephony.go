// Package telephony is a pure package with two faults: what it imports, and
// that it asks for the time.
package telephony

import (
	"os" // arrow "telephony imports os: a pure package reaches out"
	"time"
)

type ID string

// String is called by fmt, not by name.
func (i ID) String() string {
	return time.Now().String() + os.Getenv(string(i)) // want "time.Now" "os.Getenv"
}

// notReached may do as it likes.
func notReached(m map[string]int) (sum int) {
	for _, v := range m {
		sum += v
	}
	return sum
}

var _ = notReached
