package memtable

import (
	"math"
	"reflect"
	"time"
)

// fingerprint sums up all that can be reached from *row, so that a change
// through a slice, map or pointer within the row shows. Rows are trees, not
// graphs: a row that leads back to itself would never end.
func fingerprint[R any](row *R) uint64 {
	return sum(firstSum, reflect.ValueOf(row).Elem())
}

// The parameters of the FNV-1a hash, taken a word at a time.
const (
	firstSum = 14695981039346656037
	sumPrime = 1099511628211
)

func mix(h, word uint64) uint64 { return (h ^ word) * sumPrime }

// sum mixes v into h. It reads unexported fields too.
func sum(h uint64, v reflect.Value) uint64 {
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return mix(h, 1)
		}
		return mix(h, 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return mix(h, uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return mix(h, v.Uint())
	case reflect.Float32, reflect.Float64:
		return mix(h, math.Float64bits(v.Float()))
	case reflect.Complex64, reflect.Complex128:
		c := v.Complex()
		return mix(mix(h, math.Float64bits(real(c))), math.Float64bits(imag(c)))
	case reflect.String:
		h = mix(h, uint64(v.Len()))
		for _, b := range []byte(v.String()) {
			h = mix(h, uint64(b))
		}
		return h
	case reflect.Struct:
		for i := range v.NumField() {
			h = sum(h, v.Field(i))
		}
		return h
	case reflect.Array, reflect.Slice:
		h = mix(h, uint64(v.Len()))
		for i := range v.Len() {
			h = sum(h, v.Index(i))
		}
		return h
	default:
		return sumReference(h, v)
	}
}

// sumReference mixes in what v refers to, or where it leads if that cannot be
// looked into.
func sumReference(h uint64, v reflect.Value) uint64 {
	if v.IsNil() {
		return mix(h, 0)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.Type() == reflect.TypeFor[*time.Location]() {
			return mix(h, 1) // a time zone belongs to the standard library, which fills it in late
		}
		return sum(mix(h, 1), v.Elem())
	case reflect.Interface:
		return sum(mix(h, 1), v.Elem())
	case reflect.Map:
		var all uint64 // added up, since maps have no order
		for it := v.MapRange(); it.Next(); {
			all += sum(sum(firstSum, it.Key()), it.Value())
		}
		return mix(mix(h, uint64(v.Len())), all)
	default: // functions and channels
		return mix(h, uint64(v.Pointer()))
	}
}
