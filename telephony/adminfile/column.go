package adminfile

import (
	"strings"

	"example.com/callingplan/telephony"
)

// format is what is known of a kind of file: its columns and what reads and
// writes each.
type format[T any] struct {
	columns []column[T]
	foreign []column[T] // for fields that files written in the format have no column for
	oneOf   [][]string  // of each of these lists of columns a file must have one
	form    NumberForm  // of numbers without a plus sign, if no option says
	bare    bool        // the file may come without a header: then it has the first column only
	// finish looks at the row as a whole, once its cells are read; nil for
	// nothing. text gives what stands in a column.
	finish func(into *T, text func(column string) string, o options) []misfit
}

// column is one column of a format.
type column[T any] struct {
	name     string
	also     []string // other names it goes by
	required bool
	// read puts a filled cell into the row. An error of code ErrListLost is a
	// notice, every other refuses the cell.
	read func(into *T, text string, o options) *telephony.Error
	// write returns the cell of a row.
	write func(from *T, o options) (string, *telephony.Error)
}

// misfit is a problem of a row in the cell of one column.
type misfit struct {
	column string
	err    *telephony.Error
}

// named returns the column with other names it goes by.
func (c column[T]) named(also ...string) column[T] {
	c.also = also
	return c
}

// mustHave returns the column as one without which a row says nothing.
func (c column[T]) mustHave() column[T] {
	c.required = true
	return c
}

// maxCell is the longest free text of a cell where its field sets no shorter
// bound, in characters.
const maxCell = 4096

// textColumn is a column of free text.
func textColumn[T any, S ~string](name string, longest int, field func(*T) *S) column[T] {
	return column[T]{name: name,
		read: func(into *T, text string, _ options) *telephony.Error {
			if err := telephony.CheckText("", text, longest); err != nil {
				return asError(err)
			}
			*field(into) = S(text)
			return nil
		},
		write: func(from *T, _ options) (string, *telephony.Error) {
			text := string(*field(from))
			if err := checkEncoding(text); err != nil {
				return "", err
			}
			return text, asError(telephony.CheckText("", text, longest))
		}}
}

// noID is the nil UUID [RFC 9562], which exports have where there is no
// location or address.
const noID = "00000000-0000-0000-0000-000000000000"

// idColumn is a column of identifiers.
func idColumn[T any, ID ~string](name string, field func(*T) *ID) column[T] {
	return column[T]{name: name,
		read: func(into *T, text string, _ options) *telephony.Error {
			text = strings.TrimSpace(text)
			if text == noID {
				return nil
			}
			if err := telephony.CheckID("", text); err != nil {
				return asError(err)
			}
			*field(into) = ID(text)
			return nil
		},
		write: func(from *T, _ options) (string, *telephony.Error) {
			id := *field(from)
			if id == "" {
				return "", nil
			}
			return string(id), asError(telephony.CheckID("", id))
		}}
}

// numberColumn is a column of one number each.
func numberColumn[T any](name string, field func(*T) *telephony.Number) column[T] {
	return column[T]{name: name,
		read: func(into *T, text string, o options) *telephony.Error {
			n, err := parseNumber(text, o.form)
			if err == nil {
				*field(into) = n
			}
			return err
		},
		write: func(from *T, o options) (string, *telephony.Error) {
			return o.style.number(*field(from)), nil
		}}
}

// number writes a number in the style of a file; nothing for none.
func (s Style) number(n telephony.Number) string {
	switch {
	case !n.IsValid():
		return ""
	case s == Spreadsheet:
		return "tel:" + n.String()
	case s == SpreadsheetDigits:
		return n.String()[1:]
	}
	return n.String()
}

// isForSpreadsheets reports whether files of the style are opened by people.
func (s Style) isForSpreadsheets() bool { return s != Machine }

// lostList is what PowerShell writes in place of a list that was not joined.
const lostList = "System.String[]"

// listColumn is a column of several items with commas between; reading takes
// semicolons and bars too.
func listColumn[T any](name string, field func(*T) *[]string) column[T] {
	return column[T]{name: name,
		read: func(into *T, text string, _ options) *telephony.Error {
			if strings.TrimSpace(text) == lostList {
				return &telephony.Error{Code: ErrListLost, Detail: "the file has " + lostList + " where the list was; its items are not in the file",
					Fix: "join the list before exporting it"}
			}
			if err := telephony.CheckText("", text, maxCell); err != nil {
				return asError(err)
			}
			for _, item := range strings.FieldsFunc(text, isItemSeparator) {
				if item = strings.TrimSpace(item); item != "" {
					*field(into) = append(*field(into), item)
				}
			}
			return nil
		},
		write: func(from *T, _ options) (string, *telephony.Error) {
			for _, item := range *field(from) {
				if item == "" || strings.TrimSpace(item) != item || strings.ContainsFunc(item, isItemSeparator) || item == lostList {
					return "", &telephony.Error{Code: ErrListItem, Detail: "an item is empty, or has blanks around it or a separator in it",
						Fix: "leave them out"}
				}
			}
			text := strings.Join(*field(from), ",")
			if err := checkEncoding(text); err != nil {
				return "", err
			}
			return text, asError(telephony.CheckText("", text, maxCell))
		}}
}

func isItemSeparator(r rune) bool { return r == ',' || r == ';' || r == '|' }
