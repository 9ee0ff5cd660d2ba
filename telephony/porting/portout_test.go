package porting_test

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

var salt = []byte("sixteen or more bytes")

// sealed are PINs that were sealed before; it takes its time.
var sealed sync.Map

func sealedPIN(t testing.TB, digits string) porting.SealedPIN {
	t.Helper()
	if s, ok := sealed.Load(digits); ok {
		return s.(porting.SealedPIN)
	}
	pin, err := porting.ParsePIN(digits)
	if err != nil {
		t.Fatal(err)
	}
	s, err := pin.Seal(salt)
	if err != nil {
		t.Fatal(err)
	}
	sealed.Store(digits, s)
	return s
}

func TestParsePIN(t *testing.T) {
	for _, good := range []string{"123456", "0000000000", " 1234567 "} {
		if p, err := porting.ParsePIN(good); err != nil || p.IsZero() {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", "12345", "12345678901", "12345a", "１２３４５６", "123 456", "+123456", "-123456", strings.Repeat("1", 1000)} {
		p, err := porting.ParsePIN(bad)
		if e := errorOf(t, err, porting.ErrPINForm); !p.IsZero() || len(bad) > 3 && strings.Contains(e.Error(), bad) {
			t.Errorf("%q: %v", bad, e)
		}
	}
	if _, err := (porting.PIN{}).Seal(salt); !errors.Is(err, porting.ErrPINForm) {
		t.Errorf("no PIN sealed: %v", err)
	}
	p, _ := porting.ParsePIN("123456")
	for _, length := range []int{0, 15, 65} {
		_, err := p.Seal(make([]byte, length))
		wantFigure(t, errorOf(t, err, porting.ErrPINSalt), "bytes", int64(length))
	}
}

func FuzzParsePIN(f *testing.F) {
	for _, s := range []string{"123456", "1234567890", "12345", " 123456\n", "12345x", "１２３４５６"} {
		f.Add(s)
	}
	form := regexp.MustCompile(`^[0-9]{6,10}$`)
	f.Fuzz(func(t *testing.T, s string) {
		p, err := porting.ParsePIN(s)
		if good := form.MatchString(strings.TrimSpace(s)); good != (err == nil) || p.IsZero() == good {
			t.Fatalf("%q: %v", s, err)
		}
		if err != nil {
			errorOf(t, err, porting.ErrPINForm)
		}
	})
}

// A seal is of one PIN and one salt, and comes back from storage as it was.
func TestSealedPIN(t *testing.T) {
	a := sealedPIN(t, "123456")
	if !slices.Equal(a.Salt(), salt) || a.IsZero() {
		t.Errorf("the salt is %q", a.Salt())
	}
	p, _ := porting.ParsePIN("123456")
	if again, _ := p.Seal(salt); again != a {
		t.Error("the same PIN and salt are another seal")
	}
	for _, other := range []porting.SealedPIN{sealedPIN(t, "123457"), sealedPIN(t, "0123456")} {
		if other == a {
			t.Error("another PIN is the same seal")
		}
	}
	if other, _ := p.Seal([]byte("another sixteen bytes")); other == a {
		t.Error("another salt is the same seal")
	}
	text, err := a.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	var back porting.SealedPIN
	if err := back.UnmarshalText(text); err != nil || back != a {
		t.Errorf("read back: %v", err)
	}
	if none := (porting.SealedPIN{}); !none.IsZero() || none.Salt() != nil && len(none.Salt()) != 0 {
		t.Error("no PIN has a salt")
	}
	for _, bad := range []string{"x", ":", "00:00", string(text) + "0", strings.ToUpper(string(text)), string(text[1:]), strings.Replace(string(text), ":", "", 1), string(text) + ":"} {
		if err := back.UnmarshalText([]byte(bad)); !errors.Is(err, porting.ErrPINText) || back != a {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if err := back.UnmarshalText(nil); err != nil || !back.IsZero() {
		t.Errorf("empty text: %v", err)
	}
}

func FuzzSealedPIN(f *testing.F) {
	text, _ := sealedPIN(f, "123456").MarshalText()
	f.Add(string(text))
	f.Add("")
	f.Add("00:00")
	f.Fuzz(func(t *testing.T, s string) {
		var p porting.SealedPIN
		if err := p.UnmarshalText([]byte(s)); err != nil {
			errorOf(t, err, porting.ErrPINText)
			return
		}
		if back, err := p.MarshalText(); err != nil || string(back) != s || p.IsZero() != (s == "") {
			t.Fatalf("%q is %q, %v", s, back, err)
		}
	})
}

// Once set a PIN is changed, never blanked; changing it opens the lock that
// guesses at the old one have closed.
func TestGuardSet(t *testing.T) {
	var g porting.Guard
	_, err := g.Set(porting.SealedPIN{})
	errorOf(t, err, porting.ErrPINBlank)
	g, err = g.Set(sealedPIN(t, "123456"))
	if err != nil {
		t.Fatal(err)
	}
	if same, err := g.Set(porting.SealedPIN{}); !errors.Is(err, porting.ErrPINBlank) || same.PIN != g.PIN {
		t.Errorf("blanked: %v", err)
	}
	for range 5 {
		g, _ = g.Try(day0, sealedPIN(t, "111111"), porting.DefaultGuessing())
	}
	if until, locked := g.LockedAt(day0); !locked || !until.Equal(day0.Add(24*time.Hour)) {
		t.Fatalf("locked %v until %v", locked, until)
	}
	g, err = g.Set(sealedPIN(t, "654321"))
	if _, locked := g.LockedAt(day0); err != nil || locked || len(g.Wrong) != 0 {
		t.Errorf("changed, and locked %v, %v", locked, err)
	}
}

// What is refused before the PIN is looked at, in its order, and counts nothing.
func TestGuardPrecedence(t *testing.T) {
	right, wrong := sealedPIN(t, "123456"), sealedPIN(t, "111111")
	p, _ := porting.ParsePIN("123456")
	stale, _ := p.Seal([]byte("the salt of some other day"))
	locked := porting.Guard{PIN: right, Locked: nanos(day0) + 1}
	for name, tc := range map[string]struct {
		guard  porting.Guard
		given  porting.SealedPIN
		policy porting.Guessing
		code   telephony.Code
	}{
		"unset, for no policy":    {porting.Guard{}, right, porting.Guessing{}, porting.ErrPINUnset},
		"unset, for no PIN":       {porting.Guard{}, porting.SealedPIN{}, porting.DefaultGuessing(), porting.ErrPINUnset},
		"no policy, right":        {porting.Guard{PIN: right}, right, porting.Guessing{}, porting.ErrGuessing},
		"no policy, locked":       {locked, right, porting.Guessing{}, porting.ErrGuessing},
		"no guesses":              {porting.Guard{PIN: right}, right, porting.Guessing{Wrong: 0, Within: 1, LockFor: 1}, porting.ErrGuessing},
		"too many guesses":        {porting.Guard{PIN: right}, right, porting.Guessing{Wrong: 101, Within: 1, LockFor: 1}, porting.ErrGuessing},
		"within no time":          {porting.Guard{PIN: right}, right, porting.Guessing{Wrong: 1, LockFor: 1}, porting.ErrGuessing},
		"locked for no time":      {porting.Guard{PIN: right}, right, porting.Guessing{Wrong: 1, Within: 1}, porting.ErrGuessing},
		"locked, for a right one": {locked, right, porting.DefaultGuessing(), porting.ErrPINLocked},
		"locked, for no PIN":      {locked, porting.SealedPIN{}, porting.DefaultGuessing(), porting.ErrPINLocked},
		"no PIN":                  {porting.Guard{PIN: right}, porting.SealedPIN{}, porting.DefaultGuessing(), porting.ErrPINMissing},
		"another salt":            {porting.Guard{PIN: right}, stale, porting.DefaultGuessing(), porting.ErrPINStale},
		"wrong":                   {porting.Guard{PIN: right}, wrong, porting.DefaultGuessing(), porting.ErrPINWrong},
	} {
		t.Run(name, func(t *testing.T) {
			next, e := tc.guard.Try(day0, tc.given, tc.policy)
			if e == nil {
				t.Fatal("let through")
			}
			errorOf(t, e, tc.code)
			if counted := len(next.Wrong) == 1; counted != (tc.code == porting.ErrPINWrong) || next.PIN != tc.guard.PIN || next.Locked != tc.guard.Locked {
				t.Errorf("counted %v", counted)
			}
		})
	}
}

// Wrong PINs against a plain account of them, at the edges of the window and of
// the lock.
func TestGuardAgainstModel(t *testing.T) {
	right, wrong := sealedPIN(t, "123456"), sealedPIN(t, "111111")
	rapid.Check(t, func(t *rapid.T) {
		policy := porting.Guessing{Wrong: rapid.IntRange(1, 4).Draw(t, "wrong"), Within: time.Duration(rapid.IntRange(1, 20).Draw(t, "within")),
			LockFor: time.Duration(rapid.IntRange(1, 20).Draw(t, "lock"))}
		g := porting.Guard{PIN: right}
		var guesses []time.Time
		var until time.Time
		now := day0
		t.Repeat(map[string]func(*rapid.T){
			"wait": func(t *rapid.T) { now = now.Add(time.Duration(rapid.IntRange(1, 12).Draw(t, "for"))) },
			"wrong": func(t *rapid.T) {
				before := slices.Clone(g.Wrong)
				next, e := g.Try(now, wrong, policy)
				if !slices.Equal(before, g.Wrong) {
					t.Fatal("the guard itself was changed")
				}
				if now.Before(until) {
					if e == nil || e.Code != porting.ErrPINLocked || !e.At.Equal(until) {
						t.Fatalf("locked until %v: %v", until, e)
					}
					return
				}
				g = next
				guesses = append(guesses, now)
				recent := 0
				for _, at := range guesses {
					if now.Sub(at) < policy.Within {
						recent++
					}
				}
				if e == nil || e.Code != porting.ErrPINWrong {
					t.Fatalf("a wrong PIN: %v", e)
				}
				if n, _ := e.Figure("wrong"); n != int64(recent) {
					t.Fatalf("the %d. wrong one is counted as %d", recent, n)
				}
				if recent >= policy.Wrong {
					guesses, until = nil, now.Add(policy.LockFor)
				}
			},
			"right": func(t *rapid.T) {
				next, e := g.Try(now, right, policy)
				if (e == nil) != !now.Before(until) {
					t.Fatalf("locked until %v: %v", until, e)
				}
				if e == nil {
					guesses = nil
				}
				g = next
			},
			"": func(t *rapid.T) {
				if at, locked := g.LockedAt(now); locked != now.Before(until) || locked && !at.Equal(until) {
					t.Fatalf("locked %v until %v, want until %v", locked, at, until)
				}
				if len(g.Wrong) >= policy.Wrong {
					t.Fatalf("%d wrong ones are kept", len(g.Wrong))
				}
			},
		})
	})
}

func TestGuardAtTheEdgesOfTime(t *testing.T) {
	right, wrong := sealedPIN(t, "123456"), sealedPIN(t, "111111")
	long := porting.Guessing{Wrong: 1, Within: math.MaxInt64, LockFor: math.MaxInt64}
	for _, now := range []time.Time{{}, time.Unix(math.MinInt64, 0), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)} {
		g, e := porting.Guard{PIN: right}.Try(now, wrong, long)
		if e == nil || g.Locked < nanos(now) {
			t.Errorf("%v: locked until %d, %v", now, g.Locked, e)
		}
	}
}

// leaving is a number that may go.
func leaving(n string) porting.PortOutNumber {
	return porting.PortOutNumber{Number: num(n), Owned: true}
}

func TestCheckPortOut(t *testing.T) {
	right := sealedPIN(t, "123456")
	good := porting.PortOut{Guard: porting.Guard{PIN: right, Wrong: []int64{nanos(day0)}}, Guessing: porting.DefaultGuessing(), PIN: right,
		Numbers: porting.PortOutNumbers{leaving("+12065550102"), leaving("+12065550100"), leaving("+12065550101")}}
	good.Numbers[0].Person, good.Numbers[1].Person, good.Numbers[2].Person = "adele", "alex", "adele"
	d := porting.CheckPortOut(day0, good)
	if !d.Granted || d.Refused != nil || len(d.Leaves) != 3 || d.Leaves[0].Number != num("+12065550100") || len(d.Guard.Wrong) != 0 || d.Guard.PIN != right {
		t.Fatalf("granted %v, %v", d.Granted, d.Refused)
	}
	if people := d.People(); !slices.Equal(people, []telephony.PersonID{"adele", "alex"}) {
		t.Errorf("%d people lose a number", len(people))
	}
	if good.Numbers[0].Number != num("+12065550102") {
		t.Error("the request's own list was put in order")
	}

	many := make(porting.PortOutNumbers, 1000)
	for name, tc := range map[string]struct {
		numbers porting.PortOutNumbers
		want    []telephony.Code
	}{
		"nothing":       {nil, []telephony.Code{porting.ErrNoNumbers}},
		"too much":      {many, []telephony.Code{porting.ErrTooManyNumbers}},
		"no facts":      {porting.PortOutNumbers{{Number: num("+12065550100")}}, []telephony.Code{porting.ErrNotOwned}},
		"no number":     {porting.PortOutNumbers{{Owned: true}}, []telephony.Code{porting.ErrNotOwned}},
		"another's":     {porting.PortOutNumbers{{Number: num("+12065550100"), Locked: true, InOrder: true}}, []telephony.Code{porting.ErrNotOwned}},
		"in quarantine": {porting.PortOutNumbers{{Number: num("+12065550100"), Quarantined: true, Owned: true, Locked: true}}, []telephony.Code{porting.ErrQuarantined}},
		"several things": {porting.PortOutNumbers{{Number: num("+12065550101"), Owned: true, Locked: true, InOrder: true}, {Number: num("+12065550100"), Owned: true, InOrder: true},
			leaving("+12065550102"), leaving("+12065550102")}, []telephony.Code{porting.ErrDuplicateNumber, porting.ErrInOrder, porting.ErrNumberLocked, porting.ErrInOrder}},
	} {
		t.Run(name, func(t *testing.T) {
			p := good
			p.Numbers = tc.numbers
			d := porting.CheckPortOut(day0, p)
			if d.Granted || d.Leaves != nil || d.Refused == nil || d.People() != nil {
				t.Fatalf("granted %v", d.Granted)
			}
			if got := codesOf(d.Refused.All()); !slices.Equal(got, tc.want) {
				t.Errorf("%v, want %v", got, tc.want)
			}
		})
	}
	// Without the PIN nobody learns whose the numbers are; the guess counts.
	p := good
	p.PIN, p.Numbers = sealedPIN(t, "111111"), porting.PortOutNumbers{{Number: num("+12065550100")}}
	if d := porting.CheckPortOut(day0, p); len(d.Refused.All()) != 1 || d.Refused.Code != porting.ErrPINWrong || len(d.Guard.Wrong) != 2 {
		t.Errorf("without the PIN: %v", d.Refused)
	}
	// Silence is no consent.
	if d := porting.CheckPortOut(day0, porting.PortOut{}); d.Granted || d.Refused.Code != porting.ErrPINUnset {
		t.Errorf("nothing asked: %v", d.Refused)
	}
	if (porting.PortOutDecision{}).Granted {
		t.Error("the zero decision grants")
	}
}

// A number goes only if every fact lets it.
func TestPortOutIsClosed(t *testing.T) {
	right := sealedPIN(t, "123456")
	rapid.Check(t, func(t *rapid.T) {
		flag := func(label string) bool { return rapid.Bool().Draw(t, label) }
		n := porting.PortOutNumber{Number: num("+12065550100"), Owned: flag("owned"), Quarantined: flag("quarantined"), Locked: flag("locked"), InOrder: flag("in order")}
		p := porting.PortOut{Guessing: porting.DefaultGuessing(), Numbers: porting.PortOutNumbers{leaving("+12065550101"), n}}
		set, gave := flag("set"), flag("gave")
		if set {
			p.Guard.PIN = right
		}
		if gave {
			p.PIN = right
		}
		want := set && gave && n.Owned && !n.Quarantined && !n.Locked && !n.InOrder
		if d := porting.CheckPortOut(day0, p); d.Granted != want || (d.Refused == nil) != want || len(d.Leaves) != map[bool]int{true: 2}[want] {
			t.Fatalf("%+v: granted %v", n, d.Granted)
		}
	})
}
