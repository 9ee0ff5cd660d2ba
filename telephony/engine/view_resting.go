package engine

import (
	"context"
	"iter"
	"slices"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// Resting is a released number that nobody can reserve yet.
type Resting struct {
	Number telephony.Number
	Area   telephony.Area
	Kind   telephony.Kind
	Tenant telephony.TenantID // who released it
	Since  time.Time
	Until  time.Time     // the first moment at which it is free
	Left   time.Duration // until then
}

// resting is a number and the rest that it is in.
type resting struct {
	number telephony.Number
	row    *reservationRow
}

// restsOfKey is what the rests begin with that have numbers of a block and that a
// tenant released.
func restsOfKey(tenant uint32, base telephony.Number) memtable.Key {
	return memtable.K().Uint32(tenant).Uint64(base.Word())
}

// restBases yields the bases of the blocks that numbers are of, ascending.
func restBases(numbers telephony.NumberList) iter.Seq[telephony.Number] {
	return func(yield func(telephony.Number) bool) {
		var bases telephony.NumberList
		for _, n := range numbers {
			base, _ := n.Block()
			bases = append(bases, base)
		}
		slices.SortFunc(bases, telephony.Number.Compare)
		for _, base := range slices.Compact(bases) {
			if !yield(base) {
				return
			}
		}
	}
}

// Resting yields the numbers that the tenant released and that rest: those that
// Tenant.Reclaim gives back. They come thousands-block by thousands-block, each
// ascending.
func (v *View) Resting() iter.Seq[Resting] { return v.restingOf(v.tenant, telephony.Number{}) }

// RestingPage returns a page of what Resting yields, of up to size, 0 for 100.
//
// Errors: ErrCursor; ErrRequest for a size below 0 or above 1000.
func (v *View) RestingPage(after Cursor, size int) (Page[Resting], error) {
	list := v.listing(restingNames, nil)
	last, err := after.number(list)
	if err != nil {
		return Page[Resting]{}, err
	}
	return pageOf(list, v.restingOf(v.tenant, last), size, func(r Resting) string { return r.Number.String()[1:] }, every)
}

// Resting yields the numbers that a tenant released and that rest, as
// View.Resting does; for no tenant those of all, one tenant after the other.
//
// Errors: ErrRequest for a nil context; ErrDenied; ErrUnknownTenant.
func (p *Provider) Resting(ctx context.Context, tenant telephony.TenantID) (iter.Seq[Resting], error) {
	if err := p.caller().allow(ctx, OpView); err != nil {
		return nil, err
	}
	r, _ := p.engine.read()
	if tenant != "" {
		row, refusal := r.tenantRow(tenant)
		if refusal != nil {
			return nil, named(OpView, refusal)
		}
		return r.restingOf(row.Ordinal, telephony.Number{}), nil
	}
	return func(yield func(Resting) bool) {
		for a := range r.tables.accounts.Prefix(r.rows, nil) {
			for one := range r.restingOf(a.Tenant, telephony.Number{}) {
				if !yield(one) {
					return
				}
			}
		}
	}, nil
}

// restingOf yields the numbers that rest and that a tenant released, behind one.
func (r reader) restingOf(tenant uint32, last telephony.Number) iter.Seq[Resting] {
	return func(yield func(Resting) bool) {
		a, _ := r.tables.accounts.Get(r.rows, accountKey(tenant))
		for one := range r.resting(tenant, last) {
			on := r.shelfAmong(one.number, one.row.Shelves)
			if !yield(Resting{Number: one.number, Area: r.known.of(on.Area), Kind: on.Kind, Tenant: a.ID, Since: unix(one.row.Made),
				Until: unix(one.row.Expires), Left: one.row.Left(unix(r.now))}) {
				return
			}
		}
	}
}

// resting yields the numbers that rest and that a tenant released, behind one,
// block by block.
func (r reader) resting(tenant uint32, last telephony.Number) iter.Seq[resting] {
	return func(yield func(resting) bool) {
		from := uint64(0)
		if last.IsValid() {
			base, _ := last.Block()
			from = base.Word()
		}
		for {
			base, ok := r.restBase(tenant, from)
			if !ok {
				return
			}
			for _, one := range r.restingIn(tenant, base) {
				if at, _ := last.Block(); at == base && one.number.Compare(last) <= 0 {
					continue
				}
				if !yield(one) {
					return
				}
			}
			from = base.Word() + 1
		}
	}
}

// restBase returns the first block, with a word no less than from, of which some
// rest has numbers that the tenant released.
func (r reader) restBase(tenant uint32, from uint64) (telephony.Number, bool) {
	for row := range r.tables.restsOf.Between(r.rows, memtable.K().Uint32(tenant).Uint64(from), memtable.K().Uint32(tenant).PrefixEnd()) {
		for base := range restBases(row.Numbers) {
			if base.Word() >= from {
				return base, true
			}
		}
	}
	return telephony.Number{}, false
}

// restingIn returns what rests of a block and that the tenant released, ascending.
func (r reader) restingIn(tenant uint32, base telephony.Number) (all []resting) {
	for row := range r.tables.restsOf.Prefix(r.rows, restsOfKey(tenant, base)) {
		if row.Expires <= r.now {
			continue
		}
		for _, n := range row.Numbers {
			if of, _ := n.Block(); of == base {
				all = append(all, resting{n, &row})
			}
		}
	}
	slices.SortFunc(all, func(a, b resting) int { return a.number.Compare(b.number) })
	return all
}

// shelfAmong returns which of the shelves, one of which has it, has the number in
// stock.
func (r reader) shelfAmong(n telephony.Number, shelves []shelf) shelf {
	base, offset := n.Block()
	for _, on := range shelves {
		if b, ok := r.tables.blocks.Get(r.rows, blockKey(base, on)); len(shelves) == 1 || ok && b.Stock.Has(offset) {
			return on
		}
	}
	panic("engine: a number that rests is on none of its shelves")
}
