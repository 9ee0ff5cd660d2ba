package engine_test

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

// mPort is a port order of the model. What the orders ask for is drawn so that
// nothing else can be wrong with it than what requestFault looks for.
type mPort struct {
	id        telephony.PortOrderID
	area      telephony.Area
	reference string
	request   porting.Request
	state     porting.State // as the verbs left it
	approved  int64
	results   map[telephony.Number]porting.Result // of which the carrier has told
	history   []porting.Transition
}

// mDoor is what stands between a tenant's numbers and other carriers.
type mDoor struct {
	pin    porting.SealedPIN
	wrong  []int64
	until  int64
	locked bool
}

const hours24 = int64(24 * time.Hour)

// portBounds are those of the default settings.
const (
	portHorizon = 90 * hours24
	letterAge   = 60 * hours24
)

// over reports whether nothing can come of the order any more.
func (p *mPort) over() bool { return p.state == porting.Completed || p.state == porting.Cancelled }

func (p *mPort) last() int64 { return p.history[len(p.history)-1].At }

// stateOf is the state of an order now: pending as soon as less than 24 hours are
// left.
func (m *model) stateOf(p *mPort) porting.State {
	if p.state == porting.TransferApproved && p.approved-m.now() < hours24 {
		return porting.TransferPending
	}
	return p.state
}

// lock writes down that an order became pending, if it has.
func (m *model) lock(p *mPort) {
	if m.stateOf(p) == p.state {
		return
	}
	p.history = append(p.history, porting.Transition{At: max(p.last(), p.approved-hours24+1), Verb: porting.Lock, From: p.state, To: porting.TransferPending})
	p.state = porting.TransferPending
}

func (p *mPort) date() int64 {
	if p.approved != 0 {
		return p.approved
	}
	return p.request.Date
}

func (p *mPort) ported() bool {
	for _, r := range p.results {
		if r.Outcome == porting.Ported {
			return true
		}
	}
	return false
}

