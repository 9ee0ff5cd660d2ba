package adminfile_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
)

// text draws what spreadsheets and CSV trip over.
func text(t *rapid.T, name string) string {
	s := rapid.StringOfN(rapid.RuneFrom([]rune("'\"=+-@,;|#.0129aEé中＝＋ ")), 0, 12, -1).Draw(t, name)
	if strings.TrimSpace(s) == "" {
		return "" // blanks alone say nothing
	}
	return s
}

func items(t *rapid.T, name string) []string {
	return rapid.SampledFrom([][]string{nil, {"UserAssignment"}, {"=1+1", "a b"}, {"'-x"}, {"-1", "@", "c"}}).Draw(t, name)
}

func id(t *rapid.T, name string) string {
	return rapid.StringMatching(`[A-Za-z0-9._:@-]{0,12}`).Draw(t, name)
}

// someNumber draws a number of a country that there is.
func someNumber(t *rapid.T) telephony.Number {
	code := rapid.SampledFrom([]string{"1", "33", "44", "683", "999"}).Draw(t, "code")
	rest := rapid.StringMatching(fmt.Sprintf(`[0-9]{%d,%d}`, telephony.MinDigits-len(code), telephony.MaxDigits-len(code))).Draw(t, "rest")
	return number("+" + code + rest)
}

func someCountry(t *rapid.T) telephony.Country {
	return rapid.SampledFrom([]telephony.Country{"", "US", "FR", "GB", "ZZ"}).Draw(t, "country")
}

func someRecord(t *rapid.T) adminfile.NumberRecord {
	return adminfile.NumberRecord{Number: someNumber(t), OperatorID: text(t, "operator"), NumberType: text(t, "type"),
		Location: telephony.LocationID(id(t, "location")), Address: telephony.AddressID(id(t, "address")), NetworkSite: text(t, "site"),
		AvailableCapabilities: items(t, "available"), AcquiredCapabilities: items(t, "acquired"), AssignmentStatus: text(t, "status"),
		PlaceName: text(t, "place"), ActivationState: text(t, "state"), PartnerName: text(t, "partner"), Country: someCountry(t),
		PortInOrderStatus: text(t, "port"), CapabilityUpdateSupported: text(t, "update"), AcquisitionDate: text(t, "date"),
		Target: telephony.PersonID(text(t, "target")), TargetType: text(t, "target type"), AssignmentCategory: text(t, "category"),
		CallingProfile: text(t, "profile"), Subdivision: text(t, "subdivision"), NumberSource: text(t, "source"),
		CustomerActions: items(t, "actions"), ReverseNumberLookup: items(t, "lookup"), RoutingOptions: text(t, "routing")}
}

// someAssignmentRecord has the fields of the export of assignments.
func someAssignmentRecord(t *rapid.T) adminfile.NumberRecord {
	n := someRecord(t)
	n.AvailableCapabilities, n.CapabilityUpdateSupported, n.AcquisitionDate, n.TargetType, n.CallingProfile = nil, "", "", "", ""
	n.CustomerActions, n.RoutingOptions = nil, ""
	n.PartnerID, n.LocationUpdateSupported = text(t, "partner id"), text(t, "location update")
	return n
}

// someOldRecord has the fields of the old list.
func someOldRecord(t *rapid.T) adminfile.NumberRecord {
	return adminfile.NumberRecord{Number: someNumber(t), ActivationState: text(t, "state"), InventoryType: text(t, "type"), CityCode: text(t, "city"),
		LocationName: text(t, "location"), Region: text(t, "region"), SourceType: text(t, "source"), TargetType: text(t, "target type"),
		Target: telephony.PersonID(text(t, "target")), ManagedByServiceDesk: text(t, "desk"), PortInOrderStatus: text(t, "port")}
}

func someAddress(t *rapid.T) adminfile.CivicAddress {
	a := adminfile.CivicAddress{Status: rapid.SampledFrom([]emergency.ValidationState{emergency.NotValidated, emergency.Validated, emergency.Invalid}).Draw(t, "status"),
		DefaultLocation: telephony.LocationID(id(t, "location")), VoiceUsers: rapid.Int64Min(0).Draw(t, "users")}
	for f := emergency.FieldCountry; f < emergency.FieldPosition; f++ {
		a.Address = a.Address.With(f, text(t, f.String()))
	}
	a.Address.Country = rapid.SampledFrom([]telephony.Country{"US", "FR", "AU"}).Draw(t, "country")
	if rapid.Bool().Draw(t, "has position") {
		p, err := emergency.NewPosition(rapid.Float64Range(-90, 90).Draw(t, "lat"), rapid.Float64Range(-180, 180).Draw(t, "lon"))
		if err != nil {
			t.Fatal(err)
		}
		a.Address.Position = p
	}
	return a
}

