package engine

import (
	"context"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// SaveRecord saves an address that no authority was asked about, for countries
// that have none.
func (t *Tenant) SaveRecord(ctx context.Context, record emergency.Record) (Address, error) {
	c := saveAddressCommand{Record: record, ID: telephony.AddressID(t.engine.newID("a")),
		Default: telephony.LocationID(t.engine.newID("l"))}
	return write[Address](ctx, t.caller, c, "")
}

// faultCommand writes some rows and then panics, as only a fault of the engine
// itself would.
type faultCommand struct{ cause any }

func (faultCommand) op() Op       { return "fault" }
func (faultCommand) content() any { return nil }
func (faultCommand) check() error { return nil }

func (f faultCommand) apply(s *step) (any, *telephony.Error) {
	must(s.tables.people.Insert(s.tx, personRow{Tenant: s.account.Tenant, ID: "half.written", Country: "US"}))
	s.edit(s.account).People++
	s.flush()
	panic(f.cause)
}

// Fault makes the engine fail inside a command.
func (t *Tenant) Fault(ctx context.Context, cause any) error {
	_, err := write[any](ctx, t.caller, faultCommand{cause}, "")
	return err
}

// portedCommand makes a number one that was ported in.
type portedCommand struct{ number telephony.Number }

func (portedCommand) op() Op       { return "ported" }
func (portedCommand) content() any { return nil }
func (portedCommand) check() error { return nil }

func (c portedCommand) apply(s *step) (any, *telephony.Error) {
	was, _ := s.number(c.number)
	is := was
	is.Ported = true
	s.setNumber(was, is)
	return nil, nil
}

// SetPorted makes a number one that was ported in.
func (t *Tenant) SetPorted(ctx context.Context, n telephony.Number) error {
	_, err := write[any](ctx, t.caller, portedCommand{n}, "")
	return err
}

// occupyCommand takes its turn until it is told to end it.
type occupyCommand struct{ begun, end chan struct{} }

func (occupyCommand) op() Op       { return "occupy" }
func (occupyCommand) content() any { return nil }
func (occupyCommand) check() error { return nil }

func (o occupyCommand) apply(*step) (any, *telephony.Error) {
	close(o.begun)
	<-o.end
	return nil, nil
}

// Occupy keeps every other write waiting from when begun is closed until end is.
func (t *Tenant) Occupy(begun, end chan struct{}) error {
	_, err := write[any](context.Background(), t.caller, occupyCommand{begun, end}, "")
	return err
}
