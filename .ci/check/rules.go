package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// ruledPackages are those whose source the rules are about.
var ruledPackages = []string{"./telephony", "./licensing", "./reservation", "./emergency", "./telephony/porting",
	"./telephony/engine"}

// readsClock are the functions of package time that ask what time it is or
// wait for it.
var readsClock = map[string]bool{"Now": true, "Since": true, "Until": true, "After": true, "AfterFunc": true,
	"Tick": true, "NewTimer": true, "NewTicker": true, "Sleep": true}

// mayReadClock are the places that may: the clock where the embedder gave none,
// and the ticking of Run, which is the caller's goroutine.
var mayReadClock = map[string]string{
	"telephony/engine.newSystemClock": "Now",
	"telephony/engine.Engine.ticks":   "NewTicker",
}

// unsteadyPackages give another answer each time.
var unsteadyPackages = []string{"math/rand", "crypto/rand", "hash/maphash", "os", "net", "syscall"}

// inMapOrder are functions that walk a map; in sorted order only if their
// result goes straight into one of sorting.
var (
	inMapOrder = map[string]bool{"maps.Keys": true, "maps.Values": true, "maps.All": true,
		"sync.Map.Range": true, "reflect.Value.MapRange": true, "reflect.Value.MapKeys": true}
	sorting = map[string]bool{"slices.Sorted": true, "slices.SortedFunc": true}
)

// anyOrder are the functions that walk a map and give the same whatever the
// order: in strict mode memtable adds up a checksum of what rows point to.
var anyOrder = map[string]bool{"telephony/engine/internal/memtable.sumReference": true}

// mayFloat are the functions that reckon with floats and give the same everywhere:
// degrees are read by one operation after the other, each rounded as IEEE 754 has
// it, and kept as integers; memtable's checksum takes the bits of floats.
var mayFloat = map[string]bool{"emergency.NewPosition": true, "emergency.Position.UnmarshalText": true,
	"emergency.Position.UnmarshalBinary": true, "telephony/engine/internal/memtable.sum": true}

// clockReads returns where the time of day is read and may not be.
func (w *world) clockReads() []string {
	bodies, _ := w.bodies()
	var found []string
	for object, b := range bodies {
		b.uses(func(id *ast.Ident, used types.Object) {
			if isClock(used) && mayReadClock[qualified(object)] != used.Name() {
				found = append(found, fmt.Sprintf("%s: time.%s", w.at(id.Pos()), used.Name()))
			}
		})
	}
	slices.Sort(found)
	return slices.Compact(found) // variables declared together share a body
}

// unsteady returns the places in the bodies whose effect the same command need
// not have twice.
func (w *world) unsteady(bodies []body) []string {
	var found []string
	for _, b := range bodies {
		if anyOrder[qualified(b.object)] {
			continue
		}
		report := func(pos token.Pos, what string) {
			found = append(found, fmt.Sprintf("%s: %s, in what Machine.Apply reaches: %s", w.at(pos), what, qualified(b.object)))
		}
		b.statements(report)
		sorted := b.sorted()
		b.uses(func(id *ast.Ident, used types.Object) {
			if what := unsteadyUse(used); what != "" && !sorted[id] {
				report(id.Pos(), what)
			}
		})
	}
	return slices.Compact(found)
}

// statements reports what the language itself leaves to chance.
func (b body) statements(report func(token.Pos, string)) {
	ast.Inspect(b.node, func(n ast.Node) bool {
		switch n := n.(type) {
		case ast.Expr:
			if t := b.source.info.TypeOf(n); t != nil && isFloat(t) && !mayFloat[qualified(b.object)] {
				report(n.Pos(), "a float")
				return false
			}
		case *ast.GoStmt:
			report(n.Pos(), "a goroutine")
		case *ast.SelectStmt:
			report(n.Pos(), "a select")
		case *ast.RangeStmt:
			if t := b.source.info.TypeOf(n.X); t != nil && isMap(t) {
				report(n.Pos(), "a range over a map")
			}
		}
		return true
	})
}

// isFloat reports whether a type is one whose sums and products differ from one
// kind of processor to another, where it may fuse them.
func isFloat(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&(types.IsFloat|types.IsComplex) != 0
}

// isMap reports whether a type, or every type a parameter of it may stand for,
// is a map.
func isMap(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Map:
		return true
	case *types.Interface: // a type parameter's constraint
		for i := range t.NumEmbeddeds() {
			if u, ok := t.EmbeddedType(i).(*types.Union); ok && u.Len() > 0 && isMap(u.Term(0).Type()) {
				return true
			}
		}
	}
	return false
}

// sorted returns the names of functions whose result is put in order at once.
func (b body) sorted() map[*ast.Ident]bool {
	names := map[*ast.Ident]bool{}
	ast.Inspect(b.node, func(n ast.Node) bool {
		outer, ok := n.(*ast.CallExpr)
		if !ok || len(outer.Args) == 0 || !sorting[qualified(b.callee(outer))] {
			return true
		}
		if inner, ok := outer.Args[0].(*ast.CallExpr); ok {
			if s, ok := inner.Fun.(*ast.SelectorExpr); ok {
				names[s.Sel] = true
			}
		}
		return true
	})
	return names
}

func (b body) callee(c *ast.CallExpr) types.Object {
	if s, ok := c.Fun.(*ast.SelectorExpr); ok {
		return b.source.info.Uses[s.Sel]
	}
	return nil
}

func (b body) uses(do func(*ast.Ident, types.Object)) {
	ast.Inspect(b.node, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && b.source.info.Uses[id] != nil {
			do(id, b.source.info.Uses[id])
		}
		return true
	})
}

// unsteadyUse returns what is wrong with using an object, "" if nothing is.
func unsteadyUse(o types.Object) string {
	if o.Pkg() == nil {
		return ""
	}
	switch _, isName := o.(*types.PkgName); {
	case isName:
		return ""
	case isClock(o):
		return "time." + o.Name()
	case below(o.Pkg().Path(), unsteadyPackages):
		return qualified(o)
	case inMapOrder[qualified(o)]:
		return qualified(o) + ", unsorted"
	case o.Pkg().Path() == "github.com/samber/lo" && takesMap(o):
		return qualified(o) + ", which walks a map"
	}
	return ""
}

func isClock(o types.Object) bool {
	f, ok := o.(*types.Func)
	return ok && f.Pkg() != nil && f.Pkg().Path() == "time" && f.Signature().Recv() == nil && readsClock[f.Name()]
}

func takesMap(o types.Object) bool {
	f, ok := o.(*types.Func)
	if !ok {
		return false
	}
	for p := range f.Signature().Params().Variables() {
		if isMap(p.Type()) {
			return true
		}
		if s, ok := p.Type().(*types.Slice); ok && isMap(s.Elem()) {
			return true
		}
	}
	return false
}

// qualified returns an object's name with its package and the type it is a
// method of, as in telephony/engine.Engine.Run.
func qualified(o types.Object) string {
	if o == nil || o.Pkg() == nil {
		return ""
	}
	name := strings.TrimPrefix(o.Pkg().Path(), module+"/") + "."
	if f, ok := o.(*types.Func); ok && f.Signature().Recv() != nil {
		t := f.Signature().Recv().Type()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		if n, ok := t.(*types.Named); ok {
			name += n.Obj().Name() + "."
		}
	}
	return name + o.Name()
}
