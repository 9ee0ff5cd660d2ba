package engine

import (
	"context"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// The causes for which a refusal of an address cannot be kept.
const (
	// ErrNoRefusal: the verdict does not refuse the address.
	ErrNoRefusal telephony.Code = "verdict_is_no_refusal"
	// ErrVerdictElsewhere: the verdict is on another address.
	ErrVerdictElsewhere telephony.Code = "verdict_on_another_address"
)

// RecordRefusal is a verdict that refuses a saved address as it stands.
type RecordRefusal struct {
	Address   telephony.AddressID
	Checked   emergency.Checked // what CheckAddress said of the address's Record.Address
	RequestID string            `cbor:"-"`
}

type recordRefusalCommand struct {
	Address telephony.AddressID
	Record  emergency.Record
}

func (recordRefusalCommand) op() Op         { return OpRecordRefusal }
func (r recordRefusalCommand) content() any { return r }

func (r recordRefusalCommand) check() error {
	if r.Record.Status != emergency.Invalid {
		return refuse(ErrNoRefusal, "checked", "the verdict does not refuse the address",
			"where it accepts it, edit the address by it; where nobody could say, check again later")
	}
	return telephony.CheckID("address", r.Address)
}

// apply keeps who refuses the address and since when. What was known of the
// dispatch centre stays: calls from there go somewhere all the same.
func (r recordRefusalCommand) apply(s *step) (any, *telephony.Error) {
	row, refusal := s.address(r.Address)
	if refusal != nil {
		return nil, refusal
	}
	for f := emergency.FieldCountry; f <= emergency.FieldPosition; f++ {
		if row.Record.Address.Value(f) != r.Record.Address.Value(f) {
			return nil, &telephony.Error{Code: ErrVerdictElsewhere, Field: f.String(), Subject: "address " + string(row.ID),
				Detail: "the verdict is on an address that differs from the saved one in this field", Fix: "check the address as it is saved"}
		}
	}
	if r.Record.At < row.Record.At {
		return nil, olderVerdict(row)
	}
	row.Record.Status, row.Record.At, row.Record.Authority = r.Record.Status, r.Record.At, r.Record.Authority
	must(s.tables.addresses.Replace(s.tx, row))
	s.tell(Event{Type: AddressRefused, Address: row.ID, Country: row.Record.Address.Country})
	return newAddress(row), nil
}

func olderVerdict(row addressRow) *telephony.Error {
	return &telephony.Error{Code: ErrVerdictOlder, Field: "checked", Subject: "address " + string(row.ID), At: unix(row.Record.At),
		Detail: "the address was checked later than this verdict", Fix: "check it again"}
}

// RecordRefusal keeps that an authority refuses a saved address that it or another
// had accepted: the address is then invalid. Numbers that are there stay with
// their people and go on to work, and View.Gaps lists them; nothing new comes to
// the address until EditAddress validates it anew, and ReplaceAddress moves all
// that is there to another.
//
// Errors: ErrNoRefusal; telephony.ErrID; ErrUnknownAddress; ErrAddressDraft;
// ErrVerdictElsewhere; ErrVerdictOlder.
func (t *Tenant) RecordRefusal(ctx context.Context, r RecordRefusal) (Address, error) {
	c := recordRefusalCommand{Address: r.Address, Record: r.Checked.Record()}
	return write[Address](ctx, t.caller, c, r.RequestID)
}
