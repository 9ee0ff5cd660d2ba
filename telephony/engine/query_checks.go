package engine

import (
	"errors"
	"strings"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// faults are what is wrong with a query: what nothing can match, which an empty list
// would not tell from what nothing happens to match.
type faults []*telephony.Error

// add takes in what a check has found of a field.
func (f *faults) add(field string, err error) {
	var found *telephony.Error
	if !errors.As(err, &found) {
		return
	}
	named := *found
	named.Field = field
	*f = append(*f, &named)
}

// word checks a value of a small set, which may be none.
func (f *faults) word(field string, value interface{ MarshalText() ([]byte, error) }) {
	_, err := value.MarshalText()
	f.add(field, err)
}

func (f *faults) country(field string, c telephony.Country) {
	if c != "" {
		f.add(field, telephony.CheckCountry(field, c))
	}
}

// exclude finds fault with two fields that are set and that nothing has both of.
func (f *faults) exclude(field string, set bool, other string, too bool) {
	if set && too {
		f.add(field, refuse(ErrQuery, field, "nothing is both "+field+" and "+other, "ask for one of the two"))
	}
}

func (f faults) err() error {
	if err := telephony.Join(f); err != nil {
		return err
	}
	return nil
}

// Check reports what, by the query's fields alone, no number can match, but for
// bounds with nothing between them. Numbers yields none for it. Errors, in the order
// of the fields: telephony.ErrNumberSyntax for what is neither a digit nor a
// separator, ErrKind, ErrNumberState, ErrActivationState, ErrCountry; ErrQuery for
// fields that exclude each other.
func (q NumberQuery) Check() error {
	_, err := q.folded()
	return err
}

// folded returns the query in the form in which numbers are compared with it.
func (q NumberQuery) folded() (NumberQuery, error) {
	var f faults
	var err error
	q.Contains, err = telephony.ParsePart("contains", q.Contains)
	f.add("contains", err)
	f.word("kind", q.Kind)
	f.word("state", q.State)
	f.word("activation", q.Activation)
	f.country("country", q.Country)
	q.AreaCode, err = telephony.ParsePart("area code", q.AreaCode)
	f.add("area code", err)
	if strings.HasPrefix(q.AreaCode, "+") {
		f.add("area code", refuse(telephony.ErrNumberSyntax, "area code", "an area code stands behind the country code", "leave + and the country code out, or ask by a prefix"))
	}
	f.exclude("assigned", q.Assigned, "unassigned", q.Unassigned)
	f.exclude("assigned", q.Assigned, "of that state", q.State == telephony.Unassigned)
	f.exclude("unassigned", q.Unassigned, "of that state", q.State.IsAssigned())
	f.exclude("a person's", q.Person != "", "unassigned", q.Unassigned)
	f.exclude("a person's", q.Person != "", "a service's", q.Service != "")
	f.exclude("a service's", q.Service != "", "unassigned", q.Unassigned)
	f.exclude("orphaned", q.Orphaned, "unassigned", q.Unassigned)
	f.exclude("ported", q.Ported, "from pool", q.FromPool)
	return q, f.err()
}

// Check reports what, by the query's fields alone, nobody can match. People yields
// nobody for it. Errors, in the order of the fields: telephony.ErrCountry; ErrQuery for
// fields that exclude each other.
func (q PersonQuery) Check() error {
	var f faults
	f.country("country", q.Country)
	f.exclude("assigned", q.Assigned, "unassigned", q.Unassigned)
	f.exclude("pending", q.Pending, "visible", q.Visible)
	f.exclude("at risk", q.AtRisk, "unassigned", q.Unassigned)
	f.exclude("at a place", q.Location != "" || q.Address != "", "unassigned", q.Unassigned)
	return f.err()
}

// Check reports what, by the query's fields alone, no address can match. Addresses yields
// none for it. Errors, in the order of the fields: telephony.ErrCountry; ErrQuery for
// fields that exclude each other.
func (q AddressQuery) Check() error {
	var f faults
	f.country("country", q.Country)
	f.exclude("assigned", q.Assigned, "unassigned", q.Unassigned)
	return f.err()
}

// Check reports what, by the query's fields alone, no service can match. Services yields
// none for it. Errors, in the order of the fields: telephony.ErrServiceKind,
// ErrCountry; ErrQuery for fields that exclude each other.
func (q ServiceQuery) Check() error {
	var f faults
	f.word("kind", q.Kind)
	f.country("country", q.Country)
	f.exclude("assigned", q.Assigned, "unassigned", q.Unassigned)
	return f.err()
}

// Check reports what, by the query's fields alone, no reservation can match. Reservations
// yields none for it. Errors, in the order of the fields: reservation.ErrState;
// telephony.ErrKind, ErrCountry.
func (q ReservationQuery) Check() error {
	var f faults
	f.word("state", q.State)
	f.word("kind", q.Kind)
	f.country("within", q.Within.Country)
	return f.err()
}

// Check reports what, by the query's fields alone, no entry can match: ErrQuery for fields
// that exclude each other.
func (q EntryQuery) Check() error {
	var f faults
	f.exclude("done", q.Done, "refused", q.Refused || q.Code != "")
	return f.err()
}

// Check reports what, by the query's fields alone, no port order can match. PortOrders
// yields none for it. Errors, in the order of the fields: porting.ErrState;
// telephony.ErrKind, ErrCountry; ErrQuery for fields that exclude each other.
func (q PortQuery) Check() error {
	var f faults
	f.word("state", q.State)
	f.word("kind", q.Kind)
	f.country("country", q.Country)
	f.exclude("open", q.Open, q.State.String(), q.State == porting.Completed || q.State == porting.Cancelled)
	return f.err()
}

// Check reports what, by the query's fields alone, no stock can match. Errors, in the order
// of the fields: telephony.ErrKind, ErrCountry.
func (q StockQuery) Check() error {
	var f faults
	f.word("kind", q.Kind)
	f.country("within", q.Within.Country)
	return f.err()
}
