package engine

import (
	"errors"

	"example.com/callingplan/telephony"
)

// The causes for which the engine itself refuses. The rules of licences, holds,
// addresses and assignments have theirs in the packages that decide them.
//
// What belongs to another tenant and what does not exist give the same error.
const (
	ErrRequest            telephony.Code = "request_invalid"
	ErrDenied             telephony.Code = "denied"
	ErrCancelled          telephony.Code = "call_cancelled"
	ErrFailed             telephony.Code = "engine_failed"
	ErrUnknownTenant      telephony.Code = "tenant_unknown"
	ErrTenantExists       telephony.Code = "tenant_exists"
	ErrUnknownPerson      telephony.Code = "person_unknown"
	ErrPersonExists       telephony.Code = "person_exists"
	ErrUnknownReservation telephony.Code = "reservation_unknown"
	ErrUnknownNumber      telephony.Code = "number_unknown"
	ErrUnknownAddress     telephony.Code = "address_unknown"
	ErrUnknownLocation    telephony.Code = "location_unknown"
	ErrAddressDraft       telephony.Code = "address_is_draft"
	ErrIDTaken            telephony.Code = "id_taken"
	ErrAreaNotOffered     telephony.Code = "area_not_offered"
	ErrStockOverlap       telephony.Code = "stock_overlaps"
	ErrStockCountry       telephony.Code = "stock_in_other_country"
	ErrStockAcquired      telephony.Code = "stock_acquired"
	ErrStockHeld          telephony.Code = "stock_held"
	ErrStockResting       telephony.Code = "stock_resting"
	ErrStockBorder        telephony.Code = "stock_crosses_border"
	ErrStockUnmoved       telephony.Code = "stock_area_unchanged"
	ErrNumberInUse        telephony.Code = "numbers_in_use"
	ErrNoNumber           telephony.Code = "person_has_no_number"
	ErrSameNumber         telephony.Code = "number_unchanged"
	ErrNumberBlocksMove   telephony.Code = "usage_location_pinned"
	ErrUnknownService     telephony.Code = "service_unknown"
	ErrServiceExists      telephony.Code = "service_exists"
	ErrServiceCountry     telephony.Code = "service_without_country"
	ErrNoService          telephony.Code = "number_without_service"
	ErrNotBlocked         telephony.Code = "number_not_blocked"
	ErrNotResting         telephony.Code = "numbers_not_resting"
	ErrNotOrphaned        telephony.Code = "numbers_not_orphaned"
	ErrPersonVanished     telephony.Code = "person_vanished"
	ErrPersonListedTwice  telephony.Code = "person_listed_twice"
	ErrLogPruned          telephony.Code = "log_pruned"
	ErrCursor             telephony.Code = "cursor_invalid"
	ErrQuery              telephony.Code = "query_contradictory"
)

// refuse makes the error of a refused operation about a field of its request.
func refuse(code telephony.Code, field, detail, fix string) *telephony.Error {
	return &telephony.Error{Code: code, Field: field, Detail: detail, Fix: fix}
}

func unknownPerson(id telephony.PersonID) *telephony.Error {
	return &telephony.Error{Code: ErrUnknownPerson, Person: id,
		Detail: "the tenant has no such person", Fix: "add the person first, or check the identifier"}
}

func unknownNumber(n telephony.Number) *telephony.Error {
	return &telephony.Error{Code: ErrUnknownNumber, Numbers: telephony.NumberList{n},
		Detail: "the tenant has no such number", Fix: "acquire it first, or check the digits"}
}

func unknownService(id telephony.ServiceID) *telephony.Error {
	return &telephony.Error{Code: ErrUnknownService, Subject: "service " + string(id),
		Detail: "the tenant has no such service", Fix: "add the service first, or check the identifier"}
}

func unknownReservation(id telephony.ReservationID) *telephony.Error {
	return &telephony.Error{Code: ErrUnknownReservation, Subject: "reservation " + string(id),
		Detail: "the tenant has no such reservation, or closed it longer ago than closed ones are kept",
		Fix:    "reserve again"}
}

func unknownAddress(id telephony.AddressID) *telephony.Error {
	return &telephony.Error{Code: ErrUnknownAddress, Subject: "address " + string(id),
		Detail: "the tenant has no such emergency address", Fix: "save the address first"}
}

func unknownLocation(id telephony.LocationID) *telephony.Error {
	return &telephony.Error{Code: ErrUnknownLocation, Subject: locationSubject + string(id),
		Detail: "the tenant has no such emergency location", Fix: "add the location first"}
}

// asError brings any error of the module to the one type, so that the
// operation's name can be put on it.
func asError(err error) *telephony.Error {
	if err == nil {
		return nil
	}
	if e, ok := err.(*telephony.Error); ok {
		return e
	}
	code := ErrRequest
	var inside *telephony.Error
	if errors.As(err, &inside) {
		code = inside.Code
	} else {
		errors.As(err, &code)
	}
	return &telephony.Error{Code: code, Err: err}
}
