package engine

import (
	"context"

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
// order, which come in stock with it; ErrStockOverlap with the numbers of the
// first block that are in stock already.
func (p *Provider) AddStock(ctx context.Context, s Stock) error {
	_, err := write[any](ctx, p.caller(), s, s.RequestID)
	return err
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
