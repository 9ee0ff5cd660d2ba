package engine

import (
	"example.com/callingplan/emergency"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// wireReservation is a Reservation as it is kept.
type wireReservation struct {
	ID                    telephony.ReservationID
	Area                  telephony.Area
	Kind                  telephony.Kind
	State                 reservation.State
	Made, Expires, Closed int64 // Closed says nothing while it is open
	Numbers, Acquired     telephony.NumberList
	Reference             string `cbor:",omitempty"`
}

// wireAddress is an Address as it is kept.
type wireAddress struct {
	ID        telephony.AddressID
	Default   telephony.LocationID
	Record    emergency.Record
	Saved     int64
	Locations int64
}

// wirePortOut is what came of a wish for numbers as it is kept.
type wirePortOut struct {
	Numbers telephony.NumberList
	People  PersonList
	Refused *refusal
}

func (w wirePortOut) result() portOutResult {
	r := portOutResult{PortedOut: PortedOut{w.Numbers, w.People}}
	if w.Refused != nil {
		r.refused = w.Refused.error()
	}
	return r
}

// encodeResult writes what an operation gave.
func encodeResult(result any) []byte {
	switch r := result.(type) {
	case nil:
		return nil
	case Reservation:
		w := wireReservation{ID: r.ID, Area: r.Area, Kind: r.Kind, State: r.State, Made: r.Made.UnixNano(),
			Expires: r.Expires.UnixNano(), Numbers: r.numbers, Acquired: r.acquired, Reference: r.Reference}
		if !r.Closed.IsZero() {
			w.Closed = r.Closed.UnixNano()
		}
		result = w
	case Draft:
		result = wireAddress{ID: r.ID, Record: r.Record, Saved: r.Saved.UnixNano()}
	case []GroupOutcome:
		result = newWireOutcomes(r)
	case portOutResult:
		result = wirePortOut{r.Numbers, r.People, newRefusal(r.refused)}
	case Address:
		result = wireAddress{r.ID, r.Default, r.Record, r.Saved.UnixNano(), r.Locations}
	}
	data, err := theEncoding().write.Marshal(result)
	must(err)
	return data
}

// resultOf returns what a command gave when it was first made, and whether what is
// kept can be the result of one like it.
func resultOf(c Command, data []byte) (result any, fits bool) {
	kept, err := decodeResult(c.Op(), data)
	if err != nil {
		return nil, false
	}
	if kept, group := kept.(wireOutcomes); group {
		return kept.outcomes(c.payload.(groupCommand).People)
	}
	return kept, true
}

// decodeResult reads what an operation gave.
func decodeResult(op Op, data []byte) (any, error) {
	switch op {
	case OpReserve, OpCancel, OpExtend, OpAddTo, OpDropFrom:
		w, err := decodeResultAs[wireReservation](data)
		return w.reservation(), err
	case OpAcquire:
		return decodeResultAs[Acquired](data)
	case OpWithdrawStock:
		return decodeResultAs[Withdrawn](data)
	case OpMoveStock:
		return decodeResultAs[Moved](data)
	case OpReplaceAddress:
		return decodeResultAs[Replaced](data)
	case OpSaveDraft:
		w, err := decodeResultAs[wireAddress](data)
		return Draft{w.ID, w.Record, unix(w.Saved)}, err
	case OpSaveAddress, OpPromoteDraft, OpEditAddress, OpRecordRefusal:
		w, err := decodeResultAs[wireAddress](data)
		return Address{w.ID, w.Default, w.Record, unix(w.Saved), w.Locations}, err
	case OpAssignGroup:
		return decodeOutcomes(data)
	case OpAddLocation:
		return decodeResultAs[Location](data)
	case OpEndRest:
		return decodeResultAs[RestEnded](data)
	case OpFreeOrphans:
		return decodeResultAs[Freed](data)
	case OpSweep:
		return decodeResultAs[swept](data)
	case OpOrderPort, OpEditPort, OpSetPortDate, OpCancelPort, OpResubmitPort,
		OpContactCarrier, OpApprovePort, OpRejectPort, OpReportPort, OpCompletePort:
		return decodeResultAs[portResult](data)
	case OpPortOut:
		w, err := decodeResultAs[wirePortOut](data)
		return w.result(), err
	}
	if len(data) > 0 {
		return nil, refuse(ErrCommandEncoding, "", "the operation gives nothing", "")
	}
	return nil, nil
}

func decodeResultAs[R any](data []byte) (r R, err error) {
	err = theEncoding().read.Unmarshal(data, &r)
	return r, err
}

func (w wireReservation) reservation() Reservation {
	r := Reservation{ID: w.ID, Area: w.Area, Kind: w.Kind, State: w.State, Made: unix(w.Made), Expires: unix(w.Expires),
		Reference: w.Reference, numbers: w.Numbers, acquired: w.Acquired}
	if w.State != reservation.Reserved {
		r.Closed = unix(w.Closed)
	}
	return r
}
