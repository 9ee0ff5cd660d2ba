package reservation

import (
	"log/slog"
	"slices"

	"example.com/callingplan/telephony"
)

// The causes for which a choice is refused.
const (
	ErrQuantity      telephony.Code = "quantity_out_of_bounds"
	ErrQuantityList  telephony.Code = "quantity_not_of_list"
	ErrChoice        telephony.Code = "choice_contradictory"
	ErrNumberMissing telephony.Code = "number_missing"
	ErrExcludeLength telephony.Code = "too_many_numbers_excluded"
)

// MaxExcluded is how many numbers a choice or a search may leave out by name.
const MaxExcluded = 100_000

// Choice says which free numbers are wanted, in one of four ways: any, those
// that begin with a prefix, a run of consecutive ones (which may be of a prefix
// too), or those of a list. The zero value asks for nothing and is refused.
type Choice struct {
	// Quantity is how many numbers are wanted, 1 to MaxPerRequest. With a list
	// it is 0 or the length of the list.
	Quantity int
	// Prefix is what the numbers begin with. The zero Prefix begins them all.
	Prefix telephony.Prefix
	// Consecutive asks for numbers that follow each other without a gap.
	Consecutive bool
	// AllowFewer asks to be given what there is in stock, if there is anything, where
	// it is less than Quantity. It goes with neither a run nor a list.
	AllowFewer bool
	// Numbers is the list of numbers wanted, in any order, and no others.
	Numbers telephony.NumberList
	// Order says which of the numbers that match are taken: Lowest, Spread or
	// Shuffled. It goes with neither a run nor a list.
	Order Order
	// Seed decides what Shuffled takes. It goes with no other order.
	Seed uint64
	// Exclude is numbers, in any order, that are not to be taken, such as those
	// given up lately; MaxExcluded at most. It does not go with a list.
	Exclude telephony.NumberList
}

// Count returns how many numbers are asked for.
func (c Choice) Count() int {
	if len(c.Numbers) > 0 {
		return len(c.Numbers)
	}
	return c.Quantity
}

// IsAny reports whether any numbers will do: the lowest there are, of no prefix, run
// or list, and none excluded.
func (c Choice) IsAny() bool {
	return c.Order == Lowest && !c.Consecutive && c.Prefix.IsZero() && len(c.Numbers) == 0 && len(c.Exclude) == 0
}

// Validate reports everything that is wrong with the choice in itself. How many
// numbers a holder may ask for is another matter; see [Limits]. Errors, in order
// of precedence: ErrQuantity, ErrQuantityList, ErrOrder, ErrChoice,
// ErrExcludeLength, ErrNumberMissing, ErrDuplicateNumber. All that apply are in
// the error's Reasons.
func (c Choice) Validate() error {
	var reasons []*telephony.Error
	if n := c.Count(); n < 1 || n > MaxPerRequest {
		reasons = append(reasons, quantityError(n, MaxPerRequest))
	}
	if len(c.Numbers) > 0 && c.Quantity != 0 && c.Quantity != len(c.Numbers) {
		reasons = append(reasons, &telephony.Error{Code: ErrQuantityList, Field: "quantity",
			Detail: "the quantity is not the length of the list", Fix: "leave the quantity out",
			Figures: []telephony.Figure{{Name: "quantity", Value: int64(c.Quantity)},
				{Name: "listed", Value: int64(len(c.Numbers))}}})
	}
	if c.Order > Shuffled {
		reasons = append(reasons, orderError("say lowest, spread or shuffled"))
	}
	if detail := c.contradiction(); detail != "" {
		reasons = append(reasons, &telephony.Error{Code: ErrChoice, Detail: detail, Fix: "ask for one of the two"})
	}
	reasons = append(reasons, checkExclude(c.Exclude)...)
	reasons = append(reasons, c.checkNumbers()...)
	if err := telephony.Join(reasons); err != nil {
		return err
	}
	return nil
}

// contradiction says which two wishes of the choice exclude each other.
func (c Choice) contradiction() string {
	listed := len(c.Numbers) > 0
	switch {
	case listed && !c.Prefix.IsZero():
		return "a list of numbers leaves nothing for a prefix to choose"
	case listed && c.Consecutive:
		return "a list of numbers leaves nothing for a run to choose"
	case listed && c.AllowFewer:
		return "a list of numbers is given whole or not at all"
	case c.Consecutive && c.AllowFewer:
		return "a run of numbers is given whole or not at all"
	case listed && c.Order != Lowest:
		return "a list of numbers leaves nothing for an order to choose"
	case listed && len(c.Exclude) > 0:
		return "a list of numbers leaves nothing to exclude"
	case c.Consecutive && c.Order != Lowest:
		return "a run is the first that is long enough, and no other order's"
	case c.Seed != 0 && c.Order != Shuffled:
		return "a seed decides nothing but what is shuffled"
	}
	return ""
}

func (c Choice) checkNumbers() (reasons []*telephony.Error) {
	if len(c.Numbers) == 0 || len(c.Numbers) > MaxPerRequest {
		return nil // nothing to look at, or too much to be worth sorting
	}
	sorted := ascending(c.Numbers)
	if !sorted[0].IsValid() {
		reasons = append(reasons, missingNumber("numbers"))
	}
	if err := checkDuplicates(sorted); err != nil {
		reasons = append(reasons, err)
	}
	return reasons
}

// checkExclude refuses a list of numbers to leave out that is too long or has an
// entry that is none.
func checkExclude(exclude telephony.NumberList) (reasons []*telephony.Error) {
	if n := len(exclude); n > MaxExcluded {
		return []*telephony.Error{{Code: ErrExcludeLength, Field: "exclude", Fix: "leave out fewer",
			Figures: []telephony.Figure{{Name: "listed", Value: int64(n)}, {Name: "most", Value: MaxExcluded}}}}
	}
	if slices.Contains(exclude, telephony.Number{}) {
		return []*telephony.Error{missingNumber("exclude")}
	}
	return nil
}

// LogValue masks the numbers and the prefix in structured logs.
func (c Choice) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("quantity", c.Count()), slog.Int("prefix digits", c.Prefix.Len()),
		slog.Bool("consecutive", c.Consecutive), slog.Bool("allow fewer", c.AllowFewer),
		slog.Any("numbers", c.Numbers), slog.String("order", c.Order.String()), slog.Any("exclude", c.Exclude))
}

func quantityError(asked, most int) *telephony.Error {
	return &telephony.Error{Code: ErrQuantity, Field: "quantity", Fix: "ask for a quantity within the bounds",
		Figures: []telephony.Figure{{Name: "asked", Value: int64(asked)},
			{Name: "least", Value: 1}, {Name: "most", Value: int64(most)}}}
}
