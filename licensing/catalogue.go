package licensing

import (
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"example.com/callingplan/telephony"
)

// Codes of the catalogue.
const (
	ErrUnknownProduct   telephony.Code = "product_unknown"
	ErrDuplicateEntry   telephony.Code = "catalogue_entry_duplicate"
	ErrFeatures         telephony.Code = "catalogue_features_invalid"
	ErrMinutes          telephony.Code = "catalogue_minutes_invalid"
	ErrNeedsUnsatisfied telephony.Code = "catalogue_needs_unsatisfied"
)

// Catalogue is a list of products. It never changes once made, so that any
// number of goroutines may read it. A zero or nil Catalogue lists nothing and
// so allows nothing.
type Catalogue struct {
	entries []Entry
	at      map[Product]int // place in entries
}

// put adds an entry, or replaces the one of that product in its place.
func (c *Catalogue) put(e Entry) {
	if i, known := c.at[e.Product]; known {
		c.entries[i] = e
		return
	}
	if c.at == nil {
		c.at = make(map[Product]int)
	}
	c.at[e.Product] = len(c.entries)
	c.entries = append(c.entries, e)
}

// find returns the entry of a product, or nil. Callers do not change it.
func (c *Catalogue) find(p Product) *Entry {
	if c == nil {
		return nil
	}
	if i, known := c.at[p]; known {
		return &c.entries[i]
	}
	return nil
}

func (c *Catalogue) list() []Entry {
	if c == nil {
		return nil
	}
	return c.entries
}

// NewCatalogue returns a catalogue of these entries alone. Its errors are those
// of [Catalogue.With].
func NewCatalogue(entries ...Entry) (*Catalogue, error) { return (*Catalogue)(nil).With(entries...) }

// With returns a catalogue in which the entries are added at the end, in the
// order given, or stand in place of those of the same product. c is unchanged.
//
// Every fault of every entry is found, entry by entry, and for each in this
// order: [telephony.ErrID] for the product, ErrDuplicateEntry, [telephony.ErrText]
// for the name, ErrFeatures (a bit without a meaning, or a sort of Calling Plan
// without FeatureCallingPlan), [telephony.ErrCountry], ErrMinutes (negative).
// Where no entry has a fault of its own, those follow that nobody could ever
// have, in catalogue order: ErrNeedsUnsatisfied where the products that can be
// bought before do not carry what the tenant needs, or those that can be bought
// at all do not carry what the person needs.
func (c *Catalogue) With(entries ...Entry) (*Catalogue, error) {
	var reasons []*telephony.Error
	seen := make(map[Product]bool, len(entries))
	for i, e := range entries {
		reasons = append(reasons, checkEntry("entries["+strconv.Itoa(i)+"]", e, seen[e.Product])...)
		seen[e.Product] = true
	}
	if len(reasons) > 0 {
		return nil, telephony.Join(reasons)
	}
	next := &Catalogue{}
	if c != nil {
		next.entries, next.at = slices.Clone(c.entries), maps.Clone(c.at)
	}
	for _, e := range entries {
		next.put(e.clone())
	}
	if reasons := next.checkNeeds(); len(reasons) > 0 {
		return nil, telephony.Join(reasons)
	}
	return next, nil
}

// Lookup returns the entry of a product; what it points to is the caller's own.
// Its error is ErrUnknownProduct.
func (c *Catalogue) Lookup(p Product) (Entry, error) {
	e := c.find(p)
	if e == nil {
		return Entry{}, unknownProduct("product", p)
	}
	return e.clone(), nil
}

// All yields every entry in catalogue order: the order of the service's table of
// products for the standard ones, then that in which others were added. What an
// entry points to is the caller's own.
func (c *Catalogue) All() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for _, e := range c.list() {
			if !yield(e.clone()) {
				return
			}
		}
	}
}

// Features returns all that these products carry between them. Products that
// the catalogue does not list carry nothing.
func (c *Catalogue) Features(products []Product) Feature {
	var all Feature
	for _, p := range products {
		if e := c.find(p); e != nil {
			all |= e.Features
		}
	}
	return all
}

// owned returns all that the licences bought carry between them.
func (c *Catalogue) owned(holdings []Holding) Feature {
	var all Feature
	for i := range holdings {
		if holdings[i].Bought > 0 {
			if e := c.find(holdings[i].Product); e != nil {
				all |= e.Features
			}
		}
	}
	return all
}

func unknownProduct(field string, p Product) *telephony.Error {
	return &telephony.Error{Code: ErrUnknownProduct, Field: field, Subject: p.subject(),
		Detail: "the catalogue does not list the product",
		Fix:    "use a part number of the catalogue, or add an entry to it"}
}

// maxListed bounds how many products an error names. The rest are counted.
const maxListed = 8

// listing names the products that suit, as an alternative: "A, B or C".
func (c *Catalogue) listing(suits func(*Entry) bool) string {
	var names []string
	for i := range c.list() {
		if suits(&c.entries[i]) {
			names = append(names, string(c.entries[i].Product))
		}
	}
	switch n := len(names); {
	case n == 0:
		return "a product that the catalogue lacks"
	case n == 1:
		return names[0]
	case n > maxListed:
		return strings.Join(names[:maxListed], ", ") + " or one of " + strconv.Itoa(n-maxListed) + " more"
	default:
		return strings.Join(names[:n-1], ", ") + " or " + names[n-1]
	}
}
