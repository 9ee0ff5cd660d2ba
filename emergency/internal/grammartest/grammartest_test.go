package grammartest_test

import (
	"os/exec"
	"strings"
	"testing"

	"example.com/callingplan/emergency/internal/grammartest"
)

const (
	query = `<findService xmlns="urn:ietf:params:xml:ns:lost1" xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr" recursive="true">
  <location id="a" profile="civic"><ca:civicAddress><ca:country>US</ca:country><ca:A1>WA</ca:A1></ca:civicAddress></location>
  <service>urn:service:sos</service></findService>`
	document = `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10"
  xmlns:gbp="urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy" xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr" entity="pres:a@b">
  <tuple id="a"><status><gp:geopriv><gp:location-info><ca:civicAddress><ca:country>US</ca:country><ca:A1>WA</ca:A1></ca:civicAddress></gp:location-info>
  <gp:usage-rules><gbp:retransmission-allowed>false</gbp:retransmission-allowed></gp:usage-rules></gp:geopriv></status>
  <timestamp>2026-11-22T12:00:00Z</timestamp></tuple></presence>`
)

// faults are changes that make a valid document invalid; order marks those that
// the check of order finds by itself.
var faults = []struct {
	grammar, valid, from, to string
	order                    bool
}{
	{grammartest.LoST, query, `<ca:country>US</ca:country><ca:A1>WA</ca:A1>`, `<ca:A1>WA</ca:A1><ca:country>US</ca:country>`, true},
	{grammartest.LoST, query, `<service>`, `<service id="x">`, false},
	{grammartest.LoST, query, ` id="a"`, ``, false},
	{grammartest.LoST, query, `recursive="true"`, `recursive="yes"`, false},
	{grammartest.LoST, query, `<ca:A1>WA</ca:A1>`, `<ca:A1/>`, false},
	{grammartest.PIDFLO, document, `<ca:country>US</ca:country><ca:A1>WA</ca:A1>`, `<ca:A1>WA</ca:A1><ca:country>US</ca:country>`, true},
	{grammartest.PIDFLO, document, `<ca:country>US`, `<ca:country>us`, false},
	{grammartest.PIDFLO, document, `<gbp:retransmission-allowed>false`, `<gbp:retransmission-allowed>no`, false},
	{grammartest.PIDFLO, document, `entity="pres:a@b"`, ``, false},
	{grammartest.PIDFLO, document, `id="a"`, `id="7"`, false},
	{grammartest.PIDFLO, document, `2026-11-22T12:00:00Z`, `today`, false},
	{grammartest.PIDFLO, document, `<tuple id="a"><status>`, `<tuple id="a"><timestamp>2026-11-22T12:00:00Z</timestamp><status>`, true},
}

// TestTheGrammarsFindFaults: a grammar that takes everything would prove nothing.
func TestTheGrammarsFindFaults(t *testing.T) {
	_, missing := exec.LookPath("xmllint")
	for _, f := range faults {
		spoilt := strings.Replace(f.valid, f.from, f.to, 1)
		if spoilt == f.valid {
			t.Fatalf("%s is not in the document", f.from)
		}
		if err := grammartest.CheckOrder([]byte(f.valid)); err != nil {
			t.Error(err)
		}
		if err := grammartest.CheckOrder([]byte(spoilt)); (err != nil) != f.order {
			t.Errorf("order of %s: %v", f.to, err)
		}
		if missing != nil {
			continue
		}
		if out, err := grammartest.Lint(t, f.grammar, []byte(f.valid)); err != nil {
			t.Errorf("valid: %s", out)
		}
		if _, err := grammartest.Lint(t, f.grammar, []byte(spoilt)); err == nil {
			t.Errorf("%s took %s for %s", f.grammar, f.to, f.from)
		}
	}
	if missing != nil {
		t.Skip("xmllint is not installed: only the check of order is tested")
	}
}
