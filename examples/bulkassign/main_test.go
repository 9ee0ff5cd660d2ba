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
		"a column that nobody knows is named":          `columns \["Cost centre"\]`,
		"a lost plus sign is no fault":                 `3  megan@contoso.example +\+12065550101 +would assign\n`,
		"a rewritten number is refused at its place":   `4  diego@contoso.example +- +refused\n +- line 4, column 23: PhoneNumber: .*spreadsheet`,
		"every reason is given at once":                `5  lynne.*refused\n +- .*Phone System.*\n +- .*Calling Plan`,
		"the US wants a location with the assignment":  `6  isaiah.*refused\n +- .*emergency location`,
		"rows in conflict are refused both":            `(?s)7  henri[^\n]*refused\n[^\n]*other line 8.*8  joni[^\n]*refused\n[^\n]*other line 7`,
		"what was so is so":                            `10  patti.*already so\n`,
		"numbers of other kinds are not assigned here": `11  miriam.*refused\n`,
		"what changed in between is left alone":        `(?s)Applied: .*9  nestor[^\n]*stale\n[^\n]*changed[^\n]*\n[^\n]*is assigned`,
		"nothing is done twice":                        `Applied again: 3 already so, 6 refused, 1 stale\n`,
		"what was typed is kept":                       `4;diego@contoso.example;1,20656E\+10;CallingPlan;l-bulk-00000002;refused;cell_rewritten;`,
	})
}
