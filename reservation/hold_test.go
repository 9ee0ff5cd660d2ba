package reservation_test

import (
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

var (
	made     = time.Date(2026, 3, 1, 9, 0, 0, 123, time.UTC)
	tenAfter = made.Add(10 * time.Minute)
	anyway   = reservation.Extension{Allowed: true, MaxTotal: time.Hour}
)

func openHold(count int) reservation.Hold {
	return reservation.Open(fiction(count), made, reservation.DefaultHoldFor)
}

// A hold lives for the half-open span [made, made+10 min), to the nanosecond.
func TestHoldEndsExactly(t *testing.T) {
	h := openHold(3)
	for _, tc := range []struct {
		now   time.Time
		state reservation.State
		left  time.Duration
	}{
		{made.Add(-time.Hour), reservation.Reserved, 10 * time.Minute},
		{made, reservation.Reserved, 10 * time.Minute},
		{made.Add(1), reservation.Reserved, 10*time.Minute - 1},
		{tenAfter.Add(-1), reservation.Reserved, 1},
		{tenAfter, reservation.Expired, 0},
		{tenAfter.Add(1), reservation.Expired, 0},
		{time.Time{}, reservation.Reserved, 10 * time.Minute},
		// The nanoseconds of the next two do not fit an int64.
		{time.Date(1500, 1, 1, 0, 0, 0, 0, time.UTC), reservation.Reserved, 10 * time.Minute},
		{time.Date(2400, 1, 1, 0, 0, 0, 0, time.UTC), reservation.Expired, 0},
		{time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), reservation.Expired, 0},
	} {
		if got := h.StateAt(tc.now); got != tc.state {
			t.Errorf("%v: state %v, want %v", tc.now, got, tc.state)
		}
		if got := h.Left(tc.now); got != tc.left {
			t.Errorf("%v: left %v, want %v", tc.now, got, tc.left)
		}
	}
	if !h.MadeAt().Equal(made) || !h.ExpiresAt().Equal(tenAfter) || !h.ClosedAt().IsZero() {
		t.Errorf("made %v, expires %v, closed %v", h.MadeAt(), h.ExpiresAt(), h.ClosedAt())
	}
}

// states returns a hold in every state, by name: run out is a reserved hold
// after its time that nobody has settled.
func states(t *testing.T) map[string]reservation.Hold {
	t.Helper()
	h := openHold(3)
	completed, _, err1 := h.Acquire(made.Add(1), fiction(1))
	cancelled, _, err2 := h.Cancel(made.Add(2))
	expired, _, ok := h.Expire(tenAfter.Add(time.Hour))
	if err1 != nil || err2 != nil || !ok {
		t.Fatal(err1, err2, ok)
	}
	return map[string]reservation.Hold{"reserved": h, "run out": h, "completed": completed,
		"cancelled": cancelled, "expired": expired}
}

