package porting_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// asked is a request with its facts, to be spoilt in one place.
type asked struct {
	porting.Request
	porting.Facts
}

// spoilt are ways to spoil a good request, in the order in which CheckRequest
// reports them, with what it has to say.
var spoilt = []struct {
	name  string
	field string
	code  telephony.Code
	spoil func(*asked)
}{
	{"no numbers", "numbers", porting.ErrNoNumbers, func(a *asked) { a.Numbers = nil }},
	{"an empty range", "numbers", porting.ErrEmptyRange, func(a *asked) { a.Numbers = append(a.Numbers, telephony.Range{}) }},
	{"too many numbers", "numbers", porting.ErrTooManyNumbers, func(a *asked) { a.Numbers = ranges("+12065551000..+12065551998", "+12065551999") }},
	{"a number twice", "numbers", porting.ErrDuplicateNumber, func(a *asked) { a.Numbers = append(a.Numbers, ranges("+12065550105")...) }},
	{"no country", "country", telephony.ErrCountry, func(a *asked) { a.Country = "" }},
	{"a country that is none", "country", telephony.ErrCountry, func(a *asked) { a.Country = "us" }},
	{"a universal freephone number", "numbers", porting.ErrUniversalFreephone, func(a *asked) { a.Numbers = append(a.Numbers, ranges("+80012345678")...) }},
	{"a number of another country", "numbers", porting.ErrNumberCountry, func(a *asked) { a.Numbers = append(a.Numbers, ranges("+33199000000")...) }},
	{"a number of no country", "numbers", porting.ErrNumberCountry, func(a *asked) { a.Numbers = append(a.Numbers, ranges("+87812345678")...) }},
	{"no kind", "kind", telephony.ErrKind, func(a *asked) { a.Kind = 0 }},
	{"toll-free numbers as user numbers", "numbers", porting.ErrTollFree, func(a *asked) { a.Numbers = append(a.Numbers, ranges("+18335550100")...) }},
	{"user numbers as toll-free ones", "numbers", porting.ErrNotTollFree, func(a *asked) { a.Kind = telephony.TollFreeNumber }},
	{"no carrier", "carrier", porting.ErrNoCarrier, func(a *asked) { a.Carrier = " " }},
	{"a carrier with a bell", "carrier", telephony.ErrText, func(a *asked) { a.Carrier = "a\a" }},
	{"no account", "account.number", porting.ErrNoAccount, func(a *asked) { a.Account.Number = "" }},
	{"no PIN", "account.pin", porting.ErrNoAccountPIN, func(a *asked) { a.PINWanted = true }},
	{"a PIN with a bell", "account.pin", telephony.ErrText, func(a *asked) { a.Account.PIN = "1\a" }},
	{"no scope", "account.scope", porting.ErrScope, func(a *asked) { a.Account.Scope = 0 }},
	{"no billing number", "account.billing", porting.ErrNoBilling, func(a *asked) { a.Account.Billing = telephony.Number{} }},
	{"a billing number abroad", "account.billing", porting.ErrBillingCountry, func(a *asked) { a.Account.Billing = num("+33199000000") }},
	{"a full port without it", "account.billing", porting.ErrBillingLeftOut, func(a *asked) { a.Account.Scope = porting.FullPort }},
	{"a partial port with it", "account.billing", porting.ErrBillingIncluded, func(a *asked) { a.Account.Billing = num("+12065550104") }},
	{"no company", "company", porting.ErrNoCompany, func(a *asked) { a.Company = "" }},
	{"a company with a bell", "company", telephony.ErrText, func(a *asked) { a.Company = "a\a" }},
	{"a company of 257 letters", "company", telephony.ErrText, func(a *asked) { a.Company = strings.Repeat("a", 257) }},
	{"no person", "authorised person", porting.ErrNoPerson, func(a *asked) { a.AuthorisedPerson = "" }},
	{"no street", "address.street", porting.ErrAddressPart, func(a *asked) { a.Address.Street = "" }},
	{"no city", "address.city", porting.ErrAddressPart, func(a *asked) { a.Address.City = "" }},
	{"a state with a bell", "address.state", telephony.ErrText, func(a *asked) { a.Address.State = "W\a" }},
	{"a postal code with a bell", "address.postal code", telephony.ErrText, func(a *asked) { a.Address.PostalCode = "9\a" }},
	{"an address in no country", "address.country", porting.ErrAddressPart, func(a *asked) { a.Address.Country = "" }},
	{"an address nowhere", "address.country", telephony.ErrCountry, func(a *asked) { a.Address.Country = "XX" }},
	{"an address abroad", "address.country", porting.ErrAddressCountry, func(a *asked) { a.Address.Country = "CA" }},
	{"no letter", "letter.reference", porting.ErrNoLetter, func(a *asked) { a.Letter.Reference = "" }},
	{"a letter unsigned", "letter.signed", porting.ErrLetterUnsigned, func(a *asked) { a.Letter.Signed = 0 }},
	{"a letter of the future", "letter.signed", porting.ErrLetterFuture, func(a *asked) { a.Letter.Signed = nanos(day0) + 1 }},
	{"an old letter", "letter.signed", porting.ErrLetterOld, func(a *asked) { a.Letter.Signed = nanos(day0.AddDate(0, 0, -60)) - 1 }},
	{"no date", "date", porting.ErrNoDate, func(a *asked) { a.Date = 0 }},
	{"a date that is past", "date", porting.ErrDatePast, func(a *asked) { a.Date = nanos(day0) }},
	{"a date too soon", "date", porting.ErrDateTooSoon, func(a *asked) { a.Date = nanos(day0.Add(24*time.Hour)) - 1 }},
	{"a date too far", "date", porting.ErrDateTooFar, func(a *asked) { a.Date = nanos(day0.AddDate(0, 0, 90)) + 1 }},
	{"the facts of a location that is not named", "location", telephony.ErrNoLocation, func(a *asked) {
		a.LocationWhen, a.Facts.Location = telephony.LocationAtAcquisition, telephony.LocationFacts{Given: true, Country: "US", Validated: true}
	}},
	{"a location that is no id", "location", telephony.ErrID, func(a *asked) {
		a.Request.Location, a.Facts.Location = "l 1", telephony.LocationFacts{Given: true, Country: "US", Validated: true}
	}},
	{"no location where one is wanted", "location", telephony.ErrNoLocation, func(a *asked) { a.LocationWhen = telephony.LocationAtAcquisition }},
	{"a location that is not there", "location", telephony.ErrNoLocation, func(a *asked) {
		a.LocationWhen, a.Request.Location = telephony.LocationAtAcquisition, "l-1"
	}},
	{"a location abroad", "location", telephony.ErrLocationCountry, func(a *asked) {
		a.Request.Location, a.Facts.Location = "l-1", telephony.LocationFacts{Given: true, Country: "CA", Validated: true}
	}},
	{"a location not validated", "location", telephony.ErrAddressNotValidated, func(a *asked) {
		a.Request.Location, a.Facts.Location = "l-1", telephony.LocationFacts{Given: true, Country: "US"}
	}},
}

