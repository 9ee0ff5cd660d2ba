package adminfile

import (
	"io"
	"iter"
	"log/slog"
	"strings"

	"example.com/callingplan/telephony"
)

// StockRow is a row of a stock file: numbers that a provider has, where they
// belong, and what they may be used for. It prints and logs masked.
type StockRow struct {
	Numbers telephony.Range // First and Last, or Range
	Area    telephony.Area  // Country, Region and City, or Area
	Kind    telephony.Kind  // user where the file does not say it

	// What the cells say, until the row is whole.
	first, last telephony.Number
	named       telephony.Area
}

// String masks the numbers.
func (s StockRow) String() string {
	return s.Numbers.Masked() + " of " + s.Area.String() + ", " + s.Kind.String()
}

// GoString is what %#v prints: the masked form.
func (s StockRow) GoString() string { return "adminfile.StockRow{" + s.String() + "}" }

// LogValue masks the numbers in structured logs.
func (s StockRow) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("numbers", s.Numbers), slog.String("area", s.Area.String()), slog.String("kind", s.Kind.String()))
}

// The columns that say the same in two ways, together or alone.
const (
	stockFirst   = "First"
	stockLast    = "Last"
	stockRange   = "Range"
	stockArea    = "Area"
	stockCountry = "Country"
	stockRegion  = "Region"
	stockCity    = "City"
)

// stockColumns are the columns of a stock file that WriteStock writes.
func stockColumns() []column[StockRow] {
	type S = StockRow
	first := numberColumn(stockFirst, func(s *S) *telephony.Number { return &s.first }).named("FirstNumber", "Start", "StartNumber", "From")
	first.write = func(from *S, o options) (string, *telephony.Error) { return o.style.number(from.Numbers.First()), nil }
	last := numberColumn(stockLast, func(s *S) *telephony.Number { return &s.last }).named("LastNumber", "End", "EndNumber", "To")
	last.write = func(from *S, o options) (string, *telephony.Error) { return o.style.number(from.Numbers.Last()), nil }
	region := textColumn(stockRegion, maxCell, func(s *S) *string { return &s.Area.Region }).named("State", "StateOrProvince", "IsoSubdivision", "IsoSubdivisionCode")
	city := textColumn(stockCity, telephony.MaxCityRunes, func(s *S) *string { return &s.Area.City })
	return []column[S]{first, last,
		countryColumn(stockCountry, func(s *S) *telephony.Country { return &s.Area.Country }).named("CountryOrRegion", "IsoCountryCode"),
		inArea(region), inArea(city), stockKindColumn(),
	}
}

// inArea returns a column of a part of an area that writes no cell of what cannot
// be read back as that part.
func inArea(c column[StockRow]) column[StockRow] {
	write := c.write
	c.write = func(from *StockRow, o options) (string, *telephony.Error) {
		if wrong, err := wrongPart(from.Area); wrong == c.name {
			return "", err
		}
		return write(from, o)
	}
	return c
}

// wrongPart returns the column of the part for which an area is none, and why it
// is none; no column for an area.
func wrongPart(a telephony.Area) (column string, err *telephony.Error) {
	for _, part := range []struct {
		column string
		upTo   telephony.Area
	}{{stockCountry, telephony.Area{Country: a.Country}}, {stockRegion, telephony.Area{Country: a.Country, Region: a.Region}}, {stockCity, a}} {
		if err := asError(part.upTo.Check("")); err != nil {
			return part.column, err
		}
	}
	return "", nil
}

// stockOthers are the columns that say the same in one cell.
func stockOthers() []column[StockRow] {
	return []column[StockRow]{
		{name: stockRange, also: []string{"Number", "Numbers", "TelephoneNumber", "PhoneNumber"},
			read: func(into *StockRow, text string, o options) (err *telephony.Error) {
				into.Numbers, err = parseEntry(text, o.form)
				return err
			}},
		{name: stockArea, also: []string{"AreaName", "CityCode"},
			read: func(into *StockRow, text string, _ options) *telephony.Error {
				return asError(into.named.UnmarshalText([]byte(strings.TrimSpace(text))))
			}},
	}
}

// stockKinds are the words for kinds, ours and those of the service.
var stockKinds = map[string]telephony.Kind{
	"user": telephony.UserNumber, "subscriber": telephony.UserNumber,
	"servicetoll": telephony.TollNumber, "toll": telephony.TollNumber, "service": telephony.TollNumber,
	"servicetollfree": telephony.TollFreeNumber, "tollfree": telephony.TollFreeNumber,
}

