package engine

import "example.com/callingplan/reservation"

// Leave says what becomes of the numbers of somebody who goes. The zero value
// says nothing.
type Leave uint8

// What becomes of them.
const (
	KeepNumbers    Leave = 1 + iota // they stay with the tenant, unassigned
	ReleaseNumbers                  // they are given back, as by Tenant.Release
)

// String returns "keep", "release" or "not said".
func (l Leave) String() string {
	switch l {
	case KeepNumbers:
		return "keep"
	case ReleaseNumbers:
		return "release"
	}
	return "not said"
}

// check reports whether l is one of the two, or is left out where it may be.
func (l Leave) check(optional bool) error {
	if l > ReleaseNumbers || l == 0 && !optional {
		return refuse(ErrRequest, "leave", "it is not said what becomes of the numbers", "say KeepNumbers or ReleaseNumbers")
	}
	return nil
}

// checkLine reports why a line may not be said of numbers that are left so. Only
// numbers that are given back rest, for a time that depends on their line.
func (l Leave) checkLine(line reservation.Line) error {
	if line == 0 {
		return nil
	}
	if l != ReleaseNumbers {
		return refuse(ErrRequest, "line", "it is said what the numbers were used for, and they are not given back", "say ReleaseNumbers, or leave the line out")
	}
	return reservation.CheckRest(line, 0, 0)
}