func goodRequest() asked { return asked{seattle(), facts()} }

func TestCheckRequest(t *testing.T) {
	if reasons := porting.CheckRequest(day0, seattle(), facts()); len(reasons) > 0 {
		t.Fatalf("a good request: %v", reasons)
	}
	for _, tc := range spoilt {
		t.Run(tc.name, func(t *testing.T) {
			a := goodRequest()
			tc.spoil(&a)
			reasons := porting.CheckRequest(day0, a.Request, a.Facts)
			if codes := codesOf(reasons); !slices.Equal(codes, []telephony.Code{tc.code}) {
				t.Fatalf("%v, want %s alone", reasons, string(tc.code))
			}
			if e := errorOf(t, reasons[0], tc.code); e.Field != tc.field {
				t.Errorf("the field is %q, want %q", e.Field, tc.field)
			}
			o, notes, err := porting.New(day0, by, a.Request, a.Facts)
			errorOf(t, err, tc.code)
			if !same(o, porting.Order{}) || notes != nil {
				t.Errorf("a refused request made %v with %v", o, notes)
			}
		})
	}
}

// Several faults at once are all told, in their order.
func TestProblemsComeTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := goodRequest()
		var want []telephony.Code
		fields := map[string]bool{"numbers": true} // faults of numbers and account hide one another
		for _, tc := range spoilt {
			group, _, _ := strings.Cut(tc.field, ".")
			if tc.field == "country" || tc.field == "kind" || group == "account" || fields[tc.field] || !rapid.Bool().Draw(t, tc.name) {
				continue
			}
			fields[tc.field] = true
			tc.spoil(&a)
			want = append(want, tc.code)
		}
		reasons := porting.CheckRequest(day0, a.Request, a.Facts)
		if got := codesOf(reasons); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
		_, _, err := porting.New(day0, by, a.Request, a.Facts)
		for _, code := range want {
			if !errors.Is(err, code) {
				t.Fatalf("%v is not %v", err, string(code))
			}
		}
	})
}

