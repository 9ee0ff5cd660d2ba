package licensing

import "time"

// NumberNeeds is what a person must hold to have a number: Phone System and a
// Calling Plan [setup].
const NumberNeeds = FeaturePhoneSystem | FeatureCallingPlan

// NumberFate is what becomes of a person's number. The zero value is that it
// stays.
type NumberFate uint8

// The fates.
const (
	NumberStays  NumberFate = iota // the person holds what it depends on
	NumberAtRisk                   // the person does not, and keeps it for a time of grace
	NumberLost                     // it is unassigned, and stays with the tenant
)

var fateNames = [...]string{"stays", "at risk", "lost"}

// String returns "stays", "at risk" or "lost".
func (f NumberFate) String() string {
	if int(f) >= len(fateNames) {
		return "invalid fate"
	}
	return fateNames[f]
}

// Lapse is the time for which a person keeps a number without the licences that
// it depends on. The zero value is that nothing is missing.
//
// Removing a licence that a number depends on unassigns it [lic]; how much later
// is for the embedder to set, and by default it is at once. A swap in one call
// leaves nothing missing.
type Lapse struct {
	Missing Feature   // what the person does not hold; empty for nothing
	Since   time.Time // from this moment on
	Until   time.Time // the number is lost at this very moment
}

// FateAt returns what has become of the number at now: at risk in
// [Since, Until), lost from Until on.
func (l Lapse) FateAt(now time.Time) NumberFate {
	switch {
	case l.Missing == 0:
		return NumberStays
	case now.Before(l.Until):
		return NumberAtRisk
	}
	return NumberLost
}

// After returns what the lapse is once a change of licences at now leaves the
// person with held. A grace of less than nothing is none.
//
//   - A number that is lost at now is lost, whatever the person holds: nobody
//     gets a number back by getting a licence back.
//   - Nothing is missing: the lapse is over, and the number stays.
//   - Something is missing that was not: the number is lost at now + grace.
//   - Something was missing already: what is taken or given in the meantime
//     changes what is missing, and not the moment.
func (l Lapse) After(held Feature, now time.Time, grace time.Duration) Lapse {
	if l.FateAt(now) == NumberLost {
		return l
	}
	missing := NumberNeeds &^ held
	switch {
	case missing == 0:
		return Lapse{}
	case l.Missing != 0:
		return Lapse{Missing: missing, Since: l.Since, Until: l.Until}
	}
	return Lapse{Missing: missing, Since: now, Until: now.Add(max(grace, 0))}
}
