package engine

import (
	"errors"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// The causes for which a draft is refused.
const (
	// ErrUnknownDraft: the tenant has no such draft.
	ErrUnknownDraft telephony.Code = "draft_unknown"
	// ErrDraftAccepted: the address was accepted, so it is to be saved as one.
	ErrDraftAccepted telephony.Code = "draft_is_accepted"
)

// Draft is an emergency address that was kept though nobody has accepted it.
// Nothing can use it: it has no location, and no number and no person comes near
// it, until it is promoted.
type Draft struct {
	ID     telephony.AddressID // the address's, once it is promoted
	Record emergency.Record    // as it was checked last
	Saved  time.Time
}

func newDraft(row draftRow) Draft {
	return Draft{ID: row.ID, Record: row.Record, Saved: unix(row.Saved)}
}

type saveDraftCommand struct {
	Record emergency.Record
	ID     telephony.AddressID
}

func (saveDraftCommand) op() Op         { return OpSaveDraft }
func (r saveDraftCommand) content() any { return r.Record }

// check wants an address that was not accepted, in text that can be kept: what
// else is wrong with it is why it is a draft.
func (r saveDraftCommand) check() error {
	if r.Record.Status == emergency.Validated {
		return refuse(ErrDraftAccepted, "checked", "the address was accepted, so it is no draft", "save it as an address")
	}
	if err := checkAddressText(r.Record.Address); err != nil {
		return err
	}
	return telephony.CheckID("id", r.ID)
}

// checkAddressText refuses an address without a country, or with text that
// cannot be kept, and says so of every field.
func checkAddressText(a emergency.Address) error {
	var reasons []*telephony.Error
	var fault *telephony.Error
	if errors.As(telephony.CheckCountry("country", a.Country), &fault) {
		reasons = append(reasons, fault)
	}
	for f := emergency.FieldState; f < emergency.FieldPosition; f++ {
		if errors.As(telephony.CheckText(f.String(), a.Value(f), telephony.MaxTextRunes), &fault) {
			reasons = append(reasons, fault)
		}
	}
	if refusal := telephony.Join(reasons); refusal != nil {
		return refusal
	}
	return nil
}

func (r saveDraftCommand) apply(s *step) (any, *telephony.Error) {
	if refusal := s.addressTaken(r.ID); refusal != nil {
		return nil, refusal
	}
	if refusal := s.mayAddAddress(); refusal != nil {
		return nil, refusal
	}
	row := draftRow{Tenant: s.account.Tenant, ID: r.ID, Record: r.Record, Saved: s.now}
	must(s.tables.drafts.Insert(s.tx, row))
	s.edit(s.account).Drafts++
	s.tell(Event{Type: DraftSaved, Address: r.ID, Country: r.Record.Address.Country})
	return newDraft(row), nil
}

type promoteDraftCommand struct {
	Draft   telephony.AddressID
	Record  emergency.Record
	Default telephony.LocationID
}

func (promoteDraftCommand) op() Op         { return OpPromoteDraft }
func (r promoteDraftCommand) content() any { return []any{r.Draft, r.Record} }

func (r promoteDraftCommand) check() error {
	if err := telephony.CheckID("draft", r.Draft); err != nil {
		return err
	}
	return saveAddressCommand{Record: r.Record, ID: r.Draft, Default: r.Default}.check()
}

// apply makes the draft an address, as it was accepted.
func (r promoteDraftCommand) apply(s *step) (any, *telephony.Error) {
	if refusal := s.takeDraft(r.Draft, r.Default); refusal != nil {
		return nil, refusal
	}
	s.tell(Event{Type: DraftPromoted, Address: r.Draft})
	return newAddress(s.addAddress(r.Draft, r.Default, r.Record)), nil
}

// takeDraft takes a draft away, if it is there and the default location of the
// address it becomes is not.
func (s *step) takeDraft(id telephony.AddressID, first telephony.LocationID) *telephony.Error {
	key := addressKey(s.account.Tenant, id)
	if _, ok := s.tables.drafts.Get(s.tx, key); !ok {
		return unknownDraft(id)
	}
	if _, taken := s.location(first); taken {
		return &telephony.Error{Code: ErrIDTaken, Subject: "location " + string(first), Fix: "call again"}
	}
	must(s.tables.drafts.Delete(s.tx, key))
	s.edit(s.account).Drafts--
	return nil
}

func unknownDraft(id telephony.AddressID) *telephony.Error {
	return &telephony.Error{Code: ErrUnknownDraft, Subject: "address " + string(id),
		Detail: "the tenant has no such draft", Fix: "save one, or check the identifier"}
}

// DeleteDraft throws a draft away.
type DeleteDraft struct {
	Draft     telephony.AddressID
	RequestID string `cbor:"-"`
}

func (DeleteDraft) op() Op         { return OpDeleteDraft }
func (r DeleteDraft) content() any { return r }

func (r DeleteDraft) check() error { return telephony.CheckID("draft", r.Draft) }

func (r DeleteDraft) apply(s *step) (any, *telephony.Error) {
	if refusal := s.takeDraft(r.Draft, ""); refusal != nil {
		return nil, refusal
	}
	s.tell(Event{Type: DraftDeleted, Address: r.Draft})
	return nil, nil
}
