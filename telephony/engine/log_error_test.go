package engine_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// saying is a log that answers with an error once it has been told to.
type saying struct {
	engine.Log
	err error
}

func (l *saying) Commit(ctx context.Context, c engine.Command) (engine.Outcome, error) {
	if l.err != nil {
		return engine.Outcome{}, l.err
	}
	return l.Log.Commit(ctx, c)
}

// TestLogErrorsKeepTheirCode: however a log wraps why it did not try, the error
// of the call has that code, and its class.
func TestLogErrorsKeepTheirCode(t *testing.T) {
	log := &saying{}
	w := newWorld(t, engine.WithLog(func(m *engine.Machine) (_ engine.Log, err error) {
		log.Log, err = engine.MemoryLog(m)
		return log, err
	}))
	for _, c := range []struct {
		err   error
		code  telephony.Code
		class engine.Class
	}{
		{engine.ErrNotAttempted, engine.ErrNotAttempted, engine.NotAttempted},
		{fmt.Errorf("the disk is full: %w", engine.ErrNotAttempted), engine.ErrNotAttempted, engine.NotAttempted},
		{fmt.Errorf("no: %w", &telephony.Error{Code: engine.ErrCancelled}), engine.ErrCancelled, engine.NotAttempted},
		{errors.New("the line broke"), engine.ErrOutcomeUnknown, engine.Unknown},
	} {
		log.err = c.err
		err := w.org.AddPerson(w.ctx, engine.PersonSpec{ID: "somebody"})
		var e *telephony.Error
		if !errors.As(err, &e) || e.Code != c.code || !errors.Is(err, c.err) || engine.ClassOf(err) != c.class {
			t.Errorf("%v: got %v of code %q and class %v", c.err, err, e.Code, engine.ClassOf(err))
		}
	}
}

// TestNoEngineWithAnError: an engine whose settings could not be written is none.
func TestNoEngineWithAnError(t *testing.T) {
	eng, err := engine.New(engine.WithLog(func(*engine.Machine) (engine.Log, error) { return &saying{err: engine.ErrNotAttempted}, nil }))
	if eng != nil || !errors.Is(err, engine.ErrNotAttempted) {
		t.Errorf("got %v and an engine: %t", err, eng != nil)
	}
}
