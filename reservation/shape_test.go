package reservation_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

// naiveScore adds up the rule table from the text of the digits.
func naiveScore(s string) (points int) {
	if len(s) > 7 {
		s = s[len(s)-7:]
	}
	byLength := func(table string, length int) int { // "3:15 4:40"
		var n, p, sum int
		for entry := range strings.FieldsSeq(table) {
			if fmt.Sscanf(entry, "%d:%d", &n, &p); n == length {
				sum = p
			}
		}
		return sum
	}
	tail := len(s) - len(strings.TrimRight(s, "0"))
	points += byLength("2:10 3:30 4:50 5:70 6:85 7:100", tail)
	for d := range 10 { // the longest stretches that fit an endless row
		rows := []struct{ row, table string }{
			{strings.Repeat(fmt.Sprint(d), 9), "3:15 4:40 5:50 6:80 7:100"},
			{strings.Repeat("0123456789", 3)[d:][:9], "3:10 4:35 5:50 6:75 7:95"},
			{strings.Repeat("9876543210", 3)[d:][:9], "3:10 4:35 5:50 6:75 7:95"},
		}
		for _, r := range rows {
			step := (10 + r.row[1] - r.row[0]) % 10
			for first := range s {
				for length := 3; first+length <= len(s); length++ {
					fits := s[first:first+length] == r.row[:length]
					before := first > 0 && (10+s[first]-s[first-1])%10 == step
					after := first+length < len(s) && s[first+length] == r.row[length]
					if fits && !before && !after && (d != 0 || step != 0 || first+length != len(s)) {
						points += byLength(r.table, length)
					}
				}
			}
		}
	}
	best := func(points int, shapes ...string) int { // whether the end is so, letters for digits
		for _, shape := range shapes {
			if shaped(s, shape) {
				return points
			}
		}
		return 0
	}
	points += max(best(60, "ABABAB", "ABCABC", "AABAAB", "ABAABA", "ABBABB"), best(25, "ABAB"))
	points += max(best(40, "AABBCC", "AABBAA"), best(25, "AABB"))
	points += best(30, "AAABBB")
	for length := len(s); length >= 4; length-- {
		end, back := s[len(s)-length:], ""
		for _, c := range end {
			back = string(c) + back
		}
		if end == back && strings.Trim(end, end[:1]) != "" {
			points += byLength("4:20 5:25 6:35 7:50", length)
			break
		}
	}
	if len(s) >= 6 {
		seen := map[rune]bool{}
		for _, c := range s {
			seen[c] = true
		}
		points += byLength("2:20 3:5", len(seen))
	}
	return min(points, 100)
}

// shaped reports whether s ends so: equal letters for equal digits and different
// ones for different digits.
func shaped(s, shape string) bool {
	if len(s) < len(shape) {
		return false
	}
	end := s[len(s)-len(shape):]
	for i := range shape {
		for k := range shape {
			if (shape[i] == shape[k]) != (end[i] == end[k]) {
				return false
			}
		}
	}
	return true
}

func TestScoreAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.SampledFrom([]int{4, 5, 6, 7, 8, 11}).Draw(t, "digits")
		alphabet := rapid.SampledFrom([]string{"0123456789", "01", "12", "0", "7", "123", "890"}).Draw(t, "alphabet")
		var b strings.Builder
		for range count {
			b.WriteByte(rapid.SampledFrom([]byte(alphabet)).Draw(t, "digit"))
		}
		n := num("+999" + b.String())
		if got, want := reservation.Score(n), naiveScore(b.String()); got != want {
			t.Fatalf("%s scores %d, want %d; %v", n, got, want, reservation.Shapes(n))
		}
		points := 0
		for _, s := range reservation.Shapes(n) {
			points += s.Points
			if s.Len() < 2 || s.Last < 1 || s.First > min(count, 7) || s.Points < 1 {
				t.Fatalf("%s: %+v", n, s)
			}
		}
		if got := reservation.Score(n); got != min(points, reservation.MaxScore) {
			t.Fatalf("%s scores %d, its shapes %d", n, got, points)
		}
	})
}

// The examples by which a seller of mobile numbers explains what it sells as gold,
// silver and standard.
func TestScoreFollowsTheTrade(t *testing.T) {
	for digits, want := range map[string]string{
		"222222": "gold", "123456": "gold", "420420": "gold", "444222": "gold", "424242": "gold",
		"199999": "silver", "412345": "silver", "112288": "silver", "350053": "silver", "123888": "silver", "777234": "silver",
		"583127": "standard",
	} {
		score, got := reservation.Score(num("+9990400"+digits)), "standard"
		switch {
		case score >= reservation.GoldScore:
			got = "gold"
		case score >= reservation.SilverScore:
			got = "silver"
		}
		if got != want {
			t.Errorf("%s is %s with %d, want %s", digits, got, score, want)
		}
	}
}

func TestShapes(t *testing.T) {
	shape := func(kind reservation.ShapeKind, first, last, points int) reservation.Shape {
		return reservation.Shape{Kind: kind, First: first, Last: last, Points: points}
	}
	for digits, want := range map[string][]reservation.Shape{
		"2065831": nil,
		"5558000": {shape(reservation.Repeat, 7, 5, 15), shape(reservation.RoundEnd, 3, 1, 30), shape(reservation.FewDigits, 7, 1, 5)},
		"8678907": {shape(reservation.Ascending, 6, 2, 50)},
		"3210987": {shape(reservation.Descending, 7, 1, 95)},
		"4831212": {shape(reservation.RepeatedGroup, 4, 1, 25)},
		"4837722": {shape(reservation.PairsInRow, 4, 1, 25)},
		"9512321": {shape(reservation.Ascending, 5, 3, 10), shape(reservation.Descending, 3, 1, 10), shape(reservation.Palindrome, 5, 1, 25)},
		"9333888": {shape(reservation.Repeat, 6, 4, 15), shape(reservation.Repeat, 3, 1, 15), shape(reservation.TriplesInRow, 6, 1, 30), shape(reservation.FewDigits, 7, 1, 5)},
		"0000000": {shape(reservation.RoundEnd, 7, 1, 100)},
	} {
		got := reservation.Shapes(num("+9990" + digits))
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v, want %v", digits, got, want)
		}
	}
	if reservation.Shapes(telephony.Number{}) != nil || reservation.Score(telephony.Number{}) != 0 {
		t.Error("no number has a shape")
	}
	if got := reservation.ShapeKind(0).String(); got != "invalid shape" {
		t.Error(got)
	}
}

func ExampleShapes() {
	n := telephony.MustParse("+12065550100")
	fmt.Println(reservation.Score(n))
	for _, s := range reservation.Shapes(n) {
		fmt.Println(s)
	}
	// Output:
	// 30
	// repeat in digits 7 to 5 from the end: 15
	// round end in digits 2 to 1 from the end: 10
	// few different digits in digits 7 to 1 from the end: 5
}
