package engine

import (
	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// EmergencyCall returns an emergency call from a number of the tenant as far as
// the engine knows it: the country of the number's area, and as the registered
// location the number's own, with the dispatch centre that was named when its
// address was accepted. Whoever knows what was dialled and where else the caller
// may be adds it, and emergency.RouteCall says where the call goes.
//
// Its error is ErrUnknownNumber.
func (v *View) EmergencyCall(n telephony.Number) (emergency.Call, error) {
	row, ok := v.numberRow(n)
	if !ok {
		return emergency.Call{}, unknownNumber(n)
	}
	area, _ := v.tables.areas.Get(v.rows, areaKey(row.Area))
	call := emergency.Call{Number: n, Country: area.Area.Country}
	if at, ok := v.tables.locations.Get(v.rows, locationKey(v.tenant, row.Location)); ok {
		address, _ := v.tables.addresses.Get(v.rows, addressKey(v.tenant, at.Address))
		call.Registered = address.Record.Whereabouts(at.Location)
	}
	return call, nil
}
