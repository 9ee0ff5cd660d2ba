package engine_test

import (
	"errors"
	"slices"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

// TestNumberQueriesAsPeopleWrite: what is asked is compared in one form, however it
// is written.
func TestNumberQueriesAsPeopleWrite(t *testing.T) {
	s := newLibrary(t)
	v := s.view()
	for name, c := range map[string]struct{ written, meant engine.NumberQuery }{
		"digits":    {engine.NumberQuery{Contains: "(425) 555-01"}, engine.NumberQuery{Contains: "42555501"}},
		"from +":    {engine.NumberQuery{Contains: "+1 425"}, engine.NumberQuery{Contains: "+1425"}},
		"area code": {engine.NumberQuery{AreaCode: "(425)"}, engine.NumberQuery{AreaCode: "425"}},
		"city":      {engine.NumberQuery{City: "sEATTLE"}, engine.NumberQuery{City: "Seattle"}},
		"region":    {engine.NumberQuery{Region: "wa"}, engine.NumberQuery{Region: "WA"}},
	} {
		want := slices.Collect(v.Numbers(c.meant))
		if got := slices.Collect(v.Numbers(c.written)); len(want) == 0 || !slices.EqualFunc(got, want, sameNumber) {
			t.Errorf("%s: %d numbers, want %d", name, len(got), len(want))
		}
		page, err := v.NumberPage(c.written, "", 1)
		s.must(err)
		if _, err := v.NumberPage(c.meant, page.Next, 1); err != nil || len(page.Items) != 1 {
			t.Errorf("%s: a page of %d, and behind it %v", name, len(page.Items), err)
		}
	}
}

// TestQueriesThatNothingCanMatch are refused for what is wrong with them, by their
// Check and by every page, and yield nothing where there is no error to say so.
func TestQueriesThatNothingCanMatch(t *testing.T) {
	s := newKept(t)
	v, desk := s.view(), s.eng.As("")
	u, err := desk.Utilisation(s.ctx)
	s.must(err)
	numbers := func(q engine.NumberQuery) (errs []error, yields bool) {
		_, err := v.NumberPage(q, "", 0)
		return []error{q.Check(), err}, len(slices.Collect(v.Numbers(q))) > 0
	}
	people := func(q engine.PersonQuery) (errs []error, yields bool) {
		_, err := v.PeoplePage(q, "", 0)
		return []error{q.Check(), err}, len(slices.Collect(v.People(q))) > 0
	}
	addresses := func(q engine.AddressQuery) (errs []error, yields bool) {
		_, err := v.AddressPage(q, "", 0)
		return []error{q.Check(), err}, len(slices.Collect(v.Addresses(q))) > 0
	}
	services := func(q engine.ServiceQuery) (errs []error, yields bool) {
		_, err := v.ServicePage(q, "", 0)
		return []error{q.Check(), err}, len(slices.Collect(v.Services(q))) > 0
	}
	reservations := func(q engine.ReservationQuery) (errs []error, yields bool) {
		_, err := v.ReservationPage(q, "", 0)
		return []error{q.Check(), err}, len(slices.Collect(v.Reservations(q))) > 0
	}
	ports := func(q engine.PortQuery) (errs []error, yields bool) {
		_, mine := v.PortPage(q, "", 0)
		_, page := desk.PortPage(s.ctx, q, "", 0)
		_, all := desk.PortOrders(s.ctx, q)
		return []error{q.Check(), mine, page, all}, len(slices.Collect(v.PortOrders(q))) > 0
	}
	entries := func(q engine.EntryQuery) (errs []error, yields bool) {
		_, mine := v.Entries(q)
		_, all := desk.Entries(s.ctx, q)
		_, page := v.EntryPage(q, "", 0)
		_, pageOfAll := desk.EntryPage(s.ctx, q, "", 0)
		return []error{q.Check(), mine, all, page, pageOfAll}, false
	}
	stock := func(q engine.StockQuery) (errs []error, yields bool) {
		_, blocks := u.BlockPage(q, "", 0)
		_, hundreds := u.HundredPage(q, "", 0)
		return []error{q.Check(), blocks, hundreds}, len(slices.Collect(u.Blocks(q))) > 0
	}
	for name, c := range map[string]struct {
		ask  func() (errs []error, yields bool)
		want telephony.Code
	}{
		"contains letters":       {func() ([]error, bool) { return numbers(engine.NumberQuery{Contains: "42x"}) }, telephony.ErrNumberSyntax},
		"area code with country": {func() ([]error, bool) { return numbers(engine.NumberQuery{AreaCode: "+1425"}) }, telephony.ErrNumberSyntax},
		"area code of letters":   {func() ([]error, bool) { return numbers(engine.NumberQuery{AreaCode: "()"}) }, telephony.ErrNumberSyntax},
		"kind":                   {func() ([]error, bool) { return numbers(engine.NumberQuery{Kind: 99}) }, telephony.ErrKind},
		"state":                  {func() ([]error, bool) { return numbers(engine.NumberQuery{State: 99}) }, telephony.ErrNumberState},
		"activation":             {func() ([]error, bool) { return numbers(engine.NumberQuery{Activation: 99}) }, telephony.ErrActivationState},
		"country":                {func() ([]error, bool) { return numbers(engine.NumberQuery{Country: "us"}) }, telephony.ErrCountry},
		"assigned and not":       {func() ([]error, bool) { return numbers(engine.NumberQuery{Assigned: true, Unassigned: true}) }, engine.ErrQuery},
		"ported and not":         {func() ([]error, bool) { return numbers(engine.NumberQuery{Ported: true, FromPool: true}) }, engine.ErrQuery},
		"idle and assigned": {func() ([]error, bool) {
			return numbers(engine.NumberQuery{State: telephony.Unassigned, Assigned: true})
		}, engine.ErrQuery},
		"used and unassigned": {func() ([]error, bool) {
			return numbers(engine.NumberQuery{State: telephony.ConferenceAssigned, Unassigned: true})
		}, engine.ErrQuery},
		"of a person and unassigned":         {func() ([]error, bool) { return numbers(engine.NumberQuery{Person: "adele.vance", Unassigned: true}) }, engine.ErrQuery},
		"of a person and a service":          {func() ([]error, bool) { return numbers(engine.NumberQuery{Person: "adele.vance", Service: "bridge"}) }, engine.ErrQuery},
		"of a service and unassigned":        {func() ([]error, bool) { return numbers(engine.NumberQuery{Service: "bridge", Unassigned: true}) }, engine.ErrQuery},
		"orphaned and unassigned":            {func() ([]error, bool) { return numbers(engine.NumberQuery{Orphaned: true, Unassigned: true}) }, engine.ErrQuery},
		"people at a place without a number": {func() ([]error, bool) { return people(engine.PersonQuery{Location: "here", Unassigned: true}) }, engine.ErrQuery},
		"people's country":                   {func() ([]error, bool) { return people(engine.PersonQuery{Country: "usa"}) }, telephony.ErrCountry},
		"people with and without":            {func() ([]error, bool) { return people(engine.PersonQuery{Assigned: true, Unassigned: true}) }, engine.ErrQuery},
		"people there and not":               {func() ([]error, bool) { return people(engine.PersonQuery{Pending: true, Visible: true}) }, engine.ErrQuery},
		"people who lose nothing":            {func() ([]error, bool) { return people(engine.PersonQuery{AtRisk: true, Unassigned: true}) }, engine.ErrQuery},
		"address's country":                  {func() ([]error, bool) { return addresses(engine.AddressQuery{Country: "Us"}) }, telephony.ErrCountry},
		"addresses used and not":             {func() ([]error, bool) { return addresses(engine.AddressQuery{Assigned: true, Unassigned: true}) }, engine.ErrQuery},
		"service's kind":                     {func() ([]error, bool) { return services(engine.ServiceQuery{Kind: 99}) }, telephony.ErrServiceKind},
		"service's country":                  {func() ([]error, bool) { return services(engine.ServiceQuery{Country: "XX"}) }, telephony.ErrCountry},
		"services with and without":          {func() ([]error, bool) { return services(engine.ServiceQuery{Assigned: true, Unassigned: true}) }, engine.ErrQuery},
		"reservation's state":                {func() ([]error, bool) { return reservations(engine.ReservationQuery{State: 99}) }, reservation.ErrState},
		"reservation's kind":                 {func() ([]error, bool) { return reservations(engine.ReservationQuery{Kind: 99}) }, telephony.ErrKind},
		"reservation's place": {func() ([]error, bool) {
			return reservations(engine.ReservationQuery{Within: telephony.Area{Country: "us"}})
		}, telephony.ErrCountry},
		"order's state":    {func() ([]error, bool) { return ports(engine.PortQuery{State: 99}) }, porting.ErrState},
		"order's kind":     {func() ([]error, bool) { return ports(engine.PortQuery{Kind: 99}) }, telephony.ErrKind},
		"order's country":  {func() ([]error, bool) { return ports(engine.PortQuery{Country: "us"}) }, telephony.ErrCountry},
		"open and over":    {func() ([]error, bool) { return ports(engine.PortQuery{Open: true, State: porting.Cancelled}) }, engine.ErrQuery},
		"done and refused": {func() ([]error, bool) { return entries(engine.EntryQuery{Done: true, Refused: true}) }, engine.ErrQuery},
		"done and why not": {func() ([]error, bool) { return entries(engine.EntryQuery{Done: true, Code: engine.ErrDenied}) }, engine.ErrQuery},
		"stock's kind":     {func() ([]error, bool) { return stock(engine.StockQuery{Kind: 99}) }, telephony.ErrKind},
		"stock's country":  {func() ([]error, bool) { return stock(engine.StockQuery{Within: telephony.Area{Country: "us"}}) }, telephony.ErrCountry},
	} {
		errs, yields := c.ask()
		for i, err := range errs {
			if !errors.Is(err, c.want) {
				t.Errorf("%s: answer %d is %v, want %q", name, i, err, c.want)
			}
		}
		if yields {
			t.Errorf("%s: there are some", name)
		}
	}
	var e *telephony.Error
	if err := (engine.NumberQuery{Kind: 99, Country: "us", Ported: true, FromPool: true}).Check(); !errors.As(err, &e) || len(e.All()) != 3 {
		t.Errorf("all that is wrong with a query: %v", err)
	}
}
