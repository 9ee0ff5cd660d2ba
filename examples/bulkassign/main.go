// Bulkassign gives many people their numbers from a file: it plans, shows the
// plan, applies it, and writes a file of what came of each row. The file is one
// that went through a spreadsheet and has most of what can go wrong in it.
//
//	go run ./examples/bulkassign
//
// Every number is one of those set aside for fiction.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
	"example.com/callingplan/telephony/engine"
)

//go:embed data/assignments.csv
var file []byte

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bulkassign:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer) error {
	org, err := newTenant(ctx)
	if err != nil {
		return err
	}
	reader := adminfile.ReadAssignments(bytes.NewReader(file))
	header, err := reader.Header()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "Cells are separated by %q; nobody knows the columns %q.\n", header.Separator, header.Unknown)

	plan, err := adminfile.NewPlan(ctx, org, reader.Rows())
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "\nThe plan:", plan)
	show(w, plan.Rows())

	// While somebody looks at the plan, somebody else gives a number away.
	taken := engine.Assign{Number: telephony.MustParse("+12065550106"), Person: "alex@contoso.example", Location: office}
	if err := org.Assign(ctx, taken); err != nil {
		return err
	}

	results := plan.Apply(ctx, org)
	fmt.Fprintln(w, "\nApplied:", results.Tally())
	show(w, results)
	fmt.Fprintln(w, "\nApplied again:", plan.Apply(ctx, org).Tally())

	fmt.Fprintln(w, "\nThe file of results, to be put right and planned again:")
	return adminfile.WriteResults(w, results, adminfile.WithStyle(adminfile.Machine), adminfile.WithSeparator(';'))
}

// show lists what each row would do or what came of it, with every reason.
func show(w io.Writer, results adminfile.Results) {
	fmt.Fprintf(w, "  %4s  %-22s  %-14s  %s\n", "line", "person", "number", "result")
	for _, r := range results {
		number := "-"
		if r.Assignment.Number.IsValid() {
			number = r.Assignment.Number.String()
		}
		fmt.Fprintf(w, "  %4d  %-22s  %-14s  %v\n", r.Line, r.Assignment.Person, number, r.State)
		for _, reason := range r.Reasons {
			fmt.Fprintf(w, "        - %v\n", reason)
		}
	}
}
