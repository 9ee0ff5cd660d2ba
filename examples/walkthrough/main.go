// Walkthrough takes the whole walk of an administrator who gives people their
// telephone numbers: licences, numbers, emergency addresses, assignment, and
// telling them. It reads the files such an administrator has and prints what
// happens at each step.
//
//	go run ./examples/walkthrough
//	go run ./examples/walkthrough -people my-people.csv
//
// The time is a mock clock's, so that ten minutes of countdown and four hours of
// waiting take no time. Every number is one of those set aside for fiction.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	os.Exit(program(os.Args[1:], os.Stdout, os.Stderr))
}

// program is main with its surroundings as arguments, so that tests can call it.
// It returns the exit code.
func program(args []string, stdout, stderr io.Writer) int {
	var paths paths
	flags := flag.NewFlagSet("walkthrough", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&paths.people, "people", "", "CSV `file` of people; built in if not given")
	flags.StringVar(&paths.numbers, "numbers", "", "CSV `file` of the provider's numbers; built in if not given")
	flags.StringVar(&paths.addresses, "addresses", "", "CSV `file` of emergency addresses; built in if not given")
	flags.StringVar(&paths.streets, "streets", "", "CSV `file` of streets that exist; built in if not given")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2 // the flag set has said why
	case flags.NArg() > 0:
		fmt.Fprintln(stderr, "walkthrough: unexpected argument:", flags.Arg(0))
		return 2
	}
	if err := run(context.Background(), stdout, hasColour(stdout), paths); err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

// run reads the files and takes the walk.
func run(ctx context.Context, w io.Writer, colour bool, paths paths) error {
	in, err := readFiles(paths)
	if err != nil {
		return err
	}
	out := newScreen(w, colour)
	err = takeWalk(ctx, out, in)
	return errors.Join(err, out.flush())
}

func takeWalk(ctx context.Context, out *screen, in files) error {
	w, err := newWalk(ctx, out, in)
	if err != nil {
		return err
	}
	w.introduce()
	for _, step := range w.steps() {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}
