package lost_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
	"example.com/callingplan/telephony"
)

// TestServerMisbehaves: every way in which a server does not answer has its own
// error, and none of them accepts or refuses an address.
func TestServerMisbehaves(t *testing.T) {
	server, client := serve(t, func(c *lost.Config) {
		c.HTTP = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 300 * time.Millisecond}
	})
	for _, c := range []struct {
		name      string
		behaviour losttest.Behaviour
		want      telephony.Code
	}{
		{"slow", losttest.Slow(time.Minute), lost.ErrTimeout},
		{"never", losttest.Never(), lost.ErrTimeout},
		{"byte by byte", losttest.Drip(50 * time.Millisecond), lost.ErrTimeout},
		{"other location", losttest.OtherLocation(), lost.ErrOtherLocation},
		{"cut at once", losttest.Cut(0), lost.ErrCut},
		{"cut", losttest.Cut(500), lost.ErrCut},
		{"page", losttest.HTML(), lost.ErrContentType},
		{"plain text", losttest.Raw("text/plain", []byte("x")), lost.ErrContentType},
		{"no type", losttest.Raw("", []byte("<a/>")), lost.ErrContentType},
		{"empty", losttest.Empty(), lost.ErrEmpty},
		{"no content", losttest.Status(http.StatusNoContent), lost.ErrEmpty},
		{"301", losttest.Status(301), lost.ErrHTTPRedirect},
		{"400", losttest.Status(400), lost.ErrHTTPRefused},
		{"401", losttest.Status(401), lost.ErrHTTPRefused},
		{"404", losttest.Status(404), lost.ErrHTTPRefused},
		{"429", losttest.Status(429), lost.ErrBusy},
		{"500", losttest.Status(500), lost.ErrHTTPFailed},
		{"502", losttest.Status(502), lost.ErrHTTPFailed},
		{"503", losttest.Status(503), lost.ErrBusy},
		{"too large", losttest.Raw(lost.MediaType, bytes.Repeat([]byte(" "), 2<<20)), lost.ErrTooLarge},
		{"too deep", losttest.Raw(lost.MediaType, bytes.Repeat([]byte("<a>"), 40)), lost.ErrTooDeep},
		{"too many", losttest.Raw(lost.MediaType, []byte("<a>"+strings.Repeat("<b/>", 1<<15)+"</a>")), lost.ErrTooMany},
		{"other encoding", losttest.Raw(lost.MediaType, []byte("\xff")), lost.ErrEncoding},
		{"document type", losttest.Raw(lost.MediaType, []byte("<!DOCTYPE a><a/>")), lost.ErrDoctype},
		{"not XML", losttest.Raw(lost.MediaType, []byte("{}")), lost.ErrMalformed},
	} {
		t.Run(c.name, func(t *testing.T) {
			server.Behave(c.behaviour)
			_, err := find(client)
			var e *telephony.Error
			if !errors.As(err, &e) || e.Code != c.want || e.Op != "find service" || !strings.HasPrefix(e.Subject, "server 127.0.0.1:") {
				t.Fatalf("%v, want %s", err, c.want)
			}
			checked, err := emergency.Checker{Authority: client}.Check(t.Context(), asked(), noon)
			if err != nil || checked.Verdict().Outcome != emergency.Indeterminate || !errors.Is(checked.Cause(), c.want) {
				t.Errorf("%v, %v, cause %v", checked.Verdict(), err, checked.Cause())
			}
		})
	}
	server.Behave(losttest.Behaviour{})
	if _, err := find(client); err != nil {
		t.Errorf("well again: %v", err)
	}
}

// TestCallerGivesUp: a caller who gives up has an answer at once, and one whose
// time runs out too.
func TestCallerGivesUp(t *testing.T) {
	server, client := serve(t, nil)
	server.Behave(losttest.Never())
	for _, c := range []struct {
		give func() (context.Context, context.CancelFunc)
		want telephony.Code
	}{
		{func() (context.Context, context.CancelFunc) {
			return context.WithTimeout(context.Background(), 50*time.Millisecond)
		}, lost.ErrTimeout},
		{func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(context.Background())
			time.AfterFunc(50*time.Millisecond, cancel)
			return ctx, cancel
		}, lost.ErrCancelled},
	} {
		ctx, cancel := c.give()
		start := time.Now()
		_, err := client.Validate(ctx, asked())
		cancel()
		if !errors.Is(err, c.want) || !errors.Is(err, ctx.Err()) || time.Since(start) > 5*time.Second {
			t.Errorf("%v after %v, want %s", err, time.Since(start), c.want)
		}
	}
}

// TestTimeout: a query ends by itself, also where neither the caller nor the
// HTTP client given has set a time.
func TestTimeout(t *testing.T) {
	for given, want := range map[time.Duration]time.Duration{0: 10 * time.Second, time.Minute: time.Minute} {
		var left time.Duration
		client := newClient(t, lost.Config{Server: "http://lost.fernhill.example/", HTTP: &http.Client{Timeout: given,
			Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
				deadline, _ := r.Context().Deadline()
				left = time.Until(deadline)
				return nil, errors.New("not sent")
			})}})
		_, _ = find(client)
		if left > want || left < want-5*time.Second {
			t.Errorf("given %v, a query has %v", given, left)
		}
	}
}

// roundTrip is a transport that is a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestUnreachable: there is no server.
func TestUnreachable(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	client := newClient(t, lost.Config{Server: server.URL})
	if _, err := find(client); !errors.Is(err, lost.ErrUnreachable) || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("%v", err)
	}
}

