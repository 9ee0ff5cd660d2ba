package emergency_test

import (
	"os"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"

	"github.com/google/go-cmp/cmp"
)

// parts writes a street line's parts with their names, as the tables do.
func parts(l emergency.StreetLine) string {
	var list []string
	add := func(name, value string) {
		if value != "" {
			list = append(list, name+" "+value)
		}
	}
	a, at := l.Address, l.Location
	add("prefix", a.HouseNumberPrefix)
	add("no", a.HouseNumber)
	add("letter", a.HouseNumberSuffix)
	add("mod", a.StreetPreModifier)
	add("pre", a.PreDirectional)
	add("type", a.StreetTypePrefix)
	add("name", a.Street)
	add("suffix", a.StreetSuffix)
	add("post", a.PostDirectional)
	add("ext", a.StreetPostModifier)
	add("place", at.Place)
	add("bldg", at.Building)
	add("floor", at.Floor)
	add("unit", at.Unit)
	add("room", at.Room)
	return strings.Join(list, " | ")
}

// A lineRow is a street line and what it says. A line that is left whole has
// no parts; one that is printed otherwise than it was written has that too.
type lineRow struct {
	country telephony.Country
	line    string
	want    string
	printed string
}

func testLines(t *testing.T, source string, rows []lineRow) {
	t.Helper()
	t.Run(source, func(t *testing.T) {
		for _, row := range rows {
			l, err := emergency.ParseStreetLine(row.country, row.line)
			if err != nil {
				t.Errorf("%s %q: %v", row.country, row.line, err)
				continue
			}
			want := row.want
			if want == "" {
				want = "name " + row.line
			}
			if got := parts(l); got != want || l.IsWhole() != (row.want == "") {
				t.Errorf("%s %q is\n\t%s, want\n\t%s", row.country, row.line, got, want)
			}
			printed := row.printed
			if printed == "" {
				printed = row.line
			}
			if got := l.Line(); got != printed {
				t.Errorf("%s %q is printed %q, want %q", row.country, row.line, got, printed)
			}
		}
	})
}

func TestStreetLineOfTheUnitedStates(t *testing.T) {
	testLines(t, "Publication 28, 232: punctuation", []lineRow{
		{"US", "39.2 RD", "name 39.2 | suffix RD", ""},
		{"US", "1234 39.2 RD", "no 1234 | name 39.2 | suffix RD", ""},
		{"US", "101 1/2 MAIN ST", "no 101 | letter 1/2 | name MAIN | suffix ST", ""},
		{"US", "289-01 MONTGOMERY AVE", "no 289-01 | name MONTGOMERY | suffix AVE", ""},
		{"US", "112-10 BRONX RD", "no 112-10 | name BRONX | suffix RD", ""},
	})
	testLines(t, "Publication 28, D1 and D2: alphanumeric and grid addresses", []lineRow{
		{"US", "N6W23001 BLUEMOUND RD", "prefix N6W | no 23001 | name BLUEMOUND | suffix RD", ""},
		{"US", "842 E 1700 S", "no 842 | pre E | name 1700 | post S", ""},
		{"US", "842 East 1700 South", "no 842 | pre East | name 1700 | post South", ""},
		{"US", "1700 S", "name 1700 | post S", ""},
	})
	testLines(t, "Publication 28, 233: directionals", []lineRow{
		{"US", "410 5th Ave NE", "no 410 | name 5th | suffix Ave | post NE", ""},
		{"US", "123 N BAY ST", "no 123 | pre N | name BAY | suffix ST", ""},
		{"US", "123 N.E. Bay St. S.W.", "no 123 | pre NE | name Bay | suffix St | post SW", "123 NE Bay St SW"},
		{"US", "123 North East Bay St", "no 123 | pre North East | name Bay | suffix St", ""},
		{"US", "123 NORTH AVE", "no 123 | name NORTH | suffix AVE", ""},
		{"US", "123 NORTH AVE W", "no 123 | name NORTH | suffix AVE | post W", ""},
		{"US", "123 BAY WEST DR", "no 123 | name BAY WEST | suffix DR", ""},
		{"US", "123 E WEST ST", "no 123 | pre E | name WEST | suffix ST", ""},
		{"US", "123 N AVENUE", "no 123 | name N | suffix AVENUE", ""},
		{"US", "123 AVENUE N", "no 123 | type AVENUE | name N", ""},
		{"US", "123 AVENUE OF THE AMERICAS", "no 123 | name AVENUE OF THE AMERICAS", ""},
	})
	testLines(t, "Publication 28, 234: suffixes, two of them", []lineRow{
		{"US", "789 Main Avenue Drive", "no 789 | name Main Avenue | suffix Drive", ""},
		{"US", "4513 3RD STREET CIRCLE WEST", "no 4513 | name 3RD STREET | suffix CIRCLE | post WEST", ""},
		{"US", "12 Park Place Ct", "no 12 | name Park Place | suffix Ct", ""},
		{"US", "12 Spring Rd Ln", "no 12 | name Spring Rd | suffix Ln", ""},
		{"US", "12 Main Avenue Aly W", "no 12 | name Main Avenue | suffix Aly | post W", ""},
		{"US", "12 Mendenhall Mall Road", "no 12 | name Mendenhall Mall | suffix Road", ""},
		{"US", "12 St. James Ct.", "no 12 | name St. James | suffix Ct", "12 St. James Ct"},
		{"US", "12 Park", "no 12 | name Park", ""},
		{"US", "12 Broadway", "no 12 | name Broadway", ""},
	})
}

