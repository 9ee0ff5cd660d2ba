package lost

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// A NAPTR is one record of a domain that says where a service of it is.
type NAPTR struct {
	Order, Preference uint16
	Flags             string // "u": Regexp gives a URL; "": Replacement is the domain to go on with
	Service           string // service tag and protocols: "LoST:https"
	Regexp            string // "!.*!https://lost.fernhill.example/!"
	Replacement       string
}

// A NAPTRLookup asks the domain name system. The standard library looks up no
// NAPTR records, so an embedder gives what does: a few lines over the DNS
// library there is. A domain without such records has none, and no error.
type NAPTRLookup interface {
	LookupNAPTR(ctx context.Context, domain string) ([]NAPTR, error)
}

// NewNAPTRResolver returns a resolver that finds servers in the domain name
// system [RFC 4848]: of the records with the service tag it takes the first by
// order and preference that gives a URL of a protocol it names, and goes on with
// another domain where a record says so, at most four times.
func NewNAPTRResolver(lookup NAPTRLookup) Resolver {
	return ResolverFunc(func(ctx context.Context, server string, tag ServiceTag) (string, error) {
		domain := server
		for range maxDomains {
			records, err := lookup.LookupNAPTR(ctx, domain)
			if err != nil {
				return "", unresolved(server, err)
			}
			url, next := choose(records, tag)
			if url != "" {
				return url, nil
			}
			if domain = next; domain == "" {
				break
			}
		}
		return "", unresolved(server, nil)
	})
}

// maxDomains is how many domains are asked for one server.
const maxDomains = 5

// choose returns the URL of the first record that has one, or the domain to go
// on with.
func choose(records []NAPTR, tag ServiceTag) (url, next string) {
	records = slices.Clone(records)
	slices.SortStableFunc(records, func(a, b NAPTR) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Preference, b.Preference))
	})
	for _, r := range records {
		service, protocols, _ := strings.Cut(r.Service, ":")
		if !strings.EqualFold(service, string(tag)) {
			continue
		}
		if r.Flags == "" {
			if next = serverName(strings.TrimSuffix(r.Replacement, ".")); next != "" {
				return "", next
			}
			continue
		}
		u := parseURL(substitution(r.Regexp))
		if strings.EqualFold(r.Flags, "u") && u != nil && hasProtocol(protocols, u.Scheme) {
			return u.String(), ""
		}
	}
	return "", ""
}

func hasProtocol(protocols, scheme string) bool {
	for p := range strings.SplitSeq(protocols, ":") {
		if strings.EqualFold(p, scheme) {
			return true
		}
	}
	return false
}

// substitution returns the URL of a regular expression that replaces whatever
// there is, the only kind that this use of the records has [RFC 4848].
func substitution(expression string) string {
	if expression == "" {
		return ""
	}
	parts := strings.Split(expression, expression[:1])
	if len(parts) != 4 || parts[0] != "" || parts[1] != ".*" {
		return ""
	}
	return parts[2]
}
