package main

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// world is the typed source of packages that depend on one another.
type world struct {
	dir   string
	fset  *token.FileSet
	pkgs  map[string]*source
	paths []string // of pkgs, in the order go list gave them
}

// source is one package with its types.
type source struct {
	types *types.Package
	info  *types.Info
	files []*ast.File
}

// load reads the packages and those of the module they depend on from their
// source, all else from what the compiler exports.
func load(dir string, patterns ...string) (*world, error) {
	pkgs, err := list(dir, append([]string{"-deps", "-export"}, patterns...)...)
	if err != nil {
		return nil, err
	}
	w := &world{dir: dir, fset: token.NewFileSet(), pkgs: map[string]*source{}}
	exports := map[string]string{}
	for _, p := range pkgs {
		exports[p.ImportPath] = p.Export
	}
	compiled := importer.ForCompiler(w.fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})
	for _, p := range pkgs { // dependencies come first
		if p.Standard || !below(p.ImportPath, []string{module}) {
			continue
		}
		s, err := w.check(p, compiled)
		if err != nil {
			return nil, err
		}
		w.pkgs[p.ImportPath], w.paths = s, append(w.paths, p.ImportPath)
	}
	return w, nil
}

func (w *world) check(p listed, compiled types.Importer) (*source, error) {
	s := &source{info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{},
		Uses:  map[*ast.Ident]types.Object{},
		Defs:  map[*ast.Ident]types.Object{},

		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}}
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(w.fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		s.files = append(s.files, f)
	}
	config := types.Config{Importer: importing(func(path string) (*types.Package, error) {
		if known := w.pkgs[path]; known != nil {
			return known.types, nil
		}
		return compiled.Import(path)
	})}
	var err error
	if s.types, err = config.Check(p.ImportPath, w.fset, s.files, s.info); err != nil {
		return nil, fmt.Errorf("%s: %w", p.ImportPath, err)
	}
	return s, nil
}

type importing func(path string) (*types.Package, error)

func (i importing) Import(path string) (*types.Package, error) { return i(path) }

// function returns a method of a package, nil if there is none.
func (w *world) function(path, receiver, name string) types.Object {
	s := w.pkgs[path]
	if s == nil || s.types.Scope().Lookup(receiver) == nil {
		return nil
	}
	f, _, _ := types.LookupFieldOrMethod(s.types.Scope().Lookup(receiver).Type(), true, s.types, name)
	return f
}

// at returns a place as file:line, seen from the root.
func (w *world) at(pos token.Pos) string {
	p := w.fset.Position(pos)
	return fmt.Sprintf("%s:%d", strings.TrimPrefix(p.Filename, w.dir+"/"), p.Line)
}
