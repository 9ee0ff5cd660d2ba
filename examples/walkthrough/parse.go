package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

func parsePerson(r record) (person, error) {
	p := person{record: r, language: r.cells["language"], office: r.cells["office"], place: r.cells["place"]}
	p.spec = engine.PersonSpec{
		ID: telephony.PersonID(r.cells["id"]), Name: r.cells["name"],
		UsageLocation:    telephony.Country(r.cells["usage_location"]),
		OnPremisesNumber: r.cells["on_premises_number"] == "yes",
	}
	if err := telephony.CheckCountry("usage location", p.spec.UsageLocation); err != nil {
		return p, r.fail(err)
	}
	if _, ok := messages()[p.language]; !ok {
		return p, r.failIn("language", fmt.Errorf("there is no message in %q", p.language))
	}
	if text := r.cells["created"]; text != "" {
		var err error
		if p.created, err = time.Parse(time.RFC3339, text); err != nil {
			return p, r.failIn("created", err)
		}
		if p.created.After(start) {
			return p, r.failIn("created", fmt.Errorf("it is later than the walk starts, %s", start.Format(time.RFC3339)))
		}
	}
	if yesNo := r.cells["on_premises_number"]; yesNo != "yes" && yesNo != "no" {
		return p, r.failIn("on_premises_number", fmt.Errorf("%q is neither yes nor no", yesNo))
	}
	var err error
	if p.area, err = telephony.ParseArea(r.cells["area"]); err != nil {
		return p, r.failIn("area", err)
	}
	return p, nil
}

func parseStock(r record) (s stock, err error) {
	s.record = r
	first, err := telephony.Parse(r.cells["first"])
	if err != nil {
		return s, r.failIn("first", err)
	}
	last, err := telephony.Parse(r.cells["last"])
	if err != nil {
		return s, r.failIn("last", err)
	}
	if s.Range, err = telephony.RangeBetween(first, last); err != nil {
		return s, r.fail(err)
	}
	if s.Area, err = telephony.ParseArea(r.cells["area"]); err != nil {
		return s, r.failIn("area", err)
	}
	if s.Kind, err = telephony.ParseKind(r.cells["kind"]); err != nil {
		return s, r.failIn("kind", err)
	}
	return s, nil
}

// addressColumns are the names that the fields of an address have everywhere.
func addressColumns() []string {
	var names []string
	for f := emergency.FieldCountry; f < emergency.FieldPosition; f++ {
		names = append(names, f.String())
	}
	return names
}

// parseOffice takes the address as it was typed: to say what is wrong with it is
// the third step of the walk.
func parseOffice(r record) (office, error) {
	o := office{record: r, name: r.cells["office"]}
	for f := emergency.FieldCountry; f < emergency.FieldPosition; f++ {
		o.address = o.address.With(f, r.cells[f.String()])
	}
	return o, nil
}

var sides = map[string]emergency.Parity{
	"": emergency.BothSides, "both": emergency.BothSides, "odd": emergency.OddSide, "even": emergency.EvenSide,
}

func parseStreet(r record) (s street, err error) {
	s.record = r
	s.Street = emergency.Street{
		Country: telephony.Country(r.cells["country"]), State: r.cells["state"], City: r.cells["city"],
		PreDirectional: r.cells["pre_directional"], TypePrefix: r.cells["street_type_prefix"], Name: r.cells["street"],
		Suffix: r.cells["street_suffix"], PostDirectional: r.cells["post_directional"],
		Dispatch: emergency.Dispatch{ID: r.cells["dispatch_id"], Name: r.cells["dispatch_name"], URI: r.cells["dispatch_uri"]},
	}
	if codes := r.cells["postal_codes"]; codes != "" {
		s.PostalCodes = strings.Split(codes, ";")
	}
	if s.Low, err = parseHouseNumber(r.cells["low"]); err != nil {
		return s, r.failIn("low", err)
	}
	if s.High, err = parseHouseNumber(r.cells["high"]); err != nil {
		return s, r.failIn("high", err)
	}
	side, ok := sides[r.cells["side"]]
	if !ok {
		return s, r.failIn("side", fmt.Errorf("%q is none of odd, even and both", r.cells["side"]))
	}
	s.Parity = side
	return s, nil
}

func parseHouseNumber(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fmt.Errorf("%q is no whole number", s)
	}
	return n, nil
}
