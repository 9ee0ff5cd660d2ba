// Package adminfile reads and writes the files that administrators of telephone
// numbers have, and carries bulk assignments out:
//
//	ReadNumbers      lists of a tenant's numbers, as the service exports them
//	ReadAssignments  who is to have which number, and where
//	ReadEntries      numbers and ranges, one a line
//	ReadAddresses    emergency addresses
//	ReadStock        the numbers a provider has: from where to where, of which area and kind
//
// Each has its Write, the lists of numbers one for each of the service's exports.
// Columns are found by the names in the first line, in any order, with names that
// other exports or people use; columns that nobody knows are kept aside and named.
//
// # What happens to files
//
// Files come out of spreadsheets and PowerShell. A byte order mark or several,
// UTF-16 with its mark, a #TYPE line, sep=, semicolons or tabs between cells, line
// ends of Windows, blank rows, empty cells left off at the end, numbers guarded as
// '+14255550100 or ="+14255550100" and lost plus signs make no difference. Where the
// country code may be lost too, the country of the row decides, or the number is
// refused. What was lost is reported: numbers that became 1.40256E+10, lists that
// became System.String[], cells that are not UTF-8, rows that end before a cell they
// need or have too many, quotes that nobody closed.
//
// Every problem is a *telephony.Error with its line, the byte in it, the column
// and a stable code; all of a row come together, joined; and one bad row hides no
// other. A reader keeps one row in memory and stops at its Limits with an error.
// An error never shows what stands in a cell.
//
// # Plan, look, apply
//
// NewPlan judges every row of a bulk assignment at one moment and changes
// nothing: each row would be assigned, is so already, or is refused with every
// reason. Plan.Apply then gives one result a row. It leaves alone what has
// changed since, and can be called again: what was done is not done twice.
//
// LoadStock puts the rows of a stock file in stock, each on its own, and gives one
// result a row too.
//
// # Files that are written
//
// By default they are for people: numbers as tel: URIs, which survive a
// spreadsheet where +14255550100 and bare digits do not, and cells that would
// run as a formula made harmless. WithStyle(Machine) writes them plain, for
// programs.
package adminfile
