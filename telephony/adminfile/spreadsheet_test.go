package adminfile_test

import (
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
)

// What a spreadsheet or PowerShell does to a file without changing what it says
// makes no difference.
func TestSpreadsheetHabits(t *testing.T) {
	plain := "TelephoneNumber,PlaceName\n+12065550100,Fernhill\n+12065550101,\"Oak, East\"\n"
	for name, text := range map[string]string{
		"as it should be":            plain,
		"byte order mark":            "\ufeff" + plain,
		"three of them":              "\ufeff\ufeff\ufeff" + plain,
		"cells left off at the end":  "TelephoneNumber,PlaceName,Remark,TargetId\n+12065550100,Fernhill\n+12065550101,\"Oak, East\",\n",
		"type of Export-Csv":         "#TYPE Selected.System.Management.Automation.PSCustomObject\n" + plain,
		"type, opened and saved":     "#TYPE Selected.System.Management.Automation.PSCustomObject,\n" + plain,
		"type in quotes":             "\"#TYPE System.Object\"\n" + plain,
		"mark and type":              "\ufeff#TYPE System.Object\r\n" + plain,
		"all quoted":                 "\"TelephoneNumber\",\"PlaceName\"\n\"+12065550100\",\"Fernhill\"\n\"+12065550101\",\"Oak, East\"\n",
		"semicolons":                 "TelephoneNumber;PlaceName\n+12065550100;Fernhill\n+12065550101;Oak, East\n",
		"tabs":                       "TelephoneNumber\tPlaceName\n+12065550100\tFernhill\n+12065550101\tOak, East\n",
		"told the separator":         "sep=;\nTelephoneNumber;PlaceName\n+12065550100;Fernhill\n+12065550101;Oak, East\n",
		"line ends of Windows":       strings.ReplaceAll(plain, "\n", "\r\n"),
		"no last line end":           strings.TrimSuffix(plain, "\n"),
		"blank rows behind":          plain + "\n,\n , \n\r\n",
		"blank rows before":          "\n\n" + plain,
		"blank rows between":         strings.ReplaceAll(plain, "\n+", "\n,\n\n+"),
		"empty columns beside":       strings.ReplaceAll(plain, "\n", ",,\n"),
		"the plus signs lost":        strings.ReplaceAll(plain, "+", ""),
		"as tel: URIs":               strings.ReplaceAll(plain, "+", "tel:+"),
		"marked as text":             strings.ReplaceAll(plain, "+", "'+"),
		"digits marked as text":      strings.ReplaceAll(plain, "+", "'"),
		"guarded as formulas":        strings.ReplaceAll(strings.ReplaceAll(plain, "+12065550100", `="+12065550100"`), "+12065550101", `="12065550101"`),
		"guarded and quoted":         strings.ReplaceAll(strings.ReplaceAll(plain, "+12065550100", `"=""+12065550100"""`), "Fernhill", `"=""Fernhill"""`),
		"empty cells beside rows":    strings.ReplaceAll(plain, "Fernhill\n", "Fernhill,, \n"),
		"separators in a name":       strings.Replace(strings.ReplaceAll(plain, "\n", ",\n"), "Name,\n", "Name,\"a;b;c;d\"\n", 1),
		"columns the other way":      "PlaceName,TelephoneNumber\nFernhill,+12065550100\n\"Oak, East\",+12065550101\n",
		"a column more":              "TelephoneNumber,Remark,PlaceName\n+12065550100,x,Fernhill\n+12065550101,,\"Oak, East\"\n",
		"names in other letters":     "telephone number,PLACENAME\n+12065550100,Fernhill\n+12065550101,\"Oak, East\"\n",
		"name of another export":     "Id,City\n12065550100,Fernhill\n12065550101,\"Oak, East\"\n",
		"UTF-16, little end first":   inUTF16(binary.LittleEndian, plain),
		"UTF-16, big end first":      inUTF16(binary.BigEndian, plain),
		"UTF-16 of Out-File, Export": inUTF16(binary.LittleEndian, "#TYPE System.Object\r\n"+strings.ReplaceAll(plain, "\n", "\r\n")),
	} {
		t.Run(name, func(t *testing.T) {
			for how, source := range map[string]io.Reader{
				"at once": strings.NewReader(text), "byte by byte": iotest.OneByteReader(strings.NewReader(text)),
				"with its end": iotest.DataErrReader(strings.NewReader(text)),
			} {
				got, problems := readAll(t, adminfile.ReadNumbers(source))
				wantProblems(t, problems)
				if len(got) != 2 || got[0].Number != number("+12065550100") || got[1].Number != number("+12065550101") ||
					got[0].PlaceName != "Fernhill" || got[1].PlaceName != "Oak, East" {
					t.Errorf("%s: %+v", how, got)
				}
			}
		})
	}
}