func TestStreetLineUnitsAndHighways(t *testing.T) {
	testLines(t, "Publication 28, 213 and C2: secondary units", []lineRow{
		{"US", "102 MAIN ST APT 101", "no 102 | name MAIN | suffix ST | unit APT 101", ""},
		{"US", "102 Main St., Apt. 101", "no 102 | name Main | suffix St | unit Apt 101", "102 Main St Apt 101"},
		{"US", "1600 CENTRAL PL BLDG 14", "no 1600 | name CENTRAL | suffix PL | bldg BLDG 14", ""},
		{"US", "55 SYLVAN BLVD RM 108", "no 55 | name SYLVAN | suffix BLVD | room RM 108", ""},
		{"US", "55 SYLVAN BLVD FL 10", "no 55 | name SYLVAN | suffix BLVD | floor FL 10", ""},
		{"US", "55 Sylvan Blvd, 10th Floor", "no 55 | name Sylvan | suffix Blvd | floor 10th Floor", "55 Sylvan Blvd 10th Floor"},
		{"US", "425 FLOWER BLVD # 72", "no 425 | name FLOWER | suffix BLVD | unit # 72", ""},
		{"US", "425 FLOWER BLVD APT #72", "no 425 | name FLOWER | suffix BLVD | unit APT #72", ""},
		{"US", "425A Oak St BLDG B APT 3", "no 425 | letter A | name Oak | suffix St | bldg BLDG B | unit APT 3", ""},
		{"US", "#5 12 Main St", "no 12 | name Main | suffix St | unit #5", "12 Main St #5"},
		{"US", "#5 5th Ave", "prefix # | no 5 | name 5th | suffix Ave", "# 5 5th Ave"},
		{"US", "12 Oak St Rear", "no 12 | name Oak | suffix St | place Rear", "12 Oak St, Rear"},
		{"US", "12 Oak St NW Lot 5", "no 12 | name Oak | suffix St | post NW | place Lot 5", "12 Oak St NW, Lot 5"},
		{"US", "12 Elm Flat W", "no 12 | name Elm | suffix Flat | post W", ""},
		{"US", "12 Elm TRLR # 3", "no 12 | name Elm | suffix TRLR | unit # 3", ""},
		{"US", "12 Elm St Unit 4 Apt 3", "no 12 | name Elm | suffix St | unit Unit 4 Apt 3", ""},
		{"US", "200 Pier 39", "no 200 | name Pier 39", ""},
		{"US", "12 Front", "no 12 | name Front", ""},
		{"US", "12 Park Side", "no 12 | name Park Side", ""}, // "12 Park" is no street
		{"US", "12 N Park Side", "no 12 | pre N | name Park Side", ""},
		{"US", "12 Lake Front", "no 12 | name Lake Front", ""},
		{"US", "12 N Ave Rear", "no 12 | name N | suffix Ave | place Rear", "12 N Ave, Rear"},
		{"US", "12 5th Ave Rear", "no 12 | name 5th | suffix Ave | place Rear", "12 5th Ave, Rear"},
		{"GB", "12 Forest Side", "no 12 | name Forest Side", ""},
	})
	testLines(t, "Publication 28, appendix F: highways", []lineRow{
		{"US", "12 HIGHWAY 101", "no 12 | type HIGHWAY | name 101", ""},
		{"US", "12 COUNTY HIGHWAY 140", "no 12 | type COUNTY HIGHWAY | name 140", ""},
		{"US", "12 COUNTY ROAD N", "no 12 | type COUNTY ROAD | name N", ""},
		{"US", "12 STATE HIGHWAY MM", "no 12 | type STATE HIGHWAY | name MM", ""},
		{"US", "12 US HIGHWAY 44 E", "no 12 | type US HIGHWAY | name 44 | post E", ""},
		{"US", "12 Old US Highway 12", "no 12 | mod Old | type US Highway | name 12", ""},
		{"US", "12 Old Mill Rd", "no 12 | name Old Mill | suffix Rd", ""},
		{"US", "12 HIGHWAY 11 BYP", "no 12 | type HIGHWAY | name 11 | suffix BYP", ""},
		{"US", "12 KENTUCKY HIGHWAY 440", "no 12 | type KENTUCKY HIGHWAY | name 440", ""},
		{"US", "12 FARM TO MARKET 1200", "no 12 | type FARM TO MARKET | name 1200", ""},
		{"US", "12 INTERSTATE 10", "no 12 | type INTERSTATE | name 10", ""},
		{"US", "12 RM 2222", "no 12 | type RM | name 2222", ""},
		{"US", "12 LOOP 410", "no 12 | type LOOP | name 410", ""},
	})
	testLines(t, "the location service: letters of house numbers", []lineRow{
		{"US", "425A Oak St", "no 425 | letter A | name Oak | suffix St", ""},
		{"US", "1234 A Elm Street", "no 1234 | letter A | name Elm | suffix Street", "1234A Elm Street"},
		{"US", "123 A ST", "no 123 | name A | suffix ST", ""},
		{"US", "Z123 Oak Ln Extended", "prefix Z | no 123 | name Oak | suffix Ln | ext Extended", ""},
	})
}

