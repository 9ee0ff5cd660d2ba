package telephony_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sources are the files of the whole module, tests left out.
func sources(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// isCode reports whether a type is Code, here or in another package.
func isCode(kind ast.Expr) bool {
	if selector, ok := kind.(*ast.SelectorExpr); ok {
		kind = selector.Sel
	}
	name, ok := kind.(*ast.Ident)
	return ok && name.Name == "Code"
}

// Programs store codes and compare them: no two of the module may be the same,
// and each is written in one way.
func TestCodesAreDistinct(t *testing.T) {
	snake := regexp.MustCompile(`^"[a-z]+(_[a-z]+)*"$`)
	owner := make(map[string]string)
	for _, file := range sources(t) {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if !isCode(spec.Type) || len(spec.Values) == 0 {
				return true
			}
			for i, name := range spec.Names {
				value, ok := spec.Values[i].(*ast.BasicLit)
				if !ok || !snake.MatchString(value.Value) {
					t.Errorf("%s is no plain code in small letters", name)
					continue
				}
				if first, taken := owner[value.Value]; taken {
					t.Errorf("%s and %s are both %s", first, name, value.Value)
				}
				owner[value.Value] = name.Name
			}
			return true
		})
	}
	if len(owner) < 250 {
		t.Errorf("only %d codes were found", len(owner))
	}
}
