package engine

import (
	"bytes"

	"github.com/fxamacker/cbor/v2"

	"example.com/callingplan/telephony"
)

// The causes for which encoded commands are refused.
const (
	ErrCommandEncoding telephony.Code = "command_encoding"
	ErrCommandTooLarge telephony.Code = "command_too_large"
	ErrCommandVersion  telephony.Code = "command_version"
)

// MaxCommand is the most bytes an encoded command has: 256 KiB.
const MaxCommand = 256 << 10

// wireCommand is a command as it is written: an array, so that nothing depends
// on names.
type wireCommand struct {
	_         struct{} `cbor:",toarray"`
	Version   uint16
	Op        Op
	Tenant    telephony.TenantID
	Actor     string
	RequestID string
	Stamp     int64
	Payload   cbor.RawMessage
}

// MarshalBinary writes the command in the one form it has: CBOR, core
// deterministic. Its error is ErrCommandTooLarge.
func (c Command) MarshalBinary() ([]byte, error) {
	enc := theEncoding().write
	body, err := enc.Marshal(c.payload)
	if err != nil {
		return nil, encodingError(err)
	}
	data, err := enc.Marshal(wireCommand{Version: c.Version, Op: c.Op(), Tenant: c.Tenant, Actor: c.Actor,
		RequestID: c.RequestID, Stamp: c.Stamp, Payload: body})
	if err != nil {
		return nil, encodingError(err)
	}
	if err := checkCommandSize(data); err != nil {
		return nil, err
	}
	return data, nil
}

// UnmarshalBinary reads what MarshalBinary wrote, and nothing else: another
// form of the same command is refused too, so that a command has one form and
// one digest. What it reads has passed the checks of a call.
//
// Errors, in order of precedence: ErrCommandTooLarge; ErrCommandEncoding;
// ErrCommandVersion for a version this code does not know; ErrCommandEncoding
// for an operation it does not know, or an unusual form; those of the
// operation's own check.
func (c *Command) UnmarshalBinary(data []byte) error {
	if err := checkCommandSize(data); err != nil {
		return err
	}
	var w wireCommand
	if err := theEncoding().read.Unmarshal(data, &w); err != nil {
		return encodingError(err)
	}
	if w.Version != commandVersion {
		return &telephony.Error{Code: ErrCommandVersion, Detail: "the command is of a version this code does not know",
			Figures: []telephony.Figure{{Name: "version", Value: int64(w.Version)}, {Name: "known", Value: commandVersion}},
			Fix:     "upgrade this machine first"}
	}
	p, err := decodePayload(w.Op, w.Payload)
	if err != nil {
		return err
	}
	read := Command{Version: w.Version, Tenant: w.Tenant, Actor: w.Actor, RequestID: w.RequestID, Stamp: w.Stamp, payload: p}
	if err := read.checkCall(); err != nil {
		return err
	}
	if again, err := read.MarshalBinary(); err != nil || !bytes.Equal(again, data) {
		return &telephony.Error{Code: ErrCommandEncoding, Detail: "the command is not in its one form", Fix: "write it with MarshalBinary"}
	}
	*c = read
	return nil
}

func checkCommandSize(data []byte) error {
	if len(data) <= MaxCommand {
		return nil
	}
	return &telephony.Error{Code: ErrCommandTooLarge, Detail: "the command is too large", Fix: "make several of it",
		Figures: []telephony.Figure{{Name: "bytes", Value: int64(len(data))}, {Name: "most", Value: MaxCommand}}}
}

// encodingError keeps what the decoder says to itself: it may quote the input.
func encodingError(error) error {
	return &telephony.Error{Code: ErrCommandEncoding, Detail: "the bytes are no command", Fix: "write it with MarshalBinary"}
}

