package telephony

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// CallingCode is a country calling code, such as 44 [ITU-T E.164]. Zero is none.
type CallingCode uint16

// len returns how many digits the code has.
func (c CallingCode) len() int {
	switch {
	case c >= 100:
		return 3
	case c >= 10:
		return 2
	}
	return 1
}

// String returns the code's digits; empty for none.
func (c CallingCode) String() string {
	if c == 0 {
		return ""
	}
	return strconv.Itoa(int(c))
}

// Countries returns the countries that share the code, in alphabetical order:
// none for a code of a global service, such as 800.
func (c CallingCode) Countries() []Country {
	return slices.Clone(callingCodes().countries[c])
}

// Serves reports whether numbers under this code may belong to the country. A
// code of a global service, which is no country's, serves every country.
func (c CallingCode) Serves(country Country) bool {
	countries, assigned := callingCodes().countries[c]
	return assigned && (len(countries) == 0 || slices.Contains(countries, country))
}

// callingCodeOf returns the code that a number with these first three digits
// begins with, 0 if none is assigned. No code begins another, so the longest
// match is the only one.
func callingCodeOf(firstThree int) CallingCode {
	if firstThree > 999 {
		return 0
	}
	return callingCodes().byFirstThree[firstThree]
}

type callingCodeTable struct {
	byFirstThree [1000]CallingCode
	countries    map[CallingCode][]Country
}

var callingCodes = sync.OnceValue(func() *callingCodeTable {
	t := &callingCodeTable{countries: make(map[CallingCode][]Country)}
	for line := range strings.Lines(callingCodeList) {
		digits, names, _ := strings.Cut(strings.TrimSpace(line), " ")
		var code CallingCode
		for _, d := range digits {
			code = code*10 + CallingCode(d-'0')
		}
		var countries []Country
		for _, name := range strings.Fields(names) {
			countries = append(countries, Country(name))
		}
		t.countries[code] = countries
		first, width := int(code), 1
		for first < 100 {
			first, width = first*10, width*10
		}
		for i := range width {
			t.byFirstThree[first+i] = code
		}
	}
	return t
})

// callingCodeList holds the codes assigned by ITU-T (complement to E.164), one a
// line with the countries that share it; a line without countries is a global
// service. Code 999 is unassigned: it is accepted here, with the country ZZ that
// ISO sets aside for users, so that large synthetic stocks can be made that
// touch nobody's numbers.
const callingCodeList = `1 AG AI AS BB BM BS CA DM DO GD GU JM KN KY LC MP MS PR SX TC TT US VC VG VI
20 EG
211 SS
212 EH MA
213 DZ
216 TN
218 LY
220 GM
221 SN
222 MR
223 ML
224 GN
225 CI
226 BF
227 NE
228 TG
229 BJ
230 MU
231 LR
232 SL
233 GH
234 NG
235 TD
236 CF
237 CM
238 CV
239 ST
240 GQ
241 GA
242 CG
243 CD
244 AO
245 GW
246 IO
247 SH
248 SC
249 SD
250 RW
251 ET
252 SO
253 DJ
254 KE
255 TZ
256 UG
257 BI
258 MZ
260 ZM
261 MG
262 RE TF YT
263 ZW
264 NA
265 MW
266 LS
267 BW
268 SZ
269 KM
27 ZA
290 SH
291 ER
297 AW
298 FO
299 GL
30 GR
31 NL
32 BE
33 FR
34 ES
350 GI
351 PT
352 LU
353 IE
354 IS
355 AL
356 MT
357 CY
358 AX FI
359 BG
36 HU
370 LT
371 LV
372 EE
373 MD
374 AM
375 BY
376 AD
377 MC
378 SM
379 VA
380 UA
381 RS
382 ME
383 XK
385 HR
386 SI
387 BA
389 MK
39 IT VA
40 RO
41 CH
420 CZ
421 SK
423 LI
43 AT
44 GB GG IM JE
45 DK
46 SE
47 NO SJ
48 PL
49 DE
500 FK GS
501 BZ
502 GT
503 SV
504 HN
505 NI
506 CR
507 PA
508 PM
509 HT
51 PE
52 MX
53 CU
54 AR
55 BR
56 CL
57 CO
58 VE
590 BL GP MF
591 BO
592 GY
593 EC
594 GF
595 PY
596 MQ
597 SR
598 UY
599 BQ CW
60 MY
61 AU CC CX
62 ID
63 PH
64 NZ PN
65 SG
66 TH
670 TL
672 AQ HM NF
673 BN
674 NR
675 PG
676 TO
677 SB
678 VU
679 FJ
680 PW
681 WF
682 CK
683 NU
685 WS
686 KI
687 NC
688 TV
689 PF
690 TK
691 FM
692 MH
7 KZ RU
800
808
81 JP
82 KR
84 VN
850 KP
852 HK
853 MO
855 KH
856 LA
86 CN
870
878
880 BD
881
882
883
886 TW
888
90 TR
91 IN
92 PK
93 AF
94 LK
95 MM
960 MV
961 LB
962 JO
963 SY
964 IQ
965 KW
966 SA
967 YE
968 OM
970 PS
971 AE
972 IL
973 BH
974 QA
975 BT
976 MN
977 NP
979
98 IR
992 TJ
993 TM
994 AZ
995 GE
996 KG
998 UZ
999 ZZ`
