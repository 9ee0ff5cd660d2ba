package engine

import (
	"slices"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// portFacts gathers what a port request is judged by and does not say itself.
// Whoever may call from a number must say from where, so the location is asked
// for as it is at an acquisition, of all kinds but toll-free, which may become
// another than the order says until the carrier has reported.
func (s *step) portFacts(r porting.Request) (porting.Facts, *telephony.Error) {
	f := porting.Facts{Bounds: s.settings.Ports.Bounds, LocationWhen: locationWhen(r.Country), PINWanted: s.settings.Ports.wantsPIN(r.Carrier)}
	if r.Kind == telephony.TollFreeNumber {
		f.LocationWhen = telephony.LocationAtAssignment
	}
	if r.Location == "" {
		return f, nil
	}
	var known bool
	if f.Location, known = s.reader().locationFacts(r.Location, numberRow{}); !known {
		return f, unknownLocation(r.Location)
	}
	return f, nil
}

// judgePort is what stands against an order of which the rules have said err:
// that, if it is of the order itself; else all that is wrong with the request, and
// with its numbers here, at once.
func (s *step) judgePort(err error, r porting.Request, f porting.Facts, id telephony.PortOrderID) *telephony.Error {
	refused := asError(err)
	reasons := porting.CheckRequest(s.time(), r, f)
	if refused != nil && (len(reasons) == 0 || refused.Code != reasons[0].Code) {
		return refused
	}
	return telephony.Join(append(reasons, s.unavailable(r.Numbers, id)...))
}

// unavailable reports which numbers cannot be in that order of the tenant: its
// own, those in another open order of its own, and those that the provider has or
// will have by way of somebody else. Of the last it says nothing more: not whether
// somebody has them, and not who.
func (s *step) unavailable(numbers porting.Ranges, id telephony.PortOrderID) (reasons []*telephony.Error) {
	if numbers.Count() > porting.MaxNumbers {
		return nil // which is refused for that
	}
	var own, ordered, others telephony.NumberList
	in := telephony.PortOrderID("")
	for _, part := range numbers {
		for n := range s.stocked(part) {
			if _, mine := s.tables.numbers.Get(s.tx, numberKey(s.account.Tenant, n)); mine {
				own = append(own, n)
			} else {
				others = append(others, n)
			}
		}
		for row, both := range s.orderedIn(part) {
			switch {
			case row.Tenant != s.account.Tenant:
				others = slices.AppendSeq(others, both.All())
			case row.ID != id:
				in, ordered = row.ID, slices.AppendSeq(ordered, both.All())
			}
		}
	}
	add := func(code telephony.Code, numbers telephony.NumberList, subject, detail, fix string) {
		if len(numbers) > 0 {
			reasons = append(reasons, &telephony.Error{Code: code, Field: "numbers", Subject: subject, Numbers: sortNumbers(numbers), Detail: detail, Fix: fix})
		}
	}
	add(ErrPortOwned, own, "", "numbers are the tenant's already", "leave them out")
	add(ErrPortOrdered, ordered, portSubject+string(in), "numbers are in another open port order of the tenant", "leave them out, or cancel that order")
	add(ErrPortUnavailable, others, "", "numbers cannot be ported in", "leave them out, or ask the provider")
	return reasons
}

// sortNumbers puts a list of one's own in order, each number once.
func sortNumbers(numbers telephony.NumberList) telephony.NumberList {
	slices.SortFunc(numbers, telephony.Number.Compare)
	return slices.Compact(numbers)
}

// mayPort reports why the tenant may not order a port of that kind at all.
func (s *step) mayPort(k telephony.Kind) *telephony.Error {
	if err := s.settings.Catalogue.VoiceOpen(s.account.Licences); err != nil {
		return asError(err)
	}
	if k == telephony.TollFreeNumber {
		return asError(s.settings.Catalogue.CheckTollFree(s.account.Licences))
	}
	return nil
}

// orderedAt reports which open port orders are to bring numbers to one of the
// locations, so that it cannot be deleted.
func (s *step) orderedAt(locations ...locationRow) (reasons []*telephony.Error) {
	if s.account.Ports == 0 {
		return nil
	}
	for row := range s.reader().openPorts() {
		at := row.Order.Request.Location
		if slices.ContainsFunc(locations, func(l locationRow) bool { return l.ID == at }) {
			reasons = append(reasons, &telephony.Error{Code: ErrLocationOrdered, Subject: portSubject + string(row.ID),
				Detail: "an open port order is to bring numbers to the location", Fix: "wait until it is over, or cancel it"})
		}
	}
	return reasons
}

// ownOrders finds numbers in the open port orders of the command's tenant. It looks
// through the orders of a block once.
type ownOrders struct {
	*step
	of map[telephony.Number][]telephony.Range // what is ordered of a block, by its base
}

func (s *step) ownOrders() ownOrders { return ownOrders{s, map[telephony.Number][]telephony.Range{}} }

// have reports whether a number is in one of them.
func (o ownOrders) have(n telephony.Number) bool {
	if o.account.Ports == 0 {
		return false
	}
	base, _ := n.Block()
	ranges, known := o.of[base]
	if !known {
		block, _ := telephony.NewRange(base, telephony.BlockSize)
		for row, both := range o.orderedIn(block) {
			if row.Tenant == o.account.Tenant {
				ranges = append(ranges, both)
			}
		}
		o.of[base] = ranges
	}
	return slices.ContainsFunc(ranges, func(r telephony.Range) bool { return r.Contains(n) })
}