// TestUntrusted: a server that proves to be no one known is not asked.
func TestUntrusted(t *testing.T) {
	server := losttest.New(newStreets(t))
	web := httptest.NewUnstartedServer(server)
	web.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of the handshake
	web.StartTLS()
	defer web.Close()
	_, err := find(newClient(t, lost.Config{Server: web.URL}))
	if !errors.Is(err, lost.ErrUnreachable) || !strings.Contains(err.Error(), "certificate") || server.Queries() != 0 {
		t.Errorf("%v after %d queries", err, server.Queries())
	}
}

// TestCutAnywhere: an answer cut short is none, wherever it is cut, also by a
// server that says it is whole.
func TestCutAnywhere(t *testing.T) {
	body := response(`<displayName xml:lang="en">Fernhill 911</displayName><uri>sip:sos@psap.example</uri>`, `<valid>ca:country</valid><invalid>ca:A3</invalid>`, "")
	for i := range len(body) {
		found, err := find(answering(t, body[:i]))
		if err == nil {
			t.Fatalf("%d bytes of %d: %v", i, len(body), found)
		}
	}
}

// TestErrorsDiscloseNothing: whatever a server sends back of an address, it is
// in no error and no log, and is there for those who look for it.
func TestErrorsDiscloseNothing(t *testing.T) {
	const secret = "Rosebud"
	a := asked()
	a.Street = secret
	echo := func(body string) http.RoundTripper { return canned{lost.MediaType, []byte(body)} }
	for name, transport := range map[string]http.RoundTripper{
		"message":      echo(`<errors xmlns="urn:ietf:params:xml:ns:lost1" source="` + secret + `.example"><notFound message="no ` + secret + `" xml:lang="en"/><badRequest message="` + secret + `"/></errors>`),
		"error name":   echo(`<errors xmlns="urn:ietf:params:xml:ns:lost1" source="x.example"><` + secret + `/></errors>`),
		"root":         echo(`<` + secret + `/>`),
		"entity":       echo(`<a>&` + secret + `;</a>`),
		"mapping":      echo(response(`<uri>`+secret+`</uri>`, "", "")),
		"element":      echo(response("", `<invalid>ca:`+secret+`</invalid>`, "")),
		"address":      echo(response("", `<rli:similarLocation><ca:civicAddress><ca:country>`+secret+`</ca:country></ca:civicAddress></rli:similarLocation>`, "")),
		"redirect":     echo(`<redirect xmlns="urn:ietf:params:xml:ns:lost1" target="` + secret + `" source="x.example" message="` + secret + `"/>`),
		"content type": canned{"text/" + secret, []byte(secret)},
		"transport":    failing{errors.New("cannot send " + secret)},
	} {
		client := newClient(t, lost.Config{Server: "http://lost.fernhill.example/", HTTP: &http.Client{Transport: transport}})
		checked, err := emergency.Checker{Authority: client}.Check(t.Context(), a, noon)
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.FindService(t.Context(), lost.FindService{Location: lost.Civic(a, emergency.Location{}), Validate: true})
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "err", err, "cause", checked.Cause())
		texts := fmt.Sprintf("%v %+v %#v %v %+v %s", err, err, err, checked.Cause(), checked.Err(), log.String())
		if strings.Contains(strings.ToLower(texts), strings.ToLower(secret)) {
			t.Errorf("%s: %s", name, texts)
		}
	}
	fault := lost.Fault{Code: lost.ErrNotFound, Message: secret}
	found := lost.Found{Warnings: []lost.Fault{fault}, Validation: lost.Validation{Similar: []emergency.Address{a}}}
	location := lost.Civic(a, emergency.Location{Place: secret})
	for _, v := range []any{fault, &fault, found, found.Validation, location, &found, lost.FindService{Location: location}} {
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "v", v)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "v", v)
		if text := fmt.Sprintf("%v %+v %#v %s", v, v, v, log.String()); strings.Contains(text, secret) {
			t.Errorf("%T: %s", v, text)
		}
	}
}

// failing is a transport that fails, with words of its own.
type failing struct{ err error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

// TestConcurrent: a thousand validations at once, each with its own answer.
func TestConcurrent(t *testing.T) {
	streets := emergency.NewStreets("many")
	const houses = 1000
	for i := range houses {
		if err := streets.Add(emergency.Street{Country: "US", State: "WA", City: "Fernhill", Name: "Oak", Suffix: "St", Low: i + 1, High: i + 1,
			Dispatch: emergency.Dispatch{ID: "psap-" + strconv.Itoa(i+1)}}); err != nil {
			t.Fatal(err)
		}
	}
	server := losttest.New(streets)
	server.Expiry = lost.NoExpiration()
	client := newClient(t, lost.Config{Server: server.Start(t), HTTP: &http.Client{
		Transport: &http.Transport{MaxConnsPerHost: 64, MaxIdleConnsPerHost: 64, IdleConnTimeout: time.Second}, Timeout: 30 * time.Second}})
	var wg sync.WaitGroup
	for i := range houses {
		wg.Go(func() {
			a := emergency.Address{Country: "US", State: "WA", City: "Fernhill", Street: "Oak", StreetSuffix: "St", HouseNumber: strconv.Itoa(i + 1)}
			answer, err := client.Validate(context.Background(), a)
			if err != nil || answer.Dispatch.ID != "psap-"+a.HouseNumber {
				t.Errorf("house %s: %+v, %v", a.HouseNumber, answer, err)
			}
		})
	}
	wg.Wait()
}