// untold lists the numbers of which the carrier has told nothing.
func (p *mPort) untold() (numbers telephony.NumberList) {
	for n := range p.request.Numbers.All() {
		if _, told := p.results[n]; !told {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

func (m *model) overdue(p *mPort) bool {
	return m.stateOf(p) == porting.TransferPending && m.now() >= p.approved && len(p.untold()) > 0
}

func (t *mTenant) port(id telephony.PortOrderID) *mPort {
	for _, p := range t.ports {
		if p.id == id {
			return p
		}
	}
	return nil
}

// openPorts are the orders of which something can still come.
func (t *mTenant) openPorts() (open []*mPort) {
	for _, p := range t.ports {
		if !p.over() {
			open = append(open, p)
		}
	}
	return open
}

// ordered counts the numbers of a kind that the tenant's open orders ask for.
func (t *mTenant) ordered(k telephony.Kind) (count int64) {
	for _, p := range t.openPorts() {
		if p.request.Kind == k {
			count += int64(p.request.Numbers.Count())
		}
	}
	return count
}

// isOrdered reports whether somebody's open order has a number.
func (m *model) isOrdered(n telephony.Number) bool {
	for _, t := range m.tenants {
		for _, p := range t.openPorts() {
			if p.request.Numbers.Contains(n) {
				return true
			}
		}
	}
	return false
}

// orderedAt counts the open orders that are to bring numbers to a location.
func (t *mTenant) orderedAt(l telephony.LocationID) (count int) {
	for _, p := range t.openPorts() {
		if l != "" && p.request.Location == l {
			count++
		}
	}
	return count
}

// dateFault is what is wrong with a date: one that a tenant wishes for is at least
// 24 hours off, one to which a carrier commits itself is to come.
func (m *model) dateFault(date int64, wish bool) telephony.Code {
	switch {
	case date == 0:
		return porting.ErrNoDate
	case date <= m.now():
		return porting.ErrDatePast
	case wish && date < m.now()+hours24:
		return porting.ErrDateTooSoon
	case date > m.now()+portHorizon:
		return porting.ErrDateTooFar
	}
	return ""
}

// requestFault is all that is wrong with a request of the tenant's; an order that
// it is of itself keeps its numbers from no order.
func (m *model) requestFault(t *mTenant, r porting.Request, of *mPort) (reasons []telephony.Code) {
	add := func(when bool, code telephony.Code) {
		if when {
			reasons = append(reasons, code)
		}
	}
	add(len(r.Numbers) == 0, porting.ErrNoNumbers)
	add(r.Carrier == "", porting.ErrNoCarrier)
	add(r.Letter.Signed < m.now()-letterAge, porting.ErrLetterOld)
	if code := m.dateFault(r.Date, true); code != "" {
		reasons = append(reasons, code)
	}
	if r.Location == "" {
		add(r.Kind != telephony.TollFreeNumber && locationFirst(r.Country), telephony.ErrNoLocation)
	} else {
		at := t.place(r.Location)
		add(prepared()[at.of].Address().Country != r.Country, telephony.ErrLocationCountry)
		add(at.refused > 0, telephony.ErrAddressNotValidated)
	}
	var own, ordered, others bool
	for n := range r.Numbers.All() {
		_, stocked := m.stock[n]
		own = own || t.numbers[n] != nil
		others = others || stocked && t.numbers[n] == nil
		for _, tenant := range m.tenants {
			for _, p := range tenant.openPorts() {
				if p != of && p.request.Numbers.Contains(n) {
					ordered = ordered || tenant == t
					others = others || tenant != t
				}
			}
		}
	}
	add(own, engine.ErrPortOwned)
	add(ordered, engine.ErrPortOrdered)
	add(others, engine.ErrPortUnavailable)
	return reasons
}

// mayPort is why the tenant may port no numbers of a kind at all.
func (t *mTenant) mayPort(k telephony.Kind) *refusal {
	switch {
	case !t.voiceOpen():
		return refuse(licensing.ErrVoiceClosed)
	case k == telephony.TollFreeNumber && !t.owns(func(p mProduct) bool { return p.credits }):
		return refuse(licensing.ErrCreditsNeeded)
	}
	return nil
}

func (m *model) orderPort(t *mTenant, r engine.OrderPort) *refusal {
	if no := t.mayPort(r.Request.Kind); no != nil {
		return no
	}
	switch {
	case len(t.openPorts()) >= m.set.portOrders:
		return refuse(engine.ErrTenantLimit)
	case r.Request.Location != "" && t.place(r.Request.Location) == nil:
		return refuse(engine.ErrUnknownLocation)
	}
	return refuse(m.requestFault(t, r.Request, nil)...)
}

// turn does something to an order where the matrix lets it: rule says why it is
// refused otherwise, and then what becomes of it. The entry in the history is the
// rule's to fill in.
func (m *model) turnPort(t *mTenant, id telephony.PortOrderID, verb porting.Verb, rule func(*mPort, *porting.Transition) *refusal) *refusal {
	p := t.port(id)
	if p == nil {
		return refuse(engine.ErrUnknownPort)
	}
	to := portCells[verb][slices.Index(porting.States(), m.stateOf(p))]
	if code, refused := to.(telephony.Code); refused {
		return refuse(code)
	}
	next := *p
	next.history = slices.Clone(p.history)
	m.lock(&next)
	step := porting.Transition{At: m.now(), Verb: verb, From: next.state, To: to.(porting.State)}
	if no := rule(&next, &step); no != nil {
		return no
	}
	next.state = step.To
	if step.Verb != porting.Report && step.Verb != 0 {
		next.history = append(next.history, step)
	}
	*p = next
	if p.over() {
		t.dropPorts(m.set.portsKept)
	}
	return nil
}

// dropPorts keeps so many orders that are over, those that ended last.
func (t *mTenant) dropPorts(kept int) {
	var over []*mPort
	for _, p := range t.ports {
		if p.over() {
			over = append(over, p)
		}
	}
	slices.SortFunc(over, func(a, b *mPort) int { return cmp.Or(cmp.Compare(a.last(), b.last()), cmp.Compare(a.id, b.id)) })
	drop := over[:max(0, len(over)-kept)]
	t.ports = slices.DeleteFunc(t.ports, func(p *mPort) bool { return slices.Contains(drop, p) })
}

func (m *model) editPort(t *mTenant, r engine.EditPort) *refusal {
	return m.turnPort(t, r.Order, porting.Edit, func(p *mPort, step *porting.Transition) *refusal {
		if no := t.mayPort(r.Request.Kind); no != nil {
			return no
		}
		if r.Request.Location != "" && t.place(r.Request.Location) == nil {
			return refuse(engine.ErrUnknownLocation)
		}
		if reasons := m.requestFault(t, r.Request, t.port(r.Order)); len(reasons) > 0 {
			return refuse(reasons...)
		}
		old := p.request
		var fields []string
		for field, same := range map[string]bool{"numbers": slices.Equal(old.Numbers, r.Request.Numbers), "carrier": old.Carrier == r.Request.Carrier,
			"letter": old.Letter == r.Request.Letter, "location": old.Location == r.Request.Location, "date": old.Date == r.Request.Date} {
			if !same {
				fields = append(fields, field)
			}
		}
		order := []string{"numbers", "carrier", "letter", "location", "date"}
		slices.SortFunc(fields, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
		if len(fields) == 0 {
			if p.area == r.Area && p.reference == r.Reference {
				return refuse(porting.ErrNothingChanged)
			}
			step.Verb = 0 // nothing that the carrier is asked
		}
		if old.Date != r.Request.Date {
			step.Date = r.Request.Date
		}
		step.Text = strings.Join(fields, ", ")
		p.request, p.area, p.reference = r.Request, r.Area, r.Reference
		kept := map[telephony.Number]porting.Result{}
		for n, told := range p.results {
			if r.Request.Numbers.Contains(n) {
				kept[n] = told
			}
		}
		p.results = kept
		return nil
	})
}

func (m *model) setPortDate(t *mTenant, id telephony.PortOrderID, date int64) *refusal {
	return m.turnPort(t, id, porting.SetDate, func(p *mPort, step *porting.Transition) *refusal {
		if code := m.dateFault(date, true); code != "" {
			return refuse(code)
		}
		if date == p.date() {
			return refuse(porting.ErrNothingChanged)
		}
		if p.state == porting.TransferApproved {
			p.approved = date
		}
		p.request.Date, step.Date = date, date
		return nil
	})
}

func (m *model) resubmitPort(t *mTenant, id telephony.PortOrderID) *refusal {
	return m.turnPort(t, id, porting.Resubmit, func(p *mPort, _ *porting.Transition) *refusal {
		if reasons := m.requestFault(t, p.request, t.port(id)); len(reasons) > 0 {
			return refuse(reasons...)
		}
		p.results = nil
		return t.mayPort(p.request.Kind)
	})
}

func (m *model) approvePort(t *mTenant, id telephony.PortOrderID, date int64) *refusal {
	return m.turnPort(t, id, porting.Approve, func(p *mPort, step *porting.Transition) *refusal {
		if p.ported() {
			return refuse(porting.ErrSomePorted)
		}
		if code := m.dateFault(date, false); code != "" {
			return refuse(code)
		}
		p.approved, p.results, step.Date = date, nil, date
		return nil
	})
}

func (m *model) rejectPort(t *mTenant, r engine.RejectPort) *refusal {
	return m.turnPort(t, r.Order, porting.Reject, func(p *mPort, step *porting.Transition) *refusal {
		switch {
		case p.ported():
			return refuse(porting.ErrSomePorted)
		case r.Reason == 0:
			return refuse(porting.ErrReason)
		case r.Reason == porting.OtherReason && r.Text == "":
			return refuse(porting.ErrNoText)
		}
		step.Reason, step.Text = r.Reason, r.Text
		p.approved = 0
		return nil
	})
}

// tell takes a carrier's report in, each result of which is of one number.
func (m *model) tellPort(p *mPort, report porting.Results) *refusal {
	told := map[telephony.Number]bool{}
	results := map[telephony.Number]porting.Result{}
	for n, r := range p.results {
		results[n] = r
	}
	var reasons []telephony.Code
	for _, r := range report {
		n := r.Numbers.First()
		before := results[n]
		switch {
		case !p.request.Numbers.Contains(n):
			reasons = append(reasons, porting.ErrNotInOrder)
			continue
		case told[n]:
			reasons = append(reasons, porting.ErrDuplicateNumber)
		case before.Outcome == porting.Ported && r.Outcome == porting.Failed:
			reasons = append(reasons, porting.ErrAlreadyPorted)
		case before.Outcome != porting.Ported:
			r.At = m.now()
			if r.Kind == 0 {
				r.Kind = p.request.Kind
			}
			results[n] = r
		}
		told[n] = true
	}
	if len(reasons) > 0 {
		return refuse(reasons...)
	}
	p.results = results
	return nil
}

func (m *model) reportPort(t *mTenant, r engine.ReportPort) *refusal {
	return m.turnPort(t, r.Order, porting.Report, func(p *mPort, _ *porting.Transition) *refusal {
		if len(r.Results) == 0 {
			return refuse(porting.ErrNoResults)
		}
		return m.tellPort(p, r.Results)
	})
}

// completePort makes the numbers that were ported the tenant's.
func (m *model) completePort(t *mTenant, r engine.CompletePort) *refusal {
	return m.turnPort(t, r.Order, porting.Complete, func(p *mPort, _ *porting.Transition) *refusal {
		results := r.Results
		if r.AllPorted {
			for _, n := range p.untold() {
				results = append(results, porting.Result{Numbers: porting.RangesOf(n)[0], Outcome: porting.Ported})
			}
		}
		if no := m.tellPort(p, results); no != nil {
			return no
		}
		switch {
		case len(p.untold()) > 0:
			return refuse(porting.ErrUnreported)
		case !p.ported():
			return refuse(porting.ErrNonePorted)
		}
		for n, told := range p.results {
			if told.Outcome == porting.Ported {
				m.stock[n] = shelf{m.areaAt(p.area), told.Kind}
				t.numbers[n] = &mNumber{shelf: m.stock[n], acquired: m.now(), since: m.now(), location: p.request.Location, located: m.now(), ported: true}
			}
		}
		return nil
	})
}

// try holds a PIN against the one that is kept, and counts a wrong one.
func (m *model) try(d *mDoor, pin porting.SealedPIN) telephony.Code {
	switch {
	case d.pin.IsZero():
		return porting.ErrPINUnset
	case m.now() < d.until:
		return porting.ErrPINLocked
	case pin.IsZero():
		return porting.ErrPINMissing
	case pin == d.pin:
		d.wrong, d.until = nil, 0
		return ""
	}
	d.wrong = slices.DeleteFunc(d.wrong, func(at int64) bool { return at <= m.now()-int64(modelGuessing.Within) })
	if d.wrong = append(d.wrong, m.now()); len(d.wrong) == modelGuessing.Wrong {
		d.wrong, d.until = nil, m.now()+int64(modelGuessing.LockFor)
	}
	return porting.ErrPINWrong
}

var modelGuessing = porting.Guessing{Wrong: 2, Within: 5 * time.Minute, LockFor: 7 * time.Minute}

// portOut says what comes of another carrier's wish: why nothing goes, or who loses
// a number.
func (m *model) portOut(t *mTenant, numbers telephony.NumberList, pin porting.SealedPIN) (reasons []telephony.Code, people engine.PersonList) {
	if code := m.try(&t.door, pin); code != "" {
		return []telephony.Code{code}, nil
	}
	if len(numbers) == 0 {
		return []telephony.Code{porting.ErrNoNumbers}, nil
	}
	if len(unique(numbers)) < len(numbers) {
		reasons = append(reasons, porting.ErrDuplicateNumber)
	}
	for _, n := range slices.SortedFunc(slices.Values(numbers), telephony.Number.Compare) {
		rests := slices.ContainsFunc(m.rests, func(r rest) bool { return r.from == t.id && m.now() < r.until && slices.Contains(r.numbers, n) })
		switch {
		case rests:
			reasons = append(reasons, porting.ErrQuarantined)
		case t.numbers[n] == nil:
			reasons = append(reasons, porting.ErrNotOwned)
		case t.door.locked:
			reasons = append(reasons, porting.ErrNumberLocked)
		}
	}
	if len(reasons) > 0 {
		return reasons, nil
	}
	for _, n := range unique(numbers) {
		if id := t.numbers[n].person; id != "" {
			people = append(people, id)
			m.takeNumber(t, t.people[id])
		}
		m.keepAreas()
		delete(t.numbers, n)
		delete(m.stock, n)
	}
	slices.Sort(people)
	return nil, people
}
