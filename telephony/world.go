package telephony

import (
	"strings"
	"sync"
)

// IsValid reports whether c is a country this module knows.
func (c Country) IsValid() bool { return c.World() != "" }

// World returns the part of the world in which the service files the country:
// NOAM, LATAM, EMEA or APAC, and TEST for ZZ. It is empty for a country that
// this module does not know.
func (c Country) World() string { return worlds()[c] }

var worlds = sync.OnceValue(func() map[Country]string {
	m := make(map[Country]string, 256)
	for line := range strings.Lines(worldList) {
		world, names, _ := strings.Cut(line, " ")
		for _, name := range strings.Fields(names) {
			m[Country(name)] = world
		}
	}
	return m
})

// worldList holds the ISO 3166-1 alpha-2 codes by part of the world, with XK,
// which the code list leaves to users and everyone uses for Kosovo, and ZZ.
const worldList = `NOAM BM CA GL PM PR US UM
LATAM AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PY SR SV SX TC TT UY VC VE VG VI
EMEA AD AE AL AM AO AT AX AZ BA BE BF BG BH BI BJ BW BY CD CF CG CH CI CM CV CY CZ DE DJ DK DZ EE EG EH ER ES ET FI FO FR GA GB GE GG GH GI GM GN GQ GR GW HR HU IE IL IM IQ IR IS IT JE JO KE KG KM KW KZ LB LI LR LS LT LU LV LY MA MC MD ME MG MK ML MR MT MU MW MZ NA NE NG NL NO OM PL PS PT QA RE RO RS RU RW SA SC SD SE SH SI SJ SK SL SM SN SO SS ST SY SZ TD TG TJ TM TN TR TZ UA UG UZ VA XK YE YT ZA ZM ZW
APAC AF AQ AS AU BD BN BT CC CK CN CX FJ FM GU HK HM ID IN IO JP KH KI KP KR LA LK MH MM MN MO MP MV MY NC NF NP NR NU NZ PF PG PH PK PN PW SB SG TF TH TK TL TO TV TW VN VU WF WS
TEST ZZ`
