package main

import (
	"go/ast"
	"go/types"
	"slices"
)

// body is what a function or a variable stands for in the source.
type body struct {
	object types.Object
	source *source
	node   ast.Node
}

// calledBack are the methods that fmt, errors, sort and encoders look for.
var calledBack = []string{"String", "GoString", "Format", "Error", "Unwrap", "Is", "As", "Len", "Less", "Swap",
	"AppendText", "MarshalText", "MarshalJSON", "MarshalBinary", "MarshalCBOR",
	"UnmarshalText", "UnmarshalJSON", "UnmarshalBinary", "UnmarshalCBOR"}

// reach returns the bodies of all that can be reached from an object: what a
// reached body names is reached, and with a method of an interface all methods
// of that name that are written in these packages. So are the methods that the
// standard library calls without being told. That is more than can be called,
// never less, but for what embedders pass in.
func (w *world) reach(from types.Object) []body {
	bodies, methods := w.bodies()
	var reached []body
	seen := map[types.Object]bool{}
	queue := []types.Object{from}
	for _, name := range calledBack {
		queue = append(queue, methods[name]...)
	}
	for ; len(queue) > 0; queue = queue[1:] {
		object := origin(queue[0])
		if seen[object] {
			continue
		}
		seen[object] = true
		if f, ok := object.(*types.Func); ok && isInterfaceMethod(f) {
			queue = append(queue, methods[f.Name()]...)
		}
		b, ok := bodies[object]
		if !ok {
			continue
		}
		reached = append(reached, b)
		ast.Inspect(b.node, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && b.source.info.Uses[id] != nil {
				queue = append(queue, b.source.info.Uses[id])
			}
			return true
		})
	}
	slices.SortFunc(reached, func(a, b body) int { return int(a.node.Pos() - b.node.Pos()) })
	return reached
}

// bodies returns what every function and package variable stands for, and the
// methods by name.
func (w *world) bodies() (map[types.Object]body, map[string][]types.Object) {
	bodies, methods := map[types.Object]body{}, map[string][]types.Object{}
	for _, path := range w.paths {
		s := w.pkgs[path]
		for _, f := range s.files {
			for _, d := range f.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					object := s.info.Defs[d.Name]
					bodies[object] = body{object, s, d}
					if d.Recv != nil {
						methods[d.Name.Name] = append(methods[d.Name.Name], object)
					}
				case *ast.GenDecl:
					s.variables(d, bodies)
				}
			}
		}
	}
	return bodies, methods
}

// variables adds the package variables of a declaration.
func (s *source) variables(d *ast.GenDecl, bodies map[types.Object]body) {
	for _, spec := range d.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for _, name := range v.Names {
			if object, ok := s.info.Defs[name].(*types.Var); ok {
				bodies[object] = body{object, s, v}
			}
		}
	}
}

// origin returns the generic object that an instance was made from.
func origin(o types.Object) types.Object {
	switch o := o.(type) {
	case *types.Func:
		return o.Origin()
	case *types.Var:
		return o.Origin()
	}
	return o
}

func isInterfaceMethod(f *types.Func) bool {
	r := f.Signature().Recv()
	return r != nil && types.IsInterface(r.Type())
}
