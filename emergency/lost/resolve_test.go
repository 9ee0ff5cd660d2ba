package lost_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
	"example.com/callingplan/telephony"
)

// A zone is domain names with their NAPTR records.
type zone map[string][]lost.NAPTR

var errDNS = errors.New("no name server")

func (z zone) LookupNAPTR(_ context.Context, domain string) ([]lost.NAPTR, error) {
	if domain == "broken.example" {
		return nil, errDNS
	}
	return z[domain], nil
}

// TestNAPTR finds servers as [RFC 4848] has it.
func TestNAPTR(t *testing.T) {
	record := func(order, preference uint16, flags, service, regexp, replacement string) lost.NAPTR {
		return lost.NAPTR{Order: order, Preference: preference, Flags: flags, Service: service, Regexp: regexp, Replacement: replacement}
	}
	z := zone{
		"plain.example": {record(100, 10, "u", "LoST:https", "!.*!https://lost.plain.example/!", ".")},
		"order.example": {record(200, 1, "u", "LoST:https", "!.*!https://third.example/!", "."),
			record(100, 20, "u", "LoST:https", "!.*!https://second.example/!", "."),
			record(100, 10, "U", "lost:http", "!.*!http://first.example/!", ".")},
		"both.example": {record(1, 1, "u", "LoST:https", "!.*!https://routes.example/!", "."),
			record(2, 1, "u", "LoST-Validation:https", "!.*!https://validates.example/!", ".")},
		"next.example":     {record(1, 1, "", "LoST:https", "", "Plain.Example.")},
		"circle.example":   {record(1, 1, "", "LoST:https", "", "circle.example")},
		"other.example":    {record(1, 1, "u", "SIP+D2T", "!.*!https://sip.example/!", ".")},
		"protocol.example": {record(1, 1, "u", "LoST:http", "!.*!https://lost.example/!", "."), record(1, 2, "u", "LoST:http:https", "#.*#https://lost.example/#", ".")},
		"bad.example": {record(1, 1, "u", "LoST:https", "", "."), record(1, 2, "u", "LoST:https", "!x!y!", "."), record(1, 3, "u", "LoST:https", "!.*!mailto:a@b.example!", "."),
			record(1, 4, "s", "LoST:https", "!.*!https://lost.example/!", "."), record(1, 5, "", "LoST:https", "", ".")},
	}
	resolver := lost.NewNAPTRResolver(z)
	for _, c := range []struct {
		server string
		tag    lost.ServiceTag
		want   string
	}{
		{"plain.example", lost.TagLoST, "https://lost.plain.example/"},
		{"plain.example", lost.TagValidation, ""},
		{"order.example", lost.TagLoST, "http://first.example/"},
		{"both.example", lost.TagLoST, "https://routes.example/"},
		{"both.example", lost.TagValidation, "https://validates.example/"},
		{"next.example", lost.TagLoST, "https://lost.plain.example/"},
		{"circle.example", lost.TagLoST, ""},
		{"other.example", lost.TagLoST, ""},
		{"protocol.example", lost.TagLoST, "https://lost.example/"},
		{"bad.example", lost.TagLoST, ""},
		{"unknown.example", lost.TagLoST, ""},
		{"broken.example", lost.TagLoST, ""},
	} {
		got, err := resolver.Resolve(t.Context(), c.server, c.tag)
		if got != c.want || (c.want == "") != errors.Is(err, lost.ErrUnresolved) {
			t.Errorf("%s %s: %q, %v, want %q", c.server, c.tag, got, err, c.want)
		}
		if c.server == "broken.example" && !errors.Is(err, errDNS) {
			t.Errorf("the cause is lost: %v", err)
		}
	}
}

// TestTags: a server that validates is looked for first when validating, then
// any [RFC 8917].
func TestTags(t *testing.T) {
	server := losttest.New(newStreets(t))
	url := server.Start(t)
	var tags []lost.ServiceTag
	resolver := lost.ResolverFunc(func(_ context.Context, name string, tag lost.ServiceTag) (string, error) {
		tags = append(tags, tag)
		if tag == lost.TagValidation {
			return "", errDNS
		}
		return url, nil
	})
	client := newClient(t, lost.Config{Server: "Fernhill.Example", Resolver: resolver})
	if _, err := find(client); err != nil {
		t.Fatal(err)
	}
	if _, err := client.ListServices(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if len(tags) != 3 || tags[0] != lost.TagValidation || tags[1] != lost.TagLoST || tags[2] != lost.TagLoST {
		t.Errorf("looked for %v", tags)
	}
	_, err := find(newClient(t, lost.Config{Server: "fernhill.example", Resolver: resolver, ValidationTags: []lost.ServiceTag{lost.TagValidation}}))
	if !errors.Is(err, lost.ErrUnresolved) || !errors.Is(err, errDNS) {
		t.Errorf("%v", err)
	}
}

// TestNewRefuses tells everything that is wrong with a configuration.
func TestNewRefuses(t *testing.T) {
	for _, c := range []struct {
		config lost.Config
		fields string
	}{
		{lost.Config{}, "server"},
		{lost.Config{Server: "ftp://fernhill.example/"}, "server"},
		{lost.Config{Server: "https://"}, "server"},
		{lost.Config{Server: "localhost"}, "server"},
		{lost.Config{Server: "https://" + strings.Repeat("x", 2000)}, "server"},
		{lost.Config{Server: "lost.fernhill.example"}, "resolver"},
		{lost.Config{Server: "http://x/", Service: "sos", Form: 2}, "service form"},
		{lost.Config{Service: "urn:service:"}, "server service"},
	} {
		_, err := lost.New(c.config)
		var e *telephony.Error
		if !errors.As(err, &e) || e.Code != lost.ErrConfig {
			t.Errorf("%+v: %v", c.config, err)
			continue
		}
		var fields []string
		for _, reason := range e.All() {
			fields = append(fields, reason.Field)
		}
		if got := strings.Join(fields, " "); got != c.fields {
			t.Errorf("%+v: %s, want %s", c.config, got, c.fields)
		}
	}
	if client := newClient(t, lost.Config{Server: "https://lost.fernhill.example:8443/x", Name: "county"}); client.Name() != "county" {
		t.Errorf("name %q", client.Name())
	}
}
