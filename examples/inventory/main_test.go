package main

import (
	"testing"

	"example.com/callingplan/examples/internal/goldentest"
)

func TestGolden(t *testing.T) { goldentest.Compare(t, goldentest.Output(t, run)) }

// TestRules looks in the output for what the rules say, which a golden file that
// was written anew would not notice.
func TestRules(t *testing.T) {
	goldentest.Rules(t, goldentest.Output(t, run), map[string]string{
		"every row has its result":                        `Loaded 6200 numbers with 5 of 8 rows`,
		"an overlap is named":                             `(?s)line 3 [^\n]*rejected\n[^\n]*in stock already[^\n]*\n +\+33199004900\.\.\+33199004999\n`,
		"a rewritten number is refused at its place":      `line 6, column 1: First: .*spreadsheet`,
		"what is not free is counted by what it is":       `EMEA-FR-ALL-Paris +user +5000 +3500 +60 +1340 +100 +30\.0 %`, // 21*70 + 90 - 120 - 100 acquired
		"a business line's numbers have rested":           `1560 taken and 120 returned in 21 days: 480/7 a day, falling; gone in 51 days`,
		"what nobody takes does not run out":              `EMEA-GB-ALL-London +800 free, .* not falling\n`,
		"letters stand for the digits they dial":          `CALL dials +\+33199002255 of`,
		"the nearest comes first, and below before above": `\+33199002499 \+33199002498 \+33199002500 of`,
		"the ends of blocks do not cut a run":             `\+33199001810\.\.\+33199002009 of`,
		"a search for nothing says how far it looked":     `nothing there +of 3500 looked at`,
		"a lost race names what went":                     `(?s)somebody was faster hears:\n[^\n]*\n +\[\+33199003300 \+33199004400\]`,
		"a move tells its tenant what no longer works":    `(?s)90 acquired numbers\.\n[^\n]*contoso +numbers_moved\n[^\n]*contoso +activation_failed\n[^\n]*us +stock_moved`,
		"what is not free is listed by what it is":        `(?s)cannot be withdrawn:\n[^\n]*a tenant's[^\n]*\n[^\n]*\n[^\n]*held in reservations`,
		"what is free can go":                             `What of it is free can: 590 numbers, \[\+33199001410\.\.\+33199001999\]`,
		"an area of which nothing is left is not offered": `no user numbers are offered in NOAM-US-WA-Seattle`,
	})
}