// Every event in every state: the state that follows, or the error and the
// moment it names, and how many numbers go back.
func TestHoldStateByEvent(t *testing.T) {
	type outcome struct {
		state reservation.State
		code  telephony.Code
		at    time.Time
		rest  int
	}
	refused := func(code telephony.Code, state reservation.State, at time.Time) outcome {
		return outcome{state: state, code: code, at: at}
	}
	var (
		runOut    = refused(reservation.ErrExpired, reservation.Reserved, tenAfter)
		completed = refused(reservation.ErrCompleted, reservation.Completed, made.Add(1))
		cancelled = refused(reservation.ErrCancelled, reservation.Cancelled, made.Add(2))
		expired   = refused(reservation.ErrExpired, reservation.Expired, tenAfter)
	)
	table := map[string]map[string]outcome{
		"acquire": {"reserved": {state: reservation.Completed, rest: 1},
			"run out": runOut, "completed": completed, "cancelled": cancelled, "expired": expired},
		"acquire all": {"reserved": {state: reservation.Completed},
			"run out": runOut, "completed": completed, "cancelled": cancelled, "expired": expired},
		"cancel": {"reserved": {state: reservation.Cancelled, rest: 3},
			"run out": runOut, "completed": completed, "cancelled": cancelled, "expired": expired},
		"extend": {"reserved": {state: reservation.Reserved},
			"run out": runOut, "completed": completed, "cancelled": cancelled, "expired": expired},
		"add": {"reserved": {state: reservation.Reserved},
			"run out": runOut, "completed": completed, "cancelled": cancelled, "expired": expired},
		"drop": {"reserved": {state: reservation.Reserved, rest: 2},
			"run out": runOut, "completed": completed, "cancelled": cancelled, "expired": expired},
		"expire": {"reserved": {state: reservation.Reserved}, "run out": {state: reservation.Expired, rest: 3},
			"completed": {state: reservation.Completed}, "cancelled": {state: reservation.Cancelled},
			"expired": {state: reservation.Expired}},
	}
	events := map[string]func(reservation.Hold, time.Time) (reservation.Hold, telephony.NumberList, error){
		"acquire": func(h reservation.Hold, now time.Time) (reservation.Hold, telephony.NumberList, error) {
			return h.Acquire(now, fiction(2))
		},
		"acquire all": func(h reservation.Hold, now time.Time) (reservation.Hold, telephony.NumberList, error) {
			next, err := h.AcquireAll(now)
			return next, nil, err
		},
		"cancel": reservation.Hold.Cancel,
		"extend": func(h reservation.Hold, now time.Time) (reservation.Hold, telephony.NumberList, error) {
			next, err := h.Extend(now, time.Minute, anyway)
			return next, nil, err
		},
		"add": func(h reservation.Hold, now time.Time) (reservation.Hold, telephony.NumberList, error) {
			next, err := h.Add(now, fiction(5)[3:], reservation.DefaultLimits(), reservation.Use{Open: 1, Held: 3})
			return next, nil, err
		},
		"drop": func(h reservation.Hold, now time.Time) (reservation.Hold, telephony.NumberList, error) {
			return h.Drop(now, fiction(2))
		},
		"expire": func(h reservation.Hold, now time.Time) (reservation.Hold, telephony.NumberList, error) {
			next, rest, ok := h.Expire(now)
			if ok != (next.State != h.State) {
				t.Errorf("expire says %v and goes from %v to %v", ok, h.State, next.State)
			}
			return next, rest, nil
		},
	}
	for event, row := range table {
		if len(row) != 5 {
			t.Fatalf("%s: %d states", event, len(row))
		}
		for name, h := range states(t) {
			t.Run(event+" "+name, func(t *testing.T) {
				want := row[name]
				for _, now := range momentsOf(name) {
					next, rest, err := events[event](h, now)
					e := wantCode(t, err, want.code)
					if e != nil && !e.At.Equal(want.at) {
						t.Errorf("at %v, want %v", e.At, want.at)
					}
					if next.State != want.state || len(rest) != want.rest {
						t.Errorf("now %v with %d back, want %v with %d", next.State, len(rest), want.state, want.rest)
					}
				}
			})
		}
	}
}

// momentsOf returns the moments at which to try a state: a closed hold answers
// alike before and after its time would have run out.
func momentsOf(name string) []time.Time {
	switch name {
	case "reserved":
		return []time.Time{made, tenAfter.Add(-1)}
	case "run out":
		return []time.Time{tenAfter, tenAfter.Add(1), tenAfter.AddDate(10, 0, 0)}
	}
	return []time.Time{made, tenAfter.Add(-1), tenAfter, tenAfter.AddDate(10, 0, 0)}
}