func someAssignment(t *rapid.T) adminfile.Assignment {
	return adminfile.Assignment{Person: telephony.PersonID(rapid.StringMatching(`[A-Za-z0-9._:@-]{1,12}`).Draw(t, "person")), Number: someNumber(t),
		Location: telephony.LocationID(id(t, "location"))}
}

func someEntry(t *rapid.T) adminfile.Entry {
	first := someNumber(t)
	count := rapid.IntRange(1, 100).Draw(t, "count")
	r, err := telephony.NewRange(first, count)
	if err != nil {
		r, _ = telephony.NewRange(first, 1)
	}
	return adminfile.Entry{Numbers: r}
}

func someStock(t *rapid.T) adminfile.StockRow {
	s := adminfile.StockRow{Numbers: someEntry(t).Numbers, Kind: rapid.SampledFrom(telephony.Kinds()).Draw(t, "kind"),
		Area: telephony.Area{Country: rapid.SampledFrom([]telephony.Country{"US", "FR", "ZZ"}).Draw(t, "country"),
			Region: rapid.StringMatching(`[A-Z0-9]{0,3}`).Draw(t, "region"), City: text(t, "city")}}
	if s.Area.Check("") != nil { // ALL is no region and no city
		s.Area.Region, s.Area.City = "", ""
	}
	return s
}

// Whatever is written is read back the same, for whomever it was written and
// whatever stands between the cells.
func TestRoundTrips(t *testing.T) {
	t.Run("numbers", func(t *testing.T) { roundTrip(t, someRecord, adminfile.WriteNumbers, adminfile.ReadNumbers) })
	t.Run("number assignments", func(t *testing.T) {
		roundTrip(t, someAssignmentRecord, adminfile.WriteNumberAssignments, adminfile.ReadNumbers)
	})
	t.Run("old numbers", func(t *testing.T) {
		roundTrip(t, someOldRecord, adminfile.WriteOldNumbers, func(r io.Reader, o ...adminfile.Option) *adminfile.Reader[adminfile.NumberRecord] {
			return adminfile.ReadNumbers(r, append(o, adminfile.WithNumberForm(adminfile.CountryCodeFirst))...) // for programs too
		})
	})
	t.Run("addresses", func(t *testing.T) { roundTrip(t, someAddress, adminfile.WriteAddresses, adminfile.ReadAddresses) })
	t.Run("assignments", func(t *testing.T) {
		roundTrip(t, someAssignment, adminfile.WriteAssignments, adminfile.ReadAssignments)
	})
	t.Run("stock", func(t *testing.T) { roundTrip(t, someStock, adminfile.WriteStock, adminfile.ReadStock) })
	t.Run("entries", func(t *testing.T) {
		read := func(r *bytes.Buffer, o ...adminfile.Option) *adminfile.Reader[adminfile.Entry] {
			return adminfile.ReadEntries(r, append(o, adminfile.WithNumberForm(adminfile.CountryCodeFirst))...)
		}
		rapid.Check(t, func(t *rapid.T) {
			checkRoundTrip(t, someEntry, adminfile.WriteEntries, read, func(e adminfile.Entry) adminfile.Entry { e.Typed = ""; return e })
		})
	})
}

func roundTrip[T any](t *testing.T, draw func(*rapid.T) T, write func(w io.Writer, rows iter.Seq[T], o ...adminfile.Option) error,
	read func(r io.Reader, o ...adminfile.Option) *adminfile.Reader[T]) {
	rapid.Check(t, func(t *rapid.T) {
		checkRoundTrip(t, draw, write, func(b *bytes.Buffer, o ...adminfile.Option) *adminfile.Reader[T] { return read(b, o...) }, func(v T) T { return v })
	})
}

func checkRoundTrip[T any](t *rapid.T, draw func(*rapid.T) T, write func(w io.Writer, rows iter.Seq[T], o ...adminfile.Option) error,
	read func(r *bytes.Buffer, o ...adminfile.Option) *adminfile.Reader[T], same func(T) T) {
	style := rapid.SampledFrom([]adminfile.Style{adminfile.Spreadsheet, adminfile.SpreadsheetDigits, adminfile.Machine}).Draw(t, "style")
	separator := rapid.SampledFrom([]rune{0, ',', ';', '\t', '|'}).Draw(t, "separator")
	want := rapid.SliceOfN(rapid.Custom(draw), 1, 4).Draw(t, "rows")
	options := []adminfile.Option{adminfile.WithStyle(style)}
	if separator != 0 {
		options = append(options, adminfile.WithSeparator(separator))
	}
	var out bytes.Buffer
	if err := write(&out, slices.Values(want), options...); err != nil {
		t.Fatal(err)
	}
	written := out.String()
	if style != adminfile.Machine {
		if separator == 0 {
			separator = ','
		}
		checkHarmless(t, written, separator)
	}
	if style == adminfile.SpreadsheetDigits {
		options = append(options, adminfile.WithNumberForm(adminfile.CountryCodeFirst))
	}
	rows, err := read(&out, options...).All()
	if err != nil {
		t.Fatalf("%v in\n%s", err, written)
	}
	var got []T
	for _, row := range rows {
		got = append(got, same(row.Value))
		if len(row.Extra)+len(row.Refused)+len(row.Notices) > 0 {
			t.Fatalf("something is odd with %+v in\n%s", row, written)
		}
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b telephony.Number) bool { return a == b }),
		cmp.Comparer(func(a, b telephony.Range) bool { return a == b }), cmp.Comparer(func(a, b adminfile.StockRow) bool { return a == b }), cmp.Comparer(func(a, b emergency.Position) bool { return a == b })); diff != "" {
		t.Fatalf("%s in\n%s", diff, written)
	}
}

