package reservation

import (
	"errors"
	"log/slog"

	"example.com/callingplan/telephony"
)

// The causes for which a search is refused, besides those of choices.
const (
	ErrScanLimit   telephony.Code = "scan_limit_out_of_bounds"
	ErrScore       telephony.Code = "score_out_of_bounds"
	ErrConsecutive telephony.Code = "run_length_out_of_bounds"
	ErrSearch      telephony.Code = "search_contradictory"
)

// How far a search looks.
const (
	DefaultScanLimit = 1_000_000
	MaxScanLimit     = 10_000_000
	// scanCost is what a block counts in a scan at least: to read one costs as much
	// as to look at about so many numbers.
	scanCost = 100
)

// Search says which free numbers are looked for. All that is set holds together.
// The zero value asks for nothing and is refused. Nothing that is found is held: a
// Choice of the numbers holds just these, if they are still free.
type Search struct {
	// Quantity is how many numbers, or runs, are to be found, 1 to MaxPerRequest.
	Quantity int
	// Prefix is what the numbers begin with. The zero Prefix begins them all.
	Prefix telephony.Prefix
	// Pattern is what the numbers look like. The zero Pattern matches them all.
	Pattern Pattern
	// Contains is digits, or letters for the digits of their keys, that stand
	// somewhere behind the calling code, EndsIn those with which the number ends.
	// They are read as a Pattern with "*" on both sides, or in front.
	Contains, EndsIn string
	// MinScore is the least Score, 0 to MaxScore.
	MinScore int
	// Consecutive asks for runs of so many numbers that follow each other without
	// a gap, up to MaxPerRequest; 0 and 1 for single numbers. What is free without
	// a gap is cut into runs from its beginning, so that no two overlap.
	Consecutive int
	// Near asks for what is nearest to a number first: of its length and calling
	// code, by the steps from one to the other, of two that are as near the lower
	// one first. Runs begin at the nearest number and lie on one side of it.
	Near telephony.Number
	// Exclude is numbers, in any order, that are not to be found; MaxExcluded at
	// most.
	Exclude telephony.NumberList
	// Order says which are found first of those that are looked at. Lowest stops
	// at the last one found; for the others all is looked at that the scan limit
	// allows, the best of it is found, and a search that goes on chooses among what
	// lies behind it. Runs are not Memorable, and what is Near has no other order.
	Order Order
	// Seed decides the order of what is Shuffled. It goes with no other order.
	Seed uint64
	// ScanLimit is how many free numbers are looked at before the search stops, up
	// to MaxScanLimit; 0 for DefaultScanLimit. A block counts for 100 at least and
	// is looked at whole, and a search goes on until it gets anywhere.
	ScanLimit int
	// After is where a search is to go on: the Next of what was Found before. The
	// zero Position is the beginning.
	After Position
}

// Position is where a search stopped. A search that goes on there finds what
// comes next, in a stock that may have changed. The zero value is the beginning.
type Position struct {
	Up   telephony.Number // the last number looked at
	Down telephony.Number // the last one below the number it is near to
}

// LogValue masks the numbers in structured logs.
func (p Position) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("up", p.Up), slog.Any("down", p.Down))
}

// Found is what a search found, and how far it looked.
type Found struct {
	Numbers telephony.NumberList // in the order asked for; none where runs are
	Runs    []telephony.Range    // in the order asked for
	// Matching is how many numbers, or runs, matched of what was looked at: more
	// than were found where the order chooses among them.
	Matching int
	Looked   int // free numbers looked at
	Blocks   int // blocks read
	// Complete says that the search came to the end of the stock. If it did not,
	// there may be more from Next on.
	Complete bool
	Next     Position // where to go on; zero if Complete
}

// LogValue masks the numbers in structured logs.
func (f Found) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("numbers", f.Numbers), slog.Int("runs", len(f.Runs)), slog.Int("matching", f.Matching),
		slog.Int("looked", f.Looked), slog.Int("blocks", f.Blocks), slog.Bool("complete", f.Complete))
}