// A request with nothing in it is told of everything, once.
func TestEmptyRequest(t *testing.T) {
	want := []telephony.Code{porting.ErrNoNumbers, telephony.ErrCountry, telephony.ErrKind, porting.ErrNoCarrier, porting.ErrNoAccount,
		porting.ErrScope, porting.ErrNoBilling, porting.ErrNoCompany, porting.ErrNoPerson, porting.ErrAddressPart, porting.ErrAddressPart,
		porting.ErrAddressPart, porting.ErrNoLetter, porting.ErrLetterUnsigned, porting.ErrNoDate, telephony.ErrNoLocation}
	if got := codesOf(porting.CheckRequest(day0, porting.Request{}, porting.Facts{})); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// The zero bounds allow no moment; at the edges of time nothing wraps round.
func TestBounds(t *testing.T) {
	f := facts()
	f.Bounds = porting.Bounds{}
	want := []telephony.Code{porting.ErrLetterOld, porting.ErrDateTooFar}
	if got := codesOf(porting.CheckRequest(day0, seattle(), f)); !slices.Equal(got, want) {
		t.Errorf("zero bounds: %v", got)
	}
	f.Bounds = porting.Bounds{Lead: math.MinInt64, Horizon: math.MaxInt64, LetterAge: math.MaxInt64}
	for _, now := range []time.Time{{}, day0, time.Unix(math.MaxInt64, 0), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)} {
		for _, date := range []int64{math.MinInt64, 1, nanos(transfer), math.MaxInt64} {
			r := seattle()
			r.Date = date
			got := codesOf(porting.CheckRequest(now, r, f))
			if past := date <= nanos(now); past != slices.Contains(got, porting.ErrDatePast) || slices.Contains(got, porting.ErrDateTooFar) {
				// The horizon of 292 years from the first moment there is ends before 1970.
				if nanos(now) > 0 || !slices.Equal(got, []telephony.Code{porting.ErrLetterFuture, porting.ErrDateTooFar}) {
					t.Errorf("now %v, date %d: %v", now, date, got)
				}
			}
		}
	}
	edges := map[int64]telephony.Code{nanos(day0.Add(24 * time.Hour)): "", nanos(day0.AddDate(0, 0, 90)): "", nanos(day0.Add(24*time.Hour)) - 1: porting.ErrDateTooSoon}
	for date, code := range edges {
		r := seattle()
		r.Date = date
		if got := codesOf(porting.CheckRequest(day0, r, facts())); !slices.Equal(got, slices.DeleteFunc([]telephony.Code{code}, func(c telephony.Code) bool { return c == "" })) {
			t.Errorf("date %d: %v", date, got)
		}
	}
	r := seattle()
	if r.Letter.Signed = nanos(day0.AddDate(0, 0, -60)); len(porting.CheckRequest(day0, r, facts())) != 0 {
		t.Error("a letter of 60 days is refused")
	}
	if r.Letter.Signed = nanos(day0); len(porting.CheckRequest(day0, r, facts())) != 0 {
		t.Error("a letter signed just now is refused")
	}
}

