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
		"without corrections an ordinal is a problem":    `without corrections: rejected\n +street: .*ordinal`,
		"the person is told what was corrected":          `We updated the address: .*5th.*Fernhlil is now Fernhill`,
		"writing is put into form without a word":        `postal_code +normalised +"980990001" -> "98099-0001"`,
		"a place is never a part of the validated lines": `Contoso Orchards\n410 5th Ave NE\nFERNHILL, WA`,
		"elements stand in the order of RFC 5139":        `(?s)<ca:country>.*<ca:A1>.*<ca:A3>.*<ca:RD>.*<ca:STS>.*<ca:POD>.*<ca:HNO>.*<ca:NAM>.*<ca:PC>`,
		"direct dialling works, and behind a prefix":     `911 +emergency\n9911 +emergency\n933 +test\n`,
		"a registered location is screened in the US":    `registered.*\nanswered by: screening operator`,
		"a dynamic one goes straight":                    `dynamic.*\nanswered by: dispatch centre psap-1`,
	})
}
