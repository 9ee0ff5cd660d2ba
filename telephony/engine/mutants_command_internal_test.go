package engine

import (
	"errors"
	"slices"
	"testing"

	"example.com/callingplan/telephony"
)

// TestCommandIsReadStrictly: a command is read in its one form, of a version that
// is known, and only if a call could have made it.
func TestCommandIsReadStrictly(t *testing.T) {
	written := func(c Command) []byte {
		data, err := c.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	c := Command{Version: commandVersion, Tenant: "contoso", Actor: "admin", Stamp: 1, payload: Unassign{Person: "adele"}}
	usual := written(c)
	later := c
	later.Version++
	unchecked := c
	unchecked.payload = Unassign{Person: "adele vance"}
	noActor := c
	noActor.Actor = "the admin"
	// The head of the outer array, of seven, with its length in a byte of its own.
	longer := slices.Concat([]byte{0x98, usual[0] & 0x1f}, usual[1:])
	for name, k := range map[string]struct {
		data []byte
		code telephony.Code
	}{
		"as it is written":           {data: usual},
		"in another form":            {longer, ErrCommandEncoding},
		"with something behind it":   {append(slices.Clone(usual), 0), ErrCommandEncoding},
		"of a later version":         {written(later), ErrCommandVersion},
		"of a person that is none":   {written(unchecked), telephony.ErrID},
		"of an actor that is none":   {written(noActor), telephony.ErrID},
		"that nothing is written of": {nil, ErrCommandEncoding},
	} {
		var read Command
		err := read.UnmarshalBinary(k.data)
		if k.code == "" && (err != nil || read != c) || k.code != "" && (!errors.Is(err, k.code) || read.payload != nil) {
			t.Errorf("a command %s: got %v, want %q", name, err, k.code)
		}
	}
}
