package lost_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/grammartest"
	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
	"example.com/callingplan/telephony"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var byValue = cmp.Comparer(func(a, b emergency.Position) bool { return a == b })

// TestValidateAsTheStreetsDo: over the wire an authority says the same, as far
// as the protocol can carry it.
func TestValidateAsTheStreetsDo(t *testing.T) {
	streets := newStreets(t)
	server := losttest.New(streets)
	client := newClient(t, lost.Config{Server: server.Start(t), AdditionalLocations: true})
	rapid.Check(t, func(t *rapid.T) {
		a := drawAddress(t)
		direct, err := streets.Validate(context.Background(), a)
		if err != nil {
			t.Fatal(err)
		}
		wired, err := client.Validate(context.Background(), a)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(carried(a, direct), wired, byValue); diff != "" {
			t.Fatal(diff)
		}
	})
}

// carried is what LoST carries of an answer: an error has no lists, nothing is
// valid that was not sent, and an address is completed only if it is valid.
func carried(a emergency.Address, direct emergency.Answer) emergency.Answer {
	switch {
	case direct.NotFound != emergency.Found:
		return emergency.Answer{NotFound: direct.NotFound}
	case direct.Route == emergency.NoRoute:
		return emergency.Answer{NotFound: emergency.AddressNotFound}
	}
	want := emergency.Answer{Mismatched: direct.Mismatched, Route: direct.Route, Dispatch: direct.Dispatch}
	complete := emergency.Address{}
	for _, f := range emergency.CivicFields() {
		if a.Value(f) != "" && direct.Confirmed.Has(f) && !direct.Mismatched.Has(f) {
			want.Confirmed = want.Confirmed.With(f)
		}
		if v := a.Value(f) + direct.Complete.Value(f); a.Value(f) == "" || direct.Complete.Value(f) == "" {
			complete = complete.With(f, v)
		} else {
			complete = complete.With(f, a.Value(f))
		}
	}
	if complete != a && direct.Mismatched == 0 {
		want.Complete = complete
	}
	for _, c := range direct.Candidates {
		if c.Value != "" && c.Value != a.Value(c.Field) && direct.Mismatched.Has(c.Field) {
			want.Candidates = append(want.Candidates, c)
		}
	}
	return want
}

// TestCheckAsTheStreetsDo: a checker comes to the same verdict over the wire.
func TestCheckAsTheStreetsDo(t *testing.T) {
	streets := newStreets(t)
	for _, form := range []lost.Form{lost.AsWritten, lost.SpeltOut} {
		server := losttest.New(streets)
		client := newClient(t, lost.Config{Server: server.Start(t), AdditionalLocations: true, Form: form})
		rapid.Check(t, func(t *rapid.T) {
			a := drawAddress(t)
			direct, err := emergency.Checker{Authority: streets}.Check(context.Background(), a, noon)
			if err != nil {
				t.Fatal(err)
			}
			wired, err := emergency.Checker{Authority: client}.Check(context.Background(), a, noon)
			if err != nil {
				t.Fatal(err)
			}
			if direct.Verdict().Outcome != wired.Verdict().Outcome {
				t.Fatalf("%v directly, %v by wire, cause %v", direct.Verdict(), wired.Verdict(), wired.Cause())
			}
			if direct.Address() != wired.Address() && !direct.Verdict().Partial && direct.IsAccepted() {
				t.Fatal(cmp.Diff(direct.Address(), wired.Address(), byValue))
			}
		})
	}
}

