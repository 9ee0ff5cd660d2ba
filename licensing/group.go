package licensing

import (
	"slices"

	"example.com/callingplan/telephony"
)

// CheckGroup is [Catalogue.CheckChange] for many people in turn: the outcome of
// one call each, in the order of people, where every change that is in order is
// carried out before the next is looked at. So licences run out along the way,
// the order says who gets the last one, and whoever is refused changes nothing
// for the others.
//
// There are as many answers as people, each with the reasons of CheckChange, nil
// for none; [telephony.Join] makes one error of those of one person. Nobody may
// be listed twice: the second time the facts would be those of before.
func (c *Catalogue) CheckGroup(owned []Holding, people []Person, change Change) [][]*telephony.Error {
	stock := mergedHoldings(owned)
	outcomes := make([][]*telephony.Error, len(people))
	for i, person := range people {
		if outcomes[i] = c.CheckChange(stock, person, change); len(outcomes[i]) == 0 {
			assign(stock, change)
		}
	}
	return outcomes
}

// mergedHoldings returns a list of its own with one holding a product, in the
// order in which products come first.
func mergedHoldings(owned []Holding) []Holding {
	merged := make([]Holding, 0, len(owned))
	for _, h := range owned {
		i := slices.IndexFunc(merged, func(m Holding) bool { return m.Product == h.Product })
		if i < 0 {
			i, merged = len(merged), append(merged, Holding{Product: h.Product})
		}
		merged[i].Bought = add(merged[i].Bought, h.Bought)
		merged[i].Assigned = add(merged[i].Assigned, h.Assigned)
	}
	return merged
}

// assign counts a change into merged holdings. What is removed from a person and
// not counted as assigned leaves the count at none.
func assign(stock []Holding, change Change) {
	for i := range stock {
		if slices.Contains(change.Remove, stock[i].Product) {
			stock[i].Assigned = max(0, stock[i].Assigned-1)
		}
		if slices.Contains(change.Add, stock[i].Product) {
			stock[i].Assigned++
		}
	}
}
