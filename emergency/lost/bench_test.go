package lost_test

import (
	"testing"

	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
)

// BenchmarkValidate validates one address over loopback, server and all.
func BenchmarkValidate(b *testing.B) {
	client := newClient(b, lost.Config{Server: losttest.New(newStreets(b)).Start(b)})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.Validate(b.Context(), asked()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkValidateKept validates an address whose mapping still holds.
func BenchmarkValidateKept(b *testing.B) {
	server := losttest.New(newStreets(b))
	server.Expiry = lost.NoExpiration()
	client := newClient(b, lost.Config{Server: server.Start(b)})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.Validate(b.Context(), asked()); err != nil {
			b.Fatal(err)
		}
	}
}
