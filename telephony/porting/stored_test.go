package porting_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"example.com/callingplan/telephony/porting"
)

// stored writes a value as an engine stores its rows, and reads it back.
func stored(t testing.TB, from, into any) []byte {
	t.Helper()
	options := cbor.CoreDetEncOptions()
	options.TextMarshaler = cbor.TextMarshalerTextString
	write, err := options.EncMode()
	if err != nil {
		t.Fatal(err)
	}
	read, err := cbor.DecOptions{TextUnmarshaler: cbor.TextUnmarshalerTextString, ExtraReturnErrors: cbor.ExtraDecErrorUnknownField}.DecMode()
	if err != nil {
		t.Fatal(err)
	}
	b, err := write.Marshal(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := read.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
	again, err := write.Marshal(into)
	if err != nil || !bytes.Equal(b, again) {
		t.Fatalf("%x was read back as %x, %v", b, again, err)
	}
	return b
}

// Orders and guards can be stored whole: field by field as CBOR and as JSON, and
// are what they were.
func TestStored(t *testing.T) {
	for _, s := range porting.States() {
		o, now := inState(t, s)
		if s == porting.TransferPending {
			o = must(t)(do[porting.Report](o, now))
		}
		var back, fromJSON porting.Order
		stored(t, o, &back)
		b, err := json.Marshal(o)
		if err == nil {
			err = json.Unmarshal(b, &fromJSON)
		}
		if err != nil || !reflect.DeepEqual(o, back) || !reflect.DeepEqual(o, fromJSON) {
			t.Errorf("%v: %s became %s and %s, %v", s, shown(o), shown(back), shown(fromJSON), err)
		}
	}
	guard := porting.Guard{PIN: sealedPIN(t, "808017"), Wrong: []int64{1, 2}, Locked: 3}
	var back porting.Guard
	stored(t, guard, &back)
	if !reflect.DeepEqual(guard, back) {
		t.Errorf("a guard became another")
	}
}

// What is stored holds no map, no pointer and no moment that is not an integer.
func TestStoredFields(t *testing.T) {
	var look func(reflect.Type, string)
	look = func(of reflect.Type, path string) {
		switch of.Kind() {
		case reflect.Map, reflect.Pointer, reflect.Interface, reflect.Func, reflect.Chan, reflect.Float32, reflect.Float64:
			t.Errorf("%s is a %v", path, of)
		case reflect.Slice:
			look(of.Elem(), path+"[]")
		case reflect.Struct:
			if of.PkgPath() == "time" {
				t.Errorf("%s is a %v", path, of)
			}
			for i := range of.NumField() {
				look(of.Field(i).Type, path+"."+of.Field(i).Name)
			}
		}
	}
	look(reflect.TypeFor[porting.Order](), "Order")
	look(reflect.TypeFor[porting.Guard](), "Guard")
}
