package main

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"
)

// TestWorker gives a worker every job there is, as the process that measures
// does, over pipes.
func TestWorker(t *testing.T) {
	ordersOut, orders := io.Pipe()
	answers, answersIn := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- serve(options{worker: "floor", keepLog: 1}, ordersOut, answersIn) }()
	in, out := json.NewDecoder(answers), json.NewEncoder(orders)
	next := func() (a answer) {
		t.Helper()
		if err := in.Decode(&a); err != nil {
			t.Fatal(err)
		}
		return a
	}
	do := func(o order) answer {
		t.Helper()
		if err := out.Encode(o); err != nil {
			t.Fatal(err)
		}
		return next()
	}
	if hello := next(); hello.Error != "" || hello.LeftOut != "" {
		t.Fatalf("it begins with %+v", hello)
	}
	s := stock{Areas: 2, Size: 1000, Fiction: 2, Tenants: 4}
	for job, want := range map[string]map[string]int{
		"load":    {"load": 4000},
		"reserve": {"reserve": 50},
		"take":    {"acquire": 50, "assign": 50, "release": 50},
	} {
		if job != "load" {
			do(order{Job: "load", Stock: s})
		}
		a := do(order{Job: job, Stock: s, Callers: 2, Count: 50, Batch: 20, Limit: time.Minute})
		if a.Error != "" || len(a.Results) != len(want) {
			t.Errorf("%s: %+v", job, a)
		}
		for step, ops := range want {
			if r := a.Results[step]; r.Ops != ops || r.Took <= 0 {
				t.Errorf("%s: %s: %+v, want %d operations", job, step, r, ops)
			}
		}
	}
	s.Fiction, s.Holds = 0, 90
	if a := do(order{Job: "expire", Stock: s, Callers: 2}); a.Error != "" || a.Results["expire"].Ops != 180 {
		t.Errorf("expire: %+v", a)
	}
	s.Fiction, s.Holds = 2, 0
	if a := do(order{Job: "memory", Stock: s, Count: 20}); a.Error != "" || len(a.Figures) != 3 {
		t.Errorf("memory: %+v", a)
	}
	if a := do(order{Job: "juggle"}); !strings.Contains(a.Error, "juggle") {
		t.Errorf("a job that is none: %+v", a)
	}
	orders.Close()
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
}

func TestWorkerTellsWhyItCannotTakePart(t *testing.T) {
	var said strings.Builder
	o := options{worker: "postgres-fsync", servers: addresses{postgres: "postgres://127.0.0.1:1/none"}}
	if err := serve(o, strings.NewReader(""), &said); err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal([]byte(said.String()), &a); err != nil || a.LeftOut == "" {
		t.Errorf("it said %q", said.String())
	}
}

func TestChosen(t *testing.T) {
	got, err := chosen("redis,engine")
	if err != nil || len(got) != 2 || got[0].name != "engine" || got[1].name != "redis" {
		t.Errorf("%v, %v, want the engine and Redis in the order of all", got, err)
	}
	if _, err := chosen("engine,oracle"); err == nil || !strings.Contains(err.Error(), `"oracle"`) {
		t.Errorf("a contender that is none: %v", err)
	}
}
