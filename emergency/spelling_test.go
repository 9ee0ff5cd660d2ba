package emergency_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"example.com/callingplan/emergency"

	"pgregory.net/rapid"
)

func TestEditDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0},
		{"abc", "abd", 1}, {"abc", "ab", 1}, {"abc", "abcd", 1}, {"abc", "acb", 1},
		{"ca", "abc", 2}, // swapped, and one put between
		{"kitten", "sitting", 3}, {"redmond", "redmnod", 1}, {"redmond", "rdmnd", 2},
		{"東京", "京東", 1},
	} {
		if got := emergency.EditDistance(test.a, test.b); got != test.want {
			t.Errorf("%q %q: %d, want %d", test.a, test.b, got, test.want)
		}
	}
	long := strings.Repeat("x", 65)
	if emergency.EditDistance(long, long) <= 2 {
		t.Error("texts too long to be compared are close")
	}
	if limit := strings.Repeat("x", 64); emergency.EditDistance(limit, strings.Repeat("y", 64)) != 64 || emergency.EditDistance(limit, limit) != 0 {
		t.Error("the longest texts are compared wrongly")
	}
}

// The distance by its definition: the shortest way over single edits, found by
// trying them all. Only for distances up to two, over a small alphabet.
func TestEditDistanceByDefinition(t *testing.T) {
	const alphabet = "abc"
	edits := func(s string) map[string]bool {
		all := map[string]bool{s: true}
		for i := 0; i <= len(s); i++ {
			for _, c := range alphabet {
				all[s[:i]+string(c)+s[i:]] = true
				if i < len(s) {
					all[s[:i]+string(c)+s[i+1:]] = true
				}
			}
			if i < len(s) {
				all[s[:i]+s[i+1:]] = true
			}
			if i+1 < len(s) {
				all[s[:i]+s[i+1:i+2]+s[i:i+1]+s[i+2:]] = true
			}
		}
		return all
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[abc]{0,5}`)
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		want := 3 // or more
		once := edits(a)
		if a == b {
			want = 0
		} else if once[b] {
			want = 1
		} else {
			for s := range once {
				if edits(s)[b] {
					want = 2
				}
			}
		}
		if got := emergency.EditDistance(a, b); min(got, 3) != want {
			t.Fatalf("%q %q: %d, want %d", a, b, got, want)
		}
	})
}

// What is near by the short way is near by the distance, and nothing else is.
func TestNearestByDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringMatching(`[abc ]{0,7}`), rapid.StringMatching(`[a-dÄß東京]{0,6}`), rapid.String())
		a, b := text.Draw(t, "written"), text.Draw(t, "known")
		limit := 2
		if utf8.RuneCountInString(emergency.Fold(a)) <= 4 {
			limit = 1
		}
		want := emergency.Fold(b) != "" && emergency.EditDistance(emergency.Fold(a), emergency.Fold(b)) <= limit
		if got, ok := emergency.Nearest(a, []string{b}); ok != want || ok && got != b {
			t.Fatalf("%q near %q: %v, want %v", b, a, ok, want)
		}
	})
}

func TestNearest(t *testing.T) {
	many := make([]string, 0, 70)
	for i := range 70 {
		many = append(many, strings.Repeat("z", 10)+decimal(i))
	}
	for _, test := range []struct {
		written    string
		candidates []string
		want       string
	}{
		{"Redmnod", []string{"Redmond"}, "Redmond"},
		{"REDMNOD", []string{"Seattle", "Redmond"}, "Redmond"},
		{"Malaga", []string{"Málaga"}, "Málaga"},
		{"Rome", []string{"Roma"}, "Roma"},        // four letters, one edit
		{"Rome", []string{"Nomad", "Rimini"}, ""}, // four letters, two edits are too many
		{"Paris", []string{"Pari"}, "Pari"},       // five letters
		{"Redmond", []string{"Redmo"}, "Redmo"},
		{"Redmo", []string{"Redmond"}, "Redmond"},
		{"Redmond", []string{"Redm"}, ""},
		{"Lyons", []string{"Lyon", "Lyna"}, ""},      // both within two: no choice
		{"Lyon", []string{"LYON.", "Lyon"}, "LYON."}, // one place written twice is one
		{"Bath", []string{}, ""},
		{"Bath", []string{"", "."}, ""},
		{"Bath", append([]string{"Bat"}, many...), ""}, // too many to choose among
		{strings.Repeat("z", 10) + "0", many[:64], ""},
	} {
		got, ok := emergency.Nearest(test.written, test.candidates)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("%q among %d: %q, %v, want %q", test.written, len(test.candidates), got, ok, test.want)
		}
	}
}
