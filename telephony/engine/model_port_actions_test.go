package engine_test

import (
	"errors"
	"slices"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
	"pgregory.net/rapid"
)

// portGroup is numbers that can be ordered together.
type portGroup struct {
	country telephony.Country
	kinds   []telephony.Kind
	numbers telephony.NumberList
	billing telephony.Number
	areas   []telephony.Area
}

// portGroups share blocks with the stock.
var portGroups = []portGroup{
	{"US", []telephony.Kind{telephony.UserNumber, telephony.UserNumber, telephony.TollNumber}, numbersIn("+14255550150..+14255550155"), number("+14255550159"), []telephony.Area{inSeattle, inRedmond, inBellevue}},
	{"FR", []telephony.Kind{telephony.UserNumber}, numbersIn("+33199001020..+33199001024"), number("+33199001029"), []telephony.Area{inParis, inLyon}},
	{"GB", []telephony.Kind{telephony.TollFreeNumber}, numbersIn("+448081570010..+448081570012"), telephony.Number{}, []telephony.Area{inBritain}},
}

func numbersIn(text string) (numbers telephony.NumberList) {
	for n := range mustRange(text).All() {
		numbers = append(numbers, n)
	}
	return numbers
}

// What actions on ports need of a tenant.
func hasOpenPort(t *mTenant) bool { return len(t.openPorts()) > 0 }

// portActions are the actions on numbers that change carriers.
func (m *machine) portActions() []action {
	return []action{
		{"order port", 3, nil, m.drawOrderPort},
		{"do to a port order", 8, hasOpenPort, m.drawPortVerb},
		{"port in", 3, hasOpenPort, func(t *rapid.T, id telephony.TenantID) { m.portIn(t, id, m.drawPort(t, id)) }},
		{"set port-out PIN", 1, nil, func(t *rapid.T, id telephony.TenantID) {
			m.setPIN(t, id, oneOf(t, "PIN", []porting.SealedPIN{rightPIN(), otherPIN()}, []porting.SealedPIN{{}}))
		}},
		{"lock port-out", 1, nil, func(t *rapid.T, id telephony.TenantID) {
			locked := once(t, 3, "locked")
			no := m.rules(id, nil, func(t *mTenant) *refusal {
				t.door.locked = locked
				return nil
			})
			m.ok(t, no, func(e *engine.Engine) error {
				return e.Tenant(id).LockPortOut(ctx, engine.PortOutLock{Locked: locked})
			})
		}},
		{"port out", 2, hasNumbers, m.drawPortOut},
	}
}

func (m *machine) setPIN(t *rapid.T, id telephony.TenantID, pin porting.SealedPIN) {
	var no *refusal
	if pin.IsZero() {
		no = early(porting.ErrPINBlank)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal {
		t.door.pin, t.door.wrong, t.door.until = pin, nil, 0
		return nil
	})
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).SetSealedPIN(ctx, pin, "") })
}

// settlePorts has a tenant bring numbers in to begin with, and set a PIN.
func (m *machine) settlePorts(t *rapid.T, id telephony.TenantID, group int) {
	m.setPIN(t, id, rightPIN())
	g := portGroups[group]
	request := m.request(g, g.kinds[0])
	request.Numbers, request.Date = porting.RangesOf(g.numbers[:3]...), m.now()+2*hours24
	for _, a := range m.tenants[id].addresses {
		if prepared()[a.of].Address().Country == g.country && g.kinds[0] != telephony.TollFreeNumber {
			request.Location = a.first
		}
	}
	m.orderPort(t, id, engine.OrderPort{Request: request, Area: g.areas[0], Reference: "PO"})
	if ports := m.tenants[id].ports; len(ports) > 0 {
		m.portIn(t, id, ports[0].id)
	}
}

// request is what is asked of a carrier with nothing wrong and no numbers, dates and
// location yet.
func (m *machine) request(g portGroup, k telephony.Kind) porting.Request {
	return porting.Request{Country: g.country, Kind: k, Carrier: "Losing",
		Account: porting.Account{Number: "A-1", Billing: g.billing, Scope: porting.PartialPort}, Company: "Contoso", AuthorisedPerson: "A. Vance",
		Address: porting.Address{Street: "1 High Street", City: "Fiction", Country: g.country},
		Letter:  porting.Letter{Reference: "loa", Signed: signed(m.now())}}
}

// signed is when a letter was signed that is an hour old; 0 would be never.
func signed(now int64) int64 {
	if at := now - int64(time.Hour); at != 0 {
		return at
	}
	return -1
}

