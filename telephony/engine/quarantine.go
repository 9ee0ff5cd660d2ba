package engine

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// QuarantineRule is how long numbers of a calling code, given up on a kind of line,
// rest before they can be reserved again.
type QuarantineRule struct {
	Code telephony.CallingCode // 0 for every code without a rule of its own for the line
	Line reservation.Line
	Rest time.Duration // 0 for none
}

func (r QuarantineRule) compare(other QuarantineRule) int {
	return cmp.Or(cmp.Compare(r.Code, other.Code), cmp.Compare(r.Line, other.Line))
}

// withRule returns rules with one more, in the place of the one there is for the
// same numbers.
func withRule(rules []QuarantineRule, r QuarantineRule) []QuarantineRule {
	at, there := slices.BinarySearchFunc(rules, r, QuarantineRule.compare)
	if there {
		rules = slices.Clone(rules)
		rules[at] = r
		return rules
	}
	return slices.Insert(slices.Clone(rules), at, r)
}

// Rest returns how long numbers of a calling code that were given up on a kind of
// line rest.
func (s *Settings) Rest(line reservation.Line, code telephony.CallingCode) time.Duration {
	for _, c := range []telephony.CallingCode{code, 0} {
		if at, there := slices.BinarySearchFunc(s.QuarantineOf, QuarantineRule{Code: c, Line: line}, QuarantineRule.compare); there {
			return s.QuarantineOf[at].Rest
		}
	}
	return s.Quarantine
}

// checkRules reports whether rules can be ones: they ascend, none is for the same
// numbers as another, and each is within the bounds of all.
func checkRules(rules []QuarantineRule) error {
	for i, r := range rules {
		if i > 0 && rules[i-1].compare(r) >= 0 {
			return refuse(ErrRequest, "quarantine", "the rules are not in order, or two are for the same numbers", "make them with WithQuarantineOf")
		}
		if err := checkRest(r, 0); err != nil {
			return err
		}
	}
	return nil
}

// checkQuarantine holds the rules, and what they and the others come to under
// calling code 1, to how long numbers may rest.
func (s *Settings) checkQuarantine() error {
	for _, line := range []reservation.Line{reservation.Residential, reservation.Business} {
		if err := checkRest(QuarantineRule{Line: line, Rest: s.Rest(line, 1)}, 1); err != nil {
			return err
		}
	}
	for _, r := range s.QuarantineOf {
		if err := checkRest(r, r.Code); err != nil {
			return err
		}
	}
	return nil
}

func checkRest(r QuarantineRule, code telephony.CallingCode) error {
	err := asError(reservation.CheckRest(r.Line, code, r.Rest))
	if err == nil {
		return nil
	}
	about := *err
	about.Field = "quarantine"
	if code != 0 {
		about.Subject = "calling code " + code.String()
		about.Fix += "; WithQuarantineOf sets a calling code apart"
	}
	return &about
}

// letRest has numbers rest that the command's tenant gave up, ascending: those
// together that rest as long as one another. Those that do not rest are free at
// once.
func (s *step) letRest(rows []numberRow, line reservation.Line) {
	for group := 1; len(rows) > 0; group++ {
		rest := s.settings.Rest(line, rows[0].Number.CallingCode())
		var together telephony.NumberList
		var shelves []shelf
		var others []numberRow
		for _, n := range rows {
			if s.settings.Rest(line, n.Number.CallingCode()) != rest {
				others = append(others, n)
				continue
			}
			together, shelves = append(together, n.Number), append(shelves, shelf{n.Area, n.Kind})
		}
		rows, shelves = others, sortShelves(shelves)
		if rest == 0 {
			s.putBack(together, shelves)
			s.event(Event{Type: NumbersRested, Numbers: together})
			continue
		}
		id := "q-" + strconv.FormatUint(s.index, 10)
		if group > 1 {
			id += "-" + strconv.Itoa(group)
		}
		row := &reservationRow{
			Tenant: poolTenant, Former: s.account.Tenant, Line: line, ID: telephony.ReservationID(id),
			Shelves: shelves, Hold: reservation.Open(together, s.time(), rest),
		}
		must(s.tables.rests.Insert(s.tx, *row))
		s.watch(row)
	}
}
