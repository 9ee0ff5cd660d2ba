package licensing

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/callingplan/telephony"
)

// Preview is what a purchase, a return or a change of licences would do. It is
// worked out from the facts given and changes nothing. Where something stands
// against it, Refused says what, and nothing else would come of it: the rest is
// then as it is now.
type Preview struct {
	Title    string             // what is asked, such as "buy 10 licences of Phone System"
	Refused  []*telephony.Error // why it cannot be done; nil if it can
	Licences []HoldingChange    // of each product concerned, in the order asked
	Quotas   []QuotaChange      // of each class, in the order of the classes; of purchases and returns
	Number   *NumberForecast    // of a change of somebody who has a number; nil otherwise
}

// HoldingChange is what becomes of the licences of one product.
type HoldingChange struct {
	Name          string // of the product, for people to read
	Before, After Holding
}

// QuotaChange is what becomes of one quota. Numbers are never taken away: where
// After has fewer than are in use, it has nothing left until use falls.
type QuotaChange struct{ Before, After Quota }

// NumberForecast is what becomes of a person's number.
type NumberForecast struct {
	Fate    NumberFate
	Missing Feature   // what the person would not hold and the number needs
	Until   time.Time // when a number at risk is lost
}

// ChangeFacts is all that decides what a change of licences does.
type ChangeFacts struct {
	Owned     []Holding
	Person    Person
	Change    Change
	HasNumber bool  // the person has a number that is not held on premises
	Lapse     Lapse // of that number
	Now       time.Time
	Grace     time.Duration // how long a number outlives the licences it depends on
}

// PreviewChange says what a change of a person's licences would do, from
// [Catalogue.CheckChange] and [Lapse.After].
func (c *Catalogue) PreviewChange(f ChangeFacts) Preview {
	p := Preview{Title: f.Change.title(c), Refused: c.CheckChange(f.Owned, f.Person, f.Change)}
	held := f.Person.Products
	if len(p.Refused) == 0 {
		held = f.Change.outcome(held)
	}
	after := mergedHoldings(f.Owned)
	if len(p.Refused) == 0 {
		assign(after, f.Change)
	}
	for _, list := range [][]Product{f.Change.Remove, f.Change.Add} {
		for _, product := range list {
			p.Licences = append(p.Licences, c.holdingChange(f.Owned, after, product))
		}
	}
	if f.HasNumber {
		lapse := f.Lapse
		if len(p.Refused) == 0 {
			lapse = lapse.After(c.Features(held), f.Now, f.Grace)
		}
		p.Number = &NumberForecast{Fate: lapse.FateAt(f.Now), Missing: lapse.Missing, Until: lapse.Until}
	}
	return p
}

// outcome returns what somebody who holds these products holds after a change
// that is in order.
func (change Change) outcome(held []Product) []Product {
	after := make([]Product, 0, len(held)+len(change.Add))
	for _, p := range held {
		if !slices.Contains(change.Remove, p) {
			after = append(after, p)
		}
	}
	return append(after, change.Add...)
}

// StockFacts is all that decides what buying or returning licences does.
type StockFacts struct {
	Owned    []Holding
	Product  Product
	Quantity int64
	Use      map[QuotaClass]Use // what the tenant has of each class; what is left out is none
	Coming   int64              // toll-free numbers that are being ported in, which will need credits and are in no quota
}

// PreviewPurchase says what buying licences would do to what is owned and to
// every quota, from [Catalogue.CheckPurchase].
func (p QuotaPolicy) PreviewPurchase(c *Catalogue, f StockFacts) Preview {
	return p.preview(c, f, "buy", c.CheckPurchase(f.Owned, f.Product, f.Quantity), f.Quantity)
}

// PreviewReturn says what giving licences back would do to what is owned and to
// every quota, from [Catalogue.CheckReturn].
func (p QuotaPolicy) PreviewReturn(c *Catalogue, f StockFacts) Preview {
	tollFree := f.Use[TollFreeNumbers]
	tollFree.Ported += max(0, f.Coming)
	return p.preview(c, f, "give back", c.CheckReturn(f.Owned, f.Product, f.Quantity, tollFree), -f.Quantity)
}

func (p QuotaPolicy) preview(c *Catalogue, f StockFacts, verb string, refused error, more int64) Preview {
	out := Preview{Title: fmt.Sprintf("%s %d %s of %s", verb, f.Quantity, plural("licence", f.Quantity), c.name(f.Product))}
	after := mergedHoldings(f.Owned)
	if refusal, _ := refused.(*telephony.Error); refusal != nil {
		out.Refused = refusal.All()
	} else {
		after = mergedHoldings(append(after, Holding{Product: f.Product}))
		for i := range after {
			if after[i].Product == f.Product {
				after[i].Bought += more
			}
		}
	}
	out.Licences = []HoldingChange{c.holdingChange(f.Owned, after, f.Product)}
	for class := UserNumbers; class.IsValid(); class++ {
		out.Quotas = append(out.Quotas, QuotaChange{
			Before: p.Quota(c, f.Owned, class, f.Use[class]), After: p.Quota(c, after, class, f.Use[class])})
	}
	return out
}

func (c *Catalogue) holdingChange(before, after []Holding, p Product) HoldingChange {
	h := HoldingChange{Name: c.name(p), Before: Holding{Product: p}, After: Holding{Product: p}}
	h.Before.Bought, h.Before.Assigned = count(before, p)
	h.After.Bought, h.After.Assigned = count(after, p)
	return h
}

// name returns what people call a product: its name in the catalogue, or else
// its part number if it looks like one.
func (c *Catalogue) name(p Product) string {
	if e := c.find(p); e != nil {
		return e.Name
	}
	if subject := p.subject(); subject != "" {
		return subject
	}
	return "an unknown product"
}

func (change Change) title(c *Catalogue) string {
	var parts []string
	for _, list := range []struct {
		verb     string
		products []Product
	}{{"remove ", change.Remove}, {"add ", change.Add}} {
		var names []string
		for i, p := range list.products {
			if i == maxListed {
				names = append(names, fmt.Sprintf("%d more", len(list.products)-i))
				break
			}
			names = append(names, c.name(p))
		}
		if len(names) > 0 {
			parts = append(parts, list.verb+strings.Join(names, ", "))
		}
	}
	if len(parts) == 0 {
		return "change nothing"
	}
	return strings.Join(parts, "; ")
}
