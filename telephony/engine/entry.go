package engine

import (
	"log/slog"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// Entry is one command in the log: who did what, when, and what came of it.
type Entry struct {
	Index     uint64
	At        time.Time
	Tenant    telephony.TenantID // empty for the provider's own
	Actor     string
	RequestID string
	Op        Op
	Refused   telephony.Code // why it was refused; empty if it was not
	Events    []Event        // what changed, in order; must not be written to
	Chain     Digest         // of the log up to and with this entry
}

// LogValue leaves the events' personal data out of structured logs.
func (e Entry) LogValue() slog.Value {
	return slog.GroupValue(slog.Uint64("index", e.Index), slog.Time("at", e.At),
		slog.String("tenant", string(e.Tenant)), slog.String("op", string(e.Op)),
		slog.String("refused", string(e.Refused)), slog.Int("events", len(e.Events)))
}

// EventType says what an event tells.
type EventType string

// The types of events.
const (
	Configured           EventType = "configured"
	LogPruned            EventType = "log_pruned"
	StockAdded           EventType = "stock_added"
	StockWithdrawn       EventType = "stock_withdrawn"
	StockMoved           EventType = "stock_moved"
	NumbersMoved         EventType = "numbers_moved" // a tenant's, with the stock, to the area named
	TenantCreated        EventType = "tenant_created"
	LicencesBought       EventType = "licences_bought"
	LicencesReturned     EventType = "licences_returned"
	PersonAdded          EventType = "person_added"
	UsageLocationSet     EventType = "usage_location_set"
	LicencesAssigned     EventType = "licences_assigned"
	LicencesRemoved      EventType = "licences_removed"
	NumbersReserved      EventType = "numbers_reserved" // in a new reservation, or in one that was open
	NumbersAcquired      EventType = "numbers_acquired"
	NumbersReturned      EventType = "numbers_returned" // to the pool, free at once
	NumbersReleased      EventType = "numbers_released" // to the pool, to rest first
	NumbersRested        EventType = "numbers_rested"   // free after their rest
	ReservationExpired   EventType = "reservation_expired"
	ReservationCancelled EventType = "reservation_cancelled"
	ReservationExtended  EventType = "reservation_extended"
	AddressSaved         EventType = "address_saved"
	AddressDeleted       EventType = "address_deleted"
	AddressReplaced      EventType = "address_replaced" // all that had it has another
	AddressEdited        EventType = "address_edited"   // or validated anew
	AddressRefused       EventType = "address_refused"  // by an authority, though it was accepted once
	DraftSaved           EventType = "draft_saved"
	DraftPromoted        EventType = "draft_promoted"
	DraftDeleted         EventType = "draft_deleted"
	LocationAdded        EventType = "location_added"
	LocationDeleted      EventType = "location_deleted"
	LocationMoved        EventType = "location_moved" // to the address named, with as many numbers
	NumberAssigned       EventType = "number_assigned"
	NumberUnassigned     EventType = "number_unassigned"
	NumberAtRisk         EventType = "number_at_risk" // the person lacks a licence for it, and keeps it for a time
	NumberKept           EventType = "number_kept"    // it was at risk, and the licence is there again
	LocationChanged      EventType = "location_changed"
	PersonTold           EventType = "person_told"
	ActivationFailed     EventType = "activation_failed"    // of numbers whose address is not in their area
	ActivationRecovered  EventType = "activation_recovered" // of numbers whose address is again
	TermsAcknowledged    EventType = "terms_acknowledged"
	ServiceAdded         EventType = "service_added"
	ServiceLocationSet   EventType = "service_location_set"
	ServiceRemoved       EventType = "service_removed"
	AttributesSet        EventType = "attributes_set"
	NumbersBlocked       EventType = "numbers_blocked"
	NumbersUnblocked     EventType = "numbers_unblocked"
	NumbersConverted     EventType = "numbers_converted" // to the kind named
	NumbersReclaimed     EventType = "numbers_reclaimed" // out of their rest, by who released them
	RestCutShort         EventType = "rest_cut_short"    // free before they had rested
	CarrierAsked         EventType = "carrier_asked"     // for what Why says
	CarrierConfirmed     EventType = "carrier_confirmed"
	CarrierRefused       EventType = "carrier_refused" // for the cause in Why
	PersonRemoved        EventType = "person_removed"
	PersonVanished       EventType = "person_vanished" // and the number with the person
	PersonReturned       EventType = "person_returned"
	PortOrderChanged     EventType = "port_order_changed" // by the verb named
	NumbersPorted        EventType = "numbers_ported"     // in, and the tenant's
	NumbersSnappedBack   EventType = "numbers_snapped_back"
	NumbersPortedOut     EventType = "numbers_ported_out"
	PortOutRefused       EventType = "port_out_refused" // for the cause named
	PortOutPINSet        EventType = "port_out_pin_set"
	PortOutLocked        EventType = "port_out_locked"
	PortOutUnlocked      EventType = "port_out_unlocked"
)

// Event is one change. Only the fields that its type needs are set.
type Event struct {
	Type        EventType
	Tenant      telephony.TenantID // whose; empty for the provider's own
	Person      telephony.PersonID
	Reservation telephony.ReservationID
	Reference   string `cbor:",omitempty"` // the customer's word for the reservation
	Address     telephony.AddressID
	Location    telephony.LocationID
	Numbers     telephony.NumberList // must not be written to
	Products    []licensing.Product  // must not be written to
	Quantity    int64
	Country     telephony.Country
	Area        telephony.Area
	Service     telephony.ServiceID
	Kind        telephony.Kind
	Order       telephony.PortOrderID
	Verb        porting.Verb
	Reason      porting.Reason // the losing carrier's, of a refusal
	Carrier     string         // the losing or the gaining one
	Why         telephony.Code
}

// LogValue masks the event in structured logs. What the customer calls a
// reservation may name somebody, so it is left out.
func (e Event) LogValue() slog.Value {
	return slog.GroupValue(slog.String("type", string(e.Type)), slog.String("tenant", string(e.Tenant)),
		slog.Any("person", e.Person), slog.Any("numbers", e.Numbers))
}
