package engine_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// maskedValues are all that the package gives and takes that holds a number, a
// person or somebody's words.
var maskedValues = []any{
	engine.Acquire{}, engine.Acquired{}, engine.Action{}, engine.ActivationReport{}, engine.AddToReservation{}, engine.Address{},
	engine.AddressQuery{}, engine.Assign{}, engine.AssignService{}, engine.Attributes{}, engine.BlockNumbers{}, engine.BlockUse{},
	engine.Blocker{}, engine.CancelPort{}, engine.ChangeLocation{}, engine.ChangeNumber{}, engine.Command{}, engine.CompletePort{},
	engine.ConvertNumbers{}, engine.Cursor(""), engine.Draft{}, engine.DropFromReservation{}, engine.EditAddress{}, engine.EditPort{},
	engine.EndRest{}, engine.Entry{}, engine.EntryQuery{}, engine.Event{}, engine.Extent{}, engine.FoundNumbers{},
	engine.FreeNumber{}, engine.FreeOrphans{}, engine.FreeRun{}, engine.Freed{}, engine.Gap{}, engine.GroupLicences{},
	engine.GroupOutcome{}, engine.LicenceChange{}, engine.Location{}, engine.NearestFound{}, engine.NumberQuery{},
	engine.NumberRange{}, engine.NumberSearch{}, engine.OrderPort{}, engine.Own{}, engine.Page[engine.TenantNumber]{},
	engine.Person{}, engine.PersonList{}, engine.PersonQuery{}, engine.PersonSpec{}, engine.Place{}, engine.PortOrder{},
	engine.PortOut{}, engine.PortQuery{}, engine.PortedOut{}, engine.PromoteDraft{}, engine.Reclaim{}, engine.RecordRefusal{},
	engine.RejectPort{}, engine.Release{}, engine.RemovePerson{}, engine.ReportPort{}, engine.Reservation{},
	engine.ReservationQuery{}, engine.Reserve{}, engine.RestEnded{}, engine.Resting{}, engine.Returned{}, engine.Service{},
	engine.ServiceQuery{}, engine.ServiceSpec{}, engine.Stock{}, engine.StockList{}, engine.StockMove{}, engine.StockWithdrawal{},
	engine.Tag{}, engine.TenantNumber{}, engine.Told{}, engine.Unassign{}, engine.UnassignService{}, engine.UnblockNumbers{},
	engine.UsageLocation{}, engine.Vanished{}, engine.Withdrawn{},
}

// TestMaskedValuesDiscloseNothing: with a mark in every field, none of them shows it
// in a structured log, whole or as a part of a group.
func TestMaskedValuesDiscloseNothing(t *testing.T) {
	for _, value := range maskedValues {
		v := reflect.New(reflect.TypeOf(value)).Elem()
		mark(v)
		shown := logged(v.Interface())
		unmarked(t, v.Type().Name(), shown)
		if strings.Contains(shown["slog text"], "panicked") || strings.Contains(shown["slog text"], "!ERROR") {
			t.Errorf("%T: %s", value, shown["slog text"])
		}
	}
}

// TestMaskedValuesAreAll: none that masks itself is forgotten above. Those that have
// to are found by the gate.
func TestMaskedValuesAreAll(t *testing.T) {
	known := map[string]bool{"Tenant": true, "Provider": true, "Utilisation": true, "View": true} // handles
	for _, value := range maskedValues {
		name, _, _ := strings.Cut(reflect.TypeOf(value).Name(), "[")
		known[name] = true
	}
	for _, name := range typesWithLogValue(t) {
		if ast.IsExported(name) && !known[name] {
			t.Errorf("%s is not among them", name)
		}
	}
}

// typesWithLogValue reads the names of the package's types with that method.
func typesWithLogValue(t *testing.T) (names []string) {
	t.Helper()
	for _, d := range declarations(t) {
		if method, ok := d.(*ast.FuncDecl); ok && method.Recv != nil && method.Name.Name == "LogValue" {
			receiver := method.Recv.List[0].Type
			if pointer, ok := receiver.(*ast.StarExpr); ok {
				receiver = pointer.X
			}
			if generic, ok := receiver.(*ast.IndexExpr); ok {
				receiver = generic.X
			}
			names = append(names, receiver.(*ast.Ident).Name)
		}
	}
	return names
}

// declarations reads what the package declares.
func declarations(t *testing.T) (all []ast.Decl) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, file.Decls...)
	}
	return all
}

// mark puts a mark into every number, person and free text of a value.
func mark(v reflect.Value) {
	switch into := v.Addr().Interface().(type) {
	case *telephony.Number:
		*into = number("+14255550100")
		return
	case *telephony.Range:
		*into = mustRange("+14255550100..+14255550109")
		return
	case *telephony.PersonID:
		*into = "x.canary"
		return
	case *engine.Cursor:
		*into = "canary"
		return
	case *string:
		*into = "Canary"
		return
	case *telephony.Error: // has its own test, and others inside
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		mark(v.Index(0))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		mark(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.IsExported() && !slices.Contains(plainFields, f.Name) {
				mark(v.Field(i))
			}
		}
	}
}

// plainFields are texts that name nobody.
var plainFields = []string{"RequestID", "Region", "City", "AreaCode", "Carrier"}