// Which numbers go with which kind and which can be ported at all, digit by
// digit.
func TestPortableNumbers(t *testing.T) {
	american := func(numbers string, kind telephony.Kind) []telephony.Code {
		r := seattle()
		r.Numbers, r.Kind = ranges(numbers), kind
		return codesOf(porting.CheckRequest(day0, r, facts()))
	}
	free := []string{"800", "833", "844", "855", "866", "877", "888"}
	for area := 200; area < 1000; area++ {
		digits := string([]byte{byte('0' + area/100), byte('0' + area/10%10), byte('0' + area%10)})
		n := "+1" + digits + "5550100"
		isFree := slices.Contains(free, digits)
		for _, kind := range telephony.Kinds() {
			var want []telephony.Code
			switch {
			case isFree && kind != telephony.TollFreeNumber:
				want = append(want, porting.ErrTollFree)
			case !isFree && kind == telephony.TollFreeNumber:
				want = append(want, porting.ErrNotTollFree)
			}
			if got := american(n, kind); !slices.Equal(got, want) {
				t.Fatalf("%s as %v: %v, want %v", n, kind, got, want)
			}
		}
	}
	// A range of which only a part is toll-free.
	for _, numbers := range []string{"+17999999990..+18000000009", "+18009999990..+18010000009", "+17999999990..+18010000009"} {
		r := seattle()
		r.Numbers = ranges(numbers)
		if got := porting.CheckRequest(day0, r, facts()); !slices.Contains(codesOf(got), porting.ErrTollFree) {
			t.Errorf("%s as user numbers: %v", numbers, got)
		}
		r.Kind = telephony.TollFreeNumber
		if got := porting.CheckRequest(day0, r, facts()); !slices.Contains(codesOf(got), porting.ErrNotTollFree) {
			t.Errorf("%s as toll-free ones: %v", numbers, got)
		}
	}
	british := seattle()
	british.Country, british.Address.Country, british.Account.Billing = "GB", "GB", num("+442079460999")
	for code := 100; code < 1000; code++ {
		n, err := telephony.NumberFromDigits(44_000_000_0000 + uint64(code)*1_000_0000 + 960000)
		if err != nil {
			t.Fatal(err)
		}
		british.Numbers = porting.RangesOf(n)
		barred := slices.Contains([]int{843, 844, 845, 870, 871, 872}, code)
		if got := codesOf(porting.CheckRequest(day0, british, facts())); slices.Contains(got, porting.ErrNotPortable) != barred || len(got) > 1 {
			t.Fatalf("+44 %d: %v", code, got)
		}
	}
	// What looks like a code of another country is none here.
	british.Numbers, british.Kind = ranges("+448081570000"), telephony.TollFreeNumber
	if got := porting.CheckRequest(day0, british, facts()); len(got) != 0 {
		t.Errorf("0808 as toll-free: %v", got)
	}
}

// An account of toll-free numbers may have no billing number; one that is given
// is held to the rules.
func TestBillingOfTollFree(t *testing.T) {
	r := seattle()
	r.Numbers, r.Kind, r.Account.Billing = ranges("+18335550100"), telephony.TollFreeNumber, telephony.Number{}
	if got := porting.CheckRequest(day0, r, facts()); len(got) != 0 {
		t.Errorf("without one: %v", got)
	}
	r.Account.Billing, r.Account.Scope = num("+18335550101"), porting.FullPort
	if got := codesOf(porting.CheckRequest(day0, r, facts())); !slices.Equal(got, []telephony.Code{porting.ErrBillingLeftOut}) {
		t.Errorf("with one that is left out: %v", got)
	}
}

