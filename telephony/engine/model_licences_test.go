package engine_test

import (
	"slices"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// mProduct is what the model knows of a product.
type mProduct struct {
	phone, conferencing, plan, credits bool
	notIn                              telephony.Country
}

// The products that the commands are about. Those that carry Phone System or
// Audio Conferencing are those that open the voice area.
var products = map[licensing.Product]mProduct{
	licensing.EnterpriseE5:              {phone: true, conferencing: true},
	licensing.EnterpriseE3:              {},
	licensing.PhoneSystem:               {phone: true},
	licensing.AudioConferencing:         {conferencing: true},
	licensing.DomesticCallingPlan:       {plan: true},
	licensing.InternationalCallingPlan:  {plan: true},
	licensing.DomesticCallingPlan120:    {plan: true, notIn: "US"},
	licensing.TeamsPhoneWithCallingPlan: {phone: true, plan: true},
	licensing.CommunicationsCredits:     {credits: true},
}

// needsPhone reports whether a product is an add-on to Phone System.
func (p mProduct) needsPhone() bool { return p.plan && !p.phone }

// owns reports whether the tenant has bought something of that sort.
func (t *mTenant) owns(sort func(mProduct) bool) bool {
	for p, n := range t.bought {
		if n > 0 && sort(products[p]) {
			return true
		}
	}
	return false
}

func phone(p mProduct) bool { return p.phone }

func (t *mTenant) voiceOpen() bool {
	return t.owns(func(p mProduct) bool { return p.phone || p.conferencing })
}

// assigned counts the people who hold a product.
func (t *mTenant) assigned(product licensing.Product) (n int64) {
	for _, p := range t.people {
		if slices.Contains(p.products, product) {
			n++
		}
	}
	return n
}

// limit is the quota of a kind.
func (t *mTenant) limit(k telephony.Kind) int64 {
	var phones, seats int64
	for p, n := range t.bought {
		if products[p].phone {
			phones += n
			seats += n
		}
		if products[p].conferencing {
			seats += n
		}
	}
	if k == telephony.UserNumber {
		if phones == 0 {
			return 0
		}
		return phones + phones/10 + 10
	}
	given := int64(0)
	for _, line := range [][2]int64{{1, 5}, {26, 10}, {50, 20}, {100, 30}, {150, 40}, {200, 65}, {500, 90}, {750, 110}, {1000, 125},
		{1250, 135}, {1500, 160}, {2000, 210}, {3000, 420}, {7000, 500}, {10000, 600}, {15000, 700}, {20000, 1000}, {50000, 1500}} {
		if seats >= line[0] {
			given = line[1]
		}
	}
	return given
}

func (t *mTenant) buy(p licensing.Product, n int64) *refusal {
	product, known := products[p]
	switch {
	case !known:
		return refuse(licensing.ErrUnknownProduct)
	case n < 1 || n > licensing.MaxLicences-t.bought[p]:
		return refuse(licensing.ErrLicenceQuantity)
	case product.needsPhone() && !t.owns(phone):
		return refuse(licensing.ErrTenantPrerequisite)
	}
	t.bought[p] += n
	return nil
}

func (m *model) returnLicences(t *mTenant, p licensing.Product, n int64) *refusal {
	tollFree := m.use(t, telephony.TollFreeNumber)
	switch {
	case n < 1 || n > t.bought[p]:
		return refuse(licensing.ErrLicenceQuantity)
	case t.bought[p]-n < t.assigned(p):
		return refuse(licensing.ErrLicencesAssigned)
	case products[p].credits && n == t.bought[p] && tollFree.acquired+tollFree.held+t.ordered(telephony.TollFreeNumber) > 0: // one product has them
		return refuse(licensing.ErrCreditsInUse)
	}
	if t.bought[p] -= n; t.bought[p] == 0 {
		delete(t.bought, p)
	}
	return nil
}

// has reports whether the person holds a licence of that sort.
func (p *mPerson) has(sort func(mProduct) bool) bool {
	return slices.ContainsFunc(p.products, func(q licensing.Product) bool { return sort(products[q]) })
}

func plan(p mProduct) bool { return p.plan }

// changeLicences changes what a person holds, or says the first reason why not.
func (m *model) changeLicences(t *mTenant, id telephony.PersonID, add, remove []licensing.Product) *refusal {
	p := t.people[id]
	if p == nil {
		return refuse(engine.ErrUnknownPerson)
	}
	if p.vanished != nil && len(add) > 0 {
		return refuse(engine.ErrPersonVanished)
	}
	if code := t.licenceFault(p, add, remove); code != "" {
		return &refusal{codes: []telephony.Code{code}, first: true, available: -1}
	}
	p.products = slices.DeleteFunc(p.products, func(q licensing.Product) bool { return slices.Contains(remove, q) })
	p.products = append(p.products, add...)
	slices.Sort(p.products)
	if p.number.IsValid() {
		m.lack(t, p)
	}
	return nil
}

// lack says what becomes of a number by what its person holds.
func (m *model) lack(t *mTenant, p *mPerson) {
	var missing licensing.Feature
	if !p.has(phone) {
		missing |= licensing.FeaturePhoneSystem
	}
	if !p.has(plan) {
		missing |= licensing.FeatureCallingPlan
	}
	switch {
	case missing == 0:
		p.lapse = nil
	case p.lapse != nil:
		p.lapse.missing = missing
	case m.set.grace == 0:
		m.takeNumber(t, p)
	default:
		p.lapse = &mLapse{missing, m.now(), m.now() + int64(m.set.grace)}
	}
}

// licenceFault holds a change to the rules one after the other.
func (t *mTenant) licenceFault(p *mPerson, add, remove []licensing.Product) telephony.Code {
	after := &mPerson{products: slices.Clone(add)}
	for _, held := range p.products {
		if !slices.Contains(remove, held) {
			after.products = append(after.products, held)
		}
	}
	plans := 0
	for _, q := range after.products {
		if products[q].plan {
			plans++
		}
	}
	adds := func(wrong func(licensing.Product) bool) bool { return slices.ContainsFunc(add, wrong) }
	listed := slices.Concat(add, remove)
	slices.Sort(listed)
	switch {
	case adds(func(q licensing.Product) bool { _, known := products[q]; return !known }):
		return licensing.ErrUnknownProduct
	case len(slices.Compact(slices.Clone(listed))) < len(listed):
		return licensing.ErrListedTwice
	case adds(func(q licensing.Product) bool { return slices.Contains(p.products, q) }):
		return licensing.ErrAlreadyHeld
	case slices.ContainsFunc(remove, func(q licensing.Product) bool { return !slices.Contains(p.products, q) }):
		return licensing.ErrNotHeld
	case len(add) > 0 && p.country == "":
		return licensing.ErrNoUsageLocation
	case adds(func(q licensing.Product) bool { return products[q].notIn == p.country && p.country != "" }):
		return licensing.ErrNotSoldThere
	case adds(func(q licensing.Product) bool { return products[q].needsPhone() && !after.has(phone) }):
		return licensing.ErrPersonPrerequisite
	case !after.has(phone) && after.has(plan):
		return licensing.ErrStillNeeded
	case adds(func(q licensing.Product) bool { return t.assigned(q) >= t.bought[q] }):
		return licensing.ErrNotEnoughLicences
	case p.onPrem && adds(func(q licensing.Product) bool { return products[q].plan }):
		return licensing.ErrOnPremisesNumber
	case plans > 1:
		return licensing.ErrPlanConflict
	}
	return ""
}

func (m *model) setCountry(t *mTenant, id telephony.PersonID, c telephony.Country) *refusal {
	p := t.people[id]
	switch {
	case p == nil:
		return refuse(engine.ErrUnknownPerson)
	case p.number.IsValid() && p.country != c:
		return refuse(engine.ErrNumberBlocksMove)
	}
	var reasons []telephony.Code
	for _, q := range p.products {
		if products[q].notIn == c {
			reasons = append(reasons, licensing.ErrNotSoldThere)
		}
	}
	if len(reasons) == 0 {
		p.country = c
	}
	return refuse(reasons...)
}
