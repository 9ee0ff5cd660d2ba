package reservation

import (
	"slices"

	"example.com/callingplan/telephony"
)

// ErrDuplicateNumber is the cause of a refused list that names a number twice.
const ErrDuplicateNumber telephony.Code = "number_duplicate"

// ascending returns the numbers in order, in memory of its own.
func ascending(numbers telephony.NumberList) telephony.NumberList {
	sorted := slices.Clone(numbers)
	putInOrder(sorted)
	return sorted
}

// putInOrder brings the numbers into order. Most are in order already, and to see
// that takes less than to sort them.
func putInOrder(numbers telephony.NumberList) {
	if !slices.IsSortedFunc(numbers, telephony.Number.Compare) {
		slices.SortFunc(numbers, telephony.Number.Compare)
	}
}

// checkDuplicates refuses a sorted list that names a number twice, with those
// that it does.
func checkDuplicates(sorted telephony.NumberList) *telephony.Error {
	var twice telephony.NumberList
	for i := 1; i < len(sorted); i++ {
		again := sorted[i] == sorted[i-1]
		if again && (len(twice) == 0 || twice[len(twice)-1] != sorted[i]) {
			twice = append(twice, sorted[i])
		}
	}
	if twice == nil {
		return nil
	}
	return &telephony.Error{Code: ErrDuplicateNumber, Field: "numbers", Numbers: twice,
		Fix: "name each number once"}
}

// missingNumber is the error of a list with an entry that is no number.
func missingNumber(field string) *telephony.Error {
	return &telephony.Error{Code: ErrNumberMissing, Field: field, Detail: "an entry of the list is no number",
		Fix: "list numbers alone"}
}

// without returns the numbers of all that are not in some; both are sorted.
func without(all, some telephony.NumberList) telephony.NumberList {
	var rest telephony.NumberList
	for _, n := range all {
		for len(some) > 0 && some[0].Compare(n) < 0 {
			some = some[1:]
		}
		if len(some) == 0 || some[0] != n {
			rest = append(rest, n)
		}
	}
	return rest
}
