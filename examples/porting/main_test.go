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
		"ten digits gain the country code":           `\(503\) 555-0100 +\+15035550100\n`,
		"a range is two numbers":                     `503\.555\.0101 - 503\.555\.0103 +\+15035550101.*\+15035550103`,
		"what is too short is flagged as typed":      `555-0109 +flagged: .*neither 10 digits`,
		"what can be read in two ways is flagged":    `5035550111-5035550112-5035550113 +flagged`,
		"a long name is cut, and that is told":       `company: cut from 32 characters to 24`,
		"a number is in one order":                   `once more: .*another open port order`,
		"an order in process is not edited":          `meanwhile: .*on its way there`,
		"the carrier's reason says what to do":       `company name mismatch \(see the bill\); write the company's name`,
		"an approved order can be dated":             `allowed: \[edit transfer date cancel`,
		"at 24 hours it is not locked":               `24h0m0s +left: transfer approved\n`,
		"a nanosecond later it is":                   `23h59m59\.999999999s +left: transfer pending\n`,
		"a pending order is not cancelled":           `cancelled now: .*less than 24 hours`,
		"what fails stays with its reason":           `failed, number not on account\n`,
		"ported numbers do not count":                `0 acquired, 5 ported in and not counted, 21 left`,
		"without a PIN nothing leaves":               `before there is a PIN: .*no port-out PIN is set`,
		"a wrong PIN counts":                         `with a wrong PIN: .*wrong 1, limit 5`,
		"the tenant can lock its numbers":            `behind a lock: .*locked against port-out`,
		"with the right PIN a number leaves":         `with the right PIN: +\+15035550101 left`,
		"a number that was ported in goes back":      `numbers_snapped_back +1 numbers`,
		"a pending order can be moved by the desk":   `approve +- +approved +approved +approved +-`,
		"a pending order cannot be cancelled at all": `cancel +cancelled +cancelled +cancelled +- +cancelled`,
	})
}
