package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	peopleHeader  = "id,name,language,usage_location,created,office,place,area,on_premises_number\n"
	numbersHeader = "first,last,area,kind\n"
	addressHeader = "office,company,house_number,street_type_prefix,street,street_suffix,city,state,postal_code,country\n"
	streetsHeader = "country,state,city,postal_codes,street,street_suffix,low,high,side,dispatch_id\n"
)

// withFile runs the program with one file in place of the one that is built in.
func withFile(t *testing.T, name, content string) (code int, stdout, stderr string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name+".csv")
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	code = program([]string{"-" + name, path}, &out, &errs)
	return code, out.String(), strings.ReplaceAll(errs.String(), filepath.Dir(path)+string(filepath.Separator), "")
}

func TestFaultsInFiles(t *testing.T) {
	for _, test := range []struct {
		name, file, content string
		want                []string // in the order in which they are reported
	}{
		{"empty file", "people", "", []string{"people.csv: the file is empty"}},
		{"missing column", "people", "id,name\n", []string{`people.csv:1: there is no column "language"`}},
		{"unknown column", "numbers", "first,last,area,kind,colour\n", []string{`numbers.csv:1: unknown column "colour"`}},
		{"column twice", "numbers", "first,last,area,kind,first\n", []string{`numbers.csv:1: column "first" stands twice`}},
		{"too few fields", "numbers", numbersHeader + "+12065550100,+12065550199\n", []string{"numbers.csv:2: wrong number of fields"}},
		{"open quote", "numbers", numbersHeader + "\"+12065550100,+12065550199,NOAM-US-WA-Seattle,user\n",
			[]string{"numbers.csv:2: extraneous or missing \" in quoted-field"}},
		{"several lines at fault", "numbers", numbersHeader +
			"+12065550100,+12065550199,NOAM-US-WA-Seattle,user\n" +
			"12065550100,+12065550199,NOAM-US-WA-Seattle,user\n" +
			"\n" +
			"+12065550100,+12065550199,US-WA-Seattle,user\n" +
			"+12065550100,+12065550199,NOAM-US-WA-Seattle,mobile\n" +
			"+12065550199,+12065550100,NOAM-US-WA-Seattle,user\n",
			[]string{"numbers.csv:3: first: ", "numbers.csv:5: area: ", "numbers.csv:6: kind: ", "numbers.csv:7: "}},
		{"line after a field of two lines", "people", peopleHeader +
			"a@contoso.example,Adele,en,US,,seattle,\"2nd floor\neast wing\",NOAM-US-WA-Seattle,no\n" +
			"b@contoso.example,Boris,en,US,,seattle,,NOAM-US-WA-Seattle,perhaps\n",
			[]string{`people.csv:4: on_premises_number: "perhaps" is neither yes nor no`}},
		{"country", "people", peopleHeader + "a@contoso.example,Adele,en,XX,,seattle,,NOAM-US-WA-Seattle,no\n",
			[]string{"people.csv:2: usage location: "}},
		{"language", "people", peopleHeader + "a@contoso.example,Adele,tlh,US,,seattle,,NOAM-US-WA-Seattle,no\n",
			[]string{`people.csv:2: language: there is no message in "tlh"`}},
		{"time", "people", peopleHeader + "a@contoso.example,Adele,en,US,yesterday,seattle,,NOAM-US-WA-Seattle,no\n",
			[]string{"people.csv:2: created: "}},
		{"time to come", "people", peopleHeader + "a@contoso.example,Adele,en,US,2026-03-02T09:00:01Z,seattle,,NOAM-US-WA-Seattle,no\n",
			[]string{"people.csv:2: created: it is later than the walk starts"}},
		{"office", "people", peopleHeader + "a@contoso.example,Adele,en,US,,atlantis,,NOAM-US-WA-Seattle,no\n",
			[]string{`people.csv:2: office: "atlantis" is none of the addresses`}},
		{"area without stock", "people", peopleHeader + "a@contoso.example,Adele,en,US,,seattle,,NOAM-US-WA-Spokane,no\n",
			[]string{"people.csv:2: area: the provider has no user numbers in NOAM-US-WA-Spokane"}},
		// What only the engine knows to be wrong comes with its line, too.
		{"identifier", "people", peopleHeader + "a b,Adele,en,US,,seattle,,NOAM-US-WA-Seattle,no\n",
			[]string{"people.csv:2: add person: "}},
		{"person twice", "people", peopleHeader + strings.Repeat("a@contoso.example,Adele,en,US,,seattle,,NOAM-US-WA-Seattle,no\n", 2),
			[]string{"people.csv:3: add person: "}},
		{"stock of another country", "numbers", numbersHeader + "+33199000000,+33199000099,NOAM-US-WA-Seattle,user\n" +
			"+12065550100,+12065550199,EMEA-FR-ALL-Paris,user\n+442079460000,+442079460999,EMEA-GB-ALL-London,user\n",
			[]string{"numbers.csv:2: add stock: "}},
		{"office twice", "addresses", addressHeader + strings.Repeat("seattle,Contoso,400,,5th,Ave,Seattle,WA,98104,US\n", 2),
			[]string{`addresses.csv:3: office: "seattle" stands twice`}},
		{"street without a centre", "streets", streetsHeader + "US,WA,Seattle,98104,5th,Ave,1,99,both,\n",
			[]string{"streets.csv:2: add street: "}},
		{"house number", "streets", streetsHeader + "US,WA,Seattle,98104,5th,Ave,one,99,both,seattle\n",
			[]string{`streets.csv:2: low: "one" is no whole number`}},
		{"side", "streets", streetsHeader + "US,WA,Seattle,98104,5th,Ave,1,99,left,seattle\n",
			[]string{`streets.csv:2: side: "left" is none of`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, _, stderr := withFile(t, test.file, test.content)
			if code != 1 {
				t.Errorf("exit code %d, want 1", code)
			}
			lines := strings.Split(stderr, "\n")
			for i, want := range test.want {
				if i >= len(lines) || !strings.HasPrefix(lines[i], want) {
					t.Fatalf("line %d does not begin with %q:\n%s", i+1, want, stderr)
				}
			}
		})
	}
}

