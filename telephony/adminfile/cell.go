package adminfile

import (
	"log/slog"
	"strings"
	"unicode/utf8"

	"example.com/callingplan/telephony"
)

// Cell is what stands in one column of a row, as it was typed. It prints and
// logs without its text, which may be a number, a person or an address.
type Cell struct {
	Column string // as the header has it
	Text   string
}

// String names the column.
func (c Cell) String() string { return "cell of " + c.Column }

// GoString is what %#v prints: the masked form.
func (c Cell) GoString() string { return "adminfile.Cell{" + c.String() + "}" }

// LogValue keeps the text out of structured logs.
func (c Cell) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Cells are cells of one row. They log without their texts, which a plain slice
// cannot.
type Cells []Cell

// LogValue names the columns.
func (c Cells) LogValue() slog.Value {
	columns := make([]string, len(c))
	for i, cell := range c {
		columns[i] = cell.Column
	}
	return slog.AnyValue(columns)
}

// runs are the signs that make a spreadsheet run a cell that begins with them
// as a formula, in their full width too.
const runs = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"

// wouldRun reports whether a spreadsheet would take the text for a formula.
// Plain decimal numbers, such as a longitude of -122.3, are only numbers.
func wouldRun(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune(runs, first) && !isDecimal(text)
}

// defuse puts an apostrophe before a text that would run, which spreadsheets
// show as text from then on. A text that would look defused gets one too, so
// that fuse finds back what there was.
func defuse(text string) string {
	if wouldRun(strings.TrimLeft(text, "'")) {
		return "'" + text
	}
	return text
}

// escape is defuse for files that no spreadsheet opens: only a text that would
// look defused gets an apostrophe.
func escape(text string) string {
	if fuse(text) != text {
		return "'" + text
	}
	return text
}

// fuse takes the apostrophe of defuse off again, and what people put around a text
// that a spreadsheet is to leave as it is: ="+14255550100" is +14255550100.
func fuse(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && wouldRun(strings.TrimLeft(rest, "'")) {
		return rest
	}
	if rest, ok := strings.CutPrefix(text, textFormula); ok {
		if inner, ok := strings.CutSuffix(rest, `"`); ok && !strings.Contains(inner, `"`) {
			return inner
		}
	}
	return text
}

// textFormula begins a formula that gives the text behind it, up to the next quote.
const textFormula = `="`

// isDecimal reports whether the text is a plain decimal number: a minus sign or
// none, digits, and a point or comma with digits behind it or none.
func isDecimal(text string) bool {
	whole, fraction, hasFraction := cutDecimal(strings.TrimPrefix(text, "-"))
	return isDigits(whole) && (!hasFraction || isDigits(fraction))
}

func cutDecimal(text string) (whole, fraction string, ok bool) {
	i := strings.IndexAny(text, ".,")
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// wasRewritten reports whether the text is what a spreadsheet makes of a long
// number that it takes for a quantity: 1.40256E+10, 14255550100.0, or an error
// such as #NAME?.
func wasRewritten(text string) bool {
	if strings.HasPrefix(text, "#") {
		return true
	}
	if i := strings.IndexAny(text, "eE"); i > 0 {
		return isDecimal(strings.TrimPrefix(text[:i], "+")) && isDecimal(strings.TrimPrefix(text[i+1:], "+"))
	}
	whole, fraction, ok := cutDecimal(text)
	return ok && len(whole) >= telephony.MinDigits && isDigits(whole) && fraction != "" && strings.Trim(fraction, "0") == ""
}

func rewritten(what string) *telephony.Error {
	return &telephony.Error{Code: ErrCellRewritten, Detail: what + " looks like a spreadsheet rewrote it",
		Fix: "format the column as text and enter it again"}
}

// checkEncoding refuses text that is not UTF-8 and text that was damaged in
// conversion, which no reader could put right.
func checkEncoding(text string) *telephony.Error {
	if !strings.ContainsAny(text, "\x00\ufffd") { // bytes that are not UTF-8 count as U+FFFD
		return nil
	}
	return &telephony.Error{Code: ErrCellEncoding, Detail: "the cell has characters that are not UTF-8 or were damaged earlier",
		Fix: "save the file as CSV UTF-8"}
}