// checkHarmless looks at what a spreadsheet would see: no cell begins like a
// formula, unless it is a number that is only that.
func checkHarmless(t interface{ Fatalf(string, ...any) }, written string, separator rune) {
	text, ok := strings.CutPrefix(written, "\ufeff")
	if !ok {
		t.Fatalf("no byte order mark before %q", written)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%v in %q", err, written)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell == "" || !strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(cell)[0]) {
				continue
			}
			if _, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64); err != nil || cell[0] != '-' {
				t.Fatalf("the cell %q would run", cell)
			}
		}
	}
}

// A spreadsheet runs none of the cells that are known to be run.
func TestFormulasAreDefused(t *testing.T) {
	for typed, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1+1": "'-1+1", "@SUM(A1)": "'@SUM(A1)", "'=1+1": "''=1+1", "''@": "'''@",
		"＝1+1": "'＝1+1", `=HYPERLINK("x")`: `'=HYPERLINK("x")`, `="x"`: `'="x"`, "-": "'-", "-122.3": "-122.3", "-5": "-5", "plain": "plain", "'tis": "'tis", "": "",
	} {
		var out bytes.Buffer
		row := adminfile.NumberRecord{Number: number("+12065550100"), PlaceName: typed}
		if err := adminfile.WriteNumbers(&out, slices.Values([]adminfile.NumberRecord{row})); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil || rows[1][9] != want || rows[1][0] != "tel:+12065550100" {
			t.Errorf("%q is written as %q, %v; want %q", typed, rows[1], err, want)
		}
	}
}

// Numbers are written for the one who reads them.
func TestNumberStyles(t *testing.T) {
	for style, want := range map[adminfile.Style]string{
		adminfile.Spreadsheet:       "\ufefftel:+12065550100\ntel:+12065550110-tel:+12065550119\n",
		adminfile.SpreadsheetDigits: "\ufeff12065550100\n12065550110-12065550119\n",
		adminfile.Machine:           "+12065550100\n+12065550110-+12065550119\n",
	} {
		var out bytes.Buffer
		err := adminfile.WriteEntries(&out, slices.Values([]adminfile.Entry{{Numbers: telephony.MustParseRange("+12065550100")},
			{Numbers: telephony.MustParseRange("+12065550110..+12065550119")}}), adminfile.WithStyle(style))
		if err != nil || out.String() != want {
			t.Errorf("%q, %v; want %q", out.String(), err, want)
		}
	}
}

// Every good row is there with its line, and every bad one is reported with
// its own, however they stand together.
func TestNoRowHidesAnother(t *testing.T) {
	kinds := []string{"adele,+12065550100", "adele,+12065550100", "adele,1E10", "adele", "a\"b,+12065550100", "adele,\"+1206", "\"adele,+1206", "", ",,",
		"ad ele,x,y", "adele,\"+12065550100\"", "adele,+12065550100\r",
		strings.Repeat("x", 100)}
	bad := []bool{false, false, true, true, true, true, true, false, false, true, false, false, true}
	limits := adminfile.DefaultLimits()
	limits.RowBytes = 64
	rapid.Check(t, func(t *rapid.T) {
		lines := []string{"Person,Number"}
		var wantGood, wantBad []int
		for range rapid.IntRange(0, 12).Draw(t, "rows") {
			k := rapid.IntRange(0, len(kinds)-1).Draw(t, "kind")
			lines = append(lines, kinds[k])
			switch {
			case bad[k]:
				wantBad = append(wantBad, len(lines))
			case strings.Contains(kinds[k], "adele"):
				wantGood = append(wantGood, len(lines))
			}
		}
		var good, refused []int
		for row, err := range adminfile.ReadAssignments(file(lines...), adminfile.WithLimits(limits)).Rows() {
			if err == nil {
				good = append(good, row.Line)
				continue
			}
			refused = append(refused, row.Line)
			for _, p := range problemsOf(t, err) {
				if p.line != row.Line {
					t.Fatalf("a problem of line %d is said to be in line %d", row.Line, p.line)
				}
			}
		}
		if !slices.Equal(good, wantGood) || !slices.Equal(refused, wantBad) {
			t.Fatalf("good %v, want %v; refused %v, want %v in\n%s", good, wantGood, refused, wantBad, strings.Join(lines, "\n"))
		}
	})
}
