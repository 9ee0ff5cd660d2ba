package engine

import (
	"context"
	"slices"

	"example.com/callingplan/telephony"
)

// Provider is the engine in the hands of whoever runs it, acting under a name.
type Provider struct {
	engine *Engine
	actor  string
}

func (p *Provider) caller() caller { return caller{engine: p.engine, actor: p.actor} }

// AddStock puts a range of numbers in stock. They are free at once.
//
// Errors, in order of precedence: ErrDenied; ErrRequest; those of Area.Check;
// telephony.ErrKind; ErrStockCountry; ErrStockOrdered for numbers of an open port
// order, which come in stock with it; ErrStockOverlap with the numbers that are
// in stock already, as up to MaxExtent ranges, and how many of both there are.
func (p *Provider) AddStock(ctx context.Context, s Stock) error {
	_, err := write[any](ctx, p.caller(), s, s.RequestID)
	return err
}

// AddStockList puts several ranges in stock together, or none of them. They are
// free at once.
//
// Errors, in order of precedence: ErrDenied; ErrRequest for none or more than
// MaxStockList ranges; those of AddStock that a range has in itself, of all
// ranges at once; ErrRequest for more than telephony.MaxRange numbers together;
// ErrStockOverlap as in AddStock, with the numbers too that two of the ranges
// have.
func (p *Provider) AddStockList(ctx context.Context, l StockList) error {
	l.Stock = slices.Clone(l.Stock)
	_, err := write[any](ctx, p.caller(), l, l.RequestID)
	return err
}

// WithdrawStock takes free numbers out of stock: all of a range, or what of it is
// free. An area from which all of a kind is withdrawn no longer offers it; the
// area stays known. The cost grows with the thousands-blocks of the range and,
// where anything of it is not free, with all that is held or rests.
//
// Errors, in order of precedence: ErrDenied; ErrRequest for a range without
// numbers; and unless OnlyFree is set, all that apply, each with the numbers as
// in AddStock: reservation.ErrNotInStock, ErrStockAcquired, ErrStockHeld,
// ErrStockResting.
func (p *Provider) WithdrawStock(ctx context.Context, w StockWithdrawal) (Withdrawn, error) {
	return write[Withdrawn](ctx, p.caller(), w, w.RequestID)
}

// MoveStock brings up to MaxMove numbers to another area of their country,
// whoever has them. A tenant whose numbers move is told, and told too which of
// them work no longer for their address, or again.
//
// Errors, in order of precedence: ErrDenied; ErrRequest for a range without
// numbers, or with too many; those of Area.Check; ErrStockCountry; all that apply
// of reservation.ErrNotInStock and ErrStockBorder, each with the numbers as in
// AddStock; ErrStockUnmoved where all are of that area already.
func (p *Provider) MoveStock(ctx context.Context, m StockMove) (Moved, error) {
	return write[Moved](ctx, p.caller(), m, m.RequestID)
}

// CreateTenant makes a tenant and returns its handle.
//
// Errors, in order of precedence: ErrDenied; telephony.ErrID;
// telephony.ErrText; ErrTenantExists.
func (p *Provider) CreateTenant(ctx context.Context, t TenantSpec) (*Tenant, error) {
	if _, err := write[any](ctx, p.caller(), t, t.RequestID); err != nil {
		return nil, err
	}
	return &Tenant{caller: caller{engine: p.engine, tenant: t.ID, actor: p.actor}}, nil
}

// AddStock is Provider.AddStock in nobody's name.
func (e *Engine) AddStock(ctx context.Context, s Stock) error { return e.As("").AddStock(ctx, s) }

// AddStockList is Provider.AddStockList in nobody's name.
func (e *Engine) AddStockList(ctx context.Context, l StockList) error {
	return e.As("").AddStockList(ctx, l)
}

// WithdrawStock is Provider.WithdrawStock in nobody's name.
func (e *Engine) WithdrawStock(ctx context.Context, w StockWithdrawal) (Withdrawn, error) {
	return e.As("").WithdrawStock(ctx, w)
}

// MoveStock is Provider.MoveStock in nobody's name.
func (e *Engine) MoveStock(ctx context.Context, m StockMove) (Moved, error) {
	return e.As("").MoveStock(ctx, m)
}

// CreateTenant is Provider.CreateTenant in nobody's name.
func (e *Engine) CreateTenant(ctx context.Context, t TenantSpec) (*Tenant, error) {
	return e.As("").CreateTenant(ctx, t)
}

// Tenant returns the handle of a tenant. It does not look whether there is one:
// a handle of none gets ErrUnknownTenant from every call.
func (e *Engine) Tenant(id telephony.TenantID) *Tenant {
	return &Tenant{caller: caller{engine: e, tenant: id}}
}

// PruneLog drops the entries of the log before an index. Those who follow it
// from before are told ErrLogPruned.
//
// Errors: ErrDenied; ErrRequest for an index that the log has not reached.
func (p *Provider) PruneLog(ctx context.Context, r PruneLog) error {
	_, err := write[any](ctx, p.caller(), r, r.RequestID)
	return err
}
