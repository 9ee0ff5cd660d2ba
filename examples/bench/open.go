package main

import (
	"context"
	"errors"
	"os"
)

// opened is a contender with the directory that was made for it.
type opened struct {
	contender
	dir string
}

// openIn opens a contender on a clock, with an empty directory of its own. It
// stands by itself in the directory for temporary files: what is inside another
// one, a server that runs as another user could not reach.
func openIn(ctx context.Context, e entry, c *clock, servers addresses, keepLog int) (*opened, error) {
	dir, err := os.MkdirTemp("", "callingplan-bench-")
	if err != nil {
		return nil, err
	}
	contender, err := e.open(ctx, setting{clock: c, dir: dir, servers: servers, keepLog: keepLog})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &opened{contender, dir}, nil
}

func (o *opened) close() error { return errors.Join(o.contender.close(), os.RemoveAll(o.dir)) }

// sweepAll gives back all that has run out.
func sweepAll(ctx context.Context, c contender) error {
	for more := true; more; {
		var err error
		if more, err = c.sweep(ctx); err != nil {
			return err
		}
	}
	return nil
}
