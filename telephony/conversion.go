package telephony

// The causes for which a number cannot become one of another kind, in the order
// in which CheckConversion reports them.
const (
	ErrKindUnchanged    Code = "kind_unchanged"
	ErrTollFreeForever  Code = "toll_free_never_user"
	ErrTollFreeByNumber Code = "toll_free_by_number"
)

// convertibility says whether a number of one kind can become one of another.
type convertibility uint8

const (
	noConversion      convertibility = iota // one of the two is no kind
	sameKind                                // nothing would change
	convertible                             // within the quota of the other kind
	tollFreeStays                           // toll-free never becomes a user number
	tollFreeByItsCode                       // who pays follows from the number itself
)

// conversions is the whole table, from the first index to the second.
//
// A user number may become a toll number; toll-free never becomes a user number
// [kinds]. A toll number may go back: the page on changing what a number is used
// for allows every change but from toll-free to user [usage]. Whether a call is
// free follows from the number's own code, such as +1 800, so nothing turns into
// toll-free and toll-free into nothing else.
var conversions = [...][4]convertibility{
	UserNumber:     {UserNumber: sameKind, TollNumber: convertible, TollFreeNumber: tollFreeByItsCode},
	TollNumber:     {UserNumber: convertible, TollNumber: sameKind, TollFreeNumber: tollFreeByItsCode},
	TollFreeNumber: {UserNumber: tollFreeStays, TollNumber: tollFreeByItsCode, TollFreeNumber: sameKind},
}

func conversion(from, to Kind) convertibility {
	if !from.IsValid() || !to.IsValid() {
		return noConversion
	}
	return conversions[from][to]
}

// ConversionFacts is all that decides whether a number can become one of
// another kind. The quota of a number brought from another carrier is not
// counted, so for one there is no Quota to keep to.
type ConversionFacts struct {
	Number NumberFacts
	To     Kind
	// Quota is why the other kind's quota has no room for one more number, as
	// licensing.Quota.Check says; nil if it has.
	Quota *Error
}

// CheckConversion returns every reason for which the number cannot become one of
// another kind; none means that it can. A block keeps a number from being
// assigned, not from being converted. In this order:
//
//   - ErrKind: the number has no kind, or there is none to convert it to; the only reason then
//   - ErrKindUnchanged: it is of that kind; the only reason then
//   - ErrTollFreeForever: a toll-free number, to a user number
//   - ErrTollFreeByNumber: to or from toll-free otherwise
//   - ErrNumberAssigned: somebody or something has it
//   - the reason in Quota, where the kinds could be converted
func CheckConversion(f ConversionFacts) []*Error {
	n := f.Number
	var reasons []*Error
	switch conversion(n.Kind, f.To) {
	case noConversion:
		return []*Error{{Code: ErrKind, Field: "to", Numbers: NumberList{n.Number}, Detail: "a number is converted from one kind to another",
			Fix: "say user or service-toll"}}
	case sameKind:
		return []*Error{{Code: ErrKindUnchanged, Field: "to", Numbers: NumberList{n.Number},
			Detail: "the number is of kind " + n.Kind.String() + " already", Fix: "leave it as it is"}}
	case tollFreeStays:
		reasons = append(reasons, &Error{Code: ErrTollFreeForever, Field: "to", Numbers: NumberList{n.Number},
			Detail: "a toll-free number never becomes a user number", Fix: "acquire a user number"})
	case tollFreeByItsCode:
		reasons = append(reasons, &Error{Code: ErrTollFreeByNumber, Field: "to", Numbers: NumberList{n.Number},
			Detail: "whether calls are free follows from the number itself, and the number stays what it is",
			Fix:    "acquire a number of kind " + f.To.String()})
	}
	convertible := len(reasons) == 0
	if n.Assigned {
		reasons = append(reasons, &Error{Code: ErrNumberAssigned, Numbers: NumberList{n.Number},
			Detail: "the number is assigned", Fix: "unassign it first"})
	}
	if convertible && f.Quota != nil {
		reasons = append(reasons, f.Quota)
	}
	return reasons
}