// decodePayload reads the payload of an operation.
func decodePayload(op Op, data []byte) (payload, error) {
	switch op {
	case OpConfigure:
		return decodeAs[configureCommand](data)
	case OpAddStock:
		return decodeAs[Stock](data)
	case OpAddStockList:
		return decodeAs[StockList](data)
	case OpWithdrawStock:
		return decodeAs[StockWithdrawal](data)
	case OpMoveStock:
		return decodeAs[StockMove](data)
	case OpCreateTenant:
		return decodeAs[TenantSpec](data)
	case OpSweep:
		return decodeAs[sweepCommand](data)
	case OpPruneLog:
		return decodeAs[PruneLog](data)
	case OpBuyLicences:
		return decodeAs[buyCommand](data)
	case OpReturnLicences:
		return decodeAs[returnCommand](data)
	case OpAddPerson:
		return decodeAs[PersonSpec](data)
	case OpSetUsageLocation:
		return decodeAs[UsageLocation](data)
	case OpAssignLicences:
		return decodeAs[licenceCommand](data)
	case OpAssignGroup:
		return decodeAs[groupCommand](data)
	case OpReserve:
		return decodeAs[reserveCommand](data)
	case OpAcquire:
		return decodeAs[acquireCommand](data)
	case OpCancel:
		return decodeAs[CancelReservation](data)
	case OpExtend:
		return decodeAs[ExtendReservation](data)
	case OpAddTo:
		return decodeAs[addCommand](data)
	case OpDropFrom:
		return decodeAs[dropCommand](data)
	case OpRelease:
		return decodeAs[releaseCommand](data)
	case OpSaveAddress:
		return decodeAs[saveAddressCommand](data)
	case OpAddLocation:
		return decodeAs[addLocationCommand](data)
	case OpDeleteLocation:
		return decodeAs[DeleteLocation](data)
	case OpDeleteAddress:
		return decodeAs[DeleteAddress](data)
	case OpAssign:
		return decodeAs[Assign](data)
	case OpUnassign:
		return decodeAs[Unassign](data)
	case OpChangeNumber:
		return decodeAs[ChangeNumber](data)
	case OpChangeLocation:
		return decodeAs[ChangeLocation](data)
	case OpTell:
		return decodeAs[Told](data)
	case OpReplaceAddress:
		return decodeAs[replaceAddressCommand](data)
	case OpEditAddress:
		return decodeAs[editAddressCommand](data)
	case OpRecordRefusal:
		return decodeAs[recordRefusalCommand](data)
	case OpSaveDraft:
		return decodeAs[saveDraftCommand](data)
	case OpPromoteDraft:
		return decodeAs[promoteDraftCommand](data)
	case OpDeleteDraft:
		return decodeAs[DeleteDraft](data)
	case OpAcknowledgeTerms:
		return decodeAs[acknowledgeTermsCommand](data)
	case OpAddService:
		return decodeAs[ServiceSpec](data)
	case OpSetServiceLocation:
		return decodeAs[ServiceLocation](data)
	case OpRemoveService:
		return decodeAs[RemoveService](data)
	case OpAssignService:
		return decodeAs[AssignService](data)
	case OpUnassignService:
		return decodeAs[UnassignService](data)
	case OpSetAttributes:
		return decodeAs[attributesCommand](data)
	case OpBlockNumbers:
		return decodeAs[blockCommand](data)
	case OpUnblockNumbers:
		return decodeAs[unblockCommand](data)
	case OpReportActivation:
		return decodeAs[reportCommand](data)
	case OpConvertNumbers:
		return decodeAs[convertCommand](data)
	case OpEndRest:
		return decodeAs[endRestCommand](data)
	case OpReclaim:
		return decodeAs[reclaimCommand](data)
	case OpRemovePerson:
		return decodeAs[RemovePerson](data)
	case OpMarkVanished:
		return decodeAs[Vanished](data)
	case OpMarkReturned:
		return decodeAs[Returned](data)
	case OpFreeOrphans:
		return decodeAs[freeOrphansCommand](data)
	case OpOrderPort:
		return decodeAs[orderPortCommand](data)
	case OpEditPort:
		return decodeAs[editPortCommand](data)
	case OpSetPortDate:
		return decodeAs[setPortDateCommand](data)
	case OpCancelPort:
		return decodeAs[cancelPortCommand](data)
	case OpResubmitPort:
		return decodeAs[resubmitPortCommand](data)
	case OpContactCarrier:
		return decodeAs[contactCarrierCommand](data)
	case OpApprovePort:
		return decodeAs[approvePortCommand](data)
	case OpRejectPort:
		return decodeAs[rejectPortCommand](data)
	case OpReportPort:
		return decodeAs[reportPortCommand](data)
	case OpCompletePort:
		return decodeAs[completePortCommand](data)
	case OpSetPortOutPIN:
		return decodeAs[setPINCommand](data)
	case OpLockPortOut:
		return decodeAs[PortOutLock](data)
	case OpPortOut:
		return decodeAs[portOutCommand](data)
	}
	return nil, &telephony.Error{Code: ErrCommandEncoding, Detail: "the command is of an operation this code does not know",
		Fix: "upgrade this machine first"}
}

func decodeAs[P payload](data []byte) (payload, error) {
	var p P
	if err := theEncoding().read.Unmarshal(data, &p); err != nil {
		return nil, encodingError(err)
	}
	return p, nil
}
