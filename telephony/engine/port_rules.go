package engine

import (
	"slices"
	"strings"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// PortRules are the figures by which numbers change carriers. The zero value lets
// no number in or out; start from DefaultPortRules and change what is to differ.
type PortRules struct {
	Bounds   porting.Bounds   // how soon and how far off a transfer may be, how old a letter
	Guessing porting.Guessing // how often a port-out PIN may be guessed
	PINFrom  []string         // losing carriers that want the PIN of the account, capitals or not
}

// DefaultPortRules returns those of porting.DefaultBounds and DefaultGuessing,
// with no carrier that wants a PIN.
func DefaultPortRules() PortRules {
	return PortRules{Bounds: porting.DefaultBounds(), Guessing: porting.DefaultGuessing()}
}

// WithPortRules sets the figures by which numbers change carriers.
func WithPortRules(r PortRules) Option {
	return func(o *config) {
		r.PINFrom = slices.Clone(r.PINFrom)
		o.settings.Ports = r
	}
}

// maxPINFrom is how many carriers can be named that want a PIN.
const maxPINFrom = 10_000

func (r PortRules) check() error {
	for _, d := range []struct {
		field string
		value time.Duration
	}{{"lead", r.Bounds.Lead}, {"horizon", r.Bounds.Horizon}, {"letter age", r.Bounds.LetterAge}} {
		if d.value < 0 || d.value > maxRest {
			return &telephony.Error{Code: ErrRequest, Field: d.field, Detail: "the duration is out of bounds: " + d.value.String(),
				Fix: "choose between 0s and " + time.Duration(maxRest).String()}
		}
	}
	if r.Guessing != (porting.Guessing{}) && !r.Guessing.IsValid() {
		return refuse(porting.ErrGuessing, "guessing", "the policy against guessing bounds nothing", "start from porting.DefaultGuessing")
	}
	if len(r.PINFrom) > maxPINFrom {
		return &telephony.Error{Code: ErrRequest, Field: "PIN from", Detail: "too many carriers are named",
			Figures: []telephony.Figure{{Name: "carriers", Value: int64(len(r.PINFrom))}, {Name: "most", Value: maxPINFrom}}}
	}
	for _, carrier := range r.PINFrom {
		if err := telephony.CheckText("PIN from", carrier, telephony.MaxTextRunes); err != nil {
			return err
		}
	}
	return nil
}

// wantsPIN reports whether a losing carrier wants the PIN of the account.
func (r PortRules) wantsPIN(carrier string) bool {
	return slices.ContainsFunc(r.PINFrom, func(name string) bool {
		return strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(carrier))
	})
}
