package licensing

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"example.com/callingplan/telephony"
)

// Codes of minute pools.
const (
	ErrNotCallingPlan  telephony.Code = "product_not_a_calling_plan"
	ErrPoolPeople      telephony.Code = "pool_people_invalid"
	ErrMinutesOverflow telephony.Code = "pool_minutes_overflow"
)

// PlanUse is how many people of a country hold a Calling Plan. The country is
// that of their usage location.
type PlanUse struct {
	Product Product
	Country telephony.Country
	People  int64
}

// MinutePool is what the people on one plan in one country share in a month: 100
// people with 120 minutes share 12,000 [lic]. It says how much there is, not how
// much of it is used.
type MinutePool struct {
	Product   Product
	Name      string // of the product, for people to read
	Country   telephony.Country
	People    int64
	PerPerson int64 // minutes a person and month; 0 for those who pay as they go
	Minutes   int64 // People x PerPerson
	Stated    bool  // whether the catalogue says; if not, both figures are 0 and mean nothing
}

// String accounts for the pool in a line, such as "Domestic Calling Plan in US:
// 100 people x 3000 minutes = 300000 minutes".
func (p MinutePool) String() string {
	people := strconv.FormatInt(p.People, 10) + " people"
	if p.People == 1 {
		people = "1 person"
	}
	head := p.Name + " in " + printable(p.Country) + ": " + people
	switch {
	case !p.Stated:
		return head + ", minutes not stated by the catalogue"
	case p.PerPerson == 0:
		return head + ", no minutes included"
	}
	return fmt.Sprintf("%s x %d minutes = %d minutes", head, p.PerPerson, p.Minutes)
}

// MinutePools returns a pool for each plan and country, plans in catalogue
// order, countries in that of their codes. The list may be in any order and
// name a plan and country more than once: the people are added up. Nothing is
// left out: every fault of the list is found, and then there are no pools, entry
// by entry in this order:
//
//   - ErrUnknownProduct
//   - ErrNotCallingPlan: the product carries none, so it has no minutes
//   - [telephony.ErrCountry]
//   - ErrPoolPeople: fewer than none
//
// and where there is none of these, pool by pool:
//
//   - ErrMinutesOverflow: people or minutes pass the range of int64
func (c *Catalogue) MinutePools(uses []PlanUse) ([]MinutePool, error) {
	var reasons []*telephony.Error
	for i, u := range uses {
		if reason := c.checkPlanUse("uses["+strconv.Itoa(i)+"]", u); reason != nil {
			reasons = append(reasons, reason)
		}
	}
	if len(reasons) > 0 {
		return nil, telephony.Join(reasons)
	}
	sorted := slices.SortedFunc(slices.Values(uses), func(a, b PlanUse) int {
		return cmp.Or(cmp.Compare(c.at[a.Product], c.at[b.Product]), strings.Compare(string(a.Country), string(b.Country)))
	})
	var pools []MinutePool
	for len(sorted) > 0 {
		same := 1
		for same < len(sorted) && sorted[same].Product == sorted[0].Product && sorted[same].Country == sorted[0].Country {
			same++
		}
		pool, reason := c.pool(sorted[:same])
		if reason != nil {
			reasons = append(reasons, reason)
		}
		pools, sorted = append(pools, pool), sorted[same:]
	}
	if len(reasons) > 0 {
		return nil, telephony.Join(reasons)
	}
	return pools, nil
}

func (c *Catalogue) checkPlanUse(field string, u PlanUse) *telephony.Error {
	switch e := c.find(u.Product); {
	case e == nil:
		return unknownProduct(field, u.Product)
	case !e.isPlan():
		return &telephony.Error{Code: ErrNotCallingPlan, Field: field, Subject: u.Product.subject(),
			Detail: "the product carries no Calling Plan, and so no minutes", Fix: "leave it out"}
	case !u.Country.IsValid():
		err := telephony.CheckCountry(field, u.Country)
		reason, _ := err.(*telephony.Error)
		return reason
	case u.People < 0:
		return &telephony.Error{Code: ErrPoolPeople, Field: field, Subject: u.Product.subject(),
			Detail: "no fewer than no people hold a plan", Fix: "count 0 people or more",
			Figures: []telephony.Figure{{Name: "people", Value: u.People}}}
	}
	return nil
}

// pool adds up what concerns one plan and one country.
func (c *Catalogue) pool(uses []PlanUse) (MinutePool, *telephony.Error) {
	e := c.find(uses[0].Product)
	p := MinutePool{Product: e.Product, Name: e.Name, Country: uses[0].Country}
	p.PerPerson, p.Stated = e.MinutesIn(p.Country)
	over := false
	for _, u := range uses {
		sum, carry := bits.Add64(uint64(p.People), uint64(u.People), 0)
		p.People, over = int64(sum), over || carry != 0 || int64(sum) < 0
	}
	hi, lo := bits.Mul64(uint64(p.People), uint64(p.PerPerson))
	p.Minutes = int64(lo)
	if over || hi != 0 || p.Minutes < 0 {
		return p, &telephony.Error{Code: ErrMinutesOverflow, Subject: e.Product.subject(),
			Detail: "more minutes than can be counted in " + printable(p.Country), Fix: "count the people anew",
			Figures: []telephony.Figure{{Name: "minutes a person", Value: p.PerPerson}}}
	}
	return p, nil
}
