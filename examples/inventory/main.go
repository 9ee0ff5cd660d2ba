// Inventory is a provider's day with its stock: it loads a file, with what came of
// each row, lets a tenant take numbers for three weeks, and shows how the stock is
// used, by area and by block as bars, when it runs out, what of it is free by what
// it looks like, how a block is moved to another area, and what is withdrawn and
// what cannot be.
//
//	go run ./examples/inventory
//
// Every number is one of those set aside for fiction.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
	"example.com/callingplan/telephony/engine"
)

//go:embed data/stock.csv
var file []byte

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "inventory:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer) error {
	p, err := newProvider()
	if err != nil {
		return err
	}
	for _, step := range []func(context.Context, io.Writer) error{p.load, p.threeWeeks, p.showUse, p.showForecasts, p.find, p.move, p.withdraw} {
		if err := step(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// load puts the file's rows in stock. Those that cannot be are told, and hide no
// other.
func (p *provider) load(ctx context.Context, w io.Writer) error {
	results, err := adminfile.LoadStock(ctx, p.Provider, adminfile.ReadStock(bytes.NewReader(file)).Rows())
	if err != nil {
		return err
	}
	rows, numbers := results.Added()
	fmt.Fprintf(w, "Loaded %d numbers with %d of %d rows:\n", numbers, rows, len(results))
	for _, r := range results {
		fmt.Fprintf(w, "  line %d  %-28v  %-20v  %v\n", r.Line, r.Stock.Numbers, r.Stock.Area, r.State)
		for _, reason := range r.Reasons {
			fmt.Fprintf(w, "        - %v\n", reason)
			for _, numbers := range reason.Ranges {
				fmt.Fprintf(w, "          %v\n", numbers)
			}
		}
	}
	return nil
}

// move brings the last block of Paris to Lyon, with whoever has numbers in it.
func (p *provider) move(ctx context.Context, w io.Writer) error {
	lyon := telephony.Area{Country: "FR", City: "Lyon"}
	before, err := p.lastIndex(ctx)
	if err != nil {
		return err
	}
	moved, err := p.MoveStock(ctx, engine.StockMove{Range: telephony.MustParseRange("+33199004000..+33199004999"), Area: lyon})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nMoved a block of Paris to Lyon: %d free, %d held, %d resting and %d acquired numbers.\n", moved.Free, moved.Held, moved.Resting, moved.Acquired)
	entries, err := p.Log(ctx, before+1)
	if err != nil {
		return err
	}
	for entry := range entries {
		for _, event := range entry.Events {
			fmt.Fprintf(w, "  the log tells %-8s  %s\n", orProvider(event.Tenant), event.Type)
		}
	}
	return nil
}

// withdraw takes the second block of Paris out of stock: not all of it can go, so
// what is free does.
func (p *provider) withdraw(ctx context.Context, w io.Writer) error {
	block := engine.StockWithdrawal{Range: telephony.MustParseRange("+33199001000..+33199001999")}
	if _, err := p.WithdrawStock(ctx, block); err != nil {
		fmt.Fprintln(w, "\nThe second block of Paris cannot be withdrawn:")
		showReasons(w, err)
	}
	block.OnlyFree = true
	done, err := p.WithdrawStock(ctx, block)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "What of it is free can: %d numbers, %v.\n", done.Taken.Numbers, done.Taken.Ranges)

	seattle := telephony.MustParseRange("+12065550100..+12065550199")
	if _, err := p.WithdrawStock(ctx, engine.StockWithdrawal{Range: seattle}); err != nil {
		return err
	}
	_, err = p.tenant.Reserve(ctx, engine.Reserve{Area: telephony.MustParseArea("NOAM-US-WA-Seattle"), Quantity: 1})
	fmt.Fprintf(w, "All of Seattle is withdrawn. Who asks for a number there hears:\n  - %v\n", err)
	return nil
}