func TestHoldAcquire(t *testing.T) {
	h, f := openHold(5), fiction(6)
	now := made.Add(time.Minute)
	next, rest, err := h.Acquire(now, telephony.NumberList{f[3], f[0]})
	if err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, next.Acquired, telephony.NumberList{f[0], f[3]})
	wantNumbers(t, rest, telephony.NumberList{f[1], f[2], f[4]})
	wantNumbers(t, next.Numbers, f[:5])
	if !next.ClosedAt().Equal(now) || h.Acquired != nil || h.State != reservation.Reserved {
		t.Errorf("closed %v; the hold itself became %+v", next.ClosedAt(), h)
	}
	for _, tc := range []struct {
		chosen telephony.NumberList
		code   telephony.Code
		about  telephony.NumberList
	}{
		{nil, reservation.ErrNothingChosen, nil},
		{telephony.NumberList{}, reservation.ErrNothingChosen, nil},
		{telephony.NumberList{f[1], f[0], f[1], f[1]}, reservation.ErrDuplicateNumber, f[1:2]},
		{telephony.NumberList{f[5], f[0]}, reservation.ErrNotInReservation, f[5:]},
		{telephony.NumberList{{}}, reservation.ErrNotInReservation, telephony.NumberList{{}}},
		{telephony.NumberList{f[5], f[5]}, reservation.ErrDuplicateNumber, f[5:]}, // before not in reservation
	} {
		same, rest, err := h.Acquire(now, tc.chosen)
		e := wantCode(t, err, tc.code)
		wantNumbers(t, e.Numbers, tc.about)
		if rest != nil || same.State != reservation.Reserved {
			t.Errorf("%s: refused, yet %v with %d back", tc.code, same.State, len(rest))
		}
	}
	// A hold that is over says so before it looks at the numbers.
	_, _, err = next.Acquire(now, nil)
	wantCode(t, err, reservation.ErrCompleted)
}

func TestHoldAdd(t *testing.T) {
	h, f := openHold(3), fiction(10)
	limits, use := reservation.Limits{Open: 1, Held: 10, PerRequest: 6}, reservation.Use{Open: 1, Held: 5}
	next, err := h.Add(made.Add(time.Minute), telephony.NumberList{f[5], f[3]}, limits, use)
	if err != nil || !next.ExpiresAt().Equal(tenAfter) {
		t.Fatalf("expires %v, %v", next.ExpiresAt(), err)
	}
	wantNumbers(t, next.Numbers, telephony.NumberList{f[0], f[1], f[2], f[3], f[5]})
	wantNumbers(t, h.Numbers, f[:3])
	for name, tc := range map[string]struct {
		more  telephony.NumberList
		code  telephony.Code
		about telephony.NumberList
	}{
		"nothing":           {nil, reservation.ErrNothingChosen, nil},
		"no number":         {telephony.NumberList{f[4], {}, {}}, reservation.ErrNumberMissing, nil},
		"twice":             {telephony.NumberList{f[4], f[0], f[4]}, reservation.ErrDuplicateNumber, f[4:5]},
		"in it":             {telephony.NumberList{f[4], f[0], f[2]}, reservation.ErrAlreadyInReservation, telephony.NumberList{f[0], f[2]}},
		"up to the limit":   {f[3:8], "", nil},
		"past what is held": {f[3:9], reservation.ErrTooManyHeld, nil},
		"past a request":    {f[3:10], reservation.ErrQuantity, nil},
	} {
		same, err := h.Add(made, tc.more, limits, use)
		if e := wantCode(t, err, tc.code); e != nil {
			wantNumbers(t, e.Numbers, tc.about)
			wantNumbers(t, same.Numbers, h.Numbers)
			if e.Fix == "" {
				t.Errorf("%s: %v says nothing of what would put it right", name, e)
			}
		}
	}
	var many telephony.NumberList
	for i := range reservation.MaxPerRequest {
		n, _ := num("+9990000000").Add(i)
		many = append(many, n)
	}
	wide := reservation.Limits{Open: 1, Held: reservation.MaxHeld, PerRequest: reservation.MaxPerRequest}
	_, err = reservation.Open(many[1:], made, time.Minute).Add(made, many[:1], wide, reservation.Use{})
	wantCode(t, err, "")
	_, err = h.Add(made, many, wide, reservation.Use{})
	wantFigure(t, wantCode(t, err, reservation.ErrReservationFull), "most", 5000)
}

