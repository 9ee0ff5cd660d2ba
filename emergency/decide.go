package emergency

import (
	"slices"

	"example.com/callingplan/telephony"
)

const (
	// toleratedFields may be wrong as long as the call still goes to the right
	// dispatch centre. The others may not: a wrong country, state, street or
	// house number makes another address, and so does a wrong suffix or
	// directional, for Oak St and Oak Ave are two streets.
	toleratedFields FieldSet = 1<<FieldCity | 1<<FieldDistrict | 1<<FieldPostalCode | 1<<FieldCityAlias
	// placeFields: of these one at least must stand for another to be let pass.
	placeFields FieldSet = 1<<FieldCity | 1<<FieldPostalCode
	// allFields are the fields there are; an authority may set other bits.
	allFields FieldSet = 1<<fieldEnd - 2
	// inferredFields may be filled from an authority's answer. Country and the
	// administrator's own fields may not.
	inferredFields FieldSet = allFields &^ (1<<FieldCountry | 1<<FieldCompany |
		1<<FieldCompanyTaxID | 1<<FieldDescription | 1<<FieldELIN)
)

// A decision is a verdict in the making.
type decision struct {
	editor
	form       report           // of the rules of the country
	found      report           // of the authority
	status     [fieldEnd]Status // of the authority
	outcome    Outcome
	partial    bool
	amended    FieldSet // corrected or filled, so that the address is another
	formatOnly bool
	candidates []Candidate
}

// status is what an issue of form makes of its field; zero leaves it.
func (i Issue) status() Status {
	switch {
	case i.Code == ErrUnexpected:
		return Unexpected
	case i.Severity != Problem:
		return 0
	case i.Code == ErrMissing:
		return Missing
	}
	return Malformed
}

func (d *decision) undecided(why string) {
	d.outcome = Indeterminate
	d.found.add(Problem, ErrUnavailable, 0, why)
}

// decide takes steps 4 to 6: what an authority's answer means.
func (d *decision) decide(answer Answer, keepAsTyped bool) {
	filled := d.address.filled()
	mismatched := answer.Mismatched & allFields
	confirmed := answer.Confirmed & filled
	for f := range confirmed.All() {
		d.status[f] = Confirmed
	}
	for f := range mismatched.All() { // after the confirmed: what is in both did not fit
		d.status[f] = Mismatched
	}
	d.candidates = usable(answer.Candidates)
	d.warn(answer.Warnings)
	d.placeOrRoute(answer)
	if hasProblem(d.found) || !tolerable(mismatched, filled) {
		d.refuse(mismatched)
	}
	switch {
	case hasProblem(d.found):
		d.outcome = Rejected
		return
	case !confirmed.Has(FieldStreet):
		d.undecided("the authority answered without checking the street")
		return
	}
	d.outcome = Accepted
	for f := range mismatched.All() {
		d.letPass(f, keepAsTyped)
	}
	if !keepAsTyped && d.amended == 0 {
		d.complete(answer.Complete)
	}
}

// tolerable reports whether mismatched fields may be let pass.
func tolerable(mismatched, filled FieldSet) bool {
	if mismatched == 0 {
		return true
	}
	stands := (placeFields & filled).Without(mismatched)
	return mismatched.Without(toleratedFields) == 0 && stands != 0
}

// warn tells what kept the authority from all of an answer, each once.
func (d *decision) warn(warnings []*telephony.Error) {
	for _, w := range warnings {
		i := Issue{Code: w.Code, Severity: Warning, Message: w.Detail}
		if !slices.Contains(d.found, i) {
			d.found = append(d.found, i)
		}
	}
}

// placeOrRoute refuses an address that could not be placed or leads nowhere.
func (d *decision) placeOrRoute(answer Answer) {
	switch answer.NotFound {
	case Found:
		switch answer.Route {
		case RealRoute:
		case DefaultRoute:
			d.found.add(Problem, ErrDefaultRoute, 0, "calls would go to the dispatch centre of last resort")
		default:
			d.found.add(Problem, ErrNoRoute, 0, "no dispatch centre is known for the address")
		}
	case AddressInvalid:
		d.found.add(Problem, ErrMalformed, 0, "the authority cannot read it as an address")
	case ServiceNotOffered:
		d.found.add(Problem, ErrNoRoute, 0, "emergency calls are not served there")
	default:
		d.found.add(Problem, ErrNotFound, 0, "the authority knows no such address")
	}
}

