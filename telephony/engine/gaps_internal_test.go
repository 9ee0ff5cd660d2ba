package engine

import (
	"slices"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// TestGapsThatNoCommandMakes: a number without a location and one whose address
// is not validated are in the report, by whatever way they came to be so: no
// command assigns a number like that.
func TestGapsThatNoCommandMakes(t *testing.T) {
	numbers := telephony.NumberList{telephony.MustParse("+14255550100"), telephony.MustParse("+14255550101"), telephony.MustParse("+14255550102")}
	eng, err := New()
	if err != nil {
		t.Fatal(err)
	}
	org, err := eng.CreateTenant(t.Context(), TenantSpec{ID: "contoso"})
	if err != nil {
		t.Fatal(err)
	}
	m := eng.machine
	now, tables := *m.now.Load(), m.tables
	tx := now.db.Begin()
	account, _ := tables.accounts.Get(tx, accountKey(1))
	account.Use[telephony.UserNumber] = useRow{Acquired: 3, Assigned: 3}
	must(tables.accounts.Replace(tx, account))
	for id, status := range map[telephony.AddressID]emergency.ValidationState{"a-good": emergency.Validated, "a-none": emergency.NotValidated} {
		location := telephony.LocationID("l" + id[1:])
		record := emergency.Record{Status: status, Address: emergency.Address{Country: "US"}}
		must(tables.addresses.Insert(tx, addressRow{Tenant: 1, ID: id, Record: record, Default: location, Locations: 1}))
		must(tables.locations.Insert(tx, locationRow{Tenant: 1, ID: location, Address: id, Default: true, Numbers: 1, Assigned: 1}))
	}
	for i, at := range []telephony.LocationID{"l-good", "l-none", ""} {
		must(tables.numbers.Insert(tx, numberRow{Tenant: 1, Number: numbers[i], Kind: telephony.UserNumber, Person: "adele", Location: at}))
	}
	must(tx.Commit())
	now.snapshot = now.db.Snapshot()
	m.now.Store(&now)

	v, err := org.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []GapKind
	for g := range v.Gaps() {
		got = append(got, g.Kind)
	}
	if !slices.Equal(got, []GapKind{GapNotValidated, GapMissing}) {
		t.Errorf("the report has %v", got)
	}
	if c := v.GapCount(); c != (GapCounts{Missing: 1, NotValidated: 1}) {
		t.Errorf("the count is %+v", c)
	}
}