func TestHoldDrop(t *testing.T) {
	h, f := openHold(4), fiction(5)
	next, rest, err := h.Drop(made.Add(time.Minute), telephony.NumberList{f[2], f[0]})
	if err != nil || !next.ExpiresAt().Equal(tenAfter) || next.State != reservation.Reserved {
		t.Fatalf("%v, %v", next, err)
	}
	wantNumbers(t, next.Numbers, telephony.NumberList{f[1], f[3]})
	wantNumbers(t, rest, telephony.NumberList{f[0], f[2]})
	wantNumbers(t, h.Numbers, f[:4])
	for name, tc := range map[string]struct {
		numbers telephony.NumberList
		code    telephony.Code
		about   telephony.NumberList
	}{
		"nothing":       {nil, reservation.ErrNothingChosen, nil},
		"twice":         {telephony.NumberList{f[1], f[4], f[1]}, reservation.ErrDuplicateNumber, f[1:2]},
		"not in it":     {telephony.NumberList{f[1], f[4]}, reservation.ErrNotInReservation, f[4:]},
		"all":           {f[:4], reservation.ErrNothingLeft, nil},
		"all and other": {f, reservation.ErrNotInReservation, f[4:]},
	} {
		same, rest, err := h.Drop(made, tc.numbers)
		e := wantCode(t, err, tc.code)
		wantNumbers(t, e.Numbers, tc.about)
		wantNumbers(t, same.Numbers, h.Numbers)
		if rest != nil || e.Fix == "" {
			t.Errorf("%s: refused, yet %v back; %v", name, rest, e)
		}
	}
}

// A hold on picks is the hold on their numbers, whatever blocks they are of.
func TestOpenPicks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var numbers telephony.NumberList
		for _, digits := range rapid.SliceOfNDistinct(rapid.SampledFrom([]uint64{9995550100, 9995550199, 9995551000, 99955500, 99955501001, 99955501999}),
			1, 6, rapid.ID[uint64]).Draw(t, "numbers") {
			n, err := telephony.NumberFromDigits(digits)
			if err != nil {
				t.Fatal(err)
			}
			numbers = append(numbers, n)
		}
		got, want := reservation.OpenPicks(reservation.ByBlock(numbers), made, time.Minute), reservation.Open(numbers, made, time.Minute)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	})
}

// What a hold had is acquired or goes back, each number once, whatever happens
// to the lists that went in and came out.
func TestHoldGivesEachNumberOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.Permutation(fiction(20)).Draw(t, "in")
		in = in[:rapid.IntRange(1, 20).Draw(t, "count")]
		h := reservation.Open(in, made, time.Minute)
		if !slices.IsSortedFunc(h.Numbers, telephony.Number.Compare) {
			t.Fatalf("%v is not ascending", h.Numbers)
		}
		chosen := rapid.Permutation(in).Draw(t, "chosen")
		chosen = chosen[:rapid.IntRange(1, len(chosen)).Draw(t, "how many")]
		next, rest, err := h.Acquire(made, chosen)
		if err != nil {
			t.Fatal(err)
		}
		together := slices.Concat(next.Acquired, rest)
		slices.SortFunc(together, telephony.Number.Compare)
		if !slices.Equal(together, h.Numbers) || len(next.Acquired) != len(chosen) {
			t.Fatalf("%v acquired and %v back of %v", next.Acquired, rest, h.Numbers)
		}
		before := slices.Clone(next.Acquired)
		clear(chosen)
		clear(rest)
		clear(in)
		if !slices.Equal(next.Acquired, before) || !next.Numbers[0].IsValid() {
			t.Fatal("the hold shares memory with its caller")
		}
	})
}

func TestHoldReturnsListsOfItsOwn(t *testing.T) {
	h := openHold(3)
	_, rest, _ := h.Cancel(made)
	clear(rest)
	_, rest, _ = h.Expire(tenAfter)
	clear(rest)
	next, _ := h.AcquireAll(made)
	clear(next.Acquired)
	wantNumbers(t, h.Numbers, fiction(3))
}

