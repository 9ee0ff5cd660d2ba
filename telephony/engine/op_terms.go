package engine

import (
	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// AcknowledgeTerms says that the tenant has taken note of the terms of emergency
// calling, in the name of whoever calls.
type AcknowledgeTerms struct {
	Version   emergency.TermsVersion // the one in force
	RequestID string                 `cbor:"-"`
}

type acknowledgeTermsCommand struct {
	Version emergency.TermsVersion
	By      string
}

func (acknowledgeTermsCommand) op() Op         { return OpAcknowledgeTerms }
func (r acknowledgeTermsCommand) content() any { return r.Version }

func (r acknowledgeTermsCommand) check() error {
	if r.Version == 0 {
		return refuse(ErrRequest, "version", "there is no version of the terms", "name the one in force")
	}
	if r.By == "" {
		return nil
	}
	return telephony.CheckID("by", r.By)
}

// apply keeps who acknowledged the version in force first, and when.
func (r acknowledgeTermsCommand) apply(s *step) (any, *telephony.Error) {
	if inForce := s.settings.Terms; r.Version != inForce {
		return nil, &telephony.Error{Code: emergency.ErrTermsVersion, Field: "version",
			Detail:  "this version of the terms of emergency calling is not in force",
			Figures: []telephony.Figure{{Name: "version", Value: int64(r.Version)}, {Name: "in force", Value: int64(inForce)}},
			Fix:     "acknowledge the version in force"}
	}
	have, _ := s.tables.terms.Get(s.tx, accountKey(s.account.Tenant))
	if have.Acknowledged.Version >= r.Version { // a later one, where an earlier one is in force again
		return nil, nil
	}
	must(s.tables.terms.Put(s.tx, termsRow{Tenant: s.account.Tenant,
		Acknowledged: emergency.Acknowledgement{Version: r.Version, By: r.By, At: s.now}}))
	s.tell(Event{Type: TermsAcknowledged, Quantity: int64(r.Version)})
	return nil, nil
}

// terms returns the tenant's acknowledgement of the terms of emergency calling;
// none if there is none.
func (r reader) terms() emergency.Acknowledgement {
	row, _ := r.tables.terms.Get(r.rows, accountKey(r.tenant))
	return row.Acknowledged
}

// checkTerms reports why nothing may be assigned before the terms in force are
// acknowledged.
func (r reader) checkTerms() *telephony.Error {
	if r.settings.Terms == 0 {
		return nil
	}
	return asError(emergency.CheckTerms(r.settings.Terms, r.terms()))
}
