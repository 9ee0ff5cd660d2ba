package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// publicText are the types in whose fields of text nobody's own words stand, but
// the names of places, products, columns and services; and fields that hold such
// text in any type. All other text counts as somebody's.
var (
	publicText = map[string]bool{
		"telephony.Area": true, "telephony.Figure": true, "telephony/porting.Note": true,
		"licensing.Entry": true, "licensing.HoldingChange": true, "licensing.Line": true, "licensing.MinutePool": true, "licensing.Preview": true,
		"emergency.CivicElement": true, "emergency.Dispatch": true, "emergency.DialPlanSpec": true, "emergency.EmergencyNumber": true, "emergency.Street": true,
		"emergency/lost.Boundary": true, "emergency/lost.BoundaryReference": true, "emergency/lost.Config": true, "emergency/lost.DisplayName": true,
		"emergency/lost.Mapping": true, "emergency/lost.NAPTR": true, "emergency/pidflo.Name": true,
		"telephony/engine.PortRules": true, "telephony/engine.QueryPlan": true, "telephony/engine.TenantSpec": true,
		"telephony/adminfile.Header": true,
	}
	publicField = map[string]bool{"AreaCode": true, "Carrier": true, "City": true, "Region": true, "RequestID": true, "Service": true}
)

// masks is the search for what a structured log would show. Only the value that
// is logged is asked for its LogValue, never what lies inside of it: whatever holds
// something that masks itself has to mask itself too.
type masks struct{ world *world }

// checkMasks returns the exported types of a library that would show numbers,
// people or their words in a structured log, and the LogValues that do.
func checkMasks(dir string) ([]string, error) {
	w, err := load(dir, "./...")
	if err != nil {
		return nil, err
	}
	m, count, found := masks{w}, 0, []string(nil)
	for _, path := range w.paths {
		s := w.pkgs[path]
		found = append(found, m.leaks(s)...)
		if isPublic(s.types) {
			types, faults := m.unmasked(s)
			count, found = count+types, append(found, faults...)
		}
	}
	fmt.Printf("%d exported types: %d show in a log what they should not\n", count, len(found))
	return found, nil
}

// isPublic reports whether those who embed the library can use a package, other
// than in tests.
func isPublic(p *types.Package) bool {
	return p.Name() != "main" && !strings.Contains(p.Path(), "/internal/") && !testPackage(p.Path())
}

// unmasked counts a package's exported types, and returns those that lack a
// LogValue.
func (m masks) unmasked(s *source) (count int, found []string) {
	for _, name := range s.types.Scope().Names() {
		t, ok := s.types.Scope().Lookup(name).(*types.TypeName)
		if !ok || !t.Exported() || t.IsAlias() {
			continue
		}
		count++
		if why := m.shows(t.Type()); why != "" {
			found = append(found, fmt.Sprintf("%s: %s has no LogValue and shows %s", m.world.at(t.Pos()), name, why))
		}
	}
	return count, found
}

// leaks returns what the LogValues of a package pass on that does not mask itself.
func (m masks) leaks(s *source) (found []string) {
	for _, f := range s.files {
		for _, d := range f.Decls {
			method, ok := d.(*ast.FuncDecl)
			if !ok || method.Name.Name != logValue || method.Body == nil {
				continue
			}
			ast.Inspect(method.Body, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					found = append(found, m.passed(s, call)...)
				}
				return true
			})
		}
	}
	return found
}

// passed returns what a call hands on to the log: as any value, which is as it is
// logged, as a text that is somebody's own, or in plain after all.
func (m masks) passed(s *source, call *ast.CallExpr) (found []string) {
	callee, ok := s.info.TypeOf(call.Fun).(*types.Signature)
	for i, arg := range call.Args {
		why := ""
		switch {
		case !ok && masked(s.info.TypeOf(arg)): // a conversion
			why = "in plain " + describe(s.info.TypeOf(arg))
		case ok && param(callee, i) != nil && types.IsInterface(param(callee, i)):
			why = m.shows(s.info.TypeOf(arg))
		}
		if field, is := arg.(*ast.SelectorExpr); is && ok && why == "" && s.info.Selections[field] != nil && !isBuiltin(s, call) {
			why = text(s.info.Selections[field].Recv(), s.info.Selections[field].Obj())
		}
		if why != "" {
			found = append(found, fmt.Sprintf("%s: a LogValue logs %s", m.world.at(arg.Pos()), why))
		}
	}
	return found
}

// isBuiltin reports whether a call is of the language's own, such as len.
func isBuiltin(s *source, call *ast.CallExpr) bool { return s.info.Types[call.Fun].IsBuiltin() }

// param is the type that an argument is passed as.
func param(callee *types.Signature, i int) types.Type {
	last := callee.Params().Len() - 1
	if i < last || !callee.Variadic() {
		return callee.Params().At(i).Type()
	}
	return callee.Params().At(last).Type().(*types.Slice).Elem()
}

const logValue = "LogValue"

// shows says what a value of the type would show, "" if it is nothing.
func (m masks) shows(t types.Type) string {
	if masked(t) {
		return ""
	}
	return looked{}.inside(t)
}

// masked reports whether a value says itself how it is logged.
func masked(t types.Type) bool {
	method, _, _ := types.LookupFieldOrMethod(t, true, nil, logValue)
	_, ok := method.(*types.Func)
	return ok
}

// looked are the types that were looked into on the way to one.
type looked map[types.Type]bool

// inside looks into a type for what masks itself, and for text.
func (l looked) inside(t types.Type) string {
	if l[t] {
		return ""
	}
	l[t] = true
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			if why := l.field(f); why != "" {
				return why + " in " + f.Name()
			}
			if why := text(t, f); why != "" {
				return why
			}
		}
	case *types.Map:
		return cmp.Or(l.element(u.Key()), l.element(u.Elem()))
	case interface{ Elem() types.Type }: // a pointer, a slice, an array
		return l.element(u.Elem())
	}
	return ""
}

// element is what a part of a value shows: a part that would mask itself is not
// asked.
func (l looked) element(t types.Type) string {
	switch {
	case types.Implements(t, anError):
		return ""
	case masked(t):
		return describe(t)
	}
	return l.inside(t)
}

// field is what a field shows. Where it is not exported what it points to is
// logged as addresses, if at all.
func (l looked) field(f *types.Var) string {
	t := f.Type().Underlying()
	if list, ok := t.(*types.Slice); ok {
		t = list.Elem()
	}
	if _, isPointer := t.(*types.Pointer); isPointer && !f.Exported() {
		return ""
	}
	return l.element(f.Type())
}

// anError is what errors are: those of the module mask themselves however they are
// shown.
var anError = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// text says what a field shows that people write into, "" if it is none.
func text(of types.Type, field types.Object) string {
	if p, ok := of.(*types.Pointer); ok {
		of = p.Elem()
	}
	if !field.Exported() || !isText(field.Type()) || publicField[field.Name()] || publicText[typeName(of)] {
		return ""
	}
	return "the text of " + field.Name()
}

func describe(t types.Type) string {
	return "a " + strings.TrimPrefix(types.TypeString(t, nil), module+"/")
}

// typeName is the name of a type below the module.
func typeName(t types.Type) string {
	if n, ok := t.(*types.Named); ok {
		return qualified(n.Obj())
	}
	return ""
}

// isText reports whether a type is that of free text, or of several.
func isText(t types.Type) bool {
	switch u := t.(type) {
	case *types.Basic:
		return u.Kind() == types.String
	case *types.Slice:
		return isText(u.Elem())
	case *types.Pointer:
		return isText(u.Elem())
	}
	return false
}
