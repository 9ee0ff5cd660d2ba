package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/samber/lo"

	_ "github.com/mattn/go-sqlite3" // the driver, which is C
)

// lite is SQLite in this process with its file on disk. It writes one at a time
// whatever one does, so one connection is what serves writers best.
type lite struct {
	clock *clock
	ids   holdIDs
	db    *sql.DB
	by    map[string]*sql.Stmt
	areas int
	swept int // the area that the next sweep begins with
}

func openSQLite(synchronous string) func(context.Context, setting) (contender, error) {
	return func(ctx context.Context, s setting) (contender, error) {
		db, err := sql.Open("sqlite3", "file:"+filepath.Join(s.dir, "numbers.db")+
			"?_journal_mode=WAL&_synchronous="+synchronous+"&_cache_size=-262144")
		if err != nil {
			return nil, err
		}
		db.SetMaxOpenConns(1)
		// Without a C compiler there is a driver that says no more than that.
		if err := db.PingContext(ctx); err != nil {
			db.Close()
			return nil, leftOut{"SQLite does not open: " + err.Error()}
		}
		return &lite{clock: s.clock, db: db}, nil
	}
}

func (l *lite) found(ctx context.Context, _, _ int) error {
	l.by = nil
	_, err := l.db.ExecContext(ctx, liteSchema)
	return err
}

func (l *lite) load(ctx context.Context, s stock) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.PrepareContext(ctx, `INSERT INTO number (n, area, holder, hold, ends) VALUES (?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	for r := range s.rows(l.clock.now()) {
		var holder, hold any
		if r.hold != 0 {
			holder, hold = r.tenant, int64(r.hold)
		}
		if _, err := insert.ExecContext(ctx, int64(r.number), r.area, holder, hold, r.ends); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	l.areas = s.areas()
	return l.prepare(ctx)
}

// prepare adds the indexes, which is faster after the rows than before, and the
// statements.
func (l *lite) prepare(ctx context.Context) (err error) {
	if _, err := l.db.ExecContext(ctx, liteIndexes); err != nil {
		return err
	}
	l.by = map[string]*sql.Stmt{}
	for name, text := range liteStatements {
		if l.by[name], err = l.db.PrepareContext(ctx, text); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for name, text := range liteLists {
		for count := 1; count <= ten; count++ {
			full := strings.ReplaceAll(text, "(LIST)", "(?"+strings.Repeat(",?", count-1)+")")
			if l.by[fmt.Sprint(name, count)], err = l.db.PrepareContext(ctx, full); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

func (l *lite) reserve(ctx context.Context, tenant, area int) (hold, error) {
	h := hold{id: l.ids.next(), tenant: tenant, area: area, numbers: make([]uint64, 0, ten)}
	now := l.clock.now()
	rows, err := l.by["reserve"].QueryContext(ctx, tenant, int64(h.id), now+int64(holdFor), area, now)
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

func (l *lite) acquire(ctx context.Context, h hold, numbers []uint64) error {
	return l.inOne(ctx, func(tx *sql.Tx) error {
		args := append(listArgs(numbers), h.tenant, int64(h.id), l.clock.now())
		if err := exactly(len(numbers))(tx.StmtContext(ctx, l.by[fmt.Sprint("acquire", len(numbers))]).ExecContext(ctx, args...)); err != nil {
			return err
		}
		rest := restOf(h, numbers)
		if len(rest) == 0 {
			return nil
		}
		stmt := tx.StmtContext(ctx, l.by[fmt.Sprint("return", len(rest))])
		return exactly(len(rest))(stmt.ExecContext(ctx, append(listArgs(rest), int64(h.id))...))
	})
}

// inOne runs do in a transaction and commits it unless it fails.
func (l *lite) inOne(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// exactly refuses a change of another number of rows than there had to be.
func exactly(want int) func(sql.Result, error) error {
	return func(r sql.Result, err error) error {
		if err != nil {
			return err
		}
		if got, err := r.RowsAffected(); err != nil || got != int64(want) {
			return errors.Join(errRefused, err)
		}
		return nil
	}
}

func (l *lite) assign(ctx context.Context, tenant int, number uint64, person int) error {
	return exactly(1)(l.by["assign"].ExecContext(ctx, person, int64(number), tenant))
}

func (l *lite) unassign(ctx context.Context, tenant int, number uint64, person int) error {
	return exactly(1)(l.by["unassign"].ExecContext(ctx, person, int64(number), tenant))
}

func (l *lite) release(ctx context.Context, h hold, numbers []uint64) error {
	return l.inOne(ctx, func(tx *sql.Tx) error {
		stmt := tx.StmtContext(ctx, l.by[fmt.Sprint("release", len(numbers))])
		return exactly(len(numbers))(stmt.ExecContext(ctx, append(listArgs(numbers), h.tenant)...))
	})
}

// sweep is not needed for numbers to be free again; it tidies the rows of one
// area after the other.
func (l *lite) sweep(ctx context.Context) (bool, error) {
	for ; l.swept < l.areas; l.swept++ {
		r, err := l.by["sweep"].ExecContext(ctx, l.swept, l.clock.now(), duePerSweep*ten)
		if err != nil {
			return false, err
		}
		if n, err := r.RowsAffected(); err != nil || n > 0 {
			return err == nil, err
		}
	}
	l.swept = 0
	return false, nil
}

func (l *lite) count(ctx context.Context) (t tally, err error) {
	err = l.db.QueryRowContext(ctx, liteCount, l.clock.now()).Scan(&t.Free, &t.Held, &t.Owned, &t.Assigned)
	return t, err
}

func (l *lite) bytes(ctx context.Context) (size int64, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT (c.page_count - f.freelist_count) * s.page_size
		FROM pragma_page_count c, pragma_freelist_count f, pragma_page_size s`).Scan(&size)
	return size, err
}

func (l *lite) close() error { return l.db.Close() }

func listArgs(numbers []uint64) []any {
	args := make([]any, 0, len(numbers)+3)
	for _, n := range numbers {
		args = append(args, int64(n))
	}
	return args
}

// restOf returns the numbers of a hold that are not among those.
func restOf(h hold, numbers []uint64) []uint64 {
	return lo.Without(h.numbers, numbers...)
}
