package licensing

import (
	"fmt"
	"strings"
	"time"
)

// String gives the preview as text of several lines for a person to read: what
// is asked, why it is refused or what comes of it, a line each.
//
//	give back 60 licences of Phone System
//	  Phone System: 40 bought, was 100; 5 free
//	  user numbers: limit 54, was 120; 80 in use, 26 too many; no more until there are fewer
//	  service toll numbers: limit 10, was 30; 10 left
func (p Preview) String() string {
	lines := []string{p.Title}
	for _, reason := range p.Refused {
		lines = append(lines, "  refused: "+reason.Error())
	}
	for _, h := range p.Licences {
		lines = append(lines, "  "+h.String())
	}
	for _, q := range p.Quotas {
		lines = append(lines, "  "+q.String())
	}
	if p.Number != nil {
		lines = append(lines, "  "+p.Number.String())
	}
	return strings.Join(lines, "\n")
}

// String says in a line what becomes of the licences.
func (h HoldingChange) String() string {
	var changed []string
	if h.After.Bought != h.Before.Bought {
		changed = append(changed, fmt.Sprintf("%d bought, was %d", h.After.Bought, h.Before.Bought))
	}
	if h.After.Assigned != h.Before.Assigned {
		changed = append(changed, fmt.Sprintf("%d of %d assigned, was %d", h.After.Assigned, h.After.Bought, h.Before.Assigned))
	}
	if len(changed) == 0 {
		changed = append(changed, fmt.Sprintf("%d of %d assigned, as before", h.After.Assigned, h.After.Bought))
	}
	free := max(0, h.After.Bought-h.After.Assigned)
	return fmt.Sprintf("%s: %s; %d free", h.Name, strings.Join(changed, ", "), free)
}

// String says in a line what becomes of the quota.
func (q QuotaChange) String() string {
	was := "as before"
	if q.After.Limit != q.Before.Limit {
		was = fmt.Sprintf("was %d", q.Before.Limit)
	}
	head := fmt.Sprintf("%v: limit %d, %s; ", q.After.Class, q.After.Limit, was)
	if used := add(q.After.Acquired, q.After.Held); used > q.After.Limit {
		return head + fmt.Sprintf("%d in use, %d too many; no more until there are fewer", used, used-q.After.Limit)
	}
	return head + fmt.Sprintf("%d left", q.After.Left)
}

// String says in a line what becomes of the number.
func (n NumberForecast) String() string {
	switch n.Fate {
	case NumberStays:
		return "the number stays"
	case NumberAtRisk:
		return fmt.Sprintf("the number is at risk without %v: lost at %s unless that is given back",
			n.Missing, n.Until.UTC().Format(time.RFC3339))
	}
	return fmt.Sprintf("the number is lost without %v; it stays with the tenant", n.Missing)
}