// drawRequest draws what is asked of a carrier: mostly what can be had.
func (m *machine) drawRequest(t *rapid.T, id telephony.TenantID) (porting.Request, telephony.Area) {
	g := rapid.SampledFrom(portGroups).Draw(t, "group")
	from := g.numbers
	if once(t, 5, "what is in stock") {
		from = slices.Clone(g.numbers)
		for n, on := range m.stock {
			if m.country(on) == g.country && n.Digits()%3 == 0 {
				from = append(from, n)
			}
		}
		from = unique(from)
	}
	r := m.request(g, rapid.SampledFrom(g.kinds).Draw(t, "kind"))
	r.Carrier, r.Date = oneOf(t, "carrier", []string{"Losing", "Other"}, []string{""}), m.drawDate(t)
	if !once(t, 15, "no numbers") {
		r.Numbers = porting.RangesOf(rapid.Permutation(from).Draw(t, "order")[:rapid.IntRange(1, min(4, len(from))).Draw(t, "how many")]...)
	}
	if r.Kind != telephony.TollFreeNumber && !once(t, 4, "no location") {
		r.Location = m.drawLocation(t, id, shelf{area: slices.IndexFunc(m.areas, func(a telephony.Area) bool { return a.Country == g.country })})
		if r.Location == "two words" { // which is wrong in another way than the model knows
			r.Location = ""
		}
	}
	return r, oneOf(t, "area", g.areas, []telephony.Area{inLondon, {Country: "xx"}})
}

// drawDate draws a moment of transfer around the bounds.
func (m *machine) drawDate(t *rapid.T) int64 {
	off := oneOf(t, "date", []int64{hours24, 2 * hours24, hours24 + 3e9, portHorizon}, []int64{-1, hours24 - 1, portHorizon + 1, 0})
	if off == -1 {
		return 0
	}
	return m.now() + off
}

// portAreaFault is what is wrong with the area of an order in itself.
func portAreaFault(r porting.Request, a telephony.Area) *refusal {
	switch a.Country {
	case "xx":
		return early(telephony.ErrCountry)
	case r.Country:
		return nil
	}
	return early(engine.ErrPortArea)
}

func (m *machine) drawOrderPort(t *rapid.T, id telephony.TenantID) {
	request, area := m.drawRequest(t, id)
	m.orderPort(t, id, engine.OrderPort{Request: request, Area: area, Reference: "PO"})
}

func (m *machine) orderPort(t *rapid.T, id telephony.TenantID, r engine.OrderPort) {
	request, area := r.Request, r.Area
	no := m.rules(id, portAreaFault(request, area), func(t *mTenant) *refusal { return m.model.orderPort(t, r) })
	got := do(t, m, no, func(e *engine.Engine) (engine.PortOrder, error) { return e.Tenant(id).OrderPort(ctx, r) })
	if no != nil {
		return
	}
	p := &mPort{id: got.ID, area: area, reference: r.Reference, request: request, state: porting.Processing,
		history: []porting.Transition{{At: m.now(), Verb: porting.Place, To: porting.Processing, Date: request.Date}}}
	tenant := m.tenants[id]
	tenant.ports = append(tenant.ports, p)
	m.comparePort(t, id, got)
}

// drawPort draws one of the tenant's port orders.
func (m *machine) drawPort(t *rapid.T, id telephony.TenantID) telephony.PortOrderID {
	ids := func(t *mTenant) (ids []telephony.PortOrderID) {
		for _, p := range t.ports {
			ids = append(ids, p.id)
		}
		return ids
	}
	open := func(t *mTenant) (ids []telephony.PortOrderID) {
		for _, p := range t.openPorts() {
			ids = append(ids, p.id)
		}
		return ids
	}
	return oneOf(t, "order", own(m, id, open), append(append(others(m, id, ids), own(m, id, ids)...), "nothing", "two words"))
}

// drawPortVerb does something to an order: mostly what its state allows.
func (m *machine) drawPortVerb(t *rapid.T, id telephony.TenantID) {
	order := m.drawPort(t, id)
	verb := rapid.SampledFrom(porting.Verbs()).Draw(t, "verb")
	var p *mPort
	if tenant := m.tenants[id]; tenant != nil {
		p = tenant.port(order)
	}
	if p != nil && !once(t, 3, "whatever the state") {
		var allowed []porting.Verb
		for _, v := range m.seesPort(m.tenants[id], p).Allowed {
			switch v {
			case porting.Contact, porting.Complete, porting.Report, porting.Resubmit, porting.Edit:
				allowed = append(allowed, v, v, v)
			case porting.Cancel:
				if once(t, 5, "cancel") {
					allowed = append(allowed, v)
				}
			default:
				allowed = append(allowed, v)
			}
		}
		if len(allowed) > 0 {
			verb = rapid.SampledFrom(allowed).Draw(t, "allowed verb")
		}
	}
	m.portVerb(t, id, order, p, verb)
}

