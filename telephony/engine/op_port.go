package engine

import (
	"errors"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// OrderPort asks for numbers of another carrier. The numbers that it names are
// kept from all other orders, and from the stock, until it is over.
type OrderPort struct {
	Request porting.Request
	// Area is what the numbers are to be of, in the request's country. With it
	// they are found, and the address of their location is held against it where
	// the country wants it to fit.
	Area      telephony.Area
	Reference string // the tenant's own, shown to people; up to 256 characters, may be empty
	RequestID string `cbor:"-"`
}

type orderPortCommand struct {
	OrderPort
	ID telephony.PortOrderID
	By string
}

func (orderPortCommand) op() Op         { return OpOrderPort }
func (r orderPortCommand) content() any { return r.OrderPort }

func (r orderPortCommand) check() error {
	if err := checkPort(r.ID, r.By); err != nil {
		return err
	}
	if err := checkPortRequest(r.Request, r.Area); err != nil {
		return err
	}
	return telephony.CheckText("reference", r.Reference, telephony.MaxTextRunes)
}

// checkPort reports what is wrong with the name of an order, or of whoever does
// something to it.
func checkPort(id telephony.PortOrderID, by string) error {
	if err := telephony.CheckID("order", id); err != nil || by == "" {
		return err
	}
	return telephony.CheckID("by", by)
}

// checkPortRequest reports what is wrong with a request in itself that the rules of
// porting do not look at, or only at a cost.
func checkPortRequest(r porting.Request, area telephony.Area) error {
	if err := checkPortParts(len(r.Numbers)); err != nil {
		return err
	}
	if err := area.Check("area"); err != nil {
		return err
	}
	if area.Country != r.Country {
		return refuse(ErrPortArea, "area", "the area is not in the order's country", "name one that is")
	}
	return nil
}

// checkPortParts bounds a list of ranges by how many numbers an order has.
func checkPortParts(count int) error {
	if count <= porting.MaxNumbers {
		return nil
	}
	return &telephony.Error{Code: porting.ErrTooManyNumbers, Field: "numbers", Detail: "more ranges are listed than an order has numbers",
		Figures: []telephony.Figure{{Name: "ranges", Value: int64(count)}, {Name: "limit", Value: porting.MaxNumbers}}, Fix: "make several orders"}
}

// apply makes the order. Refusals, in order: the voice gate, the credits that
// toll-free numbers need, the tenant's limit, the location, all that is wrong with
// the request and its numbers.
func (r orderPortCommand) apply(s *step) (any, *telephony.Error) {
	if refusal := s.mayPort(r.Request.Kind); refusal != nil {
		return nil, refusal
	}
	if refusal := checkLimit("port orders", s.account.Ports, s.settings.Tenants.PortOrders); refusal != nil {
		return nil, refusal
	}
	if _, taken := s.port(r.ID); taken {
		return nil, &telephony.Error{Code: ErrIDTaken, Subject: portSubject + string(r.ID), Fix: "call again"}
	}
	facts, refusal := s.portFacts(r.Request)
	if refusal != nil {
		return nil, refusal
	}
	order, notes, err := porting.New(s.time(), r.By, r.Request, facts)
	if refusal := s.judgePort(err, r.Request, facts, r.ID); refusal != nil {
		return nil, refusal
	}
	row := portRow{Tenant: s.account.Tenant, ID: r.ID, Area: r.Area, Reference: r.Reference, Order: order}
	s.addPort(row)
	return s.tellPort(row, porting.Place, notes), nil
}

// EditPort changes what an order asks for that the carrier refused. The whole
// request is given, as it is to be.
type EditPort struct {
	Order     telephony.PortOrderID
	Request   porting.Request
	Area      telephony.Area
	Reference string
	RequestID string `cbor:"-"`
}

type editPortCommand struct {
	EditPort
	By string
}

func (editPortCommand) op() Op         { return OpEditPort }
func (r editPortCommand) content() any { return r.EditPort }

func (r editPortCommand) check() error {
	return orderPortCommand{OrderPort{Request: r.Request, Area: r.Area, Reference: r.Reference}, r.Order, r.By}.check()
}

func (r editPortCommand) apply(s *step) (any, *telephony.Error) {
	return s.turnPort(r.Order, porting.Edit, func(row *portRow) (notes []porting.Note, refusal *telephony.Error) {
		facts, unknown := s.portFacts(r.Request)
		if porting.RuleFor(row.Order.StateAt(s.time()), porting.Edit).IsAllowed() {
			if refusal := s.mayPort(r.Request.Kind); refusal != nil {
				return nil, refusal
			}
			if unknown != nil {
				return nil, unknown
			}
		}
		next, notes, err := row.Order.Edit(s.time(), r.By, r.Request, facts)
		if errors.Is(err, porting.ErrNothingChanged) && (r.Area != row.Area || r.Reference != row.Reference) {
			next, err = row.Order, nil // that is no part of what the carrier is asked
		}
		if refusal := s.judgePort(err, r.Request, facts, row.ID); refusal != nil {
			return nil, refusal
		}
		row.Order, row.Area, row.Reference = next, r.Area, r.Reference
		return notes, nil
	})
}

// ResubmitPort sends an order again that the carrier refused, as it is after
// edits.
type ResubmitPort struct {
	Order     telephony.PortOrderID
	RequestID string `cbor:"-"`
}

type resubmitPortCommand struct {
	ResubmitPort
	By string
}

func (resubmitPortCommand) op() Op         { return OpResubmitPort }
func (r resubmitPortCommand) content() any { return r.ResubmitPort }
func (r resubmitPortCommand) check() error { return checkPort(r.Order, r.By) }

func (r resubmitPortCommand) apply(s *step) (any, *telephony.Error) {
	return s.turnPort(r.Order, porting.Resubmit, func(row *portRow) ([]porting.Note, *telephony.Error) {
		facts, refusal := s.portFacts(row.Order.Request)
		if refusal != nil {
			panic("engine: an open port order at a location that is not there")
		}
		next, err := row.Order.Resubmit(s.time(), r.By, facts)
		row.Order = next
		if err != nil {
			return nil, asError(err)
		}
		return nil, s.mayPort(next.Request.Kind)
	})
}

// SetPortDate changes the moment of transfer alone, of an order that the carrier
// approved or refused.
type SetPortDate struct {
	Order     telephony.PortOrderID
	Date      time.Time
	RequestID string `cbor:"-"`
}

type setPortDateCommand struct {
	Order telephony.PortOrderID
	Date  int64 // 0 for none
	By    string
}

func (setPortDateCommand) op() Op         { return OpSetPortDate }
func (r setPortDateCommand) content() any { return []any{r.Order, r.Date} }
func (r setPortDateCommand) check() error { return checkPort(r.Order, r.By) }

func (r setPortDateCommand) apply(s *step) (any, *telephony.Error) {
	return s.turnPort(r.Order, porting.SetDate, func(row *portRow) ([]porting.Note, *telephony.Error) {
		next, err := row.Order.SetDate(s.time(), r.By, portDate(r.Date), s.settings.Ports.Bounds)
		row.Order = next
		return nil, asError(err)
	})
}

// portDate is the moment as the rules of porting take it, and portNanos the way
// back.
func portDate(at int64) time.Time {
	if at == 0 {
		return time.Time{}
	}
	return telephony.AtNanos(at)
}

func portNanos(date time.Time) int64 {
	if date.IsZero() {
		return 0
	}
	return telephony.UnixNanos(date)
}

// CancelPort gives an order up; its numbers stay where they are.
type CancelPort struct {
	Order     telephony.PortOrderID
	Text      string // why; up to 256 characters, may be empty
	RequestID string `cbor:"-"`
}

type cancelPortCommand struct {
	CancelPort
	By string
}

func (cancelPortCommand) op() Op         { return OpCancelPort }
func (r cancelPortCommand) content() any { return r.CancelPort }

func (r cancelPortCommand) check() error {
	if err := checkPort(r.Order, r.By); err != nil {
		return err
	}
	return telephony.CheckText("text", r.Text, telephony.MaxTextRunes)
}

func (r cancelPortCommand) apply(s *step) (any, *telephony.Error) {
	return s.turnPort(r.Order, porting.Cancel, func(row *portRow) ([]porting.Note, *telephony.Error) {
		next, err := row.Order.Cancel(s.time(), r.By, r.Text)
		row.Order = next
		return nil, asError(err)
	})
}

// turnPort does something to a port order of the tenant, and keeps and tells what
// becomes of it. Where do refuses nothing is kept.
func (s *step) turnPort(id telephony.PortOrderID, verb porting.Verb, do func(*portRow) ([]porting.Note, *telephony.Error)) (any, *telephony.Error) {
	was, ok := s.port(id)
	if !ok {
		return nil, unknownPort(id)
	}
	is := was
	notes, refusal := do(&is)
	if refusal != nil {
		about := *refusal
		if about.Subject == "" {
			about.Subject = portSubject + string(id)
		}
		return nil, &about
	}
	s.setPort(was, is)
	return s.tellPort(is, verb, notes), nil
}

// tellPort tells what was done to an order and returns it as it is answered.
func (s *step) tellPort(row portRow, verb porting.Verb, notes []porting.Note) portResult {
	told := Event{Type: PortOrderChanged, Order: row.ID, Verb: verb, Quantity: int64(row.Order.Request.Numbers.Count()), Area: row.Area}
	if verb == porting.Reject {
		told.Reason = row.Order.History[len(row.Order.History)-1].Reason
	}
	s.tell(told)
	return portResult{Tenant: s.account.ID, Row: row, At: s.now, Notes: notes}
}
