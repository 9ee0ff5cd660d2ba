package main

import (
	"bytes"
	"regexp"
	"testing"

	"example.com/callingplan/examples/internal/goldentest"
)

// output is what the program prints.
func output(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := run(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) { goldentest.Compare(t, output(t)) }

// TestRules looks in the output for what the rules say, which a golden file that
// was written anew would not notice.
func TestRules(t *testing.T) {
	got := output(t)
	for rule, pattern := range map[string]string{
		"without corrections an ordinal is a problem":    `without corrections: rejected\n +street: .*ordinal`,
		"the person is told what was corrected":          `We updated the address: .*5th.*Fernhlil is now Fernhill`,
		"writing is put into form without a word":        `postal_code +normalised +"980990001" -> "98099-0001"`,
		"a place is never a part of the validated lines": `Contoso Orchards\n410 5th Ave NE\nFERNHILL, WA`,
		"elements stand in the order of RFC 5139":        `(?s)<ca:country>.*<ca:A1>.*<ca:A3>.*<ca:RD>.*<ca:STS>.*<ca:POD>.*<ca:HNO>.*<ca:NAM>.*<ca:PC>`,
		"direct dialling works, and behind a prefix":     `911 +emergency\n9911 +emergency\n933 +test\n`,
		"a registered location is screened in the US":    `registered.*\nanswered by: screening operator`,
		"a dynamic one goes straight":                    `dynamic.*\nanswered by: dispatch centre psap-1`,
	} {
		if !regexp.MustCompile(pattern).MatchString(got) {
			t.Errorf("%s: nothing of %s in:\n%s", rule, pattern, got)
		}
	}
}
