package engine_test

import (
	"go/ast"
	"go/token"
	"slices"
	"testing"
)

// TestRequestIDsAreNoContent: the identifier of a request travels with the command.
// Where it were in what is asked too, no request would be the same under two of them.
func TestRequestIDsAreNoContent(t *testing.T) {
	theirs := []string{"Command", "wireCommand", "Entry", "wireEntry", "EntryQuery"} // that have one of their own
	found := 0
	for _, d := range declarations(t) {
		types, ok := d.(*ast.GenDecl)
		if !ok || types.Tok != token.TYPE {
			continue
		}
		for _, s := range types.Specs {
			spec := s.(*ast.TypeSpec)
			body, ok := spec.Type.(*ast.StructType)
			if !ok || slices.Contains(theirs, spec.Name.Name) {
				continue
			}
			for _, f := range body.Fields.List {
				if len(f.Names) != 1 || f.Names[0].Name != "RequestID" {
					continue
				}
				if found++; f.Tag == nil || f.Tag.Value != "`cbor:\"-\"`" {
					t.Errorf("%s: its RequestID is not kept out of its encoding", spec.Name.Name)
				}
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d requests were found", found)
	}
}