func TestStreetLineLeftWhole(t *testing.T) {
	testLines(t, "no street, or no telling", []lineRow{
		{"US", "RR 2 BOX 18", "", ""},
		{"US", "HC 68 BOX 23A", "", ""},
		{"US", "ROUTE 4 BOX 87A", "", ""},
		{"IL", "5th Rear 12-14 3", "", ""}, // would be printed with two numbers
		{"AR", "12 ,", "", ""},
		{"BR", "12 12A bis s/n 1/2 B", "", ""},
		{"US", "410 5th Ave NE, Fernhill", "", ""},
		{"US", "The Old Mill, Fernhill, Washington", "", ""},
		{"US", "Broadway", "", ""},
		{"XX", "12 Oak St", "", ""},
	})
}

func TestStreetLineOfPuertoRico(t *testing.T) {
	testLines(t, "Publication 28, 29", []lineRow{
		{"PR", "1234 CALLE AURORA", "no 1234 | type CALLE | name AURORA", ""},
		{"PR", "A17 CALLE AMAPOLA", "prefix A | no 17 | type CALLE | name AMAPOLA", ""},
		{"PR", "123 Calle 5 Apt 2", "no 123 | type Calle | name 5 | unit Apt 2", ""},
		{"PR", "12 Ave. Ashford", "no 12 | type Ave | name Ashford", "12 Ave Ashford"},
	})
}

