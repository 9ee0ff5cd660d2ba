package engine

import (
	"iter"
	"strings"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// Service is a service of a tenant.
type Service struct {
	ID            telephony.ServiceID
	Kind          telephony.ServiceKind
	Name          string
	UsageLocation telephony.Country // of a resource account
	Added         time.Time
	Numbers       int64            // that it has; NumberQuery.Service finds them
	Number        telephony.Number // the one that a resource account has
}

// ServiceQuery says which services are wanted: those that match all fields that
// are set. The zero ServiceQuery is all.
type ServiceQuery struct {
	Kind       telephony.ServiceKind
	Country    telephony.Country // whose usage location it is
	Assigned   bool              // that have a number
	Unassigned bool              // that have none
	Text       string            // in the identifier or the name, capitals or not
}

// Services yields the services that match, by identifier, ascending; none for a query
// that Check refuses.
func (v *View) Services(q ServiceQuery) iter.Seq[Service] {
	return func(yield func(Service) bool) {
		if q.Check() != nil {
			return
		}
		for row := range v.serviceRows("") {
			if s, ok := matchingService(q, row); ok && !yield(s) {
				return
			}
		}
	}
}

// ServicePage returns a page of the services that match, of up to size of them, 0
// for 100.
//
// Errors: those of ServiceQuery.Check; ErrCursor; ErrRequest for a size below 0 or above
// 1000.
func (v *View) ServicePage(q ServiceQuery, after Cursor, size int) (Page[Service], error) {
	if err := q.Check(); err != nil {
		return Page[Service]{}, err
	}
	list := v.listing(serviceNames, q)
	last, err := after.key(list)
	if err != nil {
		return Page[Service]{}, err
	}
	return pageOf(list, v.serviceRows(telephony.ServiceID(last)), size, func(r serviceRow) string { return string(r.ID) },
		func(row serviceRow) (Service, bool) { return matchingService(q, row) })
}

// Service returns one service. Its error is ErrUnknownService.
func (v *View) Service(id telephony.ServiceID) (Service, error) {
	row, ok := v.tables.services.Get(v.rows, serviceKey(v.tenant, id))
	if !ok {
		return Service{}, unknownService(id)
	}
	return row.service(), nil
}

// ResourceAccounts returns how many resource accounts the tenant may have, with
// the reasons line by line. What it has stands under Acquired.
func (v *View) ResourceAccounts() licensing.Quota { return accountQuota(v.settings, &v.account) }

// CheckAssignService returns everything that stands in the way of an assignment to
// a service, in the order of Tenant.AssignService; none means that it would
// succeed now.
func (v *View) CheckAssignService(a AssignService) []*telephony.Error {
	if err := a.check(); err != nil {
		return []*telephony.Error{asError(err)}
	}
	_, _, reasons := v.serviceAssignment(a, &v.account)
	return reasons
}

// serviceRows yields the services behind one.
func (v *View) serviceRows(last telephony.ServiceID) iter.Seq[serviceRow] {
	from := accountKey(v.tenant)
	if last != "" {
		from = serviceKey(v.tenant, last).Next()
	}
	return v.tables.services.Between(v.rows, from, accountKey(v.tenant).PrefixEnd())
}

func matchingService(q ServiceQuery, row serviceRow) (s Service, ok bool) {
	text := strings.ToLower(q.Text)
	switch {
	case q.Kind != 0 && row.Kind != q.Kind,
		q.Country != "" && row.Country != q.Country,
		q.Assigned && row.Numbers == 0,
		q.Unassigned && row.Numbers > 0,
		!strings.Contains(strings.ToLower(string(row.ID)), text) && !strings.Contains(strings.ToLower(row.Name), text):
		return s, false
	}
	return row.service(), true
}

func (r serviceRow) service() Service {
	return Service{ID: r.ID, Kind: r.Kind, Name: r.Name, UsageLocation: r.Country, Added: unix(r.Added), Numbers: r.Numbers, Number: r.Number}
}
