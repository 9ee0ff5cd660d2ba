package adminfile

import (
	"strings"

	"example.com/callingplan/telephony"
)

// Limits bound what a file may cost to read. The zero value allows nothing;
// start from DefaultLimits and change what is to differ.
type Limits struct {
	Bytes    int64 // of the file as it comes; 256 MiB if nothing else is set
	Rows     int   // without the header and blank ones; 1,000,000
	RowBytes int   // of one row in UTF-8, its end included, 16 to 64 MiB; 64 KiB
	Problems int   // how many All keeps; the others are counted; 10,000
}

// DefaultLimits returns the limits of a reader that is given none.
func DefaultLimits() Limits {
	return Limits{Bytes: 256 << 20, Rows: 1_000_000, RowBytes: 64 << 10, Problems: 10_000}
}

// The bounds of what Limits.RowBytes may be: a reader keeps as much in memory.
const (
	minRowBytes = 16
	maxRowBytes = 64 << 20
)

// NumberForm is how a number without a plus sign is read.
type NumberForm uint8

// The forms. The zero value leaves the choice to the format: Unambiguous for
// exports, assignments and stock, NorthAmerican for lists of numbers.
const (
	_ NumberForm = iota
	// CountryCodeFirst takes bare digits for a number whose plus sign was lost,
	// as in exports of the service [num].
	CountryCodeFirst
	// NorthAmerican takes 10 digits, or 1 and 10 digits, with anything but
	// letters between them, for a number of country code 1, as the form for
	// porting numbers does [port].
	NorthAmerican
	// Unambiguous takes bare digits as CountryCodeFirst does, but refuses 10 of
	// them that NorthAmerican would take, with ErrNumberBare: 2065550100 may be of
	// Seattle or of Egypt. Where the row names its country, as exports do, that
	// decides, and digits that fit it in neither way are refused.
	Unambiguous
)

// Style is how a file is written: for whom.
type Style uint8

// The styles.
const (
	// Spreadsheet is for files that people open: numbers as tel: URIs, which no
	// program takes for arithmetic; cells that would run as a formula made
	// harmless by an apostrophe, which reading takes off again; and a byte order
	// mark, without which accents are lost.
	Spreadsheet Style = iota
	// SpreadsheetDigits is the same with numbers as bare digits. Long ones do not
	// survive being opened and saved. They are read back with CountryCodeFirst.
	SpreadsheetDigits
	// Machine is for programs: numbers with their plus sign and texts as they
	// are, but for those that look as if they had been made harmless. A
	// spreadsheet may run what stands in such a file.
	Machine
)

// Option changes how a file is read or written.
type Option func(*options)

type options struct {
	limits    Limits
	form      NumberForm
	style     Style
	separator rune // 0: found out when reading, a comma when writing
}

// WithLimits bounds what a file may cost to read.
func WithLimits(l Limits) Option { return func(o *options) { o.limits = l } }

// WithNumberForm sets how numbers without a plus sign are read.
func WithNumberForm(f NumberForm) Option { return func(o *options) { o.form = f } }

// WithStyle sets for whom a file is written; for people and their spreadsheets
// otherwise.
func WithStyle(s Style) Option { return func(o *options) { o.style = s } }

// WithSeparator sets what stands between cells: a comma, a semicolon, a tab or a
// vertical bar. Otherwise reading finds it out from the first line, and writing
// takes a comma. Spreadsheets in countries with a decimal comma want semicolons.
func WithSeparator(r rune) Option { return func(o *options) { o.separator = r } }

func newOptions(form NumberForm, list []Option) options {
	o := options{limits: DefaultLimits()}
	for _, set := range list {
		set(&o)
	}
	if o.form == 0 {
		o.form = form
	}
	return o
}

// check reports the first option that makes no sense.
func (o options) check() *telephony.Error {
	switch l := o.limits; {
	case l.Bytes < 0 || l.Rows < 0 || l.Problems < 0:
		return badOption("limits", "a limit is below zero", "start from DefaultLimits")
	case l.RowBytes < minRowBytes || l.RowBytes > maxRowBytes:
		return badOption("limits", "the longest row is out of bounds", "start from DefaultLimits",
			telephony.Figure{Name: "given", Value: int64(l.RowBytes)}, telephony.Figure{Name: "least", Value: minRowBytes},
			telephony.Figure{Name: "most", Value: maxRowBytes})
	case o.form > Unambiguous:
		return badOption("number form", "there is no such form", "leave the option out")
	case o.style > Machine:
		return badOption("style", "there is no such style", "leave the option out")
	case o.separator != 0 && !strings.ContainsRune(separators, o.separator):
		return badOption("separator", "cells are not separated by that", "choose a comma, a semicolon, a tab or a vertical bar")
	}
	return nil
}

func badOption(field, detail, fix string, figures ...telephony.Figure) *telephony.Error {
	return &telephony.Error{Code: ErrFileOption, Field: field, Detail: detail, Fix: fix, Figures: figures}
}

// separators are what can stand between cells, in the order of preference.
const separators = ",;\t|"
