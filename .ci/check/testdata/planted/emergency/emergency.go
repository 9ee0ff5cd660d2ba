package emergency

import "math/rand/v2" // arrow "emergency imports math/rand/v2: a pure package reaches out"

// table is reached as a variable.
var Table = func() int {
	return rand.Int() // want "math/rand/v2.Int"
}
