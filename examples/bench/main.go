// Bench does one job with this module's engine and with what else it could be
// done with, side by side: README.md says what is measured and what is not.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/samber/lo"
)

// options are what the command line asks for.
type options struct {
	full, quick bool
	only        string
	jsonFile    string
	svgFile     string
	budget      time.Duration
	servers     addresses
	worker      string // the contender that this process runs; the program starts itself with it
	keepLog     int
}

func main() {
	var o options
	flags := flag.NewFlagSet("bench", flag.ExitOnError)
	flags.BoolVar(&o.full, "full", false, "measure everything: about five minutes on two processors")
	flags.BoolVar(&o.quick, "quick", false, "measure a little of everything: half a minute, rough figures")
	flags.StringVar(&o.only, "only", "", "contenders, with commas between; all otherwise")
	flags.StringVar(&o.jsonFile, "json", "", "write the figures to this `file`")
	flags.StringVar(&o.svgFile, "svg", "", "draw the chart of reservations a second to this `file`")
	flags.DurationVar(&o.budget, "budget", 0, "start no further round after this `time`; 5m20s, or 25s with -quick")
	flags.StringVar(&o.servers.redis, "redis", "", "use the empty Redis database at this `host:port` and start none")
	flags.StringVar(&o.servers.postgres, "postgres", "", "use the PostgreSQL database of this `url` and start none")
	flags.StringVar(&o.worker, "worker", "", "run one contender, told what to do on standard input (for the program itself)")
	flags.IntVar(&o.keepLog, "keep-log", defaultKeepLog, "log entries that the engine keeps (for the program itself)")
	flags.Usage = func() { usage(os.Stdout, flags) }
	flags.Parse(os.Args[1:])

	switch {
	case o.worker != "":
		exitOn(serve(o, os.Stdin, os.Stdout))
	case o.full || o.quick:
		// An interrupt ends the round that is going on; the workers, which
		// ignore it, then clear up what they started.
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		exitOn(bench(ctx, o, os.Stdout))
	default:
		usage(os.Stdout, flags)
	}
}

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// usage says what can be asked for. With nothing asked for nothing is measured:
// figures differ from run to run, and this text does not.
func usage(w io.Writer, flags *flag.FlagSet) {
	fmt.Fprintln(w, "Bench measures ways of giving out telephone numbers, side by side.")
	fmt.Fprintln(w, "\n  go run . -quick\n  go run . -full -json figures.json -svg chart.svg")
	fmt.Fprintln(w, "\nContenders:")
	for _, e := range field {
		fmt.Fprintf(w, "  %-15s %s\n", e.name, e.label)
	}
	fmt.Fprintln(w, "\nFlags:")
	flags.SetOutput(w)
	flags.PrintDefaults()
}

// chosen returns the contenders that were asked for, in their order.
func chosen(only string) ([]entry, error) {
	if only == "" {
		return field, nil
	}
	names := strings.Split(only, ",")
	known := lo.Map(field, func(e entry, _ int) string { return e.name })
	if strangers := lo.Without(names, known...); len(strangers) > 0 {
		return nil, fmt.Errorf("there is no contender %q; there are %s", strangers[0], strings.Join(known, ", "))
	}
	return lo.Filter(field, func(e entry, _ int) bool { return lo.Contains(names, e.name) }), nil
}
