package porting_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// secrets are parts of what no print and no log may show.
var secrets = []string{"anary", "55501", "655501", "471147", "808017", "Hidden"}

func canary() porting.Request {
	r := seattle()
	r.Account.Number, r.Account.PIN = "canary-471147", "471147"
	r.Company, r.AuthorisedPerson = "Canary Ltd.", "Canary Hidden"
	r.Address.Street, r.Address.City, r.Address.PostalCode = "1 Hidden St", "Hidden", "canary"
	return r
}

// Whatever is printed or logged, in whatever way, tells no number, no name, no
// address and no PIN.
func TestNothingTellsACanary(t *testing.T) {
	f := facts()
	o, _, err := porting.New(day0, "canary@contoso.example", canary(), f)
	if err != nil {
		t.Fatal(err)
	}
	ok := must(t)
	o = ok(o.Contact(day0, "canary"))
	o = ok(o.Approve(day0, "canary", transfer, f.Bounds))
	o = ok(o.Report(transfer, "canary", porting.Results{{Numbers: telephony.MustParseRange("+12065550101"), Outcome: porting.Ported, Text: "canary"}}))
	cancelled, _, err := porting.New(day0, "canary", canary(), f)
	if err != nil {
		t.Fatal(err)
	}
	cancelled = ok(cancelled.Cancel(day0, "canary", "canary"))
	bad := canary()
	bad.Numbers = append(bad.Numbers, ranges("+12065550101", "+33199000000")...)
	pin, err := porting.ParsePIN("808017")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := pin.Seal([]byte("canary canary canary"))
	if err != nil {
		t.Fatal(err)
	}
	text, _ := sealed.MarshalText()
	secrets := append([]string{string(text[:20]), string(text[len(text)-20:])}, secrets...)
	person := porting.PortOutNumber{Number: num("+12065550101"), Owned: true, Person: "canary"}
	asked := porting.PortOut{Guard: porting.Guard{PIN: sealed}, Guessing: porting.DefaultGuessing(), PIN: sealed, Numbers: porting.PortOutNumbers{person}}
	refused := asked
	refused.Numbers = porting.PortOutNumbers{{Number: num("+12065550101"), Person: "canary"}}
	_, wrongPIN := porting.ParsePIN("canary")
	type holder struct{ Value any }
	for name, value := range map[string]any{
		"order": o, "cancelled": cancelled, "request": o.Request, "account": o.Request.Account, "address": o.Request.Address, "pin of the account": o.Request.Account.PIN,
		"numbers": o.Request.Numbers, "results": o.Results, "result": o.Results[0], "history": cancelled.History, "transition": cancelled.History[1],
		"problems": telephony.Join(porting.CheckRequest(day0, bad, f)), "pin": pin, "sealed": sealed, "guard": asked.Guard,
		"port-out": asked, "number": person, "numbers that leave": asked.Numbers, "facts": f, "decision": porting.CheckPortOut(day0, asked), "refusal": porting.CheckPortOut(day0, refused), "wrong": wrongPIN,
		"entries": porting.Entry{Line: 1, Typed: "canary", Numbers: telephony.MustParseRange("+12065550101")},
		"secrets": []porting.Secret{"471147"}, "pins": []porting.PIN{pin}, "pin by its address": &pin, "hidden pin": struct{ p porting.PIN }{pin},
	} {
		var logged, lines bytes.Buffer
		slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "v", value)
		slog.New(slog.NewTextHandler(&lines, nil)).Info("x", "v", value)
		texts := map[string]string{"slog lines": lines.String()}
		if _, logs := value.(slog.LogValuer); logs { // JSON of what does not log itself is its JSON, which is data
			texts["slog JSON"] = logged.String()
		}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			texts[verb] = fmt.Sprintf(verb, value)
			texts[verb+" inside"] = fmt.Sprintf(verb, holder{value})
		}
		if strings.Contains(name, "pin") || name == "sealed" {
			for _, verb := range []string{"%d", "%x", "%X", "%t", "%c", "%10s", "%08.3f"} {
				texts[verb] = fmt.Sprintf(verb, value)
			}
		}
		for how, text := range texts {
			for _, secret := range secrets {
				if strings.Contains(text, secret) {
					t.Errorf("%s: %s tells %q: %s", name, how, secret, text)
				}
			}
		}
	}
	b, err := json.Marshal(struct{ PIN porting.PIN }{pin})
	if err != nil || string(b) != `{"PIN":"***"}` {
		t.Errorf("a PIN as JSON: %s, %v", b, err)
	}
	if json.Unmarshal(b, &struct{ PIN porting.PIN }{}) == nil {
		t.Error("a masked PIN was read back as one")
	}
}
