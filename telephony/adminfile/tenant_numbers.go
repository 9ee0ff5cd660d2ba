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
		AvailableCapabilities: telephony.AvailableCapabilities(n.Kind).Names(), AcquiredCapabilities: n.Capabilities.Names(),
		AssignmentStatus: assignmentStatuses[n.State], ActivationState: activations[n.Activation.State], PlaceName: n.Area.City,
		NumberSource: "Online", Country: n.Area.Country, Subdivision: n.Area.Region, AcquisitionDate: n.Acquired.UTC().Format(time.RFC3339)}
	if n.Address != nil {
		r.Address = n.Address.ID
	}
	switch {
	case n.Person != "":
		r.Target, r.TargetType = n.Person, "User"
	case n.Service != "":
		r.Target = telephony.PersonID(n.Service)
	}
	return r
}

// The words of the service for the states of a number and of its activation [num].
var (
	assignmentStatuses = [...]string{telephony.Unassigned: "Unassigned", telephony.UserAssigned: "UserAssigned",
		telephony.ConferenceAssigned: "ConferenceAssigned", telephony.VoiceApplicationAssigned: "VoiceApplicationAssigned"}
	activations = [...]string{telephony.Activated: "Activated", telephony.AssignmentPending: "AssignmentPending",
		telephony.AssignmentFailed: "AssignmentFailed", telephony.UpdatePending: "UpdatePending", telephony.UpdateFailed: "UpdateFailed"}
)
