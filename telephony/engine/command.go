package engine

import (
	"context"
	"time"

	"example.com/callingplan/telephony"
)

// Op names an operation, in commands, log entries and errors.
type Op string

// The operations.
const (
	OpConfigure          Op = "configure"
	OpAddStock           Op = "add stock"
	OpAddStockList       Op = "add stock list"
	OpWithdrawStock      Op = "withdraw stock"
	OpMoveStock          Op = "move stock"
	OpCreateTenant       Op = "create tenant"
	OpSweep              Op = "sweep"
	OpPruneLog           Op = "prune log"
	OpBuyLicences        Op = "buy licences"
	OpReturnLicences     Op = "return licences"
	OpAddPerson          Op = "add person"
	OpSetUsageLocation   Op = "set usage location"
	OpAssignLicences     Op = "assign licences"
	OpAssignGroup        Op = "assign licences to group"
	OpReserve            Op = "reserve"
	OpAcquire            Op = "acquire"
	OpCancel             Op = "cancel reservation"
	OpExtend             Op = "extend reservation"
	OpAddTo              Op = "add to reservation"
	OpDropFrom           Op = "drop from reservation"
	OpRelease            Op = "release numbers"
	OpSaveAddress        Op = "save address"
	OpAddLocation        Op = "add location"
	OpDeleteLocation     Op = "delete location"
	OpDeleteAddress      Op = "delete address"
	OpAssign             Op = "assign number"
	OpUnassign           Op = "unassign number"
	OpChangeNumber       Op = "change number"
	OpChangeLocation     Op = "change location"
	OpTell               Op = "tell person"
	OpReplaceAddress     Op = "replace address"
	OpEditAddress        Op = "edit address"
	OpRecordRefusal      Op = "record refusal of address"
	OpSaveDraft          Op = "save draft"
	OpPromoteDraft       Op = "promote draft"
	OpDeleteDraft        Op = "delete draft"
	OpAcknowledgeTerms   Op = "acknowledge terms"
	OpAddService         Op = "add service"
	OpSetServiceLocation Op = "set service location"
	OpRemoveService      Op = "remove service"
	OpAssignService      Op = "assign service"
	OpUnassignService    Op = "unassign service"
	OpSetAttributes      Op = "set attributes"
	OpBlockNumbers       Op = "block numbers"
	OpUnblockNumbers     Op = "unblock numbers"
	OpReportActivation   Op = "report activation"
	OpConvertNumbers     Op = "convert numbers"
	OpEndRest            Op = "end rest"
	OpReclaim            Op = "reclaim numbers"
	OpRemovePerson       Op = "remove person"
	OpMarkVanished       Op = "mark vanished"
	OpMarkReturned       Op = "mark returned"
	OpFreeOrphans        Op = "free orphans"
	OpOrderPort          Op = "order port"
	OpEditPort           Op = "edit port order"
	OpSetPortDate        Op = "set port date"
	OpCancelPort         Op = "cancel port order"
	OpResubmitPort       Op = "resubmit port order"
	OpContactCarrier     Op = "contact carrier"
	OpApprovePort        Op = "approve port order"
	OpRejectPort         Op = "reject port order"
	OpReportPort         Op = "report port order"
	OpCompletePort       Op = "complete port order"
	OpSetPortOutPIN      Op = "set port-out PIN"
	OpLockPortOut        Op = "lock port-out"
	OpPortOut            Op = "port out"
	OpSnapshot           Op = "snapshot"      // reads all; never in a command
	OpView               Op = "view"          // reads; never in a command
	OpCheckAddress       Op = "check address" // asks the authority; never in a command
)

// Action is a call that an Authorizer is asked about.
type Action struct {
	Tenant telephony.TenantID // empty for the provider's own calls
	Actor  string             // who acts, as given to As
	Op     Op
}

// commandVersion is the version of commands this code writes.
const commandVersion = 1

// Command is one write, as a value: all that deciding it needs beyond the state.
// It holds no pointer to anything that changes.
type Command struct {
	Version   uint16
	Tenant    telephony.TenantID // empty for the provider's own
	Actor     string
	RequestID string
	Stamp     int64 // Unix nanoseconds at the side that made the command
	payload   payload
}

// Op returns the command's operation.
func (c Command) Op() Op { return c.payload.op() }

// checkCall reports what is wrong with a command in itself, whatever the state.
func (c Command) checkCall() error {
	if c.RequestID != "" {
		if err := telephony.CheckID("request id", c.RequestID); err != nil {
			return err
		}
	}
	if c.Actor != "" {
		if err := telephony.CheckID("actor", c.Actor); err != nil {
			return err
		}
	}
	if err := c.payload.check(); err != nil {
		return err
	}
	return c.checkWhose()
}

// checkWhose refuses what only a tenant can do for no tenant, and a command
// of no time.
func (c Command) checkWhose() error {
	switch c.Op() {
	case OpConfigure, OpAddStock, OpAddStockList, OpWithdrawStock, OpMoveStock, OpCreateTenant, OpSweep, OpPruneLog,
		OpReportActivation, OpEndRest, OpContactCarrier, OpApprovePort, OpRejectPort, OpReportPort, OpCompletePort, OpPortOut:
		if c.Tenant != "" {
			return refuse(ErrRequest, "tenant", "the operation is the provider's own", "name no tenant")
		}
	default:
		if telephony.CheckID("tenant", c.Tenant) != nil {
			return &telephony.Error{Code: ErrUnknownTenant, Detail: "there is no such tenant", Fix: "create it first, or check the identifier"}
		}
	}
	if c.Stamp < 0 || c.Stamp > lastStamp.UnixNano() {
		return refuse(ErrRequest, "stamp", "the time is out of bounds", "stamp commands with the time from 1970 to 2200")
	}
	return nil
}

// payload is the part of a command that is an operation's own.
type payload interface {
	op() Op
	// content is the request as the caller made it, by which a repeated call is
	// known: without what the engine added, such as identifiers.
	content() any
	// check reports what is wrong with the request in itself, before it becomes
	// a command.
	check() error
	// apply decides the command against the state, reading all it needs before
	// it writes anything: a refusal has written nothing.
	apply(s *step) (result any, refusal *telephony.Error)
}

// Outcome is what came of a command.
type Outcome struct {
	Index uint64    // its place in the log, from 1 on
	At    time.Time // the state's time when it was decided
	Err   error     // why it was refused; nil if it was not

	result any
}

// Log puts commands into one order and has a Machine apply each, in that order:
// the seam at which a log on disk or one agreed on by several machines takes
// the place of the one in memory.
type Log interface {
	// Commit has the command applied after all those before it and returns its
	// outcome. An error means that there is none to give: one that is
	// ErrCancelled or ErrNotAttempted promises that the command was not applied
	// and will not be; with any other it may have been, and the caller is told
	// ErrOutcomeUnknown.
	Commit(ctx context.Context, c Command) (Outcome, error)
}

// cancelled is the error of a call whose context ended before its command was
// committed: nothing of it has happened or will.
func cancelled(ctx context.Context) error {
	return &telephony.Error{Code: ErrCancelled, Err: ctx.Err(),
		Detail: "the call was given up before anything happened", Fix: "call again"}
}
