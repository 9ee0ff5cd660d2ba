// Command check looks for what no other tool of the gate sees: who imports
// whom, where the time of day is read, whether all that applying a command can
// reach is deterministic, and what a structured log would show of people. It uses
// the standard library alone.
//
// Usage: check DIR arrows|rules|masks, where DIR is the root of the library.
package main

import (
	"fmt"
	"os"
)

const module = "example.com/callingplan"

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: check DIR arrows|rules|masks")
		os.Exit(2)
	}
	found, err := run(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
		os.Exit(2)
	}
	for _, f := range found {
		fmt.Println(f)
	}
	if len(found) > 0 {
		os.Exit(1)
	}
}

func run(dir, what string) ([]string, error) {
	switch what {
	case "arrows":
		return checkArrows(dir)
	case "rules":
		return checkRules(dir)
	case "masks":
		return checkMasks(dir)
	}
	return nil, fmt.Errorf("there is no check %q", what)
}

func checkArrows(dir string) ([]string, error) {
	pkgs, err := list(dir, "./...")
	if err != nil {
		return nil, err
	}
	var found []string
	for _, p := range pkgs {
		found = append(found, p.arrows()...)
	}
	fmt.Printf("%d packages, %d imports against the arrows\n", len(pkgs), len(found))
	return found, nil
}

func checkRules(dir string) ([]string, error) {
	w, err := load(dir, ruledPackages...)
	if err != nil {
		return nil, err
	}
	root := w.function(module+"/telephony/engine", "Machine", "Apply")
	if root == nil {
		return nil, fmt.Errorf("there is no Machine.Apply in package engine to start from")
	}
	reached := w.reach(root)
	clock, unsteady := w.clockReads(), w.unsteady(reached)
	fmt.Printf("%d functions can be reached from Machine.Apply: %d unsteady places; %d reads of the clock\n",
		len(reached), len(unsteady), len(clock))
	return append(clock, unsteady...), nil
}
