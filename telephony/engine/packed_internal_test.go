package engine

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// TestPackedEntries: entries come back as they were, whatever stands in them.
func TestPackedEntries(t *testing.T) { rapid.Check(t, checkPacked) }

func FuzzPackedEntries(f *testing.F) { f.Fuzz(rapid.MakeFuzz(checkPacked)) }

func checkPacked(t *rapid.T) {
	text := rapid.OneOf(rapid.Just(""), rapid.String())
	number := rapid.Custom(func(t *rapid.T) telephony.Number {
		return must1(telephony.NumberFromDigits(999_000_000_000 + rapid.Uint64Range(0, 999_999_999).Draw(t, "digits")))
	})
	var want []Entry
	var p packed
	for i := range rapid.IntRange(1, 5).Draw(t, "entries") {
		e := Entry{Index: uint64(i + 7), At: unix(rapid.Int64().Draw(t, "at")), Tenant: telephony.TenantID(text.Draw(t, "tenant")),
			Actor: text.Draw(t, "actor"), RequestID: text.Draw(t, "request id"), Op: Op(text.Draw(t, "op")),
			Refused: telephony.Code(text.Draw(t, "refused"))}
		copy(e.Chain[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "chain"))
		for range rapid.IntRange(0, 3).Draw(t, "events") {
			event := Event{Numbers: rapid.SliceOfN(number, 1, 20).Draw(t, "numbers"), Quantity: rapid.Int64().Draw(t, "quantity")}
			for _, into := range event.texts() {
				*into = text.Draw(t, "text")
			}
			if rapid.Bool().Draw(t, "no numbers") {
				event.Numbers = nil
			}
			if rapid.Bool().Draw(t, "products") {
				event.Products = []licensing.Product{licensing.Product(text.Draw(t, "product")), "other"}
			}
			e.Events = append(e.Events, event)
		}
		want = append(want, e)
		p.add(&e)
	}
	for i, e := range want {
		if diff := cmp.Diff(e, p.entry(i, e.Index), cmp.Comparer(func(a, b telephony.Number) bool { return a == b })); diff != "" {
			t.Fatalf("entry %d (-put in +got out):\n%s", i, diff)
		}
	}
}

// TestPackedLeavesNothingOut: there is no field that does not come back.
func TestPackedLeavesNothingOut(t *testing.T) {
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Entry]()) {
		var e Entry
		fill(t, reflect.ValueOf(&e).Elem().FieldByIndex(field.Index))
		if e.At.IsZero() {
			e.At = unix(0)
		}
		checkComesBack(t, "Entry."+field.Name, e)
	}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Event]()) {
		var event Event
		fill(t, reflect.ValueOf(&event).Elem().FieldByIndex(field.Index))
		checkComesBack(t, "Event."+field.Name, Entry{At: unix(0), Events: []Event{event}})
	}
}

func checkComesBack(t *testing.T, what string, e Entry) {
	t.Helper()
	var p packed
	p.add(&e)
	if got := p.entry(0, e.Index); !reflect.DeepEqual(got, e) {
		t.Errorf("%s: %+v came back as %+v", what, e, got)
	}
}

// fill gives a value something in every part of it.
func fill(t *testing.T, v reflect.Value) {
	t.Helper()
	switch into := v.Addr().Interface().(type) {
	case *telephony.Number:
		*into = must1(telephony.NumberFromDigits(999_123_456_789))
		return
	case *time.Time:
		*into = unix(1_900_000_000_000_000_007)
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("text")
	case reflect.Int64:
		v.SetInt(-77)
	case reflect.Uint64:
		v.SetUint(77)
	case reflect.Uint8:
		v.SetUint(7)
	case reflect.Array:
		for i := range v.Len() {
			fill(t, v.Index(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(t, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	default:
		t.Fatalf("a field of kind %s, which the test does not know how to fill", v.Kind())
	}
}

func BenchmarkPacked(b *testing.B) {
	numbers := make(telephony.NumberList, 10)
	for i := range numbers {
		numbers[i] = must1(telephony.NumberFromDigits(999_100_000_000 + uint64(i)))
	}
	e := Entry{At: unix(begunInBench), Tenant: "tenant-0001", Op: OpReserve, Events: []Event{{Type: NumbersReserved, Tenant: "tenant-0001",
		Reservation: "r-abcdefgh-00000001", Numbers: numbers, Area: telephony.Area{Country: "ZZ", City: "Area 12"}}}}
	var p packed
	p.add(&e)
	b.Run("add", func(b *testing.B) {
		b.ReportAllocs()
		b.ReportMetric(float64(len(p.data)), "bytes/entry")
		var p packed
		for b.Loop() {
			p.clear()
			p.add(&e)
		}
	})
	b.Run("entry", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.entry(0, 1)
		}
	})
}

const begunInBench = int64(1_900_000_000e9)
