package telephony_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Programs store codes and compare them: no two may be the same, and each is
// written in one way.
func TestCodesAreDistinct(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	snake := regexp.MustCompile(`^"[a-z]+(_[a-z]+)*"$`)
	owner := make(map[string]string)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if kind, ok := spec.Type.(*ast.Ident); !ok || kind.Name != "Code" {
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
	if len(owner) < 20 {
		t.Errorf("only %d codes were found", len(owner))
	}
}
