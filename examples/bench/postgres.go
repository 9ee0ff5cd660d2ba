package main

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// pg is PostgreSQL: one statement for each step of the job, so that nothing is
// locked across the network.
type pg struct {
	clock  *clock
	ids    holdIDs
	pool   *pgxpool.Pool
	server *server // nil where it was there already
	areas  int
	swept  atomic.Int64 // the area that the next sweep begins with
}

func openPostgres(fsync string) func(context.Context, setting) (contender, error) {
	return func(ctx context.Context, s setting) (contender, error) {
		p, url := &pg{clock: s.clock}, s.servers.postgres
		if url != "" && fsync != "off" {
			return nil, leftOut{"the server that was named runs with the fsync it has"}
		}
		if url == "" {
			var err error
			if p.server, url, err = startPostgres(ctx, s.dir, fsync); err != nil {
				return nil, err
			}
		}
		if err := p.connect(ctx, url); err != nil {
			return nil, errors.Join(err, p.server.stop())
		}
		return p, nil
	}
}

// The server's codes for what it says no to.
const (
	stillStarting   = "57P03"
	uniqueViolation = "23505"
)

// connect makes the tables a place of their own, so that what a server that was
// there already has cannot be hit.
func (p *pg) connect(ctx context.Context, url string) error {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return err
	}
	config.MaxConns = mostCallers
	config.ConnConfig.RuntimeParams["search_path"] = pgSchema
	if p.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return err
	}
	for range 200 {
		_, err = p.pool.Exec(ctx, "CREATE SCHEMA "+pgSchema)
		// A server that was just started listens before it serves.
		if refusal := (*pgconn.PgError)(nil); !errors.As(err, &refusal) || refusal.Code != stillStarting {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

func (p *pg) close() error {
	_, err := p.pool.Exec(context.Background(), "DROP SCHEMA "+pgSchema+" CASCADE")
	p.pool.Close()
	return errors.Join(err, p.server.stop())
}

func (p *pg) found(ctx context.Context, _, _ int) error {
	_, err := p.pool.Exec(ctx, pgTable)
	return err
}

func (p *pg) load(ctx context.Context, s stock) error {
	p.areas = s.areas()
	p.swept.Store(0)
	rows := make(chan row, 1024)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		defer close(rows)
		for r := range s.rows(p.clock.now()) {
			select {
			case rows <- r:
			case <-stop:
				return
			}
		}
	}()
	_, err := p.pool.CopyFrom(ctx, pgx.Identifier{"number"}, []string{"n", "area", "holder", "hold", "ends"},
		pgx.CopyFromFunc(func() ([]any, error) {
			r, ok := <-rows
			switch {
			case !ok:
				return nil, nil
			case r.hold == 0:
				return []any{int64(r.number), int32(r.area), nil, nil, int64(0)}, nil
			}
			return []any{int64(r.number), int32(r.area), int32(r.tenant), int64(r.hold), r.ends}, nil
		}))
	if err != nil {
		return err
	}
	for _, text := range pgIndexes {
		if _, err := p.pool.Exec(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

func (p *pg) reserve(ctx context.Context, tenant, area int) (hold, error) {
	h := hold{id: p.ids.next(), tenant: tenant, area: area, numbers: make([]uint64, 0, ten)}
	now := p.clock.now()
	rows, err := p.pool.Query(ctx, pgReserve, area, now, tenant, int64(h.id), now+int64(holdFor))
	if err != nil {
		return hold{}, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return hold{}, err
		}
		h.numbers = append(h.numbers, uint64(n))
	}
	if err := rows.Err(); err != nil {
		return hold{}, err
	}
	if len(h.numbers) < ten {
		return hold{}, errShort
	}
	return h, nil
}

// exec runs a statement that has to change so many rows, or none.
func (p *pg) exec(ctx context.Context, want int, text string, args ...any) error {
	done, err := p.pool.Exec(ctx, text, args...)
	var refusal *pgconn.PgError
	switch {
	case errors.As(err, &refusal) && refusal.Code == uniqueViolation:
		return errRefused
	case err != nil:
		return err
	case done.RowsAffected() != int64(want):
		return errRefused
	}
	return nil
}

func (p *pg) acquire(ctx context.Context, h hold, numbers []uint64) error {
	return p.exec(ctx, len(h.numbers), pgAcquire, signed(h.numbers), signed(numbers), h.tenant, int64(h.id), p.clock.now())
}

func (p *pg) assign(ctx context.Context, tenant int, number uint64, person int) error {
	return p.exec(ctx, 1, pgAssign, int64(number), tenant, person)
}

func (p *pg) unassign(ctx context.Context, tenant int, number uint64, person int) error {
	return p.exec(ctx, 1, pgUnassign, int64(number), tenant, person)
}

func (p *pg) release(ctx context.Context, h hold, numbers []uint64) error {
	return p.exec(ctx, len(numbers), pgRelease, signed(numbers), h.tenant)
}

// sweep is not needed for numbers to be free again; it tidies the rows of one
// area after the other.
func (p *pg) sweep(ctx context.Context) (bool, error) {
	for area := p.swept.Load(); area < int64(p.areas); area = p.swept.Add(1) {
		done, err := p.pool.Exec(ctx, pgSweep, area, p.clock.now(), duePerSweep*ten)
		if err != nil || done.RowsAffected() > 0 {
			return err == nil, err
		}
	}
	p.swept.Store(0)
	return false, nil
}

func (p *pg) count(ctx context.Context) (t tally, err error) {
	err = p.pool.QueryRow(ctx, pgCount, p.clock.now()).Scan(&t.Free, &t.Held, &t.Owned, &t.Assigned)
	return t, err
}

func (p *pg) bytes(ctx context.Context) (size int64, err error) {
	err = p.pool.QueryRow(ctx, "SELECT pg_total_relation_size('number')").Scan(&size)
	return size, err
}

func signed(numbers []uint64) []int64 {
	list := make([]int64, len(numbers))
	for i, n := range numbers {
		list[i] = int64(n)
	}
	return list
}
