package telephony

import "time"

// The reasons for which a number cannot be given to a person. They are listed
// in the order in which CheckAssignment reports them.
const (
	ErrPersonNotVisible      Code = "person_not_visible"
	ErrNoUsageLocation       Code = "no_usage_location"
	ErrNoPhoneSystem         Code = "no_phone_system_licence"
	ErrNoCallingPlan         Code = "no_calling_plan_licence"
	ErrOnPremisesNumber      Code = "on_premises_number"
	ErrPersonHasNumber       Code = "person_has_number"
	ErrNotUserNumber         Code = "not_a_user_number"
	ErrNumberAssigned        Code = "number_assigned"
	ErrNumberBlocked         Code = "number_blocked"
	ErrNumberCountry         Code = "number_in_other_country"
	ErrNoLocation            Code = "no_emergency_location"
	ErrLocationCountry       Code = "location_in_other_country"
	ErrAddressNotValidated   Code = "address_not_validated"
	ErrNumberHasNoOwnAddress Code = "number_without_address"
)

// AssignmentFacts is all that decides whether a number may go to a person.
type AssignmentFacts struct {
	Now      time.Time
	Person   PersonFacts
	Number   NumberFacts
	Location LocationFacts // given with the assignment, or else the number's own
	// LocationWhen tells when the country of the person wants the location.
	LocationWhen LocationWhen
}

// PersonFacts are the facts of the person.
type PersonFacts struct {
	ID               PersonID
	VisibleAt        time.Time // when the person appears among voice users
	UsageLocation    Country   // empty if not set
	PhoneSystem      bool      // holds a licence that carries Phone System
	CallingPlan      bool      // holds a licence that carries a Calling Plan
	OnPremisesNumber bool      // has a number that is held on premises
	Current          Number    // the number the person has now, if any
}

// NumberFacts are the facts of the number, which the tenant owns.
type NumberFacts struct {
	Number   Number
	Kind     Kind
	Country  Country
	Assigned bool
	Block    AssignmentBlock // as it stands at Now
}

// LocationFacts are the facts of an emergency location.
type LocationFacts struct {
	Given     bool
	Country   Country
	Validated bool // its address is validated
}

// LocationWhen is when a country wants a number's emergency location. The zero
// value asks for it at every step, the safe reading.
type LocationWhen uint8

// The moments at which a location is wanted [loc].
const (
	LocationAtAcquisition LocationWhen = iota // when the number is acquired or ported in
	LocationAtAssignment                      // when the number is given to a person
)

// String returns "at acquisition" or "at assignment".
func (w LocationWhen) String() string {
	if w == LocationAtAssignment {
		return "at assignment"
	}
	return "at acquisition"
}

// CheckAssignment returns every reason for which the number cannot go to the
// person, in the order of the constants above; none means that it can. What a
// missing usage location makes impossible to compare is not reported twice.
//
// The rules: the person is visible, has a usage location, holds Phone System
// and a Calling Plan, has no number yet, on premises or here; the number is an
// unassigned user number that is not blocked; person, number and location are
// in one country; the location's address is validated [setup] [loc].
func CheckAssignment(f AssignmentFacts) []*Error {
	reasons := checkPerson(nil, f.Person, f.Now)
	reasons = checkNumber(reasons, f)
	return checkLocation(reasons, f)
}

// checkPerson adds what the person stands against an assignment. Here and below
// an error is made only where there is one to report: most calls report none.
func checkPerson(reasons []*Error, p PersonFacts, now time.Time) []*Error {
	if now.Before(p.VisibleAt) {
		reasons = append(reasons, &Error{Code: ErrPersonNotVisible, Person: p.ID, At: p.VisibleAt,
			Detail: "the person is not among the voice users yet", Fix: "wait until that time"})
	}
	if p.UsageLocation == "" {
		reasons = append(reasons, &Error{Code: ErrNoUsageLocation, Person: p.ID,
			Detail: "the person has no usage location", Fix: "set the country in which the person uses the service"})
	}
	if !p.PhoneSystem {
		reasons = append(reasons, &Error{Code: ErrNoPhoneSystem, Person: p.ID,
			Detail: "the person holds no licence with Phone System", Fix: "assign Phone System first"})
	}
	if !p.CallingPlan {
		reasons = append(reasons, &Error{Code: ErrNoCallingPlan, Person: p.ID,
			Detail: "the person holds no Calling Plan", Fix: "assign a Calling Plan, after Phone System"})
	}
	if p.OnPremisesNumber {
		reasons = append(reasons, &Error{Code: ErrOnPremisesNumber, Person: p.ID,
			Detail: "the person's number is held on premises", Fix: "remove it there first"})
	}
	if p.Current.IsValid() {
		reasons = append(reasons, &Error{Code: ErrPersonHasNumber, Person: p.ID, Numbers: NumberList{p.Current},
			Detail: "the person has a number already", Fix: "change the number, or unassign it first"})
	}
	return reasons
}

// checkNumber adds what the number stands against an assignment.
func checkNumber(reasons []*Error, f AssignmentFacts) []*Error {
	n, p := f.Number, f.Person
	if n.Kind != UserNumber {
		reasons = append(reasons, &Error{Code: ErrNotUserNumber, Numbers: NumberList{n.Number},
			Detail: "the number's kind, " + n.Kind.String() + ", does not go to a person", Fix: "choose a user number"})
	}
	reasons = checkFree(reasons, n, f.Now)
	if p.UsageLocation != "" && n.Country != p.UsageLocation {
		reasons = append(reasons, &Error{Code: ErrNumberCountry, Person: p.ID, Numbers: NumberList{n.Number},
			Detail: "the number is in " + string(n.Country) + ", the person in " + string(p.UsageLocation),
			Fix:    "choose a number in the person's country"})
	}
	return reasons
}

// checkFree adds why nobody and nothing can be given the number now.
func checkFree(reasons []*Error, n NumberFacts, now time.Time) []*Error {
	if n.Assigned {
		reasons = append(reasons, &Error{Code: ErrNumberAssigned, Numbers: NumberList{n.Number},
			Detail: "the number is assigned", Fix: "unassign it first, or choose another"})
	}
	if blocked := n.Block.check(now, n.Number); blocked != nil {
		reasons = append(reasons, blocked)
	}
	return reasons
}

// checkLocation adds what the location stands against an assignment.
func checkLocation(reasons []*Error, f AssignmentFacts) []*Error {
	p, l := f.Person, f.Location
	switch {
	case !l.Given && f.LocationWhen == LocationAtAssignment:
		return append(reasons, &Error{Code: ErrNoLocation, Person: p.ID, Numbers: NumberList{f.Number.Number},
			Detail: "the country wants an emergency location with the assignment",
			Fix:    "give a location of a validated address"})
	case !l.Given:
		return append(reasons, &Error{Code: ErrNumberHasNoOwnAddress, Person: p.ID, Numbers: NumberList{f.Number.Number},
			Detail: "no emergency location was given, and the number has none from its acquisition",
			Fix:    "give a location of a validated address"})
	}
	if p.UsageLocation != "" && l.Country != p.UsageLocation {
		reasons = append(reasons, &Error{Code: ErrLocationCountry, Person: p.ID,
			Detail: "the location is in " + string(l.Country) + ", the person in " + string(p.UsageLocation),
			Fix:    "choose a location in the person's country"})
	}
	if !l.Validated {
		reasons = append(reasons, &Error{Code: ErrAddressNotValidated, Person: p.ID,
			Detail: "the location's address is not validated", Fix: "validate the address first"})
	}
	return reasons
}