// Validate reports everything that is wrong with the search in itself. Errors, in
// order of precedence: ErrQuantity; ErrPatternSyntax and ErrPatternLength of
// Contains, then of EndsIn; ErrScore; ErrConsecutive; ErrScanLimit; ErrOrder;
// ErrSearch; ErrExcludeLength; ErrNumberMissing. All that apply are in the error's
// Reasons.
func (s Search) Validate() error {
	_, reasons := s.patterns()
	if s.Quantity < 1 || s.Quantity > MaxPerRequest {
		reasons = append([]*telephony.Error{quantityError(s.Quantity, MaxPerRequest)}, reasons...)
	}
	bounded := func(code telephony.Code, field, detail string, value, least, most int) {
		if value < least || value > most {
			reasons = append(reasons, &telephony.Error{Code: code, Field: field, Detail: detail, Fix: "stay within the bounds",
				Figures: []telephony.Figure{{Name: "asked", Value: int64(value)},
					{Name: "least", Value: int64(least)}, {Name: "most", Value: int64(most)}}})
		}
	}
	bounded(ErrScore, "min score", "no number has such a score", s.MinScore, 0, MaxScore)
	bounded(ErrConsecutive, "consecutive", "no run has that length", s.Consecutive, 0, MaxPerRequest)
	bounded(ErrScanLimit, "scan limit", "a search does not look that far", s.ScanLimit, 0, MaxScanLimit)
	if !s.Order.IsValid() {
		reasons = append(reasons, orderError("say lowest, spread, shuffled or memorable"))
	}
	if detail := s.contradiction(); detail != "" {
		reasons = append(reasons, &telephony.Error{Code: ErrSearch, Detail: detail, Fix: "ask for one of the two"})
	}
	reasons = append(reasons, checkExclude(s.Exclude)...)
	if err := telephony.Join(reasons); err != nil {
		return err
	}
	return nil
}

// contradiction says which two wishes of the search exclude each other.
func (s Search) contradiction() string {
	switch {
	case s.Near.IsValid() && s.Order != Lowest:
		return "what is near a number comes nearest first, and in no other order"
	case s.Consecutive > 1 && s.Order == Memorable:
		return "a run of numbers has no score to be ordered by"
	case s.Seed != 0 && s.Order != Shuffled:
		return "a seed decides nothing but what is shuffled"
	case s.After.Down.IsValid() && !s.Near.IsValid():
		return "only a search near a number goes on in two places"
	}
	return ""
}

// patterns returns all that the digits are held against, and what is wrong with
// what was to be read.
func (s Search) patterns() (all []Pattern, reasons []*telephony.Error) {
	if !s.Pattern.IsZero() {
		all = append(all, s.Pattern)
	}
	read := func(field, digits, before, behind string) {
		if digits == "" {
			return
		}
		p, err := ParsePattern(before + digits + behind)
		var e *telephony.Error
		if errors.As(err, &e) {
			named := *e
			named.Field, named.Fix, named.Figures = field, "write digits, or the letters of a word", nil
			reasons = append(reasons, &named)
			return
		}
		all = append(all, p)
	}
	read("contains", s.Contains, "*", "*")
	read("ends in", s.EndsIn, "*", "")
	return all, reasons
}

// LogValue masks the numbers and the digits in structured logs.
func (s Search) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("quantity", s.Quantity), slog.Int("prefix digits", s.Prefix.Len()),
		slog.Any("pattern", s.Pattern), slog.Int("contained digits", len(s.Contains)), slog.Int("ending digits", len(s.EndsIn)),
		slog.Int("min score", s.MinScore), slog.Int("consecutive", s.Consecutive), slog.Any("near", s.Near),
		slog.Any("exclude", s.Exclude), slog.String("order", s.Order.String()), slog.Int("scan limit", s.ScanLimit))
}