func inUTF16(order binary.AppendByteOrder, text string) string {
	b := order.AppendUint16(nil, 0xfeff)
	for _, unit := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

// What was lost is reported, in the line and at the byte where it stood, and no
// row hides another.
func TestSpreadsheetDamage(t *testing.T) {
	const header = "Number,Person"
	const good = "+12065550100,adele"
	for name, test := range map[string]struct {
		rows []string
		want []problem
	}{
		"exponent": {[]string{"1.40256E+10,megan"}, []problem{{3, 1, "PhoneNumber", adminfile.ErrCellRewritten}}},
		"exponent, decimal comma": {[]string{`"1,40256E+10",megan`},
			[]problem{{3, 1, "PhoneNumber", adminfile.ErrCellRewritten}}},
		"exponent, small":      {[]string{"1e7,megan"}, []problem{{3, 1, "PhoneNumber", adminfile.ErrCellRewritten}}},
		"decimal places":       {[]string{"12065550101.00,megan"}, []problem{{3, 1, "PhoneNumber", adminfile.ErrCellRewritten}}},
		"error of a formula":   {[]string{"#NAME?,megan"}, []problem{{3, 1, "PhoneNumber", adminfile.ErrCellRewritten}}},
		"too narrow a column":  {[]string{"########,megan"}, []problem{{3, 1, "PhoneNumber", adminfile.ErrCellRewritten}}},
		"too few cells":        {[]string{"+12065550101"}, []problem{{3, 0, "UserPrincipalName", adminfile.ErrRowShort}}},
		"too many cells":       {[]string{"+12065550101,megan,x"}, []problem{{3, 20, "", adminfile.ErrRowWide}}},
		"empty cell":           {[]string{",megan"}, []problem{{3, 1, "PhoneNumber", adminfile.ErrCellEmpty}}},
		"blank cell":           {[]string{"+12065550101,  "}, []problem{{3, 14, "UserPrincipalName", adminfile.ErrCellEmpty}}},
		"not UTF-8":            {[]string{"+12065550101,m\xe9gan"}, []problem{{3, 14, "UserPrincipalName", adminfile.ErrCellEncoding}}},
		"damaged earlier":      {[]string{"+12065550101,m\ufffdgan"}, []problem{{3, 14, "UserPrincipalName", adminfile.ErrCellEncoding}}},
		"wrong identifier":     {[]string{"+12065550101,megan bowen"}, []problem{{3, 14, "UserPrincipalName", telephony.ErrID}}},
		"too short a number":   {[]string{"+12065,megan"}, []problem{{3, 1, "PhoneNumber", telephony.ErrNumberLength}}},
		"no such calling code": {[]string{"+99955,megan"}, []problem{{3, 1, "PhoneNumber", telephony.ErrNumberLength}}},
		"a quote never closed": {[]string{`+12065550101,"megan`}, []problem{{3, 0, "", adminfile.ErrQuoteUnclosed}}},
		"a quote inside":       {[]string{`+12065550101,meg"an`}, []problem{{3, 17, "", adminfile.ErrQuoteStray}}},
		"a guard never closed": {[]string{`="+12065550101,megan`}, []problem{{3, 2, "", adminfile.ErrQuoteStray}}},
		"text behind a guard":  {[]string{`="+12065550101"0,megan`}, []problem{{3, 2, "", adminfile.ErrQuoteStray}}},
		"a guard and a stray":  {[]string{`="+12065550101",meg"an`}, []problem{{3, 2, "", adminfile.ErrQuoteStray}}},
		"a guarded wrong one":  {[]string{`="+12065",megan`}, []problem{{3, 1, "PhoneNumber", telephony.ErrNumberLength}}},
		"behind a guard":       {[]string{`="+12065550101",me gan`}, []problem{{3, 17, "UserPrincipalName", telephony.ErrID}}},
		"two quotes inside":    {[]string{`+12065550101,meg"a"n`}, []problem{{3, 17, "", adminfile.ErrQuoteStray}}},
		"a quote in two rows, as if one cell": {[]string{`+12065550101,"megan`, `+12065550102,"diego`},
			[]problem{{3, 0, "", adminfile.ErrQuoteUnclosed}, {4, 0, "", adminfile.ErrQuoteUnclosed}}},
		"everything in one row": {[]string{"12e3,a b,x"},
			[]problem{{3, 10, "", adminfile.ErrRowWide}, {3, 1, "PhoneNumber", adminfile.ErrCellRewritten}, {3, 6, "UserPrincipalName", telephony.ErrID}}},
		"a row after another": {[]string{"1e9,megan", "", "1e9,diego"},
			[]problem{{3, 1, "PhoneNumber", adminfile.ErrCellRewritten}, {5, 1, "PhoneNumber", adminfile.ErrCellRewritten}}},
		"behind a cell of two lines": {[]string{"+12065550101,\"me\ngan\"", "1e9,diego"}, []problem{{3, 14, "UserPrincipalName", telephony.ErrID},
			{5, 1, "PhoneNumber", adminfile.ErrCellRewritten}}},
	} {
		t.Run(name, func(t *testing.T) {
			lines := slices.Concat([]string{header, good}, test.rows, []string{"+12065550109,isaiah"})
			got, problems := readAll(t, adminfile.ReadAssignments(file(lines...)))
			wantProblems(t, problems, test.want...)
			if len(got) != 2 || got[0].Person != "adele" || got[1].Person != "isaiah" {
				t.Errorf("of the good rows there are %v", got)
			}
		})
	}
}

// The words that an administrator reads.
func TestDamageReadsWell(t *testing.T) {
	_, err := adminfile.ReadNumbers(file("PlaceName,TelephoneNumber", "Fernhill,1.40256E+10")).All()
	const want = "line 2, column 10: TelephoneNumber: the number looks like a spreadsheet rewrote it; format the column as text and enter it again"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// A cell that was refused is kept as it was typed.
func TestRefusedCellsAreKept(t *testing.T) {
	for row, err := range adminfile.ReadAssignments(file("Person,Number", `a b,'1.5E+10`)).Rows() {
		if err == nil || !slices.Equal(row.Refused, adminfile.Cells{{Column: "UserPrincipalName", Text: "a b"}, {Column: "PhoneNumber", Text: "'1.5E+10"}}) {
			t.Errorf("%+v, %v", row.Refused, err)
		}
	}
}

// What a list held is not guessed: its loss is a notice, not a refusal.
func TestLostListIsNoticed(t *testing.T) {
	read := adminfile.ReadNumbers(file("TelephoneNumber,AcquiredCapabilities,AvailableCapabilities", `+12065550100,System.String[],"UserAssignment; ConferenceAssignment"`))
	rows, err := read.All()
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	if n := rows[0].Notices; len(n) != 1 || n[0].Code != adminfile.ErrListLost || n[0].Line != 2 || n[0].Column != 14 || n[0].Field != "AcquiredCapabilities" {
		t.Errorf("notices: %v", n)
	}
	if v := rows[0].Value; v.AcquiredCapabilities != nil || !slices.Equal(v.AvailableCapabilities, []string{"UserAssignment", "ConferenceAssignment"}) {
		t.Errorf("read as %q and %q", v.AcquiredCapabilities, v.AvailableCapabilities)
	}
}

// Columns that nobody knows are named and kept.
func TestUnknownColumns(t *testing.T) {
	read := adminfile.ReadAssignments(file("Cost centre,Person,Number,Cost centre", "7,adele,+12065550100,", "8,megan,+12065550101,9"))
	h, err := read.Header()
	if err != nil || h.Line != 1 || h.Separator != ',' || !slices.Equal(h.Unknown, []string{"Cost centre", "Cost centre"}) ||
		!slices.Equal(h.Columns, []string{"Cost centre", "Person", "Number", "Cost centre"}) {
		t.Errorf("header %+v, %v", h, err)
	}
	rows, err := read.All()
	if err != nil || len(rows) != 2 || !slices.Equal(rows[0].Extra, adminfile.Cells{{Column: "Cost centre", Text: "7"}}) || len(rows[1].Extra) != 2 {
		t.Errorf("%+v, %v", rows, err)
	}
}

// Without its header, or with one that says two things, a file is refused whole.
func TestHeaderFaults(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []problem
	}{
		"empty file":       {"", []problem{{1, 0, "", adminfile.ErrFileEmpty}}},
		"only a mark":      {"\ufeff", []problem{{1, 0, "", adminfile.ErrFileEmpty}}},
		"a mark of UTF-16": {"\xff\xfe", []problem{{1, 0, "", adminfile.ErrFileEmpty}}},
		"line ends of old": {"Person,Number\radele,+12065550100\r", []problem{{1, 0, "", adminfile.ErrLineEnds}}},
		"too many columns": {"Person,Number" + strings.Repeat(",x", 1000) + "\n", []problem{{1, 0, "", adminfile.ErrHeaderWide}}},
		"blank rows only":  {"\n,,\n", []problem{{3, 0, "", adminfile.ErrFileEmpty}}},
		"only a type":      {"#TYPE System.Object\n", []problem{{2, 0, "", adminfile.ErrFileEmpty}}},
		"no header":        {"adele,+12065550100\n", []problem{{1, 0, "", adminfile.ErrHeaderMissing}}},
		"twice the same":   {"Person,Number,Person\n", []problem{{1, 15, "UserPrincipalName", adminfile.ErrColumnTwice}}},
		"twice by other names": {"Person,Number,UPN,PhoneNumber\n",
			[]problem{{1, 15, "UserPrincipalName", adminfile.ErrColumnTwice}, {1, 19, "PhoneNumber", adminfile.ErrColumnTwice}}},
		"one lacks": {"Person,LocationId\n", []problem{{1, 0, "PhoneNumber", adminfile.ErrColumnMissing}}},
		"both lack": {"\n\nLocationId\n", []problem{{3, 0, "UserPrincipalName", adminfile.ErrColumnMissing}, {3, 0, "PhoneNumber", adminfile.ErrColumnMissing}}},
		"broken":    {"Person,\"Number\n", []problem{{1, 0, "", adminfile.ErrQuoteUnclosed}}},
		"not UTF-8": {"P\xe9rson,Numero\n", []problem{{1, 1, "", adminfile.ErrCellEncoding}}},
		"UTF-16, little end first, unmarked": {inUTF16(binary.LittleEndian, "Person,Number\r\nadele,+12065550100\r\n")[2:],
			[]problem{{1, 0, "", adminfile.ErrFileEncoding}}},
		"UTF-16, big end first, unmarked": {inUTF16(binary.BigEndian, "#TYPE System.Object\nPerson,Number\n")[2:], []problem{{1, 0, "", adminfile.ErrFileEncoding}}},
	} {
		t.Run(name, func(t *testing.T) {
			read := adminfile.ReadAssignments(strings.NewReader(test.text))
			_, err := read.Header()
			wantProblems(t, problemsOf(t, err), test.want...)
			rows, err := read.All()
			wantProblems(t, problemsOf(t, err), test.want...)
			if len(rows) > 0 {
				t.Errorf("it has rows: %v", rows)
			}
		})
	}
}
