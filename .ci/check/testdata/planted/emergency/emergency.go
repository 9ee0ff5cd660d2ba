package emergency

import "math/rand/v2" // arrow "emergency imports math/rand/v2: a pure package reaches out"

// table is reached as a variable.
var Table = func() int {
	return rand.Int() // want "math/rand/v2.Int"
}

// NewPosition may reckon with floats.
func NewPosition(degrees int) int { return int(float64(degrees) * 1e7) }
