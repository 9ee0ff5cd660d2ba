package engine

import (
	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// The causes for which an edit of an address is refused.
const (
	// ErrAddressFixed: the country lets no part of a validated address be edited.
	ErrAddressFixed telephony.Code = "address_not_editable"
	// ErrFieldFixed: the country lets some fields be edited, and not this one.
	ErrFieldFixed telephony.Code = "address_field_not_editable"
	// ErrVerdictOlder: the address was validated later than the verdict given was.
	ErrVerdictOlder telephony.Code = "address_verdict_older"
)

type editAddressCommand struct {
	Address telephony.AddressID
	Record  emergency.Record
}

func (editAddressCommand) op() Op         { return OpEditAddress }
func (r editAddressCommand) content() any { return r }

func (r editAddressCommand) check() error {
	return saveAddressCommand{Record: r.Record, ID: r.Address, Default: "none"}.check()
}

// apply puts the new record in the place of the old one, if the country lets
// every field that differs be edited. A record in which none does validates the
// address anew.
func (r editAddressCommand) apply(s *step) (any, *telephony.Error) {
	row, refusal := s.address(r.Address)
	if refusal != nil {
		return nil, refusal
	}
	if refusal := telephony.Join(mayEdit(row, r.Record.Address)); refusal != nil {
		return nil, refusal
	}
	if r.Record.At < row.Record.At {
		return nil, olderVerdict(row)
	}
	row.Record = r.Record
	must(s.tables.addresses.Replace(s.tx, row))
	s.tell(Event{Type: AddressEdited, Address: row.ID, Country: row.Record.Address.Country})
	return newAddress(row), nil
}

// mayEdit returns why an address cannot become another: each field that differs
// and is fixed, in order, or that the country lets none be edited.
func mayEdit(row addressRow, to emergency.Address) (reasons []*telephony.Error) {
	from := row.Record.Address
	policy := emergency.PolicyFor(from.Country)
	for f := emergency.FieldCountry; f <= emergency.FieldPosition; f++ {
		if from.Value(f) == to.Value(f) || policy.MayEdit(f) {
			continue
		}
		if !policy.Editable {
			return []*telephony.Error{{Code: ErrAddressFixed, Field: f.String(), Subject: "address " + string(row.ID),
				Detail: "a validated address in " + string(from.Country) + " stands as it is, all but its description",
				Fix:    "save the other address and replace this one by it"}}
		}
		reasons = append(reasons, &telephony.Error{Code: ErrFieldFixed, Field: f.String(), Subject: "address " + string(row.ID),
			Detail: "this field of a validated address cannot be edited in " + string(from.Country),
			Fix:    "save the other address and replace this one by it"})
	}
	return reasons
}
