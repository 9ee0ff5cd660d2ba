package adminfile

import (
	"iter"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TenantNumbers yields the numbers of a tenant that match the query as records,
// for WriteNumbers. Fields that the engine knows nothing of are empty.
func TenantNumbers(v *engine.View, q engine.NumberQuery) iter.Seq[NumberRecord] {
	q.Expand = true
	return func(yield func(NumberRecord) bool) {
		for n := range v.Numbers(q) {
			if !yield(recordOf(n)) {
				return
			}
		}
	}
}

// recordOf writes what the engine knows of a number in the words of the
// service.
func recordOf(n engine.TenantNumber) NumberRecord {
	r := NumberRecord{Number: n.Number, NumberType: callingPlan, Location: n.Location,
		AvailableCapabilities: telephony.AvailableCapabilities(n.Kind).Names(), AcquiredCapabilities: telephony.AcquiredCapabilities(n.Kind).Names(),
		AssignmentStatus: "Unassigned", PlaceName: n.Area.City,
		Country: n.Area.Country, Subdivision: n.Area.Region, AcquisitionDate: n.Acquired.UTC().Format(time.RFC3339)}
	if n.Address != nil {
		r.Address = n.Address.ID
	}
	if n.Person != "" {
		r.AssignmentStatus, r.Target, r.TargetType = "UserAssigned", n.Person, "User"
	}
	return r
}
