package lost_test

import (
	"strconv"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
	"example.com/callingplan/emergency/pidflo"
	"pgregory.net/rapid"
)

// TestCacheExpiry: an answer is given again until its mapping expires, and not
// at that moment.
func TestCacheExpiry(t *testing.T) {
	for _, c := range []struct {
		name   string
		expiry lost.Expiry
		after  time.Duration
		again  bool
	}{
		{"not to be kept", lost.Expiry{}, 0, false},
		{"expired", lost.ExpiresAt(noon.Add(-1)), 0, false},
		{"expires now", lost.ExpiresAt(noon), 0, false},
		{"holds", lost.ExpiresAt(noon.Add(hour)), hour - 1, true},
		{"at the moment of expiry", lost.ExpiresAt(noon.Add(hour)), hour, false},
		{"holds for ever", lost.NoExpiration(), 24*hour - 1, true},
		{"for ever is a day", lost.NoExpiration(), 24 * hour, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := &clock{noon}
			server, client := serve(t, func(config *lost.Config) { config.Now = now.Now })
			server.Expiry = c.expiry
			first, err := find(client)
			if err != nil || first.Cached {
				t.Fatalf("%v, %v", first.Cached, err)
			}
			now.now = noon.Add(c.after)
			second, err := find(client)
			if err != nil || second.Cached != c.again || server.Queries() != 2-b2i(c.again) {
				t.Errorf("cached %v, %d queries, %v", second.Cached, server.Queries(), err)
			}
			if got, want := second.Mappings[0].Expiry, c.expiry; got != want {
				t.Errorf("expiry %v, want %v", got, want)
			}
		})
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestCacheKeepsNoneOf what may be better next time.
func TestCacheKeepsNoneOf(t *testing.T) {
	for name, b := range map[string]losttest.Behaviour{
		"warnings": losttest.Warn("serverTimeout"), "last resort": losttest.DefaultMapping(),
		"no validation": losttest.ValidationUnavailable(), "errors": losttest.Fail("notFound"),
	} {
		server, client := serve(t, nil)
		server.Expiry = lost.NoExpiration()
		server.Behave(b)
		_, _ = find(client)
		server.Behave(losttest.Behaviour{})
		if found, err := find(client); err != nil || found.Cached || !found.Validation.Done {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
}

// TestCacheKeepsNoAnswerInPart: an answer without the validation that was asked
// for is not given again, but for a position, which no server validates.
func TestCacheKeepsNoAnswerInPart(t *testing.T) {
	client := answering(t, response("", "", ""))
	here := lost.Geodetic(pidflo.Point(position(1, 2)))
	for _, c := range []struct {
		query lost.FindService
		kept  bool
	}{
		{lost.FindService{Location: lost.Civic(asked(), emergency.Location{}), Validate: true}, false},
		{lost.FindService{Location: lost.Civic(asked(), emergency.Location{})}, true},
		{lost.FindService{Location: here, Validate: true}, true},
		{lost.FindService{Location: here}, true},
	} {
		for again := range 2 {
			if found, err := client.FindService(t.Context(), c.query); err != nil || found.Cached != (c.kept && again == 1) {
				t.Errorf("%v, to be validated %v: cached %v, %v", c.query.Location, c.query.Validate, found.Cached, err)
			}
		}
	}
}

// TestCacheTellsQueriesApart: what is asked otherwise is asked anew.
func TestCacheTellsQueriesApart(t *testing.T) {
	server, client := serve(t, nil)
	server.Expiry = lost.NoExpiration()
	here := lost.Civic(asked(), emergency.Location{})
	for i, q := range []lost.FindService{
		{Location: here},
		{Location: here, Validate: true},
		{Location: here, Boundary: lost.BoundaryByValue},
		{Location: here, Service: "urn:service:sos.police"},
		{Location: lost.Civic(asked(), emergency.Location{Floor: "2"})},
	} {
		if found, err := client.FindService(t.Context(), q); err != nil || found.Cached || server.Queries() != i+1 {
			t.Errorf("query %d: cached %v, %v", i, found.Cached, err)
		}
	}
}

// TestCacheIsBounded and forgets what was not used for longest.
func TestCacheIsBounded(t *testing.T) {
	server, client := serve(t, func(c *lost.Config) { c.CacheSize = 2 })
	server.Expiry = lost.NoExpiration()
	ask := func(number int) bool {
		a := asked()
		a.HouseNumber = strconv.Itoa(number)
		found, err := client.FindService(t.Context(), lost.FindService{Location: lost.Civic(a, emergency.Location{})})
		if err != nil {
			t.Fatal(err)
		}
		return found.Cached
	}
	for i, c := range []struct {
		number int
		cached bool
	}{{402, false}, {404, false}, {402, true}, {406, false}, {402, true}, {404, false}, {406, false}} {
		if got := ask(c.number); got != c.cached {
			t.Errorf("step %d: house %d cached %v", i, c.number, got)
		}
	}
	none, client := serve(t, func(c *lost.Config) { c.CacheSize = -1 })
	none.Expiry = lost.NoExpiration()
	ask(402)
	if ask(402) {
		t.Error("an answer was kept that was not to be")
	}
}

// TestCacheIsNotTheCallers: a caller who changes an answer changes his own.
func TestCacheIsNotTheCallers(t *testing.T) {
	server, client := serve(t, nil)
	server.Expiry = lost.NoExpiration()
	first, err := find(client)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		first.Mappings[0].URIs[0], first.Mappings[0].Names[0].Text, first.Mappings[0].SourceID = "sip:x", "x", "x"
		first.Validation.Valid[0].Local, first.Path[0] = "x", "x"
		second, err := find(client)
		if err != nil || !second.Cached || second.Mappings[0].Dispatch() != psap1 ||
			second.Validation.Valid[0].Local != "country" || second.Path[0] != "lost.fernhill.example" {
			t.Fatalf("%+v, %v", second, err)
		}
		first = second
	}
}

// TestCacheLikeAModel: whatever is asked when, an answer is at most as old as
// its mapping allows, by a model that keeps everything it was told.
func TestCacheLikeAModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		now := &clock{noon}
		server := losttest.New(newStreets(t))
		client, err := lost.New(lost.Config{Server: "http://lost.fernhill.example/", Now: now.Now, HTTP: direct(server)})
		if err != nil {
			r.Fatal(err)
		}
		known := map[string]time.Time{} // when an answer expires
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			now.now = now.now.Add(time.Duration(rapid.IntRange(0, 90).Draw(r, "minutes")) * time.Minute)
			server.Expiry = lost.Expiry{}
			expires := now.now
			if rapid.Bool().Draw(r, "kept") {
				expires = now.now.Add(time.Duration(rapid.IntRange(-60, 120).Draw(r, "holds for")) * time.Minute)
				server.Expiry = lost.ExpiresAt(expires)
			}
			a := asked()
			a.HouseNumber = rapid.SampledFrom([]string{"402", "404"}).Draw(r, "number")
			found, err := client.FindService(t.Context(), lost.FindService{Location: lost.Civic(a, emergency.Location{})})
			if err != nil {
				r.Fatal(err)
			}
			want := now.now.Before(known[a.HouseNumber])
			if found.Cached != want {
				r.Fatalf("at %v cached %v, want %v", now.now, found.Cached, want)
			}
			if !want {
				known[a.HouseNumber] = expires
			}
		}
	})
}

func TestExpiryText(t *testing.T) {
	for e, want := range map[lost.Expiry]string{
		{}: "NO-CACHE", lost.NoExpiration(): "NO-EXPIRATION", lost.ExpiresAt(noon): "2026-11-22T12:00:00Z",
	} {
		if e.String() != want {
			t.Errorf("%v, want %s", e, want)
		}
	}
	found, err := find(answering(t, replace(response("", "", ""), `expires="2026-11-22T13:00:00Z"`, `expires="NO-EXPIRED"`)))
	if err != nil || found.Mappings[0].Expiry != (lost.Expiry{}) {
		t.Errorf("one that is none: %v, %v", found.Mappings, err)
	}
}