func TestTooManyNumbersSaysHowMany(t *testing.T) {
	r := seattle()
	r.Numbers = ranges("+12060000000..+12069999999", "+12060000000..+12069999999") // bounded work, however many
	reasons := porting.CheckRequest(day0, r, facts())
	if got := codesOf(reasons); !slices.Equal(got, []telephony.Code{porting.ErrTooManyNumbers, porting.ErrDuplicateNumber, porting.ErrBillingIncluded}) {
		t.Fatalf("%v", got)
	}
	wantFigure(t, reasons[0], "numbers", 20_000_000)
	wantFigure(t, reasons[0], "limit", 999)
	if len(reasons[1].Numbers) != 1 {
		t.Errorf("%d numbers are named", len(reasons[1].Numbers))
	}
}

// 999 numbers are one order, and of what is there twice each stretch is named.
func TestNumbersOfOneOrder(t *testing.T) {
	r := seattle()
	r.Numbers = ranges("+12065551000..+12065551998")
	if reasons := porting.CheckRequest(day0, r, facts()); len(reasons) != 0 {
		t.Errorf("999 numbers: %v", reasons)
	}
	r.Numbers = ranges("+12065551010..+12065551012", "+12065551000..+12065551019", "+12065551005..+12065551006", "+12065551030", "+12065551005")
	e := errorOf(t, telephony.Join(porting.CheckRequest(day0, r, facts())), porting.ErrDuplicateNumber)
	if want := (telephony.NumberList{num("+12065551005"), num("+12065551010")}); !slices.Equal(e.Numbers, want) {
		t.Errorf("twice are %v, want %v", e.Numbers, want)
	}
}

// Where numbers of several lengths begin alike, those of one length are still
// folded and found.
func TestNumbersOfSeveralLengths(t *testing.T) {
	r := seattle()
	r.Country, r.Address.Country, r.Account.Billing = "ZZ", "ZZ", num("+9990000000")
	r.Numbers = porting.RangesOf(num("+99912345671"), num("+9991234568"), num("+9991234567"), num("+99912345672"))
	o, _, err := porting.New(day0, by, r, facts())
	if err != nil {
		t.Fatal(err)
	}
	if want := ranges("+9991234567..+9991234568", "+99912345671..+99912345672"); !slices.Equal(o.Request.Numbers, want) {
		t.Fatalf("%d ranges", len(o.Request.Numbers))
	}
	o = must(t)(o.Contact(day0, by))
	o = must(t)(o.Approve(day0, by, transfer, porting.DefaultBounds()))
	for i, n := range numbersOf(o.Request.Numbers) {
		o = must(t)(o.Report(transfer, by, porting.Results{result(n.String(), porting.Failed, porting.Reasons()[i])}))
	}
	for i, n := range numbersOf(o.Request.Numbers) {
		if r := o.Results[i]; len(o.Results) != 4 || r.Numbers.First() != n || r.Reason != porting.Reasons()[i] {
			t.Errorf("result %d is %v", i, r)
		}
	}
}

// Duplicates are found however the ranges lie, as one looks at single numbers.
func TestDuplicatesAgainstSingles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := seattle()
		r.Numbers, r.Account.Billing = nil, num("+12065559999")
		seen, twice, count := map[telephony.Number]bool{}, false, 0
		for range rapid.IntRange(1, 8).Draw(t, "ranges") {
			first, _ := num("+12065550100").Add(rapid.IntRange(0, 60).Draw(t, "first"))
			rg, err := telephony.NewRange(first, rapid.IntRange(1, 15).Draw(t, "count"))
			if err != nil {
				t.Fatal(err)
			}
			r.Numbers = append(r.Numbers, rg)
			for n := range rg.All() {
				twice = twice || seen[n]
				seen[n] = true
				count++
			}
		}
		given := slices.Clone(r.Numbers)
		o, _, err := porting.New(day0, by, r, facts())
		if twice != errors.Is(err, porting.ErrDuplicateNumber) {
			t.Fatalf("twice %v: %v", twice, err)
		}
		if !slices.Equal(r.Numbers, given) {
			t.Fatal("the request's own list was changed")
		}
		if err != nil {
			return
		}
		kept := numbersOf(o.Request.Numbers)
		if len(kept) != count || !slices.IsSortedFunc(kept, telephony.Number.Compare) || o.Request.Numbers.Count() != count {
			t.Fatalf("%d numbers kept of %d", len(kept), count)
		}
		for i := 1; i < len(o.Request.Numbers); i++ {
			if steps, ok := o.Request.Numbers[i].First().Sub(o.Request.Numbers[i-1].Last()); ok && steps == 1 {
				t.Fatalf("%v is not folded", o.Request.Numbers[i].String())
			}
		}
		for _, n := range kept {
			if !seen[n] || !o.Request.Numbers.Contains(n) {
				t.Fatal("a number appeared")
			}
		}
	})
}