func TestHoldExtend(t *testing.T) {
	h := openHold(1)
	for name, tc := range map[string]struct {
		by   time.Duration
		p    reservation.Extension
		code telephony.Code
	}{
		"off":              {time.Minute, reservation.Extension{}, reservation.ErrExtensionOff},
		"off, long":        {time.Minute, reservation.Extension{MaxTotal: time.Hour}, reservation.ErrExtensionOff},
		"no room set":      {1, reservation.Extension{Allowed: true}, reservation.ErrExtensionTooLong},
		"negative room":    {1, reservation.Extension{Allowed: true, MaxTotal: math.MinInt64}, reservation.ErrExtensionTooLong},
		"nothing":          {0, anyway, reservation.ErrExtensionTooShort},
		"negative":         {-1, anyway, reservation.ErrExtensionTooShort},
		"to the brim":      {50 * time.Minute, anyway, ""},
		"a nanosecond too": {50*time.Minute + 1, anyway, reservation.ErrExtensionTooLong},
		"for ever":         {math.MaxInt64, anyway, reservation.ErrExtensionTooLong},
	} {
		t.Run(name, func(t *testing.T) {
			next, err := h.Extend(made.Add(time.Minute), tc.by, tc.p)
			wantCode(t, err, tc.code)
			want := tenAfter
			if tc.code == "" {
				want = want.Add(tc.by)
			}
			if !next.ExpiresAt().Equal(want) {
				t.Errorf("expires %v, want %v", next.ExpiresAt(), want)
			}
		})
	}
	_, err := h.Extend(made, time.Hour, anyway)
	e := wantCode(t, err, reservation.ErrExtensionTooLong)
	wantFigure(t, e, "seconds asked", 3600)
	wantFigure(t, e, "seconds left", 3000)
}

// An extended hold lives on to the nanosecond as well.
func TestHoldExtendedEndsExactly(t *testing.T) {
	h, err := openHold(1).Extend(made, time.Minute, anyway)
	if err != nil {
		t.Fatal(err)
	}
	end := tenAfter.Add(time.Minute)
	if h.StateAt(end.Add(-1)) != reservation.Reserved || h.StateAt(end) != reservation.Expired {
		t.Errorf("%v before the end, %v at it", h.StateAt(end.Add(-1)), h.StateAt(end))
	}
}

func TestHoldAtTheEdgesOfTime(t *testing.T) {
	epoch := time.Unix(0, 0)
	cancelled, _, err := reservation.Open(fiction(1), epoch, time.Minute).Cancel(epoch)
	if err != nil || !cancelled.ClosedAt().Equal(epoch) {
		t.Errorf("cancelled at the epoch: %v, %v", cancelled.ClosedAt(), err)
	}
	for _, far := range []time.Time{{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(math.MinInt64, 0), time.Unix(math.MaxInt64, 0)} {
		h := reservation.Open(fiction(1), far, math.MaxInt64)
		if h.Expires < h.Made || h.Left(far) < 0 {
			t.Errorf("%v: from %d to %d, %v left", far, h.Made, h.Expires, h.Left(far))
		}
	}
	if over := reservation.Open(fiction(1), made, -1); over.StateAt(made) != reservation.Expired {
		t.Errorf("a hold for no time is %v", over.StateAt(made))
	}
	var zero reservation.Hold
	_, _, err = zero.Cancel(made)
	wantCode(t, err, reservation.ErrExpired)
	if _, rest, ok := zero.Expire(made); ok || rest != nil {
		t.Error("the zero hold gives numbers back")
	}
}

func TestState(t *testing.T) {
	for s, name := range map[reservation.State]string{reservation.Reserved: "reserved", reservation.Completed: "completed",
		reservation.Cancelled: "cancelled", reservation.Expired: "expired"} {
		if s.String() != name {
			t.Errorf("%d: %q, want %q", s, s, name)
		}
	}
	var s reservation.State
	if text, err := s.MarshalText(); s.IsValid() || len(text) != 0 || err != nil {
		t.Errorf("no state: %q, %v", text, err)
	}
	_, err := reservation.State(5).MarshalText()
	wantCode(t, err, reservation.ErrState)
}

func FuzzParseState(f *testing.F) {
	for _, s := range []string{"", "reserved", "completed", "cancelled", "expired", "Reserved", "invalid state"} {
		f.Add(s)
	}
	names := []string{"reserved", "completed", "cancelled", "expired"}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := reservation.ParseState(text)
		if known := slices.Contains(names, text); known != (err == nil) || known != s.IsValid() {
			t.Fatalf("%q: %v, %v", text, s, err)
		}
		if err != nil {
			wantCode(t, err, reservation.ErrState)
			return
		}
		var back reservation.State
		if written, err := s.MarshalText(); err != nil || back.UnmarshalText(written) != nil || back != s {
			t.Fatalf("%q came back as %v: %v", text, back, err)
		}
	})
}
