package adminfile

import (
	"iter"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TenantNumbers yields the numbers of a tenant that match the query as records,
// for WriteNumbers. Fields that the engine knows nothing of are empty:
// ReverseNumberLookup too, which is whether calls to the number stay inside the
// service [num], and not engine.TenantNumber.ReverseLookup. The types of what has a
// number are User, ResourceAccount and ConferenceBridge.
func TenantNumbers(v *engine.View, q engine.NumberQuery) iter.Seq[NumberRecord] {
	return recordsOf(v, q, func(n engine.TenantNumber) NumberRecord {
		r := assignmentRecord(n)
		r.AvailableCapabilities, r.AcquisitionDate = telephony.AvailableCapabilities(n.Kind).Names(), n.Acquired.UTC().Format(time.RFC3339)
		r.TargetType = targetTypes[n.State]
		return r
	})
}

// TenantNumberAssignments yields what TenantNumbers does as far as
// WriteNumberAssignments has columns for it.
func TenantNumberAssignments(v *engine.View, q engine.NumberQuery) iter.Seq[NumberRecord] {
	return recordsOf(v, q, assignmentRecord)
}

// TenantOldNumbers yields the numbers of a tenant that match the query as records of
// the old list, for WriteOldNumbers. That list has two types of what has a number,
// user and caa, for a conference bridge; what else has one has no type there.
func TenantOldNumbers(v *engine.View, q engine.NumberQuery) iter.Seq[NumberRecord] {
	return recordsOf(v, q, func(n engine.TenantNumber) NumberRecord {
		r := NumberRecord{Number: n.Number, ActivationState: activations[n.Activation.State], InventoryType: inventoryTypes[n.Kind],
			CityCode: n.Area.String(), Region: n.Area.Country.World(), SourceType: "Tnm", Target: targetOf(n), TargetType: oldTargetTypes[n.State]}
		if n.Place != nil {
			r.LocationName = n.Place.Place.Place
		}
		return r
	})
}

func recordsOf(v *engine.View, q engine.NumberQuery, record func(engine.TenantNumber) NumberRecord) iter.Seq[NumberRecord] {
	q.Expand = true
	return func(yield func(NumberRecord) bool) {
		for n := range v.Numbers(q) {
			if !yield(record(n)) {
				return
			}
		}
	}
}

// assignmentRecord writes what the engine knows of a number in the words of the
// export of assignments.
func assignmentRecord(n engine.TenantNumber) NumberRecord {
	r := NumberRecord{Number: n.Number, NumberType: callingPlan, Location: n.Location, AcquiredCapabilities: n.Capabilities.Names(),
		AssignmentStatus: assignmentStatuses[n.State], ActivationState: activations[n.Activation.State], PlaceName: n.Area.City,
		NumberSource: "Online", Country: n.Area.Country, Subdivision: n.Area.Region, Target: targetOf(n)}
	if n.Address != nil {
		r.Address = n.Address.ID
	}
	return r
}

// targetOf returns who or what has a number.
func targetOf(n engine.TenantNumber) telephony.PersonID {
	if n.Person != "" {
		return n.Person
	}
	return telephony.PersonID(n.Service)
}

// The words of the service for the states of a number and of its activation, and
// for kinds of numbers in the old list [num].
var (
	assignmentStatuses = [...]string{telephony.Unassigned: "Unassigned", telephony.UserAssigned: "UserAssigned",
		telephony.ConferenceAssigned: "ConferenceAssigned", telephony.VoiceApplicationAssigned: "VoiceApplicationAssigned"}
	activations = [...]string{telephony.Activated: "Activated", telephony.AssignmentPending: "AssignmentPending",
		telephony.AssignmentFailed: "AssignmentFailed", telephony.UpdatePending: "UpdatePending", telephony.UpdateFailed: "UpdateFailed"}
	inventoryTypes = [...]string{telephony.UserNumber: "Subscriber", telephony.TollNumber: "Service", telephony.TollFreeNumber: "TollFree"}
)

// The types of what has a number, by the number's state. The service names the
// first of the new words and both of the old ones [num].
var (
	targetTypes = [...]string{telephony.UserAssigned: "User", telephony.ConferenceAssigned: "ConferenceBridge",
		telephony.VoiceApplicationAssigned: "ResourceAccount"}
	oldTargetTypes = [...]string{telephony.UserAssigned: "user", telephony.ConferenceAssigned: "caa", telephony.VoiceApplicationAssigned: ""}
)