func TestStreetLineWhereStreetsAreEnglish(t *testing.T) {
	testLines(t, "Canada Post, addressing guidelines: civic address", []lineRow{
		{"CA", "10-123 1/2 MAIN ST NW", "no 123 | letter 1/2 | name MAIN | suffix ST | post NW | unit 10", ""},
		{"CA", "11D JESSOME ST", "no 11 | letter D | name JESSOME | suffix ST", ""},
		{"CA", "91 1/2 KING ST", "no 91 | letter 1/2 | name KING | suffix ST", ""},
		{"CA", "2061 36E RUE", "no 2061 | name 36E | suffix RUE", ""},
		{"CA", "100 RUE RENE-LEVESQUE", "no 100 | type RUE | name RENE-LEVESQUE", ""},
		{"CA", "100 rue du Parc", "no 100 | type rue | name du Parc", ""},
		{"CA", "100 rue des Isles", "no 100 | type rue | name des Isles", ""}, // and not the suffix of Publication 28
		{"CA", "100 14B ST", "no 100 | name 14B | suffix ST", ""},
		{"CA", "123 Avenue Rd", "no 123 | name Avenue | suffix Rd", ""},
		{"CA", "12 Villa St N", "no 12 | name Villa | suffix St | post N", ""},
		{"CA", "12 Esplanade Rd", "no 12 | name Esplanade | suffix Rd", ""},
		{"CA", "12 Promenade Dr", "no 12 | name Promenade | suffix Dr", ""},
		{"CA", "12 rue Bridge", "no 12 | type rue | name Bridge", ""},
		{"CA", "123 rue Sherbrooke app 4", "no 123 | type rue | name Sherbrooke | unit app 4", ""},
		{"CA", "123 rue Sherbrooke, appartement 4", "no 123 | type rue | name Sherbrooke | unit appartement 4", "123 rue Sherbrooke appartement 4"},
		{"CA", "123 rue Sherbrooke unité 4B", "no 123 | type rue | name Sherbrooke | unit unité 4B", ""},
		{"CA", "123 boul. René-Lévesque O bureau 300", "no 123 | type boul | name René-Lévesque O | unit bureau 300", "123 boul René-Lévesque O bureau 300"},
		{"CA", "123 Main St Apt 5", "no 123 | name Main | suffix St | unit Apt 5", ""},
	})
	testLines(t, "Australia Post and NZ Post: units before the number", []lineRow{
		{"AU", "4/12 Smith Street", "no 12 | name Smith | suffix Street | unit 4", ""},
		{"AU", "UNIT 4 12 SMITH ST", "no 12 | name SMITH | suffix ST | unit UNIT 4", "UNIT 4, 12 SMITH ST"},
		{"AU", "Shop 1, Unit 4 12 Smith St", "no 12 | name Smith | suffix St | unit Shop 1 Unit 4", "Shop 1 Unit 4, 12 Smith St"},
		{"AU", "Level 5, 12 George St North", "no 12 | name George | suffix St | post North | floor Level 5", ""},
		{"NZ", "3A/45 Queen Street", "no 45 | name Queen | suffix Street | unit 3A", ""},
	})
	testLines(t, "Royal Mail, An Post and others", []lineRow{
		{"GB", "12 High Street", "no 12 | name High | suffix Street", ""},
		{"GB", "12, High Street", "no 12 | name High | suffix Street", "12 High Street"},
		{"GB", "Flat 3, 12A Rose Close", "no 12 | letter A | name Rose | suffix Close | unit Flat 3", ""},
		{"GB", "12-14 North Street", "no 12-14 | name North | suffix Street", ""},
		{"GB", "12 Far North", "no 12 | name Far North", ""},
		{"GB", "12 The Green", "no 12 | name The Green", ""},
		{"GB", "Rose Cottage, High Street", "", ""},
		{"IE", "Apt. 3, 12 Main St.", "no 12 | name Main | suffix St | unit Apt 3", "Apt 3, 12 Main St"},
		{"IE", "12 O'Connell Street Upper", "no 12 | name O'Connell | suffix Street | ext Upper", ""},
		{"IE", "Apt 3, 12 Baggot St. Lower", "no 12 | name Baggot | suffix St | ext Lower | unit Apt 3", "Apt 3, 12 Baggot St Lower"},
		{"GB", "12 Upper Street", "no 12 | name Upper | suffix Street", ""},
		{"GB", "12 High Street, Upper", "no 12 | name High | suffix Street | place Upper", "Upper, 12 High Street"},
		{"US", "12 Main St Upper", "no 12 | name Main | suffix St | place Upper", "12 Main St, Upper"},
		{"ZA", "12 5th Avenue", "no 12 | name 5th | suffix Avenue", ""},
		{"SG", "Blk 123 Ang Mo Kio Ave 3 #05-12", "prefix Blk | no 123 | name Ang Mo Kio Ave 3 | unit #05-12", ""},
		{"HK", "Flat A, 12/F, 5 Queen's Road", "no 5 | name Queen's | suffix Road | floor 12/F | unit Flat A", "Flat A, 12/F, 5 Queen's Road"},
		{"HK", "G/F, 12 High Street", "no 12 | name High | suffix Street | floor G/F", ""},
		{"MY", "No.12, Jalan Merdeka", "prefix No | no 12 | type Jalan | name Merdeka", "No 12 Jalan Merdeka"},
	})
}

