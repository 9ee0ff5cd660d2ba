package adminfile

import (
	"context"
	"fmt"
	"iter"
	"log/slog"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// StockResult is what came of a row of a stock file. It prints and logs masked.
type StockResult struct {
	Line    int // of the row in the file
	Stock   StockRow
	Typed   Cells // the cells that could not be read
	State   engine.Class
	Reasons []*telephony.Error // why, where it was not applied
}

// String masks the numbers.
func (r StockResult) String() string {
	return fmt.Sprintf("line %d: %v: %v", r.Line, r.Stock, r.State)
}

// GoString is what %#v prints: the masked form.
func (r StockResult) GoString() string { return "adminfile.StockResult{" + r.String() + "}" }

// LogValue masks the numbers in structured logs.
func (r StockResult) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("line", r.Line), slog.Any("stock", r.Stock), slog.String("state", r.State.String()), slog.Any("codes", codesOf(r.Reasons)))
}

// Codes returns the codes of the reasons.
func (r StockResult) Codes() []telephony.Code { return codesOf(r.Reasons) }

// StockResults are what came of the rows of a stock file, in its order. They log
// as their counts.
type StockResults []StockResult

// Added counts the rows and the numbers that are in stock now.
func (r StockResults) Added() (rows int, numbers int64) {
	for _, one := range r {
		if one.State == engine.Applied {
			rows++
			numbers += int64(one.Stock.Numbers.Len())
		}
	}
	return rows, numbers
}

// LogValue counts the rows, and those that were applied.
func (r StockResults) LogValue() slog.Value {
	added, numbers := r.Added()
	return slog.GroupValue(slog.Int("rows", len(r)), slog.Int("added", added), slog.Int64("numbers", numbers))
}

// LoadStock puts the rows of a stock file in stock, such as ReadStock gives, one
// after the other and each on its own: a row that cannot be read or added is
// Rejected with every reason, its place in the file among them where it could not
// be read, and keeps no other from being tried. What must go in stock together or
// not at all is for engine.Provider.AddStockList.
//
// A row whose numbers are there already, wholly or in part, is Rejected for the
// overlap, so that loading a file twice does nothing twice. Once the context has
// ended, the rows that are left are NotAttempted.
//
// Errors: engine.ErrRequest for a nil argument; those of Reader.Rows that are
// about the file as a whole, with the results of the rows before it.
func LoadStock(ctx context.Context, p *engine.Provider, rows iter.Seq2[Row[StockRow], error]) (StockResults, error) {
	if p == nil || rows == nil {
		return nil, &telephony.Error{Op: "load stock", Code: engine.ErrRequest, Detail: "there is no provider, or there are no rows", Fix: "pass both"}
	}
	var results StockResults
	for row, err := range rows {
		if err != nil && row.Line == 0 {
			return results, err
		}
		one := StockResult{Line: row.Line, Stock: row.Value, Typed: row.Refused, State: engine.Rejected}
		if err == nil {
			err = p.AddStock(ctx, engine.Stock{Range: row.Value.Numbers, Area: row.Value.Area, Kind: row.Value.Kind})
			one.State = engine.ClassOf(err)
		}
		if err != nil {
			one.Reasons = placed(asError(err).All(), row.Line)
		}
		results = append(results, one)
	}
	return results, nil
}

// placed returns the reasons with the line of their row, where they have no place
// of their own.
func placed(reasons []*telephony.Error, line int) []*telephony.Error {
	at := make([]*telephony.Error, len(reasons))
	for i, r := range reasons {
		one := *r
		if one.Line == 0 {
			one.Line = line
		}
		at[i] = &one
	}
	return at
}
