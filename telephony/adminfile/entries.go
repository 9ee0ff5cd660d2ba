package adminfile

import (
	"io"
	"iter"
	"log/slog"

	"example.com/callingplan/telephony"
)

// Entry is a line of a list of numbers: a number, or a range of them. It prints
// and logs masked.
type Entry struct {
	Numbers telephony.Range // a range of one for a number; empty if the line was refused
	Typed   string          // as it was typed
}

// String masks the numbers.
func (e Entry) String() string { return e.Numbers.Masked() }

// GoString is what %#v prints: the masked form.
func (e Entry) GoString() string { return "adminfile.Entry{" + e.String() + "}" }

// LogValue masks the numbers in structured logs.
func (e Entry) LogValue() slog.Value { return e.Numbers.LogValue() }

// A list of numbers has one column, and a header or none.
func entryFormat() format[Entry] {
	return format[Entry]{form: NorthAmerican, bare: true, columns: []column[Entry]{{
		name: "TelephoneNumber", also: []string{"PhoneNumber", "Number", "Numbers", "Id"}, required: true,
		read: func(into *Entry, text string, o options) (err *telephony.Error) {
			into.Typed = text
			into.Numbers, err = parseEntry(text, o.form)
			return err
		},
		write: func(from *Entry, o options) (string, *telephony.Error) {
			first, last := o.style.number(from.Numbers.First()), o.style.number(from.Numbers.Last())
			if from.Numbers.Len() == 1 {
				return first, nil
			}
			return first + rangeDash(first) + last, nil
		},
	}}}
}

// rangeDash is what stands between the numbers of a range; nothing in an empty
// one.
func rangeDash(first string) string {
	if first == "" {
		return ""
	}
	return "-"
}

// ReadEntries reads a list of numbers and ranges, one a line: +12065550100,
// (206) 555-0100, or two of them with a hyphen, an en dash or two dots between,
// the smaller first. Without a plus sign they are read as ParseEntered does, if
// no option says otherwise. What cannot be read is refused and kept as it was
// typed: a line of more than 128 bytes, a hyphen with a number on one side only,
// a text that can be read in two ways. A header may stand above, and other
// columns beside it if there is one.
func ReadEntries(r io.Reader, options ...Option) *Reader[Entry] {
	return newReader(r, entryFormat(), options)
}

// WriteEntries writes a list of numbers and ranges that ReadEntries reads,
// without a header. Numbers written as SpreadsheetDigits are read back with
// CountryCodeFirst.
//
// Errors, in order of precedence: ErrFileOption; ErrFileWrite; ErrCellEmpty with
// the line of the first entry without numbers, before which all are written.
func WriteEntries(w io.Writer, entries iter.Seq[Entry], options ...Option) error {
	return write(w, entryFormat(), entries, options)
}