func TestStreetLineElsewhere(t *testing.T) {
	testLines(t, "the number before the street: FR, LU, JP", []lineRow{
		{"FR", "12 bis rue de la Paix", "no 12 | letter bis | type rue | name de la Paix", ""},
		{"FR", "12BIS RUE DES LILAS", "no 12 | letter BIS | type RUE | name DES LILAS", "12 BIS RUE DES LILAS"},
		{"FR", "12, rue de la Paix", "no 12 | type rue | name de la Paix", "12 rue de la Paix"},
		{"FR", "12 B av. du Parc", "no 12 | letter B | type av | name du Parc", "12B av du Parc"},
		{"FR", "3 rue X, Appt 3", "no 3 | type rue | name X | place Appt 3", ""},
		{"FR", "3 rue X, 75002 Paris", "", ""},
		{"LU", "12, rue Dicks", "no 12 | type rue | name Dicks", ""},
		{"JP", "1-2-3 Marunouchi", "no 1-2-3 | name Marunouchi", ""},
		{"JP", "丸の内1-2-3", "", ""},
	})
	testLines(t, "the number after the street: DE, AT, NL, CZ and others", []lineRow{
		{"DE", "Hauptstraße 5a", "no 5 | letter a | name Hauptstraße", ""},
		{"DE", "Hauptstraße 5 a", "no 5 | letter a | name Hauptstraße", "Hauptstraße 5a"},
		{"DE", "Hauptstraße 12-14", "no 12-14 | name Hauptstraße", ""},
		{"DE", "Hauptstraße 12 - 14", "no 12-14 | name Hauptstraße", "Hauptstraße 12-14"},
		{"DE", "Straße des 17. Juni 135", "no 135 | name Straße des 17. Juni", ""},
		{"DE", "Hauptstraße 5, 3. OG", "no 5 | name Hauptstraße | place 3. OG", ""},
		{"DE", "Hauptstraße 5, Berlin", "", ""},
		{"DE", "Hauptstraße 5, 10115 Berlin", "", ""},
		{"DE", "Hauptstraße", "", ""},
		{"AT", "Hauptstraße 5/3/12", "no 5/3/12 | name Hauptstraße", ""},
		{"NL", "Kerkstraat 12-2", "no 12 | letter 2 | name Kerkstraat", ""},
		{"NL", "Kerkstraat 12-A", "no 12-A | name Kerkstraat", ""},
		{"NL", "Kerkstraat 12 A", "no 12 | letter A | name Kerkstraat", "Kerkstraat 12A"},
		{"CZ", "Vodičkova 681/14", "no 681/14 | name Vodičkova", ""},
		{"HU", "Váci utca 12.", "no 12 | name Váci utca", "Váci utca 12"},
		{"PL", "ul. Długa 5/7", "no 5/7 | type ul | name Długa", "ul Długa 5/7"},
		{"DK", "Vesterbrogade 12, 3. tv", "no 12 | name Vesterbrogade | place 3. tv", ""},
	})
	testLines(t, "a comma before the number: ES, IT, BR", []lineRow{
		{"ES", "Calle Mayor, 5", "no 5 | type Calle | name Mayor", ""},
		{"ES", "Calle Mayor 5", "no 5 | type Calle | name Mayor", "Calle Mayor, 5"},
		{"ES", "C/ Mayor, 5, 3º B", "no 5 | type C/ | name Mayor | place 3º B", ""},
		{"ES", "Calle 5, 12", "no 12 | type Calle | name 5", ""},
		{"ES", "Calle Mayor, s/n", "", ""},
		{"IT", "Via Roma, 5/A", "no 5/A | type Via | name Roma", ""},
		{"IT", "Via Roma 5, 00144 Roma", "", ""},
		{"BR", "Rua das Flores, 123", "no 123 | type Rua | name das Flores", ""},
	})
	testLines(t, "numbered streets: CO, MX, PT", []lineRow{
		{"CO", "Calle 100 # 8-60", "prefix # | no 8-60 | type Calle | name 100", ""},
		{"CO", "Carrera 7 No. 71-21", "prefix No | no 71-21 | type Carrera | name 7", "Carrera 7 No 71-21"},
		{"MX", "Calle 5 de Mayo 12", "no 12 | type Calle | name 5 de Mayo", ""},
		{"MX", "5 de Mayo", "", ""},
		{"PT", "Rua 5", "type Rua | name 5", ""},
	})
	testLines(t, "the number on either side: BE, KR", []lineRow{
		{"BE", "Rue de la Loi 12", "no 12 | type Rue | name de la Loi", ""},
		{"BE", "12 rue de la Loi", "no 12 | type rue | name de la Loi", "rue de la Loi 12"},
		{"BE", "12 Oktoberstraat 5", "", ""},
		{"KR", "152 Teheran-ro", "no 152 | name Teheran-ro", ""},
	})
}