// TestValidateByServerError: the table of what a server's error means for an
// address: three say something of it, the rest that nobody knows [RFC 5222].
func TestValidateByServerError(t *testing.T) {
	server, client := serve(t, nil)
	for _, c := range []struct {
		fault string
		code  telephony.Code
		want  emergency.NotFound // Found: there is no answer
	}{
		{"badRequest", lost.ErrBadRequest, emergency.Found},
		{"forbidden", lost.ErrForbidden, emergency.Found},
		{"internalError", lost.ErrInternal, emergency.Found},
		{"locationProfileUnrecognized", lost.ErrProfileUnrecognised, emergency.Found},
		{"locationInvalid", lost.ErrLocationInvalid, emergency.AddressInvalid},
		{"SRSInvalid", lost.ErrReferenceInvalid, emergency.Found},
		{"loop", lost.ErrLoop, emergency.Found},
		{"notFound", lost.ErrNotFound, emergency.AddressNotFound},
		{"serverError", lost.ErrServer, emergency.Found},
		{"serverTimeout", lost.ErrServerTimeout, emergency.Found},
		{"serviceNotImplemented", lost.ErrServiceNotImplemented, emergency.ServiceNotOffered},
		{"outOfFashion", lost.ErrUnknownFault, emergency.Found},
	} {
		t.Run(c.fault, func(t *testing.T) {
			server.Behave(losttest.Fail(c.fault))
			_, err := find(client)
			var fault *lost.Fault
			if !errors.Is(err, c.code) || !errors.As(err, &fault) || fault.Code != c.code || fault.Message != "told to say "+c.fault ||
				fault.Language != "en" || fault.Source != "lost.fernhill.example" {
				t.Fatalf("%v, %+v", err, fault)
			}
			answer, err := client.Validate(t.Context(), asked())
			switch {
			case c.want != emergency.Found && (err != nil || answer.NotFound != c.want):
				t.Errorf("%+v, %v, want %v", answer, err, c.want)
			case c.want == emergency.Found && !errors.Is(err, c.code):
				t.Errorf("%+v, %v, want no answer", answer, err)
			}
			outcome := emergency.Rejected
			if c.want == emergency.Found {
				outcome = emergency.Indeterminate
			}
			checked, err := emergency.Checker{Authority: client}.Check(t.Context(), asked(), noon)
			if err != nil || checked.Verdict().Outcome != outcome {
				t.Errorf("%v, %v, want %v", checked.Verdict(), err, outcome)
			}
		})
	}
}

// TestSeveralServerErrors: each is a reason, and one that is no answer makes the
// whole none.
func TestSeveralServerErrors(t *testing.T) {
	server, client := serve(t, nil)
	server.Behave(losttest.Fail("notFound", "serverTimeout"))
	_, err := find(client)
	if !errors.Is(err, lost.ErrNotFound) || !errors.Is(err, lost.ErrServerTimeout) {
		t.Errorf("%v", err)
	}
	if _, err := client.Validate(t.Context(), asked()); !errors.Is(err, lost.ErrServerTimeout) {
		t.Errorf("%v, want no answer", err)
	}
	server.Behave(losttest.Fail())
	if _, err := find(client); !errors.Is(err, lost.ErrAnswer) {
		t.Errorf("no error named: %v", err)
	}
}

// TestValidateByWarning: what an answer in part means for an address.
func TestValidateByWarning(t *testing.T) {
	server, client := serve(t, nil)
	for _, c := range []struct {
		name      string
		behaviour losttest.Behaviour
		warned    telephony.Code
		want      emergency.Outcome
		cause     error
	}{
		{"well", losttest.Behaviour{}, "", emergency.Accepted, nil},
		{"no validation", losttest.ValidationUnavailable(), lost.ErrValidationUnavailable, emergency.Indeterminate, lost.ErrValidationUnavailable},
		{"last resort", losttest.DefaultMapping(), lost.ErrDefaultMapping, emergency.Rejected, nil},
		{"error beside a mapping", losttest.Warn("notFound"), lost.ErrNotFound, emergency.Rejected, nil},
		{"outage beside a mapping", losttest.Warn("serverTimeout"), lost.ErrServerTimeout, emergency.Accepted, nil},
		{"warning of no standard", losttest.Warn("moonPhase"), lost.ErrUnknownFault, emergency.Accepted, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			server.Behave(c.behaviour)
			found, err := find(client)
			if err != nil || len(found.Mappings) != 1 || (c.warned != "") != (len(found.Warnings) == 1) || c.warned != "" && !found.Warned(c.warned) {
				t.Fatalf("%v, %v", found.Warnings, err)
			}
			checked, err := emergency.Checker{Authority: client}.Check(t.Context(), asked(), noon)
			if err != nil || checked.Verdict().Outcome != c.want || !errors.Is(checked.Cause(), c.cause) {
				t.Errorf("%v, %v, cause %v", checked.Verdict(), err, checked.Cause())
			}
			told := slices.ContainsFunc(checked.Verdict().Issues, func(i emergency.Issue) bool {
				return i.Code == c.warned && i.Severity == emergency.Warning && i.Message != ""
			})
			if want := c.want == emergency.Accepted && c.warned != ""; told != want {
				t.Errorf("issues %v", checked.Verdict().Issues)
			}
		})
	}
}

// TestNoValidationInSilence: a server that does not do what it was asked for has
// said nothing of the address, whatever it does not say.
func TestNoValidationInSilence(t *testing.T) {
	answer, err := answering(t, response("", "", "")).Validate(t.Context(), asked())
	if !errors.Is(err, lost.ErrValidationUnavailable) {
		t.Errorf("%+v, %v", answer, err)
	}
}