func stockKindColumn() column[StockRow] {
	return column[StockRow]{name: "Kind", also: []string{"NumberType", "InventoryType"},
		read: func(into *StockRow, text string, _ options) *telephony.Error {
			kind, known := stockKinds[fold(strings.TrimSpace(text))]
			if !known {
				return &telephony.Error{Code: telephony.ErrKind, Detail: "there is no such kind of number",
					Fix: "say user, service-toll or service-toll-free, or leave the cell empty for user"}
			}
			into.Kind = kind
			return nil
		},
		write: func(from *StockRow, _ options) (string, *telephony.Error) {
			return from.Kind.String(), asError(telephony.CheckKind("", from.Kind))
		}}
}

// finishStock makes one range and one area of the cells.
func finishStock(into *StockRow, text func(string) string, _ options) (misfits []misfit) {
	misfits = append(finishNumbers(into, text), finishArea(into, text)...)
	if into.Kind == 0 && text("Kind") == "" {
		into.Kind = telephony.UserNumber
	}
	into.first, into.last, into.named = telephony.Number{}, telephony.Number{}, telephony.Area{}
	return misfits
}

// finishNumbers makes a range of a first and a last number, the first alone for
// one, if no range is given.
func finishNumbers(into *StockRow, text func(string) string) []misfit {
	hasFirst, hasLast, hasRange := text(stockFirst) != "", text(stockLast) != "", text(stockRange) != ""
	switch {
	case hasRange && (hasFirst || hasLast):
		into.Numbers = telephony.Range{}
		return []misfit{{stockRange, &telephony.Error{Code: ErrStockNumbers, Detail: "the row has a range, and a first or last number beside it",
			Fix: "leave one of the two empty"}}}
	case hasRange:
		return nil
	case !hasFirst && !hasLast:
		return []misfit{{stockFirst, &telephony.Error{Code: ErrCellEmpty, Detail: "the row has no numbers", Fix: "fill in the first and the last, or a range"}}}
	case !hasFirst:
		return []misfit{{stockFirst, &telephony.Error{Code: ErrRangeOpen, Detail: "the row has a last number and no first", Fix: "fill it in"}}}
	case !into.first.IsValid() || hasLast && !into.last.IsValid():
		return nil // their columns have said so
	}
	last := into.first
	if hasLast {
		last = into.last
	}
	numbers, err := telephony.RangeBetween(into.first, last)
	if err != nil {
		return []misfit{{stockLast, asError(err)}}
	}
	into.Numbers = numbers
	return nil
}

// finishArea makes an area of its name or its parts. Where there are both, they
// say the same.
func finishArea(into *StockRow, text func(string) string) []misfit {
	parts := into.Area
	switch hasName, hasParts := text(stockArea) != "", text(stockCountry)+text(stockRegion)+text(stockCity) != ""; {
	case hasName && into.named == telephony.Area{}:
		return nil // its column has said so
	case hasName && hasParts && !into.named.Within(parts):
		return []misfit{{stockArea, &telephony.Error{Code: ErrStockArea, Detail: "the area's name and the country, region or city beside it say different places",
			Fix: "leave one of the two empty"}}}
	case hasName:
		into.Area = into.named
		return nil
	case !hasParts:
		return []misfit{{stockCountry, &telephony.Error{Code: ErrCellEmpty, Detail: "the row has no area", Fix: "fill in the country, or an area's name such as NOAM-US-NY-NY"}}}
	case text(stockCountry) != "" && parts.Country == "":
		return nil // its column has said so
	}
	if column, err := wrongPart(parts); err != nil {
		return []misfit{{column, err}}
	}
	return nil
}

// ReadStock reads a stock file: numbers by First (or Start) and Last (or End), or
// by Range (or Number) as in ReadEntries; their area by Country, Region and City,
// or by Area (or CityCode), the name of one such as NOAM-US-WA-Seattle; and Kind,
// in our words or those of the service, user where there is none. A first number
// without a last one is that number. Columns may be in any order. Of numbers without
// a plus sign those are refused that may lack their country code; see Unambiguous.
func ReadStock(r io.Reader, options ...Option) *Reader[StockRow] {
	return newReader(r, format[StockRow]{form: Unambiguous, finish: finishStock, columns: append(stockColumns(), stockOthers()...),
		oneOf: [][]string{{stockFirst, stockRange}, {stockCountry, stockArea}}}, options)
}

// WriteStock writes a stock file that ReadStock reads: First, Last, Country,
// Region, City and Kind.
//
// Errors, in order of precedence: ErrFileOption; ErrFileWrite; for the first row
// that cannot be written, before which all are, with its line and by column every
// one that applies of ErrCellEmpty, telephony.ErrCountry, telephony.ErrArea,
// ErrCellEncoding, telephony.ErrText and telephony.ErrKind.
func WriteStock(w io.Writer, rows iter.Seq[StockRow], options ...Option) error {
	columns := stockColumns()
	for i := range columns {
		columns[i].required = columns[i].name == stockFirst || columns[i].name == stockCountry
	}
	return write(w, format[StockRow]{columns: columns}, rows, options)
}
