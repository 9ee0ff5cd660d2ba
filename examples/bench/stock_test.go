package main

import (
	"fmt"
	"strings"
	"testing"
)

func TestStock(t *testing.T) {
	s := stock{Areas: 4, Size: 3000, Fiction: fictionMost, Tenants: 7, Taken: 900}
	seen, taken := map[uint64]bool{}, map[int]int{}
	for r := range s.rows(0) {
		if seen[r.number] {
			t.Fatalf("number %d is there twice", r.number)
		}
		seen[r.number] = true
		digits := fmt.Sprint(r.number)
		switch {
		case !s.isFiction(r.area) && (!strings.HasPrefix(digits, "999") || len(digits) != 12):
			t.Fatalf("%s is not one of calling code 999", digits)
		case s.isFiction(r.area) && (len(digits) != 11 || digits[0] != '1' || digits[4:9] != "55501"):
			t.Fatalf("%s is not set aside for fiction", digits)
		}
		if r.hold != 0 {
			taken[r.area]++
		}
	}
	if len(seen) != s.numbers() {
		t.Errorf("%d numbers, want %d", len(seen), s.numbers())
	}
	for area := range s.areas() {
		if want := map[bool]int{false: 2700, true: 0}[s.isFiction(area)]; taken[area] != want {
			t.Errorf("area %d: %d are taken, want %d", area, taken[area], want)
		}
	}
}

func TestStockBeginsWithHolds(t *testing.T) {
	s := stock{Areas: 3, Size: 2000, Tenants: 7, Holds: 150}
	ids, byTenant := map[uint64]bool{}, map[int]int{}
	for first, numbers := range s.held(5) {
		if len(numbers) != ten || numbers[0] != first.number || first.ends != 5+int64(holdFor) {
			t.Fatalf("a hold of %d numbers that ends at %d", len(numbers), first.ends)
		}
		ids[first.hold] = true
		byTenant[first.tenant]++
	}
	if len(ids) != 450 {
		t.Errorf("%d holds, want 150 in each of three areas", len(ids))
	}
	for tenant := range s.Tenants {
		if n := byTenant[tenant]; n < 64 || n > 65 {
			t.Errorf("tenant %d has %d of 450 holds", tenant, n)
		}
	}
}