// TestSubstitutedService: a mapping of the service above the one that was asked
// for is a route, one of another or of nobody knows which is none.
func TestSubstitutedService(t *testing.T) {
	for _, c := range []struct {
		service string
		want    emergency.Route
	}{
		{"", emergency.RealRoute},
		{"urn:service:sos", emergency.RealRoute},
		{"urn:service:sos.police", emergency.RealRoute},
		{"urn:service:sos.pol", emergency.NoRoute},
		{"urn:service:counseling", emergency.NoRoute},
	} {
		client := newClient(t, lost.Config{Server: "http://lost.fernhill.example/", Service: "urn:service:sos.police", HTTP: canned{lost.MediaType,
			[]byte(response(`<service>`+c.service+`</service>`, `<valid>ca:A3</valid>`, ""))}.client()})
		answer, err := client.Validate(t.Context(), asked())
		if err != nil || answer.Route != c.want {
			t.Errorf("%s: route %v, %v, want %v", c.service, answer.Route, err, c.want)
		}
	}
	client := answering(t, response("", `<valid>ca:A3</valid>`, `<warnings source="lost.fernhill.example"><serviceSubstitution/></warnings>`))
	if answer, err := client.Validate(t.Context(), asked()); err != nil || answer.Route != emergency.NoRoute {
		t.Errorf("of another service, not said which: route %v, %v", answer.Route, err)
	}
}

// TestUnknownElement: what is wrong with something that was not sent cannot be
// said of the address, and is no reason to accept it.
func TestUnknownElement(t *testing.T) {
	client := answering(t, response("", `<valid>ca:country</valid><invalid>ca:SEAT</invalid>`, ""))
	if answer, err := client.Validate(t.Context(), asked()); !errors.Is(err, lost.ErrUnknownElement) {
		t.Errorf("%+v, %v", answer, err)
	}
}

// TestOldStreet: A6 confirms the street only where the server says nothing of the
// element that was sent for it.
func TestOldStreet(t *testing.T) {
	for validation, want := range map[string]bool{
		`<valid>ca:A3 ca:A6</valid>`:                              true,
		`<valid>ca:A3 ca:A6 ca:RD</valid>`:                        true,
		`<valid>ca:A3 ca:A6</valid><unchecked>ca:HNO</unchecked>`: true,
		`<valid>ca:A3 ca:A6</valid><unchecked>ca:RD</unchecked>`:  false,
		`<valid>ca:A3 ca:A6</valid><invalid>ca:RD</invalid>`:      false,
		`<valid>ca:A3</valid><unchecked>ca:A6 ca:RD</unchecked>`:  false,
		`<valid>ca:RD</valid><unchecked>ca:A6 ca:HNO</unchecked>`: true,
	} {
		answer, err := answering(t, response("", validation, "")).Validate(t.Context(), asked())
		if err != nil || answer.Confirmed.Has(emergency.FieldStreet) != want {
			t.Errorf("%s: confirmed %v, %v, want the street: %v", validation, answer.Confirmed, err, want)
		}
	}
}

// TestCompanyIsNotSent: nobody needs to know who is at an address to say that it
// is one.
func TestCompanyIsNotSent(t *testing.T) {
	var sent []byte
	server, client := serve(t, nil)
	server.Received = func(body []byte) { sent = body }
	a := asked()
	a.Company, a.CompanyTaxID, a.Description, a.ELIN = "Contoso Orchards", "91-0000000", "head office", "+12065550100"
	if _, err := client.Validate(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Contoso", "91-0000000", "head office", "5550100"} {
		if contains(sent, secret) {
			t.Errorf("%q was sent", secret)
		}
	}
}

// TestForm: street lines are sent as the server's data has them.
func TestForm(t *testing.T) {
	for form, want := range map[lost.Form][]string{
		lost.AsWritten: {"<ca:STS>Ave</ca:STS>", "<ca:POD>NE</ca:POD>"},
		lost.SpeltOut:  {"<ca:STS>Avenue</ca:STS>", "<ca:POD>Northeast</ca:POD>"},
	} {
		var sent []byte
		server, client := serve(t, func(c *lost.Config) { c.Form = form })
		server.Received = func(body []byte) { sent = body }
		if _, err := find(client); err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !contains(sent, w) {
				t.Errorf("form %v: %s is not in\n%s", form, w, sent)
			}
		}
		grammartest.Check(t, grammartest.LoST, sent)
	}
}
