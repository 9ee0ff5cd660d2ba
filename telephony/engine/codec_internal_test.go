package engine

import (
	"context"
	"crypto/sha256"
	"iter"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// What tests of commands and snapshots need to see of a machine from outside.

// BareMachine returns a machine to which nothing was applied.
func BareMachine() *Machine {
	m, err := newMachine(true)
	if err != nil {
		panic(err)
	}
	return m
}

// MachineOf returns an engine's machine.
func MachineOf(e *Engine) *Machine { return e.machine }

// MachineDigest is Engine.Digest.
func MachineDigest(m *Machine) Digest { return (&Engine{machine: m}).Digest() }

// MachineCheck is Engine.Check.
func MachineCheck(m *Machine) []error { return (&Engine{machine: m}).Check() }

// MachineChain returns the last index, its time and the digest of the log.
func MachineChain(m *Machine) (index uint64, at int64, chain Digest) {
	now := m.now.Load()
	return now.index, now.time, now.chain
}

// MachineEntries yields the entries that are kept.
func MachineEntries(m *Machine) iter.Seq[Entry] {
	now := m.now.Load()
	entries, _ := now.history.between(0, now.index)
	return entries
}

// MachineRows yields all rows with the names of their tables.
func MachineRows(m *Machine) iter.Seq2[string, any] {
	now := m.now.Load()
	return m.tables.stateRows(now)
}

// MachineTables returns the names that rows are written under.
func MachineTables(m *Machine) []string { return m.tables.stateTables() }

// MachineSettings returns the settings in force.
func MachineSettings(m *Machine) Settings { return *m.now.Load().settings }

// ImportInto is what WithExport does to a new machine.
var ImportInto = (*Machine).restoreExport

// Gave returns what a command gave.
func Gave(o Outcome) any { return o.result }

// SaveRecordOnce is SaveRecord with a request id.
func (t *Tenant) SaveRecordOnce(ctx context.Context, record emergency.Record, requestID string) (Address, error) {
	c := saveAddressCommand{Record: record, ID: telephony.AddressID(t.engine.newID("a")),
		Default: telephony.LocationID(t.engine.newID("l"))}
	return write[Address](ctx, t.caller, c, requestID)
}

// SetSealedPIN is SetPortOutPIN with a PIN that was sealed before, and with a
// request id.
func (t *Tenant) SetSealedPIN(ctx context.Context, pin porting.SealedPIN, requestID string) error {
	_, err := write[any](ctx, t.caller, setPINCommand{pin}, requestID)
	return err
}

// PortOutSealed is PortOut with a PIN that was sealed before.
func (p *Provider) PortOutSealed(ctx context.Context, r PortOut, pin porting.SealedPIN) (PortedOut, error) {
	got, err := write[portOutResult](ctx, p.caller(), portOutCommand{r.Tenant, r.Numbers, pin, r.Carrier}, r.RequestID)
	if err == nil && got.refused != nil {
		err = got.refused
	}
	return got.PortedOut, err
}

// DigestOfBytes is the digest of bytes.
func DigestOfBytes(b []byte) Digest { return sha256.Sum256(b) }

// What saves records does so without a verdict, so that a record has every field.

// SaveDraftRecord is SaveDraft with a request id.
func (t *Tenant) SaveDraftRecord(ctx context.Context, record emergency.Record, requestID string) (Draft, error) {
	c := saveDraftCommand{Record: record, ID: telephony.AddressID(t.engine.newID("a"))}
	return write[Draft](ctx, t.caller, c, requestID)
}

// PromoteDraftRecord is PromoteDraft.
func (t *Tenant) PromoteDraftRecord(ctx context.Context, draft telephony.AddressID, record emergency.Record, requestID string) (Address, error) {
	c := promoteDraftCommand{Draft: draft, Record: record, Default: telephony.LocationID(t.engine.newID("l"))}
	return write[Address](ctx, t.caller, c, requestID)
}

// RefuseRecord is RecordRefusal.
func (t *Tenant) RefuseRecord(ctx context.Context, address telephony.AddressID, record emergency.Record, requestID string) (Address, error) {
	return write[Address](ctx, t.caller, recordRefusalCommand{Address: address, Record: record}, requestID)
}

// EditRecord is EditAddress.
func (t *Tenant) EditRecord(ctx context.Context, address telephony.AddressID, record emergency.Record, requestID string) (Address, error) {
	return write[Address](ctx, t.caller, editAddressCommand{Address: address, Record: record}, requestID)
}