func (m *machine) portVerb(t *rapid.T, id telephony.TenantID, order telephony.PortOrderID, p *mPort, verb porting.Verb) {
	var rule func(*mTenant) *refusal
	var call func(*engine.Engine) (engine.PortOrder, error)
	switch verb {
	case porting.Edit:
		r := m.drawEdit(t, id, order, p)
		if no := portAreaFault(r.Request, r.Area); no != nil && identifier(order) == nil {
			m.ok(t, no, func(e *engine.Engine) error {
				_, err := e.Tenant(id).EditPort(ctx, r)
				return err
			})
			return
		}
		rule = func(t *mTenant) *refusal { return m.editPort(t, r) }
		call = func(e *engine.Engine) (engine.PortOrder, error) { return e.Tenant(id).EditPort(ctx, r) }
	case porting.SetDate:
		date := m.drawDate(t)
		if p != nil && once(t, 6, "the same date") {
			date = p.date()
		}
		rule = func(t *mTenant) *refusal { return m.setPortDate(t, order, date) }
		call = func(e *engine.Engine) (engine.PortOrder, error) {
			return e.Tenant(id).SetPortDate(ctx, engine.SetPortDate{Order: order, Date: dateOf(date)})
		}
	case porting.Cancel:
		rule = func(t *mTenant) *refusal {
			return m.turnPort(t, order, verb, func(_ *mPort, step *porting.Transition) *refusal {
				step.Text = "not needed"
				return nil
			})
		}
		call = func(e *engine.Engine) (engine.PortOrder, error) {
			return e.Tenant(id).CancelPort(ctx, engine.CancelPort{Order: order, Text: " not needed "})
		}
	case porting.Resubmit:
		rule = func(t *mTenant) *refusal { return m.resubmitPort(t, order) }
		call = func(e *engine.Engine) (engine.PortOrder, error) {
			return e.Tenant(id).ResubmitPort(ctx, engine.ResubmitPort{Order: order})
		}
	case porting.Contact:
		m.contact(t, id, order)
		return
	case porting.Approve:
		m.approve(t, id, order, m.now()+rapid.SampledFrom([]int64{hours24, hours24 + 2e9, 1, int64(time.Hour), 3 * hours24, 0, portHorizon, portHorizon + 1}).Draw(t, "approved for"))
		return
	case porting.Reject:
		r := engine.RejectPort{Tenant: id, Order: order, Reason: oneOf(t, "reason", porting.Reasons(), []porting.Reason{0}), Text: rapid.SampledFrom([]string{"", "in words"}).Draw(t, "text")}
		rule = func(t *mTenant) *refusal { return m.rejectPort(t, r) }
		call = func(e *engine.Engine) (engine.PortOrder, error) { return e.As("").RejectPort(ctx, r) }
	case porting.Report:
		r := engine.ReportPort{Tenant: id, Order: order, Results: m.drawResults(t, p)}
		rule = func(t *mTenant) *refusal { return m.reportPort(t, r) }
		call = func(e *engine.Engine) (engine.PortOrder, error) { return e.As("").ReportPort(ctx, r) }
	case porting.Complete:
		r := engine.CompletePort{Tenant: id, Order: order, AllPorted: once(t, 2, "all ported")}
		if !r.AllPorted {
			r.Results = m.drawResults(t, p)
		}
		m.complete(t, r)
		return
	}
	m.doPort(t, id, order, rule, call)
}

// doPort does something to a port order, and compares what it then is.
func (m *machine) doPort(t *rapid.T, id telephony.TenantID, order telephony.PortOrderID, rule func(*mTenant) *refusal, call func(*engine.Engine) (engine.PortOrder, error)) {
	no := m.rules(id, identifier(order), rule)
	if got := do(t, m, no, call); no == nil {
		m.comparePort(t, id, got)
	}
}

func (m *machine) contact(t *rapid.T, id telephony.TenantID, order telephony.PortOrderID) {
	m.doPort(t, id, order, func(t *mTenant) *refusal {
		return m.turnPort(t, order, porting.Contact, func(*mPort, *porting.Transition) *refusal { return nil })
	}, func(e *engine.Engine) (engine.PortOrder, error) {
		return e.As("").ContactCarrier(ctx, engine.ContactCarrier{Tenant: id, Order: order})
	})
}

func (m *machine) approve(t *rapid.T, id telephony.TenantID, order telephony.PortOrderID, date int64) {
	m.doPort(t, id, order, func(t *mTenant) *refusal { return m.approvePort(t, order, date) }, func(e *engine.Engine) (engine.PortOrder, error) {
		return e.As("").ApprovePort(ctx, engine.ApprovePort{Tenant: id, Order: order, Date: dateOf(date)})
	})
}

func (m *machine) complete(t *rapid.T, r engine.CompletePort) {
	m.doPort(t, r.Tenant, r.Order, func(t *mTenant) *refusal { return m.completePort(t, r) }, func(e *engine.Engine) (engine.PortOrder, error) {
		return e.As("").CompletePort(ctx, r)
	})
}

