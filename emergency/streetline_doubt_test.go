package emergency_test

import (
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

// wholes are lines that say more than a street, a number and a place: to take them
// apart would be to send help to the wrong one.
var wholes = map[string]map[telephony.Country][]string{
	"several house numbers": {
		"US": {"12,14 Main St", "12, 14 Main St", "12 & 14 Main St", "12 to 14 Main St", "12 and 14 Main St", "12+14 Main St", "12;14 Main St", "12 or 14 Main St"},
		"GB": {"12 & 14 High Street", "12, 14 High Street"},
		"DE": {"Hauptstraße 5 bis 7", "Hauptstraße 5 und 7", "Hauptstraße 5 & 7", "Hauptstraße Haus 5", "Hauptstraße Eingang 5", "Hauptstraße 5,7"},
		"NL": {"Kerkstraat 12 t/m 14", "Kerkstraat 12 t/m 14a", "Kerkstraat 12 tot 14", "Kerkstraat 12 en 14", "Kerkstraat t/o 12", "Kerkstraat naast 12"},
		"FR": {"12 et 14 rue X", "12 au 14 rue X", "12 A 14 rue X", "12, 14 rue X", "12 bis A rue X", "12 bisA rue X"},
		"ES": {"Calle Mayor 5 y 7", "Calle Mayor 5 3 B", "Calle Mayor, 5, 3"},
		"DK": {"Vej 5 og 7"}, "IT": {"Via Roma 5 e 7", "Via Roma n. 5"}, "PL": {"ul. Długa 5 i 7"},
		"HU": {"Váci utca 12-14. II. em. 3"}, "FI": {"Katu 5, 12"},
		"MX": {"Calle 10 x 15 y 17 No. 100"}, "CO": {"Kr 7 71 21", "KR 7 71 21 AP 301"}, "CR": {"Calle 5 Avenida 7"}, "PT": {"Rua X, 5-3º", "Rua Augusta 110-3º Dto"},
	},
	"no house number, and a number": {
		"US": {"Lot 5 Main St", "W 12 Main St", "W156 N8480 Pilgrim Rd", "# 5 12 Main St", "#5 12 Mile Rd", "12 Unit 5", "12 Flat 2", "W12 Main St", "A12 Main St", "12 1/2 St", "12 1/2B Main St", "-12 Main St", "12- Main St"},
		"GB": {"Flat 3 High Street", "Flat A High Street", "Unit 3 Mill Lane", "Plot 7 Mill Lane", "The Cottage 12 High Street", "Basement Flat 12 High Street", "12C, Flat 3 High Street"},
		"AU": {"Lot 3 Smith Rd", "L5 12 Smith St", "Villa 4/12 Smith St", "Unit G01/12 Smith St"}, "IE": {"Unit 4/5 Main Street"}, "CA": {"Unit 5-12 Main St"},
		"ES": {"Calle Mayor s/n", "Calle Mayor S/N", "Avda. de la Constitución s/n", "Calle Mayor sin número", "Calle Mayor sn",
			"Ctra. de Madrid km 5,5", "Ctra. de Madrid km 5,5.", "Ctra. de Madrid 5,5km", "Ctra. de Madrid pk 5", "Ctra. de Madrid kilómetro 5", "Calle Mayor bloque 3", "Calle Mayor nave 3", "Calle Mayor 5-3º", "Calle Mayor 5-3ºB"},
		"DK": {"Storegade lejl 5"}, "NO": {"Storgata bygg 5"}, "NL": {"Kerkstraat kamer 5"}, "JP": {"1 Chome-2-3 Ginza", "1 chome 2-3 Ginza"},
		"IT": {"Via Roma snc", "Via Roma s.n.c.", "Via Roma senza numero"}, "BR": {"Rua X s/nº", "Rua X s/n", "Rua X Apto 4", "SQS 308 Bloco A Apto 101"},
		"FR": {"rue X 12", "rue X 12."}, "PT": {"Rua X lote 5"}, "MX": {"Manzana 5 Lote 3 Calle X", "Av. Reforma No. Ext. 123", "Av. Reforma Ext. 123"},
	},
	"two streets": {
		"US": {"Main St & 5th Ave", "5th Ave and Main St", "Corner of Main St and 5th Ave", "12 Main St at 5th Ave", "Main St/5th Ave", "12 Main St and Oak Ave",
			"Broadway at 5th Ave", "Broadway and Main St", "12 Broadway and 5th", "12 Broadway near Main St", "12 Main St or Oak Ave"},
		"GB": {"12 Mill Lane and 14 Mill Lane"}, "AU": {"12 Smith St cnr Main Rd"}, "PH": {"12 Rizal St cor Mabini St"},
		"ES": {"Calle Mayor esq. Sol", "Calle Mayor 5 esquina Sol"},
		"CO": {"Calle 100 con Carrera 8", "Calle 100 Carrera 8 - 60", "Cra 7 Cll 71"},
	},
	"the city": {
		"US": {"1 Main St Fernhill WA 98099", "100 Main Street Fernhill", "100 Main St E Fernhill", "1 Main St, Fernhill", "1 Main St, Fernhill, WA 98099",
			"12 Main St Long Beach", "12 Main St Forest Park", "12 Main St Cedar Falls", "12 Main St Mountain View", "12 Main St Key West"}, "GB": {"12 High Street Bethnal Green"},
		"ZA": {"12 Main Road Claremont"}, "AU": {"12 Smith St Richmond"}, "CA": {"12 Main St E Toronto"},
		"PR": {"12 Calle Luna Urb Las Gladiolas"}, "MX": {"Av. Reforma 222 Int 3 Col. Juárez"},
		"CZ": {"Dlouhá 5, Praha 1"}, "FR": {"12 rue X, Paris 2"}, "AT": {"Hauptstraße 5, Wien 3"},
	},
	"a unit that is not told apart": {
		"US": {"12 Main St; Apt 4", "12 Main St - Apt 4", "12 Main St / Apt 4", "12 Main St-Apt 4", "12 Main St (rear)", "12 Main St [rear]",
			"12 Main St Apt", "12 Main St Space", "12 Main St Building", "12 Main St 3", "12 Main St 3A", "12 Main St Apt No 5", "12 Main St Apt 5 B",
			"12 Main St Suite A & B", "12 Main St Ste 3; Bldg 4", "12 Main St, E", "12 Park Lot 5", "12 Forest Hill Side", "12 Hwy 5 Lot 3",
			`12 Main St\Apt 4`, "12 Main St: Apt 4", "12 Main St | Apt 4", "12 Main St_Apt 4", "12 Main St Apt:4"},
		"SG": {"10 Anson Road #10-01 International Plaza"}, "DE": {"Hauptstraße 5; Hinterhaus"},
		"CA": {"123 rue Sherbrooke local 4", "123 rue Sherbrooke porte 4", "123 rue Sherbrooke étage 3", "123 rue Sherbrooke 3e étage", "12 Avenue Park"},
	},
	"a box": {
		"US": {"12 Main St P.O. Box 5"}, "DE": {"Postfach 12"}, "NL": {"Postbus 12"}, "FR": {"12 rue X BP 12"},
	},
}

// TestDoubtfulLinesAreLeftWhole, and say so.
func TestDoubtfulLinesAreLeftWhole(t *testing.T) {
	for why, countries := range wholes {
		for c, lines := range countries {
			for _, line := range lines {
				l, err := emergency.ParseStreetLine(c, line)
				if err != nil || !l.IsWhole() || l.Address.Street != line || l.Line() != line {
					t.Errorf("%s, %s %q: %s, %v", why, c, line, parts(l), err)
				}
			}
		}
	}
}

// TestStreetLineByRules: what a country has rules for is read by them.
func TestStreetLineByRules(t *testing.T) {
	testLines(t, "a comma before the direction", []lineRow{
		{"US", "1600 Pennsylvania Ave., N.W., Suite 200", "no 1600 | name Pennsylvania | suffix Ave | post NW | unit Suite 200", "1600 Pennsylvania Ave NW Suite 200"},
		{"US", "12 Main St, North", "no 12 | name Main | suffix St | post North", "12 Main St North"},
		{"US", "12 1st St N E", "no 12 | name 1st | suffix St | post N E", ""},
		{"US", "12 N.W. 5th St", "no 12 | pre NW | name 5th | suffix St", "12 NW 5th St"},
		{"US", "12 N E Ave", "no 12 | pre N | name E | suffix Ave", ""},
	})
	testLines(t, "a full stop at the end", []lineRow{
		{"US", "12 Avenue A Apt B.", "no 12 | type Avenue | name A | unit Apt B", "12 Avenue A Apt B"},
		{"US", "200 Avenue C.", "no 200 | type Avenue | name C", "200 Avenue C"},
		{"US", "12 Main St, N.", "no 12 | name Main | suffix St | post N", "12 Main St N"},
		{"DE", "Hauptstraße 5, 3. OG.", "no 5 | name Hauptstraße | place 3. OG", "Hauptstraße 5, 3. OG"},
	})
	testLines(t, "fractions", []lineRow{
		{"US", "101½ Oak Ave NW", "no 101 | letter ½ | name Oak | suffix Ave | post NW", "101 ½ Oak Ave NW"},
		{"US", "12 ½ Main St", "no 12 | letter ½ | name Main | suffix St", ""},
		{"DE", "Hauptstraße 5½", "no 5 | letter ½ | name Hauptstraße", "Hauptstraße 5 ½"},
	})
	testLines(t, "names with an article", []lineRow{
		{"GB", "1 The Close", "no 1 | name The Close", ""},
		{"GB", "12 The Green North", "no 12 | name The Green | post North", ""},
		{"GB", "12 The High Street", "no 12 | name The High | suffix Street", ""},
		{"US", "12 The Boulevard", "no 12 | name The Boulevard", ""},
	})
	testLines(t, "units before the number: AU, NZ, Glasgow", []lineRow{
		{"AU", "Unit 4/12 Smith St", "no 12 | name Smith | suffix St | unit Unit 4", "Unit 4, 12 Smith St"},
		{"AU", "Shop 3/12-14 Smith St", "no 12-14 | name Smith | suffix St | unit Shop 3", "Shop 3, 12-14 Smith St"},
		{"AU", "U4/12 Smith St", "no 12 | name Smith | suffix St | unit U4", "U4, 12 Smith St"},
		{"AU", "U4 12 Smith St", "no 12 | name Smith | suffix St | unit U4", "U4, 12 Smith St"},
		{"NZ", "Flat 4/12 Queen St", "no 12 | name Queen | suffix St | unit Flat 4", "Flat 4, 12 Queen St"},
		{"GB", "2/1, 12 High Street", "no 12 | name High | suffix Street | unit 2/1", ""},
		{"GB", "3/2 12 Sauchiehall Street", "no 12 | name Sauchiehall | suffix Street | unit 3/2", "3/2, 12 Sauchiehall Street"},
		{"GB", "Flat 2/1, 12 High Street", "no 12 | name High | suffix Street | unit Flat 2/1", ""},
		{"GB", "12/3 Leith Walk", "no 12/3 | name Leith | suffix Walk", ""},
		{"GB", "12/3, Leith Walk", "no 12/3 | name Leith | suffix Walk", "12/3 Leith Walk"},
		{"GB", "First Floor, 12 High Street", "no 12 | name High | suffix Street | floor First Floor", ""},
		{"US", "12 Main St Third Floor", "no 12 | name Main | suffix St | floor Third Floor", ""},
	})
	testLines(t, "stairs and doors, storeys", []lineRow{
		{"AT", "Hauptstraße 5/Stiege 3/Tür 12", "no 5 | name Hauptstraße | place Stiege 3, Tür 12", "Hauptstraße 5, Stiege 3, Tür 12"},
		{"AT", "Hauptstraße 5 / Stg. 3 / Tür 12", "no 5 | name Hauptstraße | place Stg. 3, Tür 12", "Hauptstraße 5, Stg. 3, Tür 12"},
		{"AT", "Hauptstraße 5/2/Top 12", "no 5/2 | name Hauptstraße | place Top 12", "Hauptstraße 5/2, Top 12"},
		{"AT", "Hauptstraße 5/3. Stock", "no 5 | name Hauptstraße | place 3. Stock", "Hauptstraße 5, 3. Stock"},
		{"AT", "Hauptstraße 5/EG", "no 5 | name Hauptstraße | place EG", "Hauptstraße 5, EG"},
		{"ES", "Calle Mayor 5 bajo", "no 5 | type Calle | name Mayor | place bajo", "Calle Mayor, 5, bajo"},
		{"ES", "Calle Mayor,5,3º B", "no 5 | type Calle | name Mayor | place 3º B", "Calle Mayor, 5, 3º B"},
		{"DE", "Hauptstraße 5,3. OG", "no 5 | name Hauptstraße | place 3. OG", "Hauptstraße 5, 3. OG"},
		{"ES", "Calle Mayor, 5, 3 B", "no 5 | type Calle | name Mayor | place 3 B", ""},
		{"PT", "Rua X, 5, R/C Dto", "no 5 | type Rua | name X | place R/C Dto", "Rua X 5, R/C Dto"},
		{"TR", "Cumhuriyet Cad. No:12 D:3", "prefix No: | no 12 | name Cumhuriyet Cad. | place D:3", "Cumhuriyet Cad. No: 12, D:3"},
		{"TR", "Cumhuriyet Cad. No.12 Kat:2 Daire:3", "prefix No | no 12 | name Cumhuriyet Cad. | place Kat:2 Daire:3", "Cumhuriyet Cad. No 12, Kat:2 Daire:3"},
		{"CZ", "Dlouhá č.p. 5", "prefix čp | no 5 | name Dlouhá", "Dlouhá čp 5"},
		{"DE", "Hauptstraße 5 Haus 3", "no 5 | name Hauptstraße | place Haus 3", "Hauptstraße 5, Haus 3"},
		{"MX", "Insurgentes Sur 1234 Torre 5", "no 1234 | name Insurgentes Sur | place Torre 5", "Insurgentes Sur 1234, Torre 5"},
		{"SE", "Lilla Torg 1, vån 3", "no 1 | name Lilla Torg | place vån 3", ""},
		{"HU", "Fő u. 12. fsz. 3", "no 12 | name Fő u. | place fsz. 3", "Fő u. 12, fsz. 3"},
		{"ES", "C/Mayor, 5", "no 5 | type C/ | name Mayor", "C/ Mayor, 5"},
	})
	testLines(t, "words of a part of a building that are names", []lineRow{
		{"ES", "Calle de la Torre 5", "no 5 | type Calle | name de la Torre", "Calle de la Torre, 5"},
		{"IT", "Piazza della Scala 5", "no 5 | type Piazza | name della Scala", "Piazza della Scala, 5"},
		{"ES", "Calle Mayor 5 nave 3", "no 5 | type Calle | name Mayor | place nave 3", "Calle Mayor, 5, nave 3"},
		{"NO", "Storgata 5 bygg 3", "no 5 | name Storgata | place bygg 3", "Storgata 5, bygg 3"},
		{"SE", "S:t Eriksgatan 5", "no 5 | name S:t Eriksgatan", ""},
	})
	testLines(t, "numbers that are names", []lineRow{
		{"DE", "Platz des 4. Juli 1", "no 1 | name Platz des 4. Juli", ""},
		{"ES", "Plaza del 2 de Mayo 5", "no 5 | type Plaza | name del 2 de Mayo", "Plaza del 2 de Mayo, 5"},
		{"ES", "Plaza del 2 de Mayo", "type Plaza | name del 2 de Mayo", ""},
		{"FR", "12 rue du 8 Mai 1945", "no 12 | type rue | name du 8 Mai 1945", ""},
		{"FR", "12 D 34", "no 12 | name D 34", ""},
		{"ES", "Ctra. N-340 km 12", "type Ctra | name N-340 km 12", "Ctra N-340 km 12"},
		{"CZ", "Náměstí 28. října 12", "no 12 | type Náměstí | name 28. října", ""},
		{"CO", "Av. Calle 26 # 59-51", "prefix # | no 59-51 | type Av | name Calle 26", "Av Calle 26 # 59-51"},
		{"CA", "12 Concession Road 5 E", "no 12 | type Concession Road | name 5 | post E", ""},
		{"CA", "1200 5e Avenue Nord", "no 1200 | name 5e Avenue Nord", ""},
		{"SG", "12 Jurong West Street 42", "no 12 | name Jurong West Street 42", ""},
		{"HK", "5 Queen's Road Central", "no 5 | name Queen's Road Central", ""},
		{"US", "12 5 Mile Rd", "no 12 | name 5 Mile | suffix Rd", ""},
		{"US", "12 Hope and Anchor Rd", "no 12 | name Hope and Anchor | suffix Rd", ""},
	})
}

// A line with a sign or a word more that no street has is left whole, whatever it
// is otherwise.
func TestOneSignTooMany(t *testing.T) {
	lines := map[telephony.Country]string{"US": "410 N Oak Ave NE", "GB": "12 High Street", "AU": "4/12 Smith St",
		"DE": "Hauptstraße 5a", "NL": "Kerkstraat 12", "ES": "Calle Mayor, 5", "FR": "12 bis rue de la Paix", "TR": "Cumhuriyet Cad. No:12"}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]telephony.Country{"US", "GB", "AU", "DE", "NL", "ES", "FR", "TR"}).Draw(t, "country")
		words := strings.Fields(lines[c])
		at := rapid.IntRange(1, len(words)-1).Draw(t, "at")
		sign := rapid.SampledFrom([]string{"&", "/", "(rear)", ";", "|", "_", ":", `\`, "[x]", "@", "+", "- -"}).Draw(t, "sign")
		line := strings.Join(words[:at], " ") + " " + sign + " " + strings.Join(words[at:], " ")
		if l, err := emergency.ParseStreetLine(c, line); err != nil || !l.IsWhole() {
			t.Fatalf("%s %q: %s, %v", c, line, parts(l), err)
		}
	})
}
