package engine_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestAllOperationsAreListed: what the tests below go over is every operation
// there is that stands in commands.
func TestAllOperationsAreListed(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "command.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	never := []engine.Op{engine.OpSnapshot, engine.OpView, engine.OpCheckAddress}
	var declared []engine.Op
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 1 && strings.HasPrefix(spec.Names[0].Name, "Op") {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			if op := engine.Op(text); !slices.Contains(never, op) {
				declared = append(declared, op)
			}
		}
		return true
	})
	for _, op := range declared {
		if !slices.Contains(allOps, op) {
			t.Errorf("operation %q is not listed", op)
		}
	}
	if len(allOps) != len(declared) {
		t.Errorf("%d operations are listed, and %d declared", len(allOps), len(declared))
	}
}

// TestCommandsRoundTrip: every operation's commands come back from their bytes as
// what they were: they have the same bytes and do the same.
func TestCommandsRoundTrip(t *testing.T) {
	l := newLife(t)
	seen := map[engine.Op]bool{}
	m := engine.BareMachine()
	for i, data := range l.rec.commands {
		var c engine.Command
		if err := c.UnmarshalBinary(data); err != nil {
			t.Fatalf("command %d: %v", i+1, err)
		}
		again, err := c.MarshalBinary()
		if err != nil || !bytes.Equal(again, data) {
			t.Errorf("%s is written as %x and then as %x, %v", c.Op(), data, again, err)
		}
		out, want := m.Apply(c), l.rec.outcomes[i]
		if !reflect.DeepEqual(out, want) {
			t.Errorf("%s gives %v, and %v before it was written", c.Op(), out, want)
		}
		seen[c.Op()] = seen[c.Op()] || out.Err == nil
	}
	for _, op := range allOps {
		if !seen[op] {
			t.Errorf("no command %q was accepted", op)
		}
	}
	sameState(t, m, l.rec.machine)
}

// TestKeptCommands: a command of each operation, written by the first version,
// is read and written again as the same bytes.
func TestKeptCommands(t *testing.T) {
	for _, op := range allOps {
		t.Run(string(op), func(t *testing.T) {
			name := "testdata/commands/" + strings.ReplaceAll(string(op), " ", "-") + ".hex"
			text := golden(t, name, func() []byte { return []byte(hex.EncodeToString(firstOf(t, op)) + "\n") })
			data, err := hex.DecodeString(strings.TrimSpace(string(text)))
			if err != nil {
				t.Fatal(err)
			}
			var c engine.Command
			if err := c.UnmarshalBinary(data); err != nil {
				t.Fatalf("it cannot be read: %v", err)
			}
			if c.Op() != op || c.Version != 1 || c.Stamp < begin.UnixNano() {
				t.Errorf("it reads as %q of version %d, time %d", c.Op(), c.Version, c.Stamp)
			}
			if again, err := c.MarshalBinary(); err != nil || !bytes.Equal(again, data) {
				t.Errorf("it is written as %x, %v", again, err)
			}
		})
	}
}

// firstOf returns the command of an operation that says most, as a life has it.
func firstOf(t testing.TB, op engine.Op) (longest []byte) {
	for _, data := range newLife(t).rec.commands {
		var c engine.Command
		if err := c.UnmarshalBinary(data); err != nil {
			t.Fatal(err)
		}
		if c.Op() == op && len(data) > len(longest) {
			longest = data
		}
	}
	return longest
}

