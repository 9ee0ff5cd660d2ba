package engine

// Leave says what becomes of the numbers of somebody who goes. The zero value
// says nothing.
type Leave uint8

// What becomes of them.
const (
	KeepNumbers    Leave = 1 + iota // they stay with the tenant, unassigned
	ReleaseNumbers                  // they are given back, as numbers of business lines are by Tenant.Release
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
