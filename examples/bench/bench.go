package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/samber/lo"
)

// run is one comparison, going on.
type run struct {
	options
	plan
	ctx     context.Context
	began   time.Time
	workers []*worker
	table   table
}

// bench compares the contenders and prints what it found.
func bench(ctx context.Context, o options, out io.Writer) (err error) {
	entries, err := chosen(o.only)
	if err != nil {
		return err
	}
	r := &run{options: o, plan: fullPlan, ctx: ctx, began: time.Now()}
	if o.quick {
		r.plan = quickPlan
	}
	if o.budget > 0 {
		r.plan.budget = o.budget
	}
	defer func() {
		for _, w := range r.workers {
			err = errors.Join(err, w.dismiss())
		}
	}()
	r.table.Machine = describe()
	for _, e := range entries {
		w, err := hire(e, o, defaultKeepLog)
		if left := (leftOut{}); errors.As(err, &left) {
			r.table.LeftOut = append(r.table.LeftOut, absence{e.name, left.why})
			continue
		}
		if err != nil {
			return err
		}
		r.workers = append(r.workers, w)
	}
	for _, stage := range []func() error{r.reserveAndTake, r.load, r.memory, r.expire, r.fullness} {
		if err := stage(); err != nil {
			return err
		}
	}
	return r.report(out)
}

// report prints and writes what was found.
func (r *run) report(out io.Writer) error {
	r.table.Took = time.Since(r.began).Round(time.Second)
	if err := r.table.print(out); err != nil {
		return err
	}
	if r.jsonFile != "" {
		if err := r.table.writeJSON(r.jsonFile); err != nil {
			return err
		}
	}
	if r.svgFile != "" {
		return os.WriteFile(r.svgFile, []byte(r.table.chart("go run . "+r.asked())), 0o644)
	}
	return nil
}

// asked returns the flags that say what was measured.
func (r *run) asked() string {
	text := lo.Ternary(r.quick, "-quick", "-full")
	if r.only != "" {
		text += " -only " + r.only
	}
	return text
}

// turns has the contenders take turns, round after round, until the rounds or
// the time are up. The first round is always done; most bounds the rounds of
// those for whom it is not 0.
func (r *run) turns(who []*worker, most func(*worker) int, turn func(w *worker, round int) error) error {
	for round := range r.rounds {
		if round > 0 && time.Since(r.began) > r.plan.budget {
			return nil
		}
		for _, w := range who {
			if err := r.ctx.Err(); err != nil {
				return err
			}
			if round >= most(w) {
				continue
			}
			if err := turn(w, round); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run) always(*worker) int { return r.rounds }

// someRounds gives one round to those that need long.
func (r *run) someRounds(w *worker) int { return lo.Ternary(longRounds[w.name], 1, r.rounds) }

// progress says on standard error what is going on.
func (r *run) progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "%4.0f s  %s\n", time.Since(r.began).Seconds(), fmt.Sprintf(format, args...))
}
