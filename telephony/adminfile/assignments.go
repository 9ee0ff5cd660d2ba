package adminfile

import (
	"io"
	"iter"
	"log/slog"
	"strings"

	"example.com/callingplan/telephony"
)

// Assignment is a row of a bulk assignment: who is to have which number, and
// where emergency calls place them. It prints and logs masked.
type Assignment struct {
	Person telephony.PersonID // UserPrincipalName
	Number telephony.Number   // PhoneNumber
	// Location is LocationId. Where the country wants it with the acquisition it
	// may be left out: the number keeps its own.
	Location telephony.LocationID
}

// String masks the person and the number.
func (a Assignment) String() string { return a.Person.Masked() + " " + a.Number.Masked() }

// GoString is what %#v prints: the masked form.
func (a Assignment) GoString() string { return "adminfile.Assignment{" + a.String() + "}" }

// LogValue masks the person and the number in structured logs.
func (a Assignment) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("person", a.Person), slog.Any("number", a.Number), slog.String("location", string(a.Location)))
}

// callingPlan is the type of the numbers that are assigned here, as the column
// PhoneNumberType has it.
const callingPlan = "CallingPlan"

// The columns of a bulk assignment, with the names that people give them when
// they write the file by hand.
func assignmentFormat() format[Assignment] {
	return format[Assignment]{form: Unambiguous, columns: []column[Assignment]{
		idColumn("UserPrincipalName", func(a *Assignment) *telephony.PersonID { return &a.Person }).named("Person", "Identity", "UPN").mustHave(),
		numberColumn("PhoneNumber", func(a *Assignment) *telephony.Number { return &a.Number }).named("Number", "TelephoneNumber").mustHave(),
		assignmentType(),
		idColumn("LocationId", func(a *Assignment) *telephony.LocationID { return &a.Location }).named("Location"),
	}}
}

// assignmentType is a column that says nothing new, since only numbers of
// calling plans are assigned here, and only user numbers go to people. It is
// looked at so that a row meant for another kind of number is refused.
func assignmentType() column[Assignment] {
	return column[Assignment]{name: "PhoneNumberType", also: []string{"NumberType", "Kind"},
		read: func(_ *Assignment, text string, _ options) *telephony.Error {
			text = strings.TrimSpace(text)
			if strings.EqualFold(text, callingPlan) || strings.EqualFold(text, telephony.UserNumber.String()) {
				return nil
			}
			return &telephony.Error{Code: ErrNumberType, Detail: "only user numbers of calling plans are assigned here",
				Fix: "say CallingPlan or user, or leave the cell empty"}
		},
		write: func(*Assignment, options) (string, *telephony.Error) { return callingPlan, nil }}
}

// ReadAssignments reads a bulk assignment: columns UserPrincipalName (or
// Person), PhoneNumber (or Number), and if there are any PhoneNumberType (or
// Kind) and LocationId (or Location), in any order. Of numbers without a plus sign
// those are refused that may lack their country code; see Unambiguous.
func ReadAssignments(r io.Reader, options ...Option) *Reader[Assignment] {
	return newReader(r, assignmentFormat(), options)
}

// WriteAssignments writes a bulk assignment that ReadAssignments reads.
//
// Errors, in order of precedence: ErrFileOption; ErrFileWrite; for the first row
// that cannot be written, before which all are, with its line and by column
// every one that applies of ErrCellEmpty and telephony.ErrID.
func WriteAssignments(w io.Writer, rows iter.Seq[Assignment], options ...Option) error {
	return write(w, assignmentFormat(), rows, options)
}
