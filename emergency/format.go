package emergency

import (
	"errors"
	"slices"

	"example.com/callingplan/telephony"
)

// CheckFormat returns everything that the rules of its country have against the
// form of an address, problems and warnings, in the order of the fields; nil
// if there is nothing. The address is looked at in canonical form and need not
// be in it. A well-formed address can still be one that does not exist: see
// [Checker].
//
// Problems: [ErrMissing], [ErrMalformed], [ErrUnknownValue],
// [ErrOrdinalRequired], [ErrPOBox], [ErrELIN] and [ErrCountryUnsupported]; for a
// country without rules nothing but the text of the fields and the ELIN is
// looked at. Warnings:
// [ErrMissing] for a house number that most addresses have, [ErrUnexpected],
// [ErrMismatch] for a postal code of another state, and [ErrNonstandardForm].
func CheckFormat(a Address) []Issue {
	a, _ = Canonical(a)
	issues := append(formatIssues(a), standardIssues(standardForms(a))...)
	sortIssues(issues)
	return issues
}

func sortIssues(issues []Issue) {
	slices.SortStableFunc(issues, func(x, y Issue) int { return int(x.Field) - int(y.Field) })
}

// A report collects issues.
type report []Issue

func (r *report) add(s Severity, c telephony.Code, f Field, message string) {
	*r = append(*r, Issue{Code: c, Field: f, Severity: s, Message: message})
}

// has reports whether a field has a problem already: one is enough, the next
// would follow from it.
func (r report) has(f Field) bool {
	return slices.ContainsFunc(r, func(i Issue) bool { return i.Field == f && i.Severity == Problem })
}

func hasProblem(issues []Issue) bool {
	return slices.ContainsFunc(issues, func(i Issue) bool { return i.Severity == Problem })
}

// formatIssues checks a canonical address, all but its standard forms.
func formatIssues(a Address) []Issue {
	var r report
	r.checkTexts(a)
	r.checkELIN(a.ELIN)
	c := countryOf(a.Country)
	if c == nil {
		r.addCountry(a.Country)
		sortIssues(r)
		return r
	}
	filled := a.filled()
	for f := range c.required.Without(filled).All() {
		r.add(Problem, ErrMissing, f, "this country's addresses need it")
	}
	for f := range (FieldsOf(FieldState, FieldDistrict, FieldPostalCode) & filled).Without(c.has).All() {
		r.add(Warning, ErrUnexpected, f, "this country's addresses have none")
	}
	r.checkHouseNumber(a, c)
	r.checkState(a, c)
	r.checkPostal(a, c)
	r.checkOrdinalWarning(a)
	r.checkBoxes(a, c)
	if a.Country == "GB" {
		r.checkUnitedKingdom(a)
	}
	sortIssues(r)
	return r
}

// checkTexts looks at the text of every field.
func (r *report) checkTexts(a Address) {
	for f := FieldCountry; f < FieldPosition; f++ {
		if err := telephony.CheckText(f.String(), *a.text(f), telephony.MaxTextRunes); err != nil {
			r.add(Problem, ErrMalformed, f, detailOf(err))
		}
	}
}

// checkELIN: an ELIN is there to be called back.
func (r *report) checkELIN(elin string) {
	if elin == "" || r.has(FieldELIN) {
		return
	}
	if _, err := telephony.Parse(elin); err != nil {
		r.add(Problem, ErrELIN, FieldELIN, "it is no telephone number in its international form")
	}
}

// detailOf returns what an error says is wrong, without its figures.
func detailOf(err error) string {
	var e *telephony.Error
	if errors.As(err, &e) {
		return e.Detail
	}
	return err.Error()
}

// addCountry says why there are no rules for a country.
func (r *report) addCountry(c telephony.Country) {
	switch {
	case c == "":
		r.add(Problem, ErrMissing, FieldCountry, "every address needs it")
	case r.has(FieldCountry):
	case !c.IsValid():
		r.add(Problem, ErrUnknownValue, FieldCountry, "it is no ISO 3166-1 alpha-2 code")
	default:
		r.add(Problem, ErrCountryUnsupported, FieldCountry, "there are no address rules for this country")
	}
}

// checkHouseNumber: without a number a dispatch centre of North America takes
// no address; elsewhere some addresses have none.
func (r *report) checkHouseNumber(a Address, c *country) {
	if a.HouseNumber != "" {
		return
	}
	switch c.HouseNumber {
	case "required":
		r.add(Problem, ErrMissing, FieldHouseNumber, "this country's addresses need it")
	case "expected":
		r.add(Warning, ErrMissing, FieldHouseNumber, "most of this country's addresses have one")
	}
}

func (r *report) checkState(a Address, c *country) {
	if a.State == "" || r.has(FieldState) || c.states == nil || !c.has.Has(FieldState) || c.states.has(a.State) {
		return
	}
	r.add(Problem, ErrUnknownValue, FieldState, "it is no state, province or county of this country")
}

// checkPostal checks the pattern, and only what has the pattern against the
// state. A conflict with the state is a warning: which of the two is wrong is
// for the authority to say.
func (r *report) checkPostal(a Address, c *country) {
	if a.PostalCode == "" || c.Postal == "" || r.has(FieldPostalCode) {
		return
	}
	if _, ok := c.canonicalPostal(a.PostalCode); !ok {
		r.add(Problem, ErrMalformed, FieldPostalCode, "it does not have the form of this country's postal codes")
		return
	}
	if c.states != nil && !c.states.fits(a.State, a.PostalCode) {
		r.add(Warning, ErrMismatch, FieldPostalCode, "postal codes of that state begin otherwise")
	}
}

// checkOrdinalWarning is about numbers that have no ordinal, such as 0.
func (r *report) checkOrdinalWarning(a Address) {
	if to, wrong := ordinalFor(a); wrong && to == "" {
		r.add(Warning, ErrOrdinalRequired, FieldStreet, "a street name that is a number has an ordinal ending, and this number has none")
	}
}

// standardIssues says of changes that were not made that they should be.
func standardIssues(changes []Change) []Issue {
	var issues []Issue
	for _, c := range changes {
		i := Issue{Code: ErrNonstandardForm, Field: c.Field, Severity: Warning,
			Message: "it has a standard form", Suggestion: c.To}
		if c.Kind == OrdinalEnding {
			i.Code, i.Severity = ErrOrdinalRequired, Problem
			i.Message = "a street name that is a number carries its ordinal ending"
		}
		issues = append(issues, i)
	}
	return issues
}
