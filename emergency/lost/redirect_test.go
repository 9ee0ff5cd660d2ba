package lost_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
)

// TestRedirect follows servers that send a query on, by name.
func TestRedirect(t *testing.T) {
	west, east := losttest.New(newStreets(t)), losttest.New(newStreets(t))
	west.Behave(losttest.Redirect("East.Example"))
	east.Name = "east.example"
	westURL, eastURL := west.Start(t), east.Start(t)
	resolver := lost.StaticResolver{"west.example": westURL, "east.example": eastURL}
	client := newClient(t, lost.Config{Server: "west.example", Resolver: resolver})
	found, err := find(client)
	if err != nil || found.Mappings[0].Source != "east.example" || client.Name() != "west.example" {
		t.Fatalf("%+v, %v", found.Mappings, err)
	}

	east.Behave(losttest.Redirect("west.example"))
	if _, err := find(client); !errors.Is(err, lost.ErrRedirectLoop) {
		t.Errorf("a circle of two: %v", err)
	}
	east.Behave(losttest.Redirect("east.example"))
	if _, err := find(client); !errors.Is(err, lost.ErrRedirectLoop) {
		t.Errorf("a circle of one: %v", err)
	}
	if _, err := find(newClient(t, lost.Config{Server: westURL})); !errors.Is(err, lost.ErrUnresolved) {
		t.Errorf("no resolver: %v", err)
	}
}

// TestRedirectForEver: a query is sent on so often and no more.
func TestRedirectForEver(t *testing.T) {
	for hops, want := range map[int]int{0: 6, 2: 3, -1: 1} {
		server := losttest.New(newStreets(t))
		server.Behave(losttest.RedirectForEver())
		url := server.Start(t)
		client := newClient(t, lost.Config{Server: url, MaxHops: hops, Resolver: lost.ResolverFunc(
			func(_ context.Context, name string, _ lost.ServiceTag) (string, error) { return url + "/" + name, nil })})
		if _, err := find(client); !errors.Is(err, lost.ErrTooManyRedirects) || server.Queries() != want {
			t.Errorf("%d hops: %v after %d queries, want %d", hops, err, server.Queries(), want)
		}
	}
}

// TestStaysSecure: an address that is sent over TLS is never sent without, be it
// at a LoST or an HTTP redirect.
func TestStaysSecure(t *testing.T) {
	open := losttest.New(newStreets(t))
	openURL := open.Start(t)
	closed := losttest.New(newStreets(t))
	secure := httptest.NewTLSServer(closed)
	defer secure.Close()
	client := newClient(t, lost.Config{Server: secure.URL, HTTP: secure.Client(), Resolver: lost.StaticResolver{"open.example": openURL}})
	if _, err := find(client); err != nil {
		t.Fatal(err)
	}
	closed.Behave(losttest.Redirect("open.example"))
	if _, err := find(client); !errors.Is(err, lost.ErrInsecure) {
		t.Errorf("%v", err)
	}
	away := httptest.NewTLSServer(http.RedirectHandler(openURL, http.StatusTemporaryRedirect))
	defer away.Close()
	if _, err := find(newClient(t, lost.Config{Server: away.URL, HTTP: away.Client()})); !errors.Is(err, lost.ErrHTTPRedirect) {
		t.Errorf("%v", err)
	}
	if open.Queries() != 0 {
		t.Errorf("the address was sent in the open %d times", open.Queries())
	}
	secure.Client().CloseIdleConnections()
	away.Client().CloseIdleConnections()
}

// TestHTTPRedirect: a redirect of HTTP that keeps the query is followed; one
// that would make another request of it is not.
func TestHTTPRedirect(t *testing.T) {
	server := losttest.New(newStreets(t))
	url := server.Start(t)
	for status, want := range map[int]error{301: lost.ErrHTTPRedirect, 302: lost.ErrHTTPRedirect, 303: lost.ErrHTTPRedirect, 307: nil, 308: nil} {
		away := httptest.NewServer(http.RedirectHandler(url, status))
		client := newClient(t, lost.Config{Server: away.URL})
		if _, err := find(client); !errors.Is(err, want) {
			t.Errorf("%d: %v", status, err)
		}
		client.Close()
		away.Close()
	}
	if server.Queries() != 2 {
		t.Errorf("%d queries arrived", server.Queries())
	}
}
