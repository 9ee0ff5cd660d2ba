package adminfile

import (
	"io"
	"iter"
	"strings"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// The columns of the exports that have fewer than the list of acquired numbers, in
// their order and by the names that they have there [num].
var (
	assignmentExport = []string{"TelephoneNumber", "OperatorId", "NumberType", "ActivationState", "AssignedPstnTargetId", "AssignmentCategory",
		"Capability", "City", "CivicAddressId", "IsoCountryCode", "IsoSubdivision", "LocationId", "LocationUpdateSupported", "NetworkSiteId",
		"PortInOrderStatus", "PstnAssignmentStatus", "PstnPartnerId", "PstnPartnerName", "NumberSource", "ReverseNumberLookup"}
	oldExport = []string{oldNumber, "ActivationState", "InventoryType", "CityCode", "Location", "O365Region", "SourceType", "TargetType", "UserId",
		"IsManagedByServiceDesk", "PortInOrderStatus"}
)

const (
	listed    = "TelephoneNumber"
	oldNumber = "Id"
)

// recordFormat has the columns of all exports.
func recordFormat() format[NumberRecord] {
	return format[NumberRecord]{form: Unambiguous, finish: settleBare, columns: append(acquiredColumns(), otherColumns()...)}
}

// exportFormat is the format of one export: its columns, and those that it has not.
func exportFormat(names []string) format[NumberRecord] {
	var export format[NumberRecord]
	all := recordFormat()
	has := make([]bool, len(all.columns))
	for _, name := range names {
		at := all.find(name)
		column := all.columns[at]
		column.name, has[at] = name, true
		export.columns = append(export.columns, column)
	}
	for i, column := range all.columns {
		if !has[i] {
			export.foreign = append(export.foreign, column)
		}
	}
	return export
}

// oldFormat is the format of the old list.
func oldFormat() format[NumberRecord] {
	f := exportFormat(oldExport)
	f.columns[f.find(oldNumber)].write = func(from *NumberRecord, o options) (string, *telephony.Error) {
		if o.style == Machine {
			o.style = SpreadsheetDigits
		}
		return o.style.number(from.Number), nil
	}
	return f
}

// listedNumber is the column of the number. Bare digits that may lack their country
// code are settled with the row's country, by settleBare.
func listedNumber() column[NumberRecord] {
	c := numberColumn(listed, func(n *NumberRecord) *telephony.Number { return &n.Number })
	read := c.read
	c.read = func(into *NumberRecord, text string, o options) *telephony.Error {
		err := read(into, text, o)
		if _, grouped := parseGrouped(text); err != nil && o.form == Unambiguous && isBare(text) && (err.Code == ErrNumberBare || grouped == nil) {
			return nil
		}
		return err
	}
	return c
}

// settleBare decides by the country of the row what a number without a plus sign
// is, if no option has said it.
func settleBare(into *NumberRecord, text func(string) string, o options) []misfit {
	typed := strings.TrimPrefix(text(listed), "'")
	if o.form != Unambiguous || !isBare(typed) {
		return nil
	}
	country := into.country()
	national, noNational := porting.ParseEntered(typed)
	full, notFull := parseGrouped(typed)
	switch {
	case noNational == nil && country != "" && national.CallingCode().Serves(country):
		into.Number = national
	case notFull == nil && country != "" && full.CallingCode().Serves(country):
		into.Number = full
	case into.Number.IsValid() && country != "", !into.Number.IsValid() && (notFull == nil || mayBeNational(typed)):
		into.Number = telephony.Number{}
		return []misfit{{listed, bare()}}
	}
	return nil // without a country, the column has read the number or refused it
}

// country is the country that the row names, in its own column or in the name of
// an area.
func (n *NumberRecord) country() telephony.Country {
	if n.Country != "" || n.CityCode == "" {
		return n.Country
	}
	area, _ := telephony.ParseArea(n.CityCode) // of a name that is none it is the zero Area
	return area.Country
}

// ReadNumbers reads a list of a tenant's numbers: what
// Export-CsAcquiredPhoneNumber writes, what Get-CsPhoneNumberAssignment and the
// older Get-CsOnlineTelephoneNumber give to Export-Csv [num], or any file with
// some of their columns, TelephoneNumber or Id among them, in any order. A number
// without a plus sign is one of the country that the row names, with its country
// code or as in North America without; see Unambiguous.
func ReadNumbers(r io.Reader, options ...Option) *Reader[NumberRecord] {
	return newReader(r, recordFormat(), options)
}

// WriteNumbers writes a list with the 25 columns of
// Export-CsAcquiredPhoneNumber, which ReadNumbers reads.
//
// Errors, in order of precedence: ErrFileOption; ErrFileWrite; for the first row
// that cannot be written, before which all are, with its line and by column
// every one that applies of ErrCellEmpty, ErrCellEncoding, ErrListItem,
// telephony.ErrID, ErrCountry and ErrText, then ErrColumnForeign for each field
// that is of another export.
func WriteNumbers(w io.Writer, rows iter.Seq[NumberRecord], options ...Option) error {
	return write(w, format[NumberRecord]{columns: acquiredColumns(), foreign: otherColumns()}, rows, options)
}

// WriteNumberAssignments writes a list with the 20 columns that
// Get-CsPhoneNumberAssignment gives to Export-Csv, which ReadNumbers reads.
// TenantNumberAssignments has the records for it.
//
// Errors: those of WriteNumbers.
func WriteNumberAssignments(w io.Writer, rows iter.Seq[NumberRecord], options ...Option) error {
	return write(w, exportFormat(assignmentExport), rows, options)
}

// WriteOldNumbers writes a list with 11 columns of Get-CsOnlineTelephoneNumber,
// which ReadNumbers reads. Numbers have no plus sign in it: for programs too they
// are bare digits. TenantOldNumbers has the records for it.
//
// Errors: those of WriteNumbers.
func WriteOldNumbers(w io.Writer, rows iter.Seq[NumberRecord], options ...Option) error {
	return write(w, oldFormat(), rows, options)
}