// refuse makes a problem of every mismatched field.
func (d *decision) refuse(mismatched FieldSet) {
	for f := range mismatched.All() {
		message := "it does not fit the rest of the address"
		if d.address.Value(f) == "" {
			message = "the address needs it to be told from others"
		}
		values := d.candidatesFor(f)
		suggestion, ok := nearest(d.address.Value(f), values)
		if !ok && len(values) == 1 {
			suggestion = values[0]
		}
		d.found = append(d.found, Issue{Code: ErrMismatch, Field: f, Severity: Problem,
			Message: message, Suggestion: suggestion})
	}
}

// letPass corrects a tolerated mismatch, or leaves it and says so.
func (d *decision) letPass(f Field, keepAsTyped bool) {
	to, ok := nearest(d.address.Value(f), d.candidatesFor(f))
	if ok && !keepAsTyped {
		if settled, fits := settle(d.address, f, to); fits {
			kind := Spelling
			if f == FieldPostalCode {
				kind = Replaced
			}
			d.set(f, settled, kind, "one-close-candidate")
			d.amended = d.amended.With(f)
			return
		}
		to = "" // the authority's value would not be well formed
	}
	d.partial = true
	d.found = append(d.found, Issue{Code: ErrMismatch, Field: f, Severity: Warning,
		Message: "it does not fit the rest of the address, which leads to the dispatch centre without it", Suggestion: to})
}

// complete fills empty fields that the authority knows.
func (d *decision) complete(known Address) {
	for f := range (inferredFields & known.filled()).Without(d.address.filled()).All() {
		if f == FieldPosition {
			d.changes = append(d.changes, Change{f, "", known.Position.String(), Inferred, "authority"})
			d.address.Position = known.Position
			d.amended = d.amended.With(f)
			continue
		}
		if settled, fits := settle(d.address, f, known.Value(f)); fits {
			d.set(f, settled, Inferred, "authority")
			d.amended = d.amended.With(f)
		}
	}
}

// settle returns a value of an authority in the form in which the address would
// be stored with it, and whether the address would be well formed. So an
// accepted address is one that the next check leaves alone.
func settle(a Address, f Field, value string) (string, bool) {
	with, _ := Canonical(a.With(f, value))
	e := editor{address: with}
	e.apply(standardForms(with))
	settled := e.address.Value(f)
	if e.address != a.With(f, settled) || settled == "" {
		return "", false // it would change other fields too
	}
	return settled, !slices.ContainsFunc(formatIssues(e.address), func(i Issue) bool {
		return i.Severity == Problem || i.Field == f && i.Code == ErrUnexpected
	})
}

// candidatesFor returns the candidates of one field that differ from its value.
func (d *decision) candidatesFor(f Field) []string {
	var values []string
	for _, c := range d.candidates {
		if c.Field == f && c.Value != d.address.Value(f) && !slices.Contains(values, c.Value) {
			values = append(values, c.Value)
		}
	}
	return values
}

// usable returns what may be shown of an authority's candidates: for each field
// one more than nearest looks at, so that it sees when there are too many.
func usable(candidates []Candidate) []Candidate {
	var kept []Candidate
	var count [fieldEnd]int
	for _, c := range candidates {
		if c.Field >= fieldEnd || count[c.Field] > maxCandidates || c.Value == "" ||
			telephony.CheckText(c.Field.String(), c.Value, telephony.MaxTextRunes) != nil {
			continue
		}
		count[c.Field]++
		kept = append(kept, c)
	}
	return kept
}

// verdict sums the decision up.
func (d *decision) verdict() Verdict {
	v := Verdict{Outcome: d.outcome, Partial: d.partial, FormatOnly: d.formatOnly,
		Changes: d.changes, Issues: slices.Concat(d.form, d.found), Candidates: d.candidates}
	v.Updated = d.outcome == Accepted && slices.ContainsFunc(d.changes, func(c Change) bool { return c.Kind.isUpdate() })
	sortIssues(v.Issues)
	for f, s := range d.components() {
		if s != 0 {
			v.Components = append(v.Components, Component{Field(f), s})
		}
	}
	return v
}

// components returns the status of every field: what the authority said, or
// else what its form is, or else that nobody looked at it.
func (d *decision) components() [fieldEnd]Status {
	all := d.status
	for _, i := range d.form {
		if s := i.status(); all[i.Field] == 0 {
			all[i.Field] = s
		}
	}
	for f := range d.address.filled().All() {
		if all[f] == 0 {
			all[f] = Unchecked
		}
	}
	all[0] = 0 // the address as a whole is no component
	return all
}
