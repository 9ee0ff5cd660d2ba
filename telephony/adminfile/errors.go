package adminfile

import (
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// The causes for which a whole file is refused, or for which reading it ends.
const (
	ErrFileRead      telephony.Code = "file_unreadable"     // the source failed
	ErrFileWrite     telephony.Code = "file_unwritable"     // the destination failed
	ErrFileUsed      telephony.Code = "file_read_before"    // a Reader gives its rows once
	ErrFileBytes     telephony.Code = "file_too_large"      // more bytes than the limit
	ErrFileRows      telephony.Code = "file_too_many_rows"  // more rows than the limit
	ErrFileProblems  telephony.Code = "file_more_problems"  // more problems than are kept
	ErrFileOption    telephony.Code = "file_option_invalid" // a limit or a separator that makes no sense
	ErrFileEncoding  telephony.Code = "file_encoding"       // UTF-16 that does not say so
	ErrFileEmpty     telephony.Code = "file_empty"          // no row, where there must be a header
	ErrLineEnds      telephony.Code = "line_ends_unknown"   // lines end with a carriage return alone
	ErrHeaderMissing telephony.Code = "header_missing"      // no line names a column of the format
	ErrHeaderWide    telephony.Code = "header_too_wide"     // more columns than are read
	ErrColumnMissing telephony.Code = "column_missing"      // a column without which the rows say nothing
	ErrColumnTwice   telephony.Code = "column_twice"        // two columns for the same thing
	ErrColumnForeign telephony.Code = "column_foreign"      // a field that the file to write has no column for
)

// The causes for which a row is refused as a whole.
const (
	ErrRowTooLong    telephony.Code = "row_too_long"
	ErrRowShort      telephony.Code = "row_short"      // it ends before a cell that must be filled
	ErrRowWide       telephony.Code = "row_wide"       // filled cells beyond the header
	ErrQuoteUnclosed telephony.Code = "quote_unclosed" // a quote begins a cell and none ends it
	ErrQuoteStray    telephony.Code = "quote_stray"    // a quote inside a cell that is not quoted
)

// The causes for which a cell is refused. The errors of the packages that own
// the values, such as telephony.ErrNumberLength, come with a place in the same
// way.
const (
	ErrCellEmpty        telephony.Code = "cell_empty"
	ErrCellEncoding     telephony.Code = "cell_encoding"       // not UTF-8, or damaged before it was written
	ErrCellRewritten    telephony.Code = "cell_rewritten"      // a spreadsheet turned a number into something else
	ErrNumberBare       telephony.Code = "number_bare"         // digits that may lack the country code
	ErrNumberType       telephony.Code = "number_type_foreign" // a type that is not assigned here
	ErrValidationStatus telephony.Code = "validation_status_unknown"
	ErrCoordinate       telephony.Code = "coordinate_invalid"
	ErrCoordinateHalf   telephony.Code = "coordinate_alone" // one coordinate without the other
	ErrCount            telephony.Code = "count_invalid"
	ErrListItem         telephony.Code = "list_item_invalid"      // an item that holds the separator of items
	ErrStockNumbers     telephony.Code = "stock_numbers_twice"    // a range beside a first and a last number
	ErrStockArea        telephony.Code = "stock_area_contradicts" // an area's name that says another place than its parts
)

// The causes for which a cell is no number that somebody entered, which are those
// of the form for porting.
const (
	ErrNumberEntry    = porting.ErrNumberEntry
	ErrNumberReadings = porting.ErrNumberReadings
	ErrEntryTooLong   = porting.ErrEntryTooLong
	ErrRangeOpen      = porting.ErrRangeOpen
)

// ErrListLost is not a refusal but a notice: the file has System.String[] where
// a list was, and the values are not in it.
const ErrListLost telephony.Code = "list_lost"

// The causes for which a plan refuses a row, beside those of
// engine.Tenant.Assign, and for which applying it leaves a row alone.
const (
	ErrNumberTwice   telephony.Code = "plan_number_twice"
	ErrPersonTwice   telephony.Code = "plan_person_twice"
	ErrRowRepeated   telephony.Code = "plan_row_repeated"
	ErrOtherLocation telephony.Code = "plan_other_location"
	ErrPlanStale     telephony.Code = "plan_stale"
	ErrPlanTenant    telephony.Code = "plan_of_other_tenant"
)
