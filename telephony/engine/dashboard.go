package engine

import (
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// NumberCounts counts a tenant's numbers of one kind.
type NumberCounts struct {
	Kind       telephony.Kind
	Quota      licensing.Quota
	Acquired   int64 // the tenant's
	Assigned   int64 // of these, the ones a person or a service has
	Unassigned int64 // of these, the ones nobody has
	Held       int64 // in open reservations
}

// Dashboard is a tenant at a glance. None of its figures is counted for it, so
// it costs the same however much there is.
type Dashboard struct {
	Licences         []licensing.Holding // by product
	VoiceOpen        bool                // the voice area is open
	Numbers          []NumberCounts      // one for each kind
	OpenReservations int
	People           int64
	Addresses        int64
	Drafts           int64 // addresses that were kept and not accepted
	Services         int64
	ResourceAccounts int64 // of the services, those that count against the licences
	Vanished         int64 // people who are gone from the directory
	Orphans          int64 // numbers that they have still, which FreeOrphans frees
	PortOrders       int64 // those that are open
}

// Dashboard returns the tenant at a glance.
func (v *View) Dashboard() Dashboard {
	d := Dashboard{
		Licences:         v.Licences(),
		VoiceOpen:        v.settings.Catalogue.VoiceOpen(v.account.Licences) == nil,
		OpenReservations: v.open,
		People:           v.account.People,
		Addresses:        v.account.Addresses,
		Drafts:           v.account.Drafts,
		Services:         v.account.Services,
		ResourceAccounts: v.account.ResourceAccounts,
		Vanished:         v.account.Vanished,
		Orphans:          v.account.Orphans,
		PortOrders:       v.account.Ports,
	}
	for _, k := range telephony.Kinds() {
		u := v.account.Use[k]
		d.Numbers = append(d.Numbers, NumberCounts{Kind: k, Quota: v.Quota(k), Acquired: u.Acquired,
			Assigned: u.Assigned, Unassigned: u.Acquired - u.Assigned, Held: u.Held})
	}
	return d
}
