package adminfile_test

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/telephony/adminfile"
)

// seeds are files of every kind, whole and damaged.
var seeds = []string{
	"", "\ufeff", "\xff\xfe", "\xfe\xff\x00P", "#TYPE x\n", "sep=;\n",
	"UserPrincipalName,PhoneNumber,PhoneNumberType,LocationId\nadele,+12065550100,CallingPlan,l-1\n",
	"Person;Number\r\nadele;12065550100\r\n;\r\n\"a\nb\";1.4E+10\r\n\"x",
	"TelephoneNumber,AcquiredCapabilities,IsoCountryCode\n+12065550100,System.String[],us\n'+12065550101,\"a;b\",\n",
	"Id\tCityCode\n12125550100\tNOAM-US-NY-NY\n",
	"Country,Latitude,Longitude,ValidationStatus,NumberOfVoiceUsers\nUS,\"47,6\",-122.3,validated,1\n",
	"206-555-0100\n+12000000–+12000009\n\"2065550100\"-x\n1E9,2\n",
	"First,Last,Country,Region,City,Kind\n+12065550100,+12065550199,us,WA,Seattle,user\n12065550200,,US,,,toll-free\n",
	"Number;CityCode\n+33199000000-+33199000099;EMEA-FR-ALL-Paris\n+33199000000..+33199000099;NOAM-US-WA-\n",
	"Person,Number\nadele,=\"+12065550100\"\n\"=\"\"x\"\"\",=\"a\"b\n",
	inUTF16LE("Person,Number\nadele,+12065550100\n"),
}

func inUTF16LE(text string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range text {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

func fuzz[T any](f *testing.F, read func(io.Reader, ...adminfile.Option) *adminfile.Reader[T],
	write func(io.Writer, iter.Seq[T], ...adminfile.Option) error, rewrite ...adminfile.Option) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := adminfile.Limits{Bytes: 1 << 16, Rows: 100, RowBytes: 256, Problems: 50}
		var good []T
		line, lines := 0, 2+bytes.Count(data, []byte{'\n'})
		for row, err := range read(bytes.NewReader(data), adminfile.WithLimits(limits)).Rows() {
			if row.Line == 0 && err == nil || row.Line > lines || row.Line < line && row.Line > 0 {
				t.Fatalf("a row of line %d behind one of line %d of %d, %v", row.Line, line, lines, err)
			}
			line = max(line, row.Line)
			if err == nil {
				if e, ok := any(row.Value).(adminfile.Entry); ok && e.Numbers.Len() == 0 {
					t.Fatalf("%q is a good row of no numbers", e.Typed)
				}
				good = append(good, row.Value)
				continue
			}
			for _, p := range problemsOf(t, err) {
				if p.code == "" || p.line < row.Line || p.line > lines || p.column > 1+limits.RowBytes {
					t.Fatalf("%+v in a file of %d lines", p, lines)
				}
			}
		}
		var out bytes.Buffer // what was read can be written and read again
		if err := write(&out, slices.Values(good), rewrite...); err != nil {
			return // such as fields of the old list, which the new export lacks
		}
		rows, err := read(&out, rewrite...).All()
		if err != nil || len(rows) != len(good) {
			t.Fatalf("%d rows were read, and written, and then %d: %v", len(good), len(rows), err)
		}
	})
}

func FuzzReadAssignments(f *testing.F) {
	fuzz(f, adminfile.ReadAssignments, adminfile.WriteAssignments)
}

func FuzzReadNumbers(f *testing.F) { fuzz(f, adminfile.ReadNumbers, adminfile.WriteNumbers) }

func FuzzReadOldNumbers(f *testing.F) { fuzz(f, adminfile.ReadNumbers, adminfile.WriteOldNumbers) }

func FuzzReadAddresses(f *testing.F) { fuzz(f, adminfile.ReadAddresses, adminfile.WriteAddresses) }

func FuzzReadEntries(f *testing.F) {
	fuzz(f, adminfile.ReadEntries, adminfile.WriteEntries, adminfile.WithStyle(adminfile.Machine))
}

func FuzzReadStock(f *testing.F) { fuzz(f, adminfile.ReadStock, adminfile.WriteStock) }

// What is entered is one number or none, and the same however it is decorated.
func FuzzParseEntered(f *testing.F) {
	for _, s := range []string{"2065550100", "1 (206) 555-0100", "+33199000000", "tel:+12065550100", "tel:+1000000;0", "1E10", "206 555 0100 x1", "２"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := adminfile.ParseEntered(s)
		if n.IsValid() != (err == nil) {
			t.Fatalf("%v, %v", n, err)
		}
		if err != nil {
			return
		}
		number := strings.TrimSpace(s)
		if strings.HasPrefix(strings.ToLower(number), "tel:") {
			number, _, _ = strings.Cut(number, ";") // a URI's parameters are none of the number
		}
		var digits []byte
		for i := range len(number) {
			if number[i] >= '0' && number[i] <= '9' {
				digits = append(digits, number[i])
			}
		}
		if d := string(digits); n.String() != "+"+d && n.String() != "+1"+d {
			t.Fatalf("%q is %v", s, n)
		}
		if again, err := adminfile.ParseEntered(n.String()); err != nil || again != n {
			t.Fatalf("%v, %v", again, err)
		}
	})
}
