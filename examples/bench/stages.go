package main

import "github.com/samber/lo"

// reserveAndTake measures each step of the job, with few and many callers.
func (r *run) reserveAndTake() error {
	r.progress("loading the stock")
	for _, w := range r.workers {
		if _, err := w.do(order{Job: "load", Stock: r.stock(), People: people}); err != nil {
			return err
		}
	}
	for _, callers := range r.callers {
		r.progress("reserve, acquire, assign, release: %d callers", callers)
		err := r.turns(r.workers, r.always, func(w *worker, round int) error {
			for _, job := range []string{"reserve", "take"} {
				a, err := w.do(order{Job: job, Callers: callers, Count: r.count(w.name), Limit: r.limit, Seed: uint64(round)})
				if err != nil {
					return err
				}
				for _, step := range []string{"reserve", "acquire", "assign", "release"} {
					if result, ok := a.Results[step]; ok {
						r.table.add(key{Job: step, Contender: w.name, Callers: callers}, result)
					}
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// others are the workers but the twins.
func (r *run) others() []*worker {
	return lo.Reject(r.workers, func(w *worker, _ int) bool { return twins[w.name] })
}

// fullness measures reserving where most is taken.
func (r *run) fullness() error {
	for _, taken := range r.taken {
		r.progress("reserve from a stock of which %g percent is taken", float64(taken)/10)
		s := r.stock()
		s.Taken, s.Fiction = taken, 0
		for _, w := range r.others() {
			if _, err := w.do(order{Job: "load", Stock: s}); err != nil {
				return err
			}
		}
		err := r.turns(r.others(), r.always, func(w *worker, round int) error {
			// No more than a tenth of what is free at a time: it stays as full as it is.
			batch := s.numbers() / 1000 * (1000 - taken) / ten / 10
			a, err := w.do(order{Job: "reserve", Callers: 1, Count: r.count(w.name), Batch: batch, Limit: r.limit, Seed: uint64(round)})
			if err != nil {
				return err
			}
			k := key{Job: "reserve when full", Contender: w.name, Callers: 1, Taken: taken}
			r.table.add(k, a.Results["reserve"])
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// load measures putting millions in stock.
func (r *run) load() error {
	for _, millions := range r.million {
		r.progress("load %d million", millions)
		who := lo.Filter(r.others(), func(w *worker, _ int) bool {
			return millions == 1 || w.inProcess && w.name != naiveName
		})
		s := stock{Areas: 100, Size: millions * areaSize, Tenants: 1}
		err := r.turns(who, r.someRounds, func(w *worker, _ int) error {
			a, err := w.do(order{Job: "load", Stock: s})
			if err == nil {
				job := lo.Ternary(millions == 1, "load 1M", "load 10M")
				r.table.add(key{Job: job, Contender: w.name}, a.Results["load"])
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	if len(r.million) > 1 && lo.ContainsBy(r.workers, func(w *worker) bool { return w.name == naiveName }) {
		r.table.LeftOut = append(r.table.LeftOut, absence{naiveName, "of loading ten million: it would take eight gigabytes"})
	}
	return nil
}

const naiveName = "memdb"

// memory measures bytes, in fresh processes. The engine's log, which is bounded
// and no part of a number, is kept short.
func (r *run) memory() error {
	r.progress("bytes a number")
	count := 40 * r.scale
	for _, w := range r.others() {
		if !w.inProcess && !r.more {
			continue
		}
		fresh, err := hire(w.entry, r.options, 1000)
		if err != nil {
			return err
		}
		a, err := fresh.do(order{Job: "memory", Stock: r.stock(), People: (count/tenants + 1) * ten, Count: count})
		if leave := fresh.dismiss(); err == nil {
			err = leave
		}
		if err != nil {
			return err
		}
		for what, bytes := range a.Figures {
			r.table.Bytes = append(r.table.Bytes, bytesOf{w.name, what, bytes})
		}
	}
	return nil
}

const expireWriters = 4

// expire measures many holds that run out at one instant.
func (r *run) expire() error {
	r.progress("%d holds run out at once", r.due)
	holds := r.due / r.areas
	s := stock{Areas: r.areas, Size: (holds*ten*11/10 + blockSize - 1) / blockSize * blockSize, Holds: holds, Tenants: tenants}
	return r.turns(r.others(), r.someRounds, func(w *worker, round int) error {
		a, err := w.do(order{Job: "expire", Stock: s, Callers: expireWriters, Seed: uint64(round)})
		if err != nil {
			return err
		}
		r.table.add(key{Job: "expire", Contender: w.name}, a.Results["expire"])
		meanwhile := key{Job: "reserve meanwhile", Contender: w.name, Callers: expireWriters}
		r.table.add(meanwhile, a.Results["reserve meanwhile"])
		return nil
	})
}
