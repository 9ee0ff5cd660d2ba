package emergency_test

import (
	"context"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// FuzzAddress feeds anything to the canonical form, the rules of form and a
// whole check: none panics, the canonical form is its own, and the rules say
// the same of both.
func FuzzAddress(f *testing.F) {
	f.Add("US", "washington", "New  York", "5", "Avenue", "425A", "22162 1010")
	f.Add("gb", "", "London", "P.O. Box", "", "12", "ec1y8sy")
	f.Add("JP", "東京都", "渋谷\xff", "私書箱12", "İ", "１２", "〒１５４－００２３")
	f.Add("PR", "Puerto Rico", "e\u0301", "Calle 5", "St.", "101 1/2", "PR 00930")
	f.Fuzz(func(t *testing.T, country, state, city, street, suffix, number, postal string) {
		a := emergency.Address{Country: telephony.Country(country), State: state, City: city, Street: street,
			StreetSuffix: suffix, PreDirectional: suffix, HouseNumber: number, PostalCode: postal}
		canonical, _ := emergency.Canonical(a)
		if again, changes := emergency.Canonical(canonical); again != canonical || len(changes) > 0 {
			t.Fatalf("not idempotent: %q", changes)
		}
		issues, same := emergency.CheckFormat(a), emergency.CheckFormat(canonical)
		if len(issues) != len(same) {
			t.Fatalf("%v and %v", issues, same)
		}
		checked, err := emergency.Checker{AcceptFormatOnly: true}.Check(context.Background(), a, noon)
		if err != nil {
			t.Fatal(err)
		}
		checkConsistent(t, checked)
		again, _ := emergency.Checker{AcceptFormatOnly: true}.Check(context.Background(), checked.Address(), noon)
		if checked.IsAccepted() && (!again.IsAccepted() || again.Verdict().Updated || again.Address() != checked.Address()) {
			t.Fatalf("checked again: %v %v", again, again.Verdict().Issues)
		}
	})
}

// FuzzPosition reads any text: what is read is written and read as the same.
func FuzzPosition(f *testing.F) {
	f.Add("47.6062,-122.3321")
	f.Add("0,0")
	f.Add("1e1, 0x1p-2")
	f.Fuzz(func(t *testing.T, text string) {
		var p, again emergency.Position
		if p.UnmarshalText([]byte(text)) != nil {
			return
		}
		if err := again.UnmarshalText([]byte(p.String())); err != nil || again != p {
			t.Fatalf("%q is %v, then %v, %v", text, p, again, err)
		}
	})
}

// FuzzStreetLine reads any line of any country: what is refused cannot be kept
// as text, and what is read has all that was written and reads the same again.
func FuzzStreetLine(f *testing.F) {
	f.Add("US", "410 5th Ave. NE, Apt. 3")
	f.Add("CA", "10-123 1/2 MAIN ST NW")
	f.Add("AU", "Unit 4 12 George St North")
	f.Add("FR", "12 bis, rue de la Paix, Appt 3")
	f.Add("ES", "C/ Mayor, 5, 3º B")
	f.Add("DE", "Straße des 17. Juni 135 a")
	f.Add("CO", "Calle 100 # 8-60")
	f.Add("FI", "Mannerheimintie 5 A 12")
	f.Add("RO", "Str. Mare nr. 5 bl. A sc. 2 ap. 10")
	f.Add("IE", "12 O'Connell St. Upper")
	f.Add("JP", "丸の内１－２－３\u200b")
	f.Add("AU", "U4/12½ The Green")
	f.Add("GB", "3/2 12 High Street and 14 Mill Lane")
	f.Add("AT", "Hauptstraße 5/2/Stiege 3 / Tür 12, EG")
	f.Add("TR", "Cad. No:12 D:3; Kat: 2")
	f.Add("NL", "Kerkstraat 12 t/m 14")
	f.Fuzz(func(t *testing.T, country, line string) {
		canonical, _ := emergency.Canonical(emergency.Address{Street: line})
		if telephony.CheckText("", canonical.Street, telephony.MaxTextRunes) != nil {
			if _, err := emergency.ParseStreetLine(telephony.Country(country), line); err == nil {
				t.Fatalf("%q is read", line)
			}
			return
		}
		checkStreetLine(t, telephony.Country(country), canonical.Street)
	})
}
