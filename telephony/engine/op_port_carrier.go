package engine

import (
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// What follows is done by whoever deals with the losing carrier. They are the
// provider's operations and name the tenant whose order it is.

// ContactCarrier says that an order went to the losing carrier.
type ContactCarrier struct {
	Tenant    telephony.TenantID
	Order     telephony.PortOrderID
	RequestID string `cbor:"-"`
}

type contactCarrierCommand struct {
	ContactCarrier
	By string
}

func (contactCarrierCommand) op() Op         { return OpContactCarrier }
func (r contactCarrierCommand) content() any { return r.ContactCarrier }
func (r contactCarrierCommand) check() error { return checkTenantsPort(r.Tenant, r.Order, r.By) }

// checkTenantsPort is checkPort for an order of a tenant that is named.
func checkTenantsPort(tenant telephony.TenantID, id telephony.PortOrderID, by string) error {
	if err := telephony.CheckID("tenant", tenant); err != nil {
		return err
	}
	return checkPort(id, by)
}

func (r contactCarrierCommand) apply(s *step) (any, *telephony.Error) {
	return s.turnTenantsPort(r.Tenant, r.Order, porting.Contact, func(o porting.Order) (porting.Order, error) {
		return o.Contact(s.time(), r.By)
	})
}

// turnTenantsPort is turnPort for an order of a tenant that is named.
func (s *step) turnTenantsPort(tenant telephony.TenantID, id telephony.PortOrderID, verb porting.Verb, do func(porting.Order) (porting.Order, error)) (any, *telephony.Error) {
	return s.forTenant(tenant, func() (any, *telephony.Error) {
		return s.turnPort(id, verb, func(row *portRow) ([]porting.Note, *telephony.Error) {
			next, err := do(row.Order)
			row.Order = next
			return nil, asError(err)
		})
	})
}

// ApprovePort is the carrier's firm order commitment: it transfers the numbers at
// that moment, or at another than it said before.
type ApprovePort struct {
	Tenant    telephony.TenantID
	Order     telephony.PortOrderID
	Date      time.Time
	RequestID string `cbor:"-"`
}

type approvePortCommand struct {
	Tenant telephony.TenantID
	Order  telephony.PortOrderID
	Date   int64 // 0 for none
	By     string
}

func (approvePortCommand) op() Op         { return OpApprovePort }
func (r approvePortCommand) content() any { return []any{r.Tenant, r.Order, r.Date} }
func (r approvePortCommand) check() error { return checkTenantsPort(r.Tenant, r.Order, r.By) }

func (r approvePortCommand) apply(s *step) (any, *telephony.Error) {
	return s.turnTenantsPort(r.Tenant, r.Order, porting.Approve, func(o porting.Order) (porting.Order, error) {
		return o.Approve(s.time(), r.By, portDate(r.Date), s.settings.Ports.Bounds)
	})
}

// RejectPort is the carrier's refusal.
type RejectPort struct {
	Tenant    telephony.TenantID
	Order     telephony.PortOrderID
	Reason    porting.Reason
	Text      string // in the carrier's words; up to 256 characters, and not empty for porting.OtherReason
	RequestID string `cbor:"-"`
}

type rejectPortCommand struct {
	RejectPort
	By string
}

func (rejectPortCommand) op() Op         { return OpRejectPort }
func (r rejectPortCommand) content() any { return r.RejectPort }

func (r rejectPortCommand) check() error {
	if err := checkTenantsPort(r.Tenant, r.Order, r.By); err != nil {
		return err
	}
	if r.Reason != 0 && !r.Reason.IsValid() {
		return refuse(porting.ErrReason, "reason", "that is no reason of a carrier", "choose one of porting.Reasons")
	}
	return telephony.CheckText("text", r.Text, telephony.MaxTextRunes)
}

func (r rejectPortCommand) apply(s *step) (any, *telephony.Error) {
	return s.turnTenantsPort(r.Tenant, r.Order, porting.Reject, func(o porting.Order) (porting.Order, error) {
		return o.Reject(s.time(), r.By, r.Reason, r.Text)
	})
}

// ReportPort takes down what the carrier tells of some numbers of an order. They
// come to the tenant when the order is completed.
type ReportPort struct {
	Tenant    telephony.TenantID
	Order     telephony.PortOrderID
	Results   porting.Results
	RequestID string `cbor:"-"`
}

type reportPortCommand struct {
	ReportPort
	By string
}

func (reportPortCommand) op() Op         { return OpReportPort }
func (r reportPortCommand) content() any { return r.ReportPort }

func (r reportPortCommand) check() error {
	if err := checkTenantsPort(r.Tenant, r.Order, r.By); err != nil {
		return err
	}
	return checkPortResults(r.Results)
}

// checkPortResults reports what is wrong with a report that could not be written
// in a command, or could be too long.
func checkPortResults(results porting.Results) error {
	if err := checkPortParts(len(results)); err != nil {
		return err
	}
	for _, r := range results {
		var err error
		switch {
		case r.Outcome != 0 && !r.Outcome.IsValid():
			err = refuse(porting.ErrOutcome, "results", "that is nothing that becomes of a number", "say ported or failed")
		case r.Reason != 0 && !r.Reason.IsValid():
			err = refuse(porting.ErrReason, "results", "that is no reason of a carrier", "choose one of porting.Reasons")
		case r.Kind != 0:
			err = telephony.CheckKind("results", r.Kind)
		}
		if err == nil {
			err = telephony.CheckText("results", r.Text, telephony.MaxTextRunes)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r reportPortCommand) apply(s *step) (any, *telephony.Error) {
	return s.turnTenantsPort(r.Tenant, r.Order, porting.Report, func(o porting.Order) (porting.Order, error) {
		return o.Report(s.time(), r.By, r.Results)
	})
}

// CompletePort ends an order of which the carrier has told all, with the results
// given now. The numbers that were ported are the tenant's from then on.
type CompletePort struct {
	Tenant    telephony.TenantID
	Order     telephony.PortOrderID
	Results   porting.Results
	AllPorted bool   // all of which the carrier has told nothing were ported, in place of Results
	RequestID string `cbor:"-"`
}

type completePortCommand struct {
	CompletePort
	By string
}

func (completePortCommand) op() Op         { return OpCompletePort }
func (r completePortCommand) content() any { return r.CompletePort }

func (r completePortCommand) check() error {
	if err := checkTenantsPort(r.Tenant, r.Order, r.By); err != nil {
		return err
	}
	if r.AllPorted && len(r.Results) > 0 {
		return refuse(ErrRequest, "results", "results are given though all were ported", "leave one of the two out")
	}
	return checkPortResults(r.Results)
}

func (r completePortCommand) apply(s *step) (any, *telephony.Error) {
	got, refusal := s.turnTenantsPort(r.Tenant, r.Order, porting.Complete, func(o porting.Order) (porting.Order, error) {
		results := r.Results
		if r.AllPorted {
			results = o.AllPorted()
		}
		return o.Complete(s.time(), r.By, results)
	})
	if refusal != nil {
		return nil, refusal
	}
	return s.forTenant(r.Tenant, func() (any, *telephony.Error) {
		s.bringIn(got.(portResult).Row)
		return got, nil
	})
}