// suffixRows are the rows of the table of suffixes: the standard form, the word
// and its other spellings.
func suffixRows(t *testing.T) [][]string {
	t.Helper()
	data, err := os.ReadFile("data/suffixes.txt")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		if words := strings.Fields(line); words[0] != "#" {
			rows = append(rows, words)
		}
	}
	return rows
}

// Every suffix of Publication 28, in every spelling, is told apart from the
// name.
func TestEverySuffix(t *testing.T) {
	primaries := 0
	for _, row := range suffixRows(t) {
		primaries++
		for _, spelling := range row {
			l, err := emergency.ParseStreetLine("US", "12 Elm "+spelling)
			if err != nil || parts(l) != "no 12 | name Elm | suffix "+spelling {
				t.Errorf("%s: %s, %v", spelling, parts(l), err)
			}
		}
	}
	if primaries != 206 {
		t.Errorf("%d rows", primaries)
	}
}

// Every secondary unit designator of Publication 28, C2, is a place in the
// building and not part of the street, in full too; those that need a number
// have one.
func TestEveryDesignator(t *testing.T) {
	unit := func(l emergency.Location) string { return l.Unit }
	building := func(l emergency.Location) string { return l.Building }
	floor := func(l emergency.Location) string { return l.Floor }
	room := func(l emergency.Location) string { return l.Room }
	place := func(l emergency.Location) string { return l.Place }
	for _, row := range []struct {
		words  string
		part   func(emergency.Location) string
		number string
	}{
		{"APT Apartment STE Suite UNIT", unit, " 3"}, {"BLDG Building", building, " 3"}, {"FL Floor", floor, " 3"}, {"RM Room", room, " 3"},
		{"DEPT Department HNGR Hangar KEY LOT PIER SLIP SPC Space STOP TRLR Trailer", place, " 3"},
		{"BSMT Basement FRNT Front LBBY Lobby LOWR Lower OFC Office PH Penthouse REAR SIDE UPPR Upper", place, ""},
	} {
		for word := range strings.FieldsSeq(row.words) {
			for _, before := range []string{" ", ", "} {
				l, err := emergency.ParseStreetLine("US", "12 Elm Ave"+before+word+row.number)
				if err != nil || row.part(l.Location) != word+row.number || l.Address.StreetLine() != "12 Elm Ave" {
					t.Errorf("%q%s: %s, %v", before, word, parts(l), err)
				}
			}
		}
	}
}

// A unit never changes the address it is in, and so never its verdict.
func TestUnitsAreNoPartOfTheAddress(t *testing.T) {
	bare, _ := emergency.ParseStreetLine("US", "410 5th Ave NE")
	for _, unit := range []string{"APT 3", ", Apt. 3", "BLDG B APT 3", "# 3", ", Rear", "FL 2 RM 5", "STE 200B", ", 2nd Floor"} {
		l, err := emergency.ParseStreetLine("US", "410 5th Ave NE "+unit)
		if err != nil || l.Address != bare.Address || l.Location.IsDefault() {
			t.Errorf("%q: %v, %s", unit, err, cmp.Diff(value(bare.Address), value(l.Address)))
		}
	}
}
