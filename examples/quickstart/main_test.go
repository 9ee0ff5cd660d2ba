package main

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/callingplan/examples/internal/goldentest"
)

// output is what the program prints.
func output(t *testing.T) string {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "output"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	stdout := os.Stdout
	os.Stdout = file
	main()
	os.Stdout = stdout
	text, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestGolden(t *testing.T) { goldentest.Compare(t, output(t)) }

// TestRules holds the output against what the rules say.
func TestRules(t *testing.T) {
	goldentest.Rules(t, output(t), map[string]string{
		"a street whose name is a number carries its ending": `street 5 is now 5th`,
		"the lowest number of the area is held first":        `adele has \+12065550100\n`,
		"100 licences give 100 + 10% + 10":                   `  120  limit\n`,
		"the numbers that were not chosen count no more":     `    3  acquired\n    0  held\n`,
	})
}
