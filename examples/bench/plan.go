package main

import "time"

// plan is how much is measured.
type plan struct {
	rounds  int
	callers []int
	taken   []int // of a thousand numbers, how many are taken
	areas   int
	limit   time.Duration
	budget  time.Duration
	scale   int // of the counts below, in percent
	due     int // how many holds run out at once
	million []int
	more    bool // whether more servers are started to see what a number takes in them
}

var fullPlan = plan{rounds: 5, callers: []int{1, 4, mostCallers}, taken: []int{0, 500, 900, 990}, areas: 100,
	limit: 3 * time.Second, budget: 320 * time.Second, scale: 100, due: 100_000, million: []int{1, 10}, more: true}

var quickPlan = plan{rounds: 2, callers: []int{1, mostCallers}, taken: []int{0, 990}, areas: 10,
	limit: time.Second / 2, budget: 25 * time.Second, scale: 20, due: 5_000}

const (
	areaSize = 10_000
	tenants  = 1000
)

// counts are the operations of one round: about as many as a contender does in
// a quarter of a second.
var counts = map[string]int{"engine": 5_000, "floor": 50_000, "memdb": 2_000,
	"sqlite": 2_000, "sqlite-full": 500, "redis": 1_500, "postgres": 800, "postgres-fsync": 500}

// count leaves at least half of the stock free.
func (p plan) count(contender string) int {
	return min(counts[contender]*p.scale/100, p.areas*areaSize/ten/2)
}

// stock is what most jobs begin with.
func (p plan) stock() stock {
	return stock{Areas: p.areas, Size: areaSize, Fiction: fictionMost, Tenants: tenants}
}

// people are as many of each tenant as doTake can need.
const people = fictionMost*fictionSize/ten/tenants + 1

// longRounds are contenders that get one round of the jobs which take them many
// seconds: their figures are steady enough for what separates them.
var longRounds = map[string]bool{"memdb": true, "sqlite": true, "redis": true, "postgres": true}

// twins differ from another contender only in what a commit waits for. They are
// measured in the jobs of many commits.
var twins = map[string]bool{"sqlite-full": true, "postgres-fsync": true}