// Names are cut to what carriers take, and it is told.
func TestNotes(t *testing.T) {
	const mark = "e\u0301" // one letter of two characters
	for _, tc := range []struct {
		company, person         string
		keptCompany, keptPerson string
		notes                   []porting.Note
	}{
		{strings.Repeat("a", 25), strings.Repeat("b", 15), strings.Repeat("a", 25), strings.Repeat("b", 15), nil},
		{strings.Repeat("a", 26), strings.Repeat("b", 15), strings.Repeat("a", 25), strings.Repeat("b", 15), []porting.Note{{"company", 26, 25}}},
		{" " + strings.Repeat("ä", 25) + " ", "Bartholomew Cubbins", strings.Repeat("ä", 25), "Bartholomew Cub", []porting.Note{{"authorised person", 19, 15}}},
		{"Contoso and Fabrikam and Northwind", "Maximiliane Nn of Contoso", "Contoso and Fabrikam and", "Maximiliane Nn", []porting.Note{{"company", 34, 24}, {"authorised person", 25, 14}}},
		{strings.Repeat("x", 24) + mark, strings.Repeat("y", 13) + mark, strings.Repeat("x", 24), strings.Repeat("y", 13) + mark, []porting.Note{{"company", 26, 24}}},
		{strings.Repeat("\u0301", 30), "b", strings.Repeat("\u0301", 25), "b", []porting.Note{{"company", 30, 25}}},
		{strings.Repeat("x", 20) + "e" + strings.Repeat("\u0301", 9), "b", strings.Repeat("x", 20), "b", []porting.Note{{"company", 30, 20}}},
	} {
		r := seattle()
		r.Company, r.AuthorisedPerson = tc.company, tc.person
		o, notes, err := porting.New(day0, by, r, facts())
		if err != nil {
			t.Errorf("%q: %v", tc.company, err)
			continue
		}
		if o.Request.Company != tc.keptCompany || o.Request.AuthorisedPerson != tc.keptPerson || !slices.Equal(notes, tc.notes) {
			t.Errorf("%q and %q: kept %q and %q, %v", tc.company, tc.person, o.Request.Company, o.Request.AuthorisedPerson, notes)
		}
	}
	if s := (porting.Note{Field: "company", Given: 31, Kept: 25}).String(); s != "company: cut from 31 characters to 25" {
		t.Error(s)
	}
}

// Of a name, what is left out is its end, and never more than one letter and a
// blank beyond what is too much.
func TestCutIsAPrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := seattle()
		r.Company = rapid.StringOfN(rapid.SampledFrom([]rune("aé ß語\u0301")), 1, 60, -1).Draw(t, "company")
		o, notes, err := porting.New(day0, by, r, facts())
		if err != nil {
			if !errors.Is(err, porting.ErrNoCompany) && !errors.Is(err, telephony.ErrText) {
				t.Fatal(err)
			}
			return
		}
		kept, given := o.Request.Company, strings.TrimSpace(r.Company)
		if !strings.HasPrefix(given, kept) || len([]rune(kept)) > porting.MaxCompany || kept == "" && given != "" {
			t.Fatalf("%q became %q", given, kept)
		}
		if (kept != given) != (len(notes) == 1) {
			t.Fatalf("%q became %q, told by %v", given, kept, notes)
		}
	})
}