func TestUsage(t *testing.T) {
	for _, test := range []struct {
		args string
		code int
		want string
	}{
		{"-h", 0, "-people file"},
		{"-colour", 2, "not defined"},
		{"people.csv", 2, "unexpected argument: people.csv"},
		{"-people /does/not/exist.csv", 1, "/does/not/exist.csv"},
	} {
		var out, errs bytes.Buffer
		if code := program(strings.Fields(test.args), &out, &errs); code != test.code {
			t.Errorf("%s: exit code %d, want %d", test.args, code, test.code)
		}
		if !strings.Contains(errs.String(), test.want) {
			t.Errorf("%s: %q says nothing of %q", test.args, errs.String(), test.want)
		}
		if out.Len() > 0 {
			t.Errorf("%s: wrote %q", test.args, out.String())
		}
	}
}

// TestOtherFiles takes the walk where less happens than in the files built in.
func TestOtherFiles(t *testing.T) {
	for _, test := range []struct {
		name, file, content string
		want                []string
	}{
		{"byte order mark and line ends of Windows", "numbers", "\uFEFF" + strings.ReplaceAll(numbersHeader+
			"+12065550100,+12065550199,NOAM-US-WA-Seattle,user\n+33199000000,+33199000099,EMEA-FR-ALL-Paris,user\n"+
			"+442079460000,+442079460999,EMEA-GB-ALL-London,user\n", "\n", "\r\n"),
			[]string{"Adele Martin: +1 206-555-0100"}},
		{"columns in another order", "numbers", "kind,area,last,first\n" +
			"user,NOAM-US-WA-Seattle,+12065550199,+12065550100\nuser,EMEA-FR-ALL-Paris,+33199000099,+33199000000\n" +
			"user,EMEA-GB-ALL-London,+442079460999,+442079460000\n",
			[]string{"Adele Martin: +1 206-555-0100"}},
		{"nobody", "people", peopleHeader, []string{"People  Addresses"}},
		{"nobody at home", "people", peopleHeader + "l@contoso.example,Luc,fr,FR,2026-02-24T08:00:00Z,paris,,EMEA-FR-ALL-Paris,no\n",
			[]string{"Nobody works where the numbers come before the address", "Luc: +33 1 99 00 00 00"}},
		{"everybody new", "people", peopleHeader + "a@contoso.example,Adele,en,US,,seattle,,NOAM-US-WA-Seattle,no\n",
			[]string{"13:00:00  ok       Adele: +1 206-555-0100"}},
		{"an office whose address was refused", "people",
			peopleHeader + "a@contoso.example,Adele,en,US,2026-02-24T08:00:00Z,depot,,NOAM-US-WA-Seattle,no\n",
			[]string{"refused  Adele:\n                     - assign number: the country wants an emergency location"}},
		{"a number of another country than the person's", "people",
			peopleHeader + "a@contoso.example,Adele,en,FR,2026-02-24T08:00:00Z,paris,,NOAM-US-WA-Seattle,no\n",
			[]string{"the number is in US, the person in FR"}},
		{"fewer numbers than people", "numbers", numbersHeader + "+12065550100,+12065550101,NOAM-US-WA-Seattle,user\n" +
			"+33199000000,+33199000099,EMEA-FR-ALL-Paris,user\n+442079460000,+442079460999,EMEA-GB-ALL-London,user\n",
			[]string{"Diego Ruiz: +1 206-555-0101", "refused  Ines Park:"}},
		{"no address abroad", "addresses", addressHeader + "seattle,Contoso,400,,5th,Ave,Seattle,WA,98104,US\n" +
			"redmond,Contoso,16,,Example,Way,Redmond,WA,98052,US\nparis,Contoso,18,Rue,Inconnue,,Paris,,75011,FR\n" +
			"london,Contoso,,,,,,,,GB\n",
			[]string{"No address in FR was accepted", "No address in GB was accepted", "Adele Martin: +1 206-555-0100"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, stdout, stderr := withFile(t, test.file, test.content)
			if code != 0 || stderr != "" {
				t.Fatalf("exit code %d: %s", code, stderr)
			}
			for _, want := range test.want {
				if !strings.Contains(stdout, want) {
					t.Errorf("nothing of %q in:\n%s", want, stdout)
				}
			}
		})
	}
}
