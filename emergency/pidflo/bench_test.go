package pidflo_test

import (
	"testing"

	"example.com/callingplan/emergency/pidflo"
)

func BenchmarkEncode(b *testing.B) {
	doc := pidflo.New("pres:line-7@fernhill.example", "loc-42", fernhill(), east(), noon)
	b.ReportAllocs()
	for b.Loop() {
		body, err := pidflo.Encode(doc)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(body)))
	}
}

func BenchmarkDecode(b *testing.B) {
	body, err := pidflo.Encode(pidflo.New("pres:line-7@fernhill.example", "loc-42", fernhill(), east(), noon))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pidflo.Decode(body); err != nil {
			b.Fatal(err)
		}
	}
}
