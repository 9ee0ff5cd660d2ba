package porting_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// word is a small type that is written by name.
type word interface {
	fmt.Stringer
	encoding.TextMarshaler
	IsValid() bool
}

// vocabularies are the types that are written by name, with what they are read
// by and the names of their values from 1 on, written apart from the code.
var vocabularies = []struct {
	code  telephony.Code
	names []string
	of    func(uint8) word
	parse func(string) (word, error)
	read  func([]byte) (word, error)
}{
	{porting.ErrState, []string{"processing", "contacting carrier", "transfer approved", "transfer pending", "error", "completed", "cancelled"},
		func(v uint8) word { return porting.State(v) },
		func(s string) (word, error) { v, err := porting.ParseState(s); return v, err },
		func(b []byte) (word, error) { v := porting.Cancelled; err := v.UnmarshalText(b); return v, err }},
	{porting.ErrVerb, []string{"edit", "edit transfer date", "cancel", "contact carrier", "approve", "reject", "resubmit", "report", "complete", "place", "lock"},
		func(v uint8) word { return porting.Verb(v) },
		func(s string) (word, error) { v, err := porting.ParseVerb(s); return v, err },
		func(b []byte) (word, error) { v := porting.Edit; err := v.UnmarshalText(b); return v, err }},
	{porting.ErrReason, []string{"account number mismatch", "account PIN mismatch", "authorised person mismatch", "company name mismatch", "billing number mismatch",
		"service address mismatch", "number not on account", "number inactive", "number not portable", "other order pending", "account frozen",
		"letter of authorisation invalid", "date not possible", "other"},
		func(v uint8) word { return porting.Reason(v) },
		func(s string) (word, error) { v, err := porting.ParseReason(s); return v, err },
		func(b []byte) (word, error) { v := porting.OtherReason; err := v.UnmarshalText(b); return v, err }},
	{porting.ErrScope, []string{"full", "partial"},
		func(v uint8) word { return porting.Scope(v) },
		func(s string) (word, error) { v, err := porting.ParseScope(s); return v, err },
		func(b []byte) (word, error) { v := porting.FullPort; err := v.UnmarshalText(b); return v, err }},
	{porting.ErrOutcome, []string{"ported", "failed", "awaited", "overdue"},
		func(v uint8) word { return porting.Outcome(v) },
		func(s string) (word, error) { v, err := porting.ParseOutcome(s); return v, err },
		func(b []byte) (word, error) { v := porting.Failed; err := v.UnmarshalText(b); return v, err }},
}

func TestWords(t *testing.T) {
	for _, voc := range vocabularies {
		for v := range 256 {
			w := voc.of(uint8(v))
			text, err := w.MarshalText()
			switch known := v >= 1 && v <= len(voc.names); {
			case w.IsValid() != known:
				t.Errorf("%v is valid: %v", w, w.IsValid())
			case known:
				name := voc.names[v-1]
				parsed, err1 := voc.parse(name)
				read, err2 := voc.read(text)
				if w.String() != name || string(text) != name || err != nil || err1 != nil || err2 != nil || parsed != w || read != w {
					t.Errorf("%q: %q, %q, %v, %v; %v, %v, %v", name, w, text, parsed, read, err, err1, err2)
				}
			case v == 0:
				read, err2 := voc.read(nil)
				if len(text) != 0 || err != nil || read != w || err2 != nil {
					t.Errorf("%s: the zero value is %q, %v, %v", string(voc.code), text, read, err2)
				}
			default:
				errorOf(t, err, voc.code)
				if !strings.HasPrefix(w.String(), "invalid ") {
					t.Errorf("%d is %q", v, w)
				}
			}
		}
		for _, text := range []string{"", "Ported", "error ", "invalid state", "none"} {
			w, err := voc.parse(text)
			errorOf(t, err, voc.code)
			if w != voc.of(0) {
				t.Errorf("%q is %v beside its error", text, w)
			}
		}
		before, err := voc.read([]byte("none"))
		if errorOf(t, err, voc.code); !before.IsValid() {
			t.Error("a refused word was taken in")
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, voc := range vocabularies {
		for _, name := range voc.names {
			f.Add(name)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, voc := range vocabularies {
			w, err := voc.parse(text)
			if w.IsValid() != (err == nil) || err == nil && w.String() != text {
				t.Fatalf("%q is %v, %v", text, w, err)
			}
			if err != nil {
				errorOf(t, err, voc.code)
			}
		}
	})
}

// Rules are data that programs may show: they are written as JSON by name.
func TestRuleAsJSON(t *testing.T) {
	b, err := json.Marshal(porting.RuleFor(porting.TransferPending, porting.Cancel))
	if want := `{"State":"transfer pending","Verb":"cancel","To":"","Err":"port_order_locked"}`; err != nil || string(b) != want {
		t.Errorf("%s, %v", b, err)
	}
}

// Programs store codes and compare them: no two are the same.
func TestCodesAreDistinct(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	snake := regexp.MustCompile(`^"[a-z]+(_[a-z]+)*"$`)
	owner := map[string]string{}
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
			if kind, ok := spec.Type.(*ast.SelectorExpr); !ok || kind.Sel.Name != "Code" {
				return true
			}
			value, ok := spec.Values[0].(*ast.BasicLit)
			if !ok || !snake.MatchString(value.Value) {
				t.Errorf("%s is no plain code in small letters", spec.Names[0])
				return true
			}
			if first, taken := owner[value.Value]; taken {
				t.Errorf("%s and %s are both %s", first, spec.Names[0], value.Value)
			}
			owner[value.Value] = spec.Names[0].Name
			return true
		})
	}
	if len(owner) < 60 {
		t.Errorf("only %d codes were found", len(owner))
	}
}