// portIn brings what it can of an order's numbers in within an hour.
func (m *machine) portIn(t *rapid.T, id telephony.TenantID, order telephony.PortOrderID) {
	m.contact(t, id, order)
	m.approve(t, id, order, m.now()+int64(time.Hour))
	m.complete(t, engine.CompletePort{Tenant: id, Order: order, AllPorted: true})
}

// dateOf is the moment, none for 0.
func dateOf(at int64) time.Time {
	if at == 0 {
		return time.Time{}
	}
	return moment(at)
}

// drawEdit changes some of what an order asks for, or nothing.
func (m *machine) drawEdit(t *rapid.T, id telephony.TenantID, order telephony.PortOrderID, p *mPort) engine.EditPort {
	request, area := m.drawRequest(t, id)
	r := engine.EditPort{Order: order, Request: request, Area: area, Reference: "PO"}
	if p == nil {
		return r
	}
	r.Request, r.Area = p.request, p.area
	if request.Country == p.request.Country && request.Kind == p.request.Kind && once(t, 2, "numbers") {
		r.Request.Numbers, r.Request.Location, r.Area = request.Numbers, request.Location, area
	}
	if once(t, 2, "carrier") {
		r.Request.Carrier = request.Carrier
	}
	if once(t, 2, "date") {
		r.Request.Date = request.Date
	}
	if once(t, 2, "letter") {
		r.Request.Letter = request.Letter
	}
	if once(t, 6, "reference") {
		r.Reference = "PO 2"
	}
	return r
}

// drawResults draws a report: of most numbers of the order, and once in a while of
// others, or of one twice.
func (m *machine) drawResults(t *rapid.T, p *mPort) (results porting.Results) {
	var numbers telephony.NumberList
	if p != nil {
		numbers = slices.Collect(p.request.Numbers.All())
	}
	if once(t, 15, "a stranger too") {
		numbers = append(numbers, number("+14255550158"))
	}
	if len(numbers) > 0 && once(t, 15, "one twice") {
		numbers = append(numbers, numbers[0])
	}
	for _, n := range numbers {
		r := porting.Result{Numbers: porting.RangesOf(n)[0], Outcome: porting.Ported}
		switch rapid.SampledFrom([]string{"ported", "ported", "ported", "toll", "failed", "untold"}).Draw(t, "result") {
		case "toll":
			if p == nil || p.request.Kind != telephony.TollFreeNumber {
				r.Kind = telephony.TollNumber
			}
		case "failed":
			r.Outcome, r.Reason, r.Text = porting.Failed, porting.NotOnAccount, "elsewhere"
		case "untold":
			continue
		}
		results = append(results, r)
	}
	return results
}

// portOutSeen is what comes of a wish for numbers, a refusal among it: it is kept
// like any other answer.
type portOutSeen struct {
	gone    engine.PortedOut
	refused []telephony.Code
}

func (m *machine) drawPortOut(t *rapid.T, id telephony.TenantID) {
	mine := func(t *mTenant) []telephony.Number {
		var all telephony.NumberList
		for n := range t.numbers {
			all = append(all, n)
		}
		return unique(all)
	}
	numbers := m.drawNumbers(t, own(m, id, mine))
	numbers = slices.DeleteFunc(numbers, func(n telephony.Number) bool { return !n.IsValid() })
	pin := rapid.SampledFrom([]porting.SealedPIN{rightPIN(), rightPIN(), otherPIN(), wrongPIN(), {}}).Draw(t, "PIN")
	if tenant := m.tenants[id]; tenant != nil && !once(t, 3, "any PIN") {
		pin = tenant.door.pin
	}
	var want portOutSeen
	no := m.rules(id, nil, func(t *mTenant) *refusal {
		want.refused, want.gone.People = m.portOut(t, numbers, pin)
		if len(want.refused) == 0 {
			want.gone.Numbers = unique(numbers)
		}
		return nil
	})
	got := do(t, m, no, func(e *engine.Engine) (portOutSeen, error) {
		gone, err := e.As("").PortOutSealed(ctx, engine.PortOut{Tenant: id, Numbers: numbers, Carrier: "Gaining"}, pin)
		if err != nil && !errors.Is(err, engine.ErrUnknownTenant) {
			return portOutSeen{refused: codes(err)}, nil
		}
		return portOutSeen{gone: gone}, err
	})
	if no == nil && (!slices.Equal(got.refused, want.refused) || !slices.Equal(got.gone.Numbers, want.gone.Numbers) || !slices.Equal(got.gone.People, want.gone.People)) {
		t.Fatalf("a wish for numbers came to %v, and should have to %v", got, want)
	}
}
