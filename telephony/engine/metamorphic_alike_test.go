package engine_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

func reflectEqual(a, b any) bool { return reflect.DeepEqual(a, b) }

// errorOf returns the error of this module that an error is, one of no cause if
// it is none.
func errorOf(err error) *telephony.Error {
	var e *telephony.Error
	if !errors.As(err, &e) {
		return &telephony.Error{}
	}
	return e
}

// unlikeErrors says in what two refusals differ: codes, figures, the moment, or
// the numbers. Their words are no part of what is promised to be the same.
func unlikeErrors(a, b error) string {
	x, y := errorOf(a), errorOf(b)
	switch {
	case (a == nil) != (b == nil):
		return fmt.Sprintf("one is refused: %v, %v", a, b)
	case !slices.Equal(metaCodes(a), metaCodes(b)):
		return fmt.Sprintf("the codes are %v and %v", metaCodes(a), metaCodes(b))
	case x.Op != y.Op || x.Field != y.Field || !x.At.Equal(y.At) || !slices.Equal(x.Numbers, y.Numbers):
		return fmt.Sprintf("the errors are %#v and %#v", x, y)
	case x.Code != engine.ErrRequestConflict && !slices.Equal(x.Figures, y.Figures): // that one has a place in the log
		return fmt.Sprintf("the figures are %v and %v", x.Figures, y.Figures)
	}
	return ""
}

// everythingSeen describes all that tenants see of a machine, at its own time.
func everythingSeen(t testing.TB, m *engine.Machine, tenants ...telephony.TenantID) string {
	t.Helper()
	eng := engine.On(m, &handClock{})
	var b strings.Builder
	for _, id := range tenants {
		v, err := eng.Tenant(id).View(context.Background())
		if err != nil {
			fmt.Fprintf(&b, "%s: %v\n", id, err)
			continue
		}
		fmt.Fprintf(&b, "%s at %s: %+v\n", id, v.At(), v.Dashboard())
		for r := range v.Reservations(engine.ReservationQuery{}) {
			fmt.Fprintf(&b, "  %+v\n", r)
		}
		for n := range v.Numbers(engine.NumberQuery{}) {
			fmt.Fprintf(&b, "  %+v\n", n)
		}
		for o := range v.PortOrders(engine.PortQuery{}) {
			fmt.Fprintf(&b, "  %+v %+v %+v\n", o, o.Results, o.History)
		}
		fmt.Fprintf(&b, "  %+v\n", v.PortOut())
		for p := range v.People(engine.PersonQuery{}) {
			fmt.Fprintf(&b, "  %+v\n", p)
		}
		for a := range v.Addresses(engine.AddressQuery{}) {
			fmt.Fprintf(&b, "  %+v\n", a)
		}
		for _, k := range []telephony.Kind{telephony.UserNumber, telephony.TollNumber} {
			for a := range v.Areas(k, telephony.Area{}) {
				fmt.Fprintf(&b, "  %+v\n", a)
			}
		}
	}
	return b.String()
}
