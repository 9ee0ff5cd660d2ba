package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
)

// Each contender works in a process of its own, so that none has the others'
// memory to collect. The processes live through the run and are told one after
// the other what to do: an order a line in, an answer a line out.

// serve is such a process. It ends, having cleared up, when there are no more
// orders, which is also so when the process that gives them is gone.
func serve(o options, orders io.Reader, answers io.Writer) error {
	signal.Ignore(os.Interrupt)
	ctx := context.Background()
	out := json.NewEncoder(answers)
	which, err := chosen(o.worker)
	if err != nil {
		return err
	}
	c := newClock()
	opened, err := openIn(ctx, which[0], c, o.servers, o.keepLog)
	if err != nil {
		if left := (leftOut{}); errors.As(err, &left) {
			return out.Encode(answer{LeftOut: left.why})
		}
		return out.Encode(answer{Error: err.Error()})
	}
	if err := out.Encode(answer{}); err != nil {
		return errors.Join(err, opened.close())
	}
	b := &bout{contender: opened, clock: c}
	in := json.NewDecoder(orders)
	for {
		var next order
		if err := in.Decode(&next); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return errors.Join(err, opened.close())
		}
		done, err := b.perform(ctx, next)
		if err != nil {
			done = answer{Error: next.Job + ": " + err.Error()}
		}
		if err := out.Encode(done); err != nil {
			return errors.Join(err, opened.close())
		}
	}
}

// worker is the other end of such a process.
type worker struct {
	entry
	cmd    *exec.Cmd
	orders io.WriteCloser
	in     *json.Decoder
}

// hire starts the process of a contender. The error is a leftOut where the
// contender cannot take part.
func hire(e entry, o options, keepLog int) (*worker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, "-worker", e.name, "-redis", o.servers.redis, "-postgres", o.servers.postgres,
		"-keep-log", strconv.Itoa(keepLog))
	cmd.Stderr = os.Stderr
	orders, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	answers, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	w := &worker{e, cmd, orders, json.NewDecoder(bufio.NewReader(answers))}
	if _, err := w.answer(); err != nil {
		return nil, errors.Join(err, w.dismiss())
	}
	return w, nil
}

// do has the worker do one job.
func (w *worker) do(o order) (answer, error) {
	if err := json.NewEncoder(w.orders).Encode(o); err != nil {
		return answer{}, fmt.Errorf("%s: %w", w.name, err)
	}
	return w.answer()
}

func (w *worker) answer() (a answer, err error) {
	switch err := w.in.Decode(&a); {
	case err != nil:
		return a, fmt.Errorf("%s: its process gave no answer: %w", w.name, err)
	case a.LeftOut != "":
		return a, leftOut{a.LeftOut}
	case a.Error != "":
		return a, fmt.Errorf("%s: %s", w.name, a.Error)
	}
	return a, nil
}

// dismiss ends the process and waits until it has cleared up.
func (w *worker) dismiss() error {
	return errors.Join(w.orders.Close(), w.cmd.Wait())
}
