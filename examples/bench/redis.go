package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

//go:embed lua/*.lua
var luaFiles embed.FS

// store is Redis: a list of free numbers for each area, a hash for each hold
// and each tenant, a sorted set of ends, and a script for each step of the job.
type store struct {
	clock   *clock
	ids     holdIDs
	client  *redis.Client
	server  *server // nil where it was there already
	areas   int
	scripts map[string]*redis.Script
}

func openRedis(ctx context.Context, s setting) (contender, error) {
	d, address := &store{clock: s.clock, scripts: map[string]*redis.Script{}}, s.servers.redis
	if address == "" {
		var err error
		if d.server, address, err = startRedis(ctx, s.dir); err != nil {
			return nil, err
		}
	}
	common, err := luaFiles.ReadFile("lua/common.lua")
	if err != nil {
		return nil, errors.Join(err, d.server.stop())
	}
	for _, name := range []string{"reserve", "acquire", "assign", "unassign", "release", "sweep", "count"} {
		text, err := luaFiles.ReadFile("lua/" + name + ".lua")
		if err != nil {
			return nil, errors.Join(err, d.server.stop())
		}
		d.scripts[name] = redis.NewScript(string(common) + string(text))
	}
	d.client = redis.NewClient(&redis.Options{Addr: address, PoolSize: mostCallers})
	// All that is in the database is deleted in the end, so it has to be empty.
	switch size, err := d.client.DBSize(ctx).Result(); {
	case err != nil:
		return nil, errors.Join(err, d.client.Close(), d.server.stop())
	case size > 0:
		return nil, errors.Join(leftOut{"the Redis database at " + address + " is not empty"}, d.client.Close(), d.server.stop())
	}
	return d, nil
}

func (d *store) close() error {
	err := d.client.FlushDB(context.Background()).Err()
	return errors.Join(err, d.client.Close(), d.server.stop())
}

func (d *store) found(ctx context.Context, _, _ int) error { return d.client.FlushDB(ctx).Err() }

// moment returns a time as the scripts have it: their numbers are floating
// point, exact for microseconds and not for nanoseconds.
func moment(nanoseconds int64) int64 { return nanoseconds / int64(time.Microsecond) }

func (d *store) load(ctx context.Context, s stock) error {
	d.areas = s.areas()
	const batch = 1000
	pipe := d.client.Pipeline()
	flush := func(least int) error {
		if pipe.Len() < least {
			return nil
		}
		_, err := pipe.Exec(ctx)
		return err
	}
	free := make([][]any, s.areas())
	for r := range s.rows(d.clock.now()) {
		if r.hold == 0 {
			free[r.area] = append(free[r.area], r.number)
		}
		if len(free[r.area]) == batch {
			pipe.RPush(ctx, "free:"+strconv.Itoa(r.area), free[r.area]...)
			free[r.area] = nil
			if err := flush(ten); err != nil {
				return err
			}
		}
	}
	for area, rest := range free {
		if len(rest) > 0 {
			pipe.RPush(ctx, "free:"+strconv.Itoa(area), rest...)
		}
	}
	for r, numbers := range s.held(d.clock.now()) {
		id := strconv.FormatUint(r.hold, 10)
		pipe.HSet(ctx, "hold:"+id, "holder", r.tenant, "ends", moment(r.ends), "area", r.area,
			"numbers", strings.Trim(fmt.Sprint(numbers), "[]"))
		pipe.ZAdd(ctx, "ends", redis.Z{Score: float64(moment(r.ends)), Member: id})
		if err := flush(batch); err != nil {
			return err
		}
	}
	return flush(1)
}

// run runs a script; its answer is a list of numbers.
func (d *store) run(ctx context.Context, name string, args ...any) ([]int64, error) {
	return d.scripts[name].Run(ctx, d.client, nil, args...).Int64Slice()
}

// done runs a script that answers whether it did what it was asked to.
func (d *store) done(ctx context.Context, name string, args ...any) error {
	answer, err := d.run(ctx, name, args...)
	if err == nil && (len(answer) != 1 || answer[0] != 1) {
		return errRefused
	}
	return err
}

func (d *store) reserve(ctx context.Context, tenant, area int) (hold, error) {
	h := hold{id: d.ids.next(), tenant: tenant, area: area, numbers: make([]uint64, 0, ten)}
	now := d.clock.now()
	got, err := d.run(ctx, "reserve", area, tenant, h.id, moment(now), moment(now+int64(holdFor)))
	if err != nil {
		return hold{}, err
	}
	if len(got) < ten {
		return hold{}, errShort
	}
	for _, n := range got {
		h.numbers = append(h.numbers, uint64(n))
	}
	return h, nil
}

func (d *store) acquire(ctx context.Context, h hold, numbers []uint64) error {
	return d.done(ctx, "acquire", withNumbers(numbers, h.id, h.tenant, moment(d.clock.now()))...)
}

func (d *store) assign(ctx context.Context, tenant int, number uint64, person int) error {
	return d.done(ctx, "assign", tenant, number, person)
}

func (d *store) unassign(ctx context.Context, tenant int, number uint64, person int) error {
	return d.done(ctx, "unassign", tenant, number, person)
}

func (d *store) release(ctx context.Context, h hold, numbers []uint64) error {
	return d.done(ctx, "release", withNumbers(numbers, h.tenant, h.area)...)
}

func withNumbers(numbers []uint64, args ...any) []any {
	for _, n := range numbers {
		args = append(args, n)
	}
	return args
}

func (d *store) sweep(ctx context.Context) (bool, error) {
	given, err := d.run(ctx, "sweep", moment(d.clock.now()), duePerSweep)
	return err == nil && given[0] == duePerSweep, err
}

func (d *store) count(ctx context.Context) (tally, error) {
	c, err := d.run(ctx, "count", moment(d.clock.now()), d.areas)
	if err != nil {
		return tally{}, err
	}
	return tally{Free: int(c[0]), Held: int(c[1]), Owned: int(c[2]), Assigned: int(c[3])}, nil
}

func (d *store) bytes(ctx context.Context) (int64, error) {
	text, err := d.client.Info(ctx, "memory").Result()
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(text, "used_memory:")
	figure, _, _ := strings.Cut(rest, "\r\n")
	return strconv.ParseInt(figure, 10, 64)
}
