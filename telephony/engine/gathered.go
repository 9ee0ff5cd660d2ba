package engine

import (
	"slices"

	"example.com/callingplan/telephony"
)

// ascending returns the numbers in order, leaving the list alone.
func ascending(numbers telephony.NumberList) telephony.NumberList {
	sorted := slices.Clone(numbers)
	slices.SortFunc(sorted, telephony.Number.Compare)
	return sorted
}

// numbersIn lists the numbers of rows.
func numbersIn(rows []numberRow) telephony.NumberList {
	numbers := make(telephony.NumberList, len(rows))
	for i, n := range rows {
		numbers[i] = n.Number
	}
	return numbers
}

// gathered makes one reason of those that say the same of different numbers,
// each where the first of them stands.
func gathered(reasons []*telephony.Error) []*telephony.Error {
	type said struct {
		code           telephony.Code
		field, detail  string
		subject, until string
	}
	places := map[said]int{}
	var all []*telephony.Error
	for _, e := range reasons {
		key := said{e.Code, e.Field, e.Detail, e.Subject, e.At.String()}
		at, before := places[key]
		if !before {
			places[key] = len(all)
			first := *e
			first.Numbers = slices.Clone(e.Numbers)
			all = append(all, &first)
			continue
		}
		all[at].Numbers = append(all[at].Numbers, e.Numbers...)
	}
	return all
}

// unknownNumbers is the refusal of a list with numbers that the tenant does not
// have, nil if it has all of them.
func unknownNumbers(unknown telephony.NumberList) *telephony.Error {
	if len(unknown) == 0 {
		return nil
	}
	return &telephony.Error{Code: ErrUnknownNumber, Field: "numbers", Numbers: unknown,
		Detail: "numbers are listed that the tenant does not have", Fix: "leave them out"}
}
