package reservation_test

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"github.com/benbjohnson/clock"
)

// A pool holds numbers for ten minutes to the nanosecond; nothing runs in the
// background.
func ExamplePool() {
	watch := clock.NewMock() // clock.New() outside of tests
	pool, err := reservation.NewPool(watch)
	if err != nil {
		panic(err)
	}
	stock, err := telephony.ParseRange("+14255550100..+14255550149")
	if err != nil {
		panic(err)
	}
	if err := pool.Load(stock); err != nil {
		panic(err)
	}

	hold, err := pool.Reserve(reservation.Choice{Quantity: 3})
	if err != nil {
		panic(err)
	}
	fmt.Println(hold.Numbers, hold.Left(watch.Now()), "left,", pool.Free(), "free")

	watch.Add(10*time.Minute - 1)
	fmt.Println(hold.Left(watch.Now()), "left,", pool.Free(), "free")

	watch.Add(1)
	fmt.Println(hold.StateAt(watch.Now()), pool.Free(), "free")

	_, err = pool.AcquireAll(hold.ID)
	fmt.Println(errors.Is(err, reservation.ErrExpired))
	// Output:
	// [+14255550100 +14255550101 +14255550102] 10m0s left, 47 free
	// 1ns left, 47 free
	// expired 50 free
	// true
}

// Some of what is held is acquired; the rest goes back at once.
func ExamplePool_Acquire() {
	pool, _ := reservation.NewPool(clock.NewMock())
	stock, _ := telephony.ParseRange("+14255550100..+14255550149")
	_ = pool.Load(stock)

	hold, err := pool.Reserve(reservation.Choice{Quantity: 10, Consecutive: true})
	if err != nil {
		panic(err)
	}
	done, err := pool.Acquire(hold.ID, hold.Numbers[:3])
	if err != nil {
		panic(err)
	}
	fmt.Println(done.State, done.Acquired, pool.Free(), "free")
	// Output:
	// completed [+14255550100 +14255550101 +14255550102] 47 free
}

// Select is a pure function: it changes no block.
func ExampleSelect() {
	block, err := reservation.Block{Base: telephony.MustParse("+14255550000")}.Load(100, 199)
	if err != nil {
		panic(err)
	}
	block, err = block.Take(reservation.BitsOf(102))
	if err != nil {
		panic(err)
	}
	run := reservation.Choice{Quantity: 4, Consecutive: true, Prefix: telephony.MustParsePrefix("1425555010")}
	picks, err := reservation.Select(run, slices.Values([]reservation.Block{block}))
	if err != nil {
		panic(err)
	}
	fmt.Println(reservation.Numbers(picks))
	// Output:
	// [+14255550103 +14255550104 +14255550105 +14255550106]
}

// The rules of a hold are pure: the moment is an argument.
func ExampleHold() {
	made := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	hold := reservation.Open(telephony.NumberList{telephony.MustParse("+14255550100")}, made, reservation.DefaultHoldFor)
	fmt.Println(hold.Left(made.Add(4 * time.Minute)))

	_, back, ok := hold.Expire(made.Add(10 * time.Minute))
	fmt.Println(back, ok)
	// Output:
	// 6m0s
	// [+14255550100] true
}

func ExampleLimits_Check() {
	err := reservation.DefaultLimits().Check(reservation.Use{Open: 3, Held: 195}, 10)
	fmt.Println(errors.Is(err, reservation.ErrTooManyHeld))
	fmt.Println(err)
	// Output:
	// true
	// too many numbers held (held 195, asked 10, limit 200); ask for fewer, or acquire or cancel a reservation first
}