// written encodes values in the one form.
func written(t testing.TB, v any) []byte {
	t.Helper()
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	data, err := mode.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// envelope is a command around a payload, each part as it is given.
func envelope(t testing.TB, op string, payload []byte, change func(parts []any)) []byte {
	parts := []any{1, op, "contoso", "canary.actor", "canary-1", begin.UnixNano()}
	if change != nil {
		change(parts)
	}
	data := []byte{0x80 | byte(len(parts)+1)}
	for _, p := range parts {
		data = append(data, written(t, p)...)
	}
	return append(data, payload...)
}

// TestCommandsHaveOneForm: any other form of a command is refused, and nothing of
// the input is in the error.
func TestCommandsHaveOneForm(t *testing.T) {
	text := func(s string) string { return string(written(t, s)) }
	person, canary := text("Person"), text("canary.vance")
	one := "\xa1" + person + canary
	location := text("Location")
	good := envelope(t, "unassign number", []byte(one), nil)
	payload := func(p string) []byte { return envelope(t, "unassign number", []byte(p), nil) }
	head := func(old, with string) []byte {
		if !bytes.Contains(good, []byte(old)) {
			t.Fatalf("the command does not hold %q", old)
		}
		return bytes.Replace(good, []byte(old), []byte(with), 1)
	}
	var c engine.Command
	if err := c.UnmarshalBinary(good); err != nil {
		t.Fatalf("the right form: %v", err)
	}
	forms := map[string][]byte{
		"nothing":                 nil,
		"trailing byte":           append(bytes.Clone(good), 0),
		"trailing command":        append(bytes.Clone(good), good...),
		"cut":                     good[:len(good)-1],
		"a map":                   written(t, map[string]any{"Version": 1}),
		"a part less":             written(t, []any{1, "sweep", "", "", "", 0}),
		"a part more":             append([]byte{0x88}, append(bytes.Clone(good[1:]), 0)...),
		"long version":            head("\x87\x01", "\x87\x18\x01"),
		"longer version":          head("\x87\x01", "\x87\x19\x00\x01"),
		"version as float":        head("\x87\x01", "\x87\xf9\x3c\x00"),
		"negative version":        head("\x87\x01", "\x87\x20"),
		"long array head":         append([]byte{0x98, 7}, good[1:]...),
		"indefinite array":        append(append([]byte{0x9f}, good[1:]...), 0xff),
		"tagged":                  append([]byte{0xc1}, good...),
		"self-described":          append([]byte{0xd9, 0xd9, 0xf7}, good...),
		"tagged part":             head("gcontoso", "\xc0gcontoso"),
		"indefinite text":         head("gcontoso", "\x7fgcontoso\xff"),
		"long text head":          head("gcontoso", "\x78\x07contoso"),
		"bytes for text":          head("gcontoso", "Gcontoso"),
		"null for text":           head("lcanary.actor", "\xf6"),
		"invalid UTF-8":           head("canary.actor", "canary\xffactor"),
		"unknown operation":       envelope(t, "canary.unassign", []byte(one), nil),
		"operation of a view":     envelope(t, "view", []byte(one), nil),
		"null payload":            payload("\xf6"),
		"empty map":               payload("\xa0"),
		"array payload":           payload("\x81" + canary),
		"unknown field":           payload("\xa2" + person + canary + location + text("canary")),
		"other case of a field":   payload("\xa1" + text("person") + canary),
		"duplicate key":           payload("\xa2" + person + canary + person + canary),
		"indefinite map":          payload("\xbf" + person + canary + "\xff"),
		"long map head":           payload("\xb8\x01" + person + canary),
		"long key head":           payload("\xa1\x78\x06Person" + canary),
		"tagged value":            payload("\xa1" + person + "\xc6" + canary),
		"request id in the body":  payload("\xa2" + person + canary + text("RequestID") + canary),
		"deep nesting":            payload(strings.Repeat("\x81", 5000) + "\x00"),
		"deep value":              payload("\xa1" + person + strings.Repeat("\x81", 200) + "\x00"),
		"a billion elements":      payload("\x9a\x3b\x9a\xca\x00"),
		"more bytes than follow":  payload("\xa1" + person + "\x7a\x3b\x9a\xca\x00"),
		"fields in another order": envelope(t, "change location", []byte("\xa2"+location+text("l")+text("Number")+text("+14255550100")), nil),
		"number in another form":  envelope(t, "change location", []byte("\xa2"+text("Number")+text("+1 425 555 0100")+location+text("l")), nil),
	}
	areRefused(t, forms)
}

// areRefused checks that no form can be read, that nothing is read of it, and
// that the error keeps it to itself.
func areRefused(t *testing.T, forms map[string][]byte) {
	for name, data := range forms {
		t.Run(name, func(t *testing.T) {
			c := engine.Command{Actor: "before"}
			err := c.UnmarshalBinary(data)
			want := engine.ErrCommandEncoding
			if name == "empty map" || name == "null payload" { // reads as a request that names nobody
				want = telephony.ErrID
			}
			if !errors.Is(err, want) {
				t.Errorf("got %v, want %q", err, want)
			}
			if !reflect.DeepEqual(c, engine.Command{Actor: "before"}) {
				t.Error("the command was written to")
			}
			unmarked(t, name, renderings(err))
		})
	}
}

// TestCommandsAreChecked: what is read has passed the checks of a call, so that
// no machine is given what no engine would give it.
func TestCommandsAreChecked(t *testing.T) {
	unassign := written(t, map[string]any{"Person": "canary.vance"})
	set := func(i int, v any) func([]any) { return func(parts []any) { parts[i] = v } }
	for name, c := range map[string]struct {
		data []byte
		want telephony.Code
	}{
		"newer version":        {envelope(t, "unassign number", unassign, set(0, 2)), engine.ErrCommandVersion},
		"newer, unknown op":    {envelope(t, "canary.op", unassign, set(0, 65535)), engine.ErrCommandVersion},
		"version 0":            {envelope(t, "unassign number", unassign, set(0, 0)), engine.ErrCommandVersion},
		"too large":            {envelope(t, "unassign number", unassign, set(3, strings.Repeat("canary", 50_000))), engine.ErrCommandTooLarge},
		"too large for any":    {bytes.Repeat([]byte{0xff}, engine.MaxCommand+1), engine.ErrCommandTooLarge},
		"actor":                {envelope(t, "unassign number", unassign, set(3, "no canary")), telephony.ErrID},
		"request id":           {envelope(t, "unassign number", unassign, set(4, strings.Repeat("x", 129))), telephony.ErrID},
		"no tenant":            {envelope(t, "unassign number", unassign, set(2, "")), engine.ErrUnknownTenant},
		"impossible tenant":    {envelope(t, "unassign number", unassign, set(2, "no canary")), engine.ErrUnknownTenant},
		"sweep of a tenant":    {envelope(t, "sweep", written(t, map[string]any{"Most": 5}), nil), engine.ErrRequest},
		"sweep of none":        {envelope(t, "sweep", written(t, map[string]any{"Most": 0}), set(2, "")), engine.ErrRequest},
		"sweep of all":         {envelope(t, "sweep", written(t, map[string]any{"Most": -1}), set(2, "")), engine.ErrRequest},
		"before 1970":          {envelope(t, "unassign number", unassign, set(5, -1)), engine.ErrRequest},
		"end of time":          {envelope(t, "unassign number", unassign, set(5, int64(1<<63-1))), engine.ErrRequest},
		"location without id":  {envelope(t, "add location", written(t, map[string]any{"Address": "a", "ID": "", "Location": map[string]any{"place": "x"}}), nil), telephony.ErrID},
		"replaced by itself":   {envelope(t, "replace address", written(t, map[string]any{"Address": "a", "By": "a", "Default": "l"}), nil), engine.ErrSameAddress},
		"edit not accepted":    {envelope(t, "edit address", written(t, map[string]any{"Address": "a", "Record": map[string]any{"status": 2}}), nil), telephony.ErrAddressNotValidated},
		"promoted, not so":     {envelope(t, "promote draft", written(t, map[string]any{"Draft": "a", "Record": map[string]any{"status": 0}, "Default": "l"}), nil), telephony.ErrAddressNotValidated},
		"draft accepted":       {envelope(t, "save draft", written(t, map[string]any{"ID": "a", "Record": map[string]any{"status": 1}}), nil), engine.ErrDraftAccepted},
		"draft of any text":    {envelope(t, "save draft", written(t, map[string]any{"ID": "a", "Record": map[string]any{"address": map[string]any{"country": "US", "city": strings.Repeat("canary", 1000)}}}), nil), telephony.ErrText},
		"terms signed by two":  {envelope(t, "acknowledge terms", written(t, map[string]any{"Version": 1, "By": "a canary"}), nil), telephony.ErrID},
		"operation's own form": {envelope(t, "unassign number", written(t, map[string]any{"Person": "no canary"}), nil), telephony.ErrID},
	} {
		t.Run(name, func(t *testing.T) {
			var command engine.Command
			err := command.UnmarshalBinary(c.data)
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			unmarked(t, name, renderings(err))
		})
	}
}

// TestCallsCannotStopTheEngine: a handle of no tenant, and names of any length
// and bytes, are refused, write nothing and leave the engine as it was.
func TestCallsCannotStopTheEngine(t *testing.T) {
	rec := &recorder{}
	w := newWorld(t, engine.WithLog(rec.open))
	before := len(rec.commands)
	huge := strings.Repeat("canary", 50_000)
	for _, id := range []telephony.TenantID{"", telephony.TenantID(huge), "\xff\xfe", "no canary"} {
		org := w.eng.Tenant(id)
		_, reserve := org.Reserve(w.ctx, engine.Reserve{Area: seattle, Quantity: 1, RequestID: "r"})
		for _, err := range []error{reserve, org.Unassign(w.ctx, engine.Unassign{Person: "x"}),
			org.BuyLicences(w.ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 1})} {
			if !errors.Is(err, engine.ErrUnknownTenant) {
				t.Errorf("tenant of %d bytes: got %.200v, want %q", len(id), err, engine.ErrUnknownTenant)
			}
			unmarked(t, "tenant", map[string]string{"error": fmt.Sprint(err)})
		}
	}
	many := slices.Repeat([]licensing.Product{licensing.PhoneSystem}, 100_000)
	for _, p := range []licensing.Product{licensing.Product(huge), "\xff", ""} {
		for _, err := range []error{w.org.BuyLicences(w.ctx, engine.Purchase{Product: p, Quantity: 1}),
			w.org.AssignLicences(w.ctx, engine.LicenceChange{Person: "x", Remove: []licensing.Product{p}})} {
			if !errors.Is(err, licensing.ErrUnknownProduct) {
				t.Errorf("product of %d bytes: got %.200v", len(p), err)
			}
		}
	}
	if err := w.org.AssignLicences(w.ctx, engine.LicenceChange{Person: "x", Add: many}); !errors.Is(err, engine.ErrRequest) {
		t.Errorf("many products: got %.200v", err)
	}
	if got := len(rec.commands); got != before {
		t.Errorf("%d commands were written", got-before)
	}
	w.buy(w.org, licensing.PhoneSystem, 1)
}
