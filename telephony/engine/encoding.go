package engine

import (
	"sync"

	"github.com/fxamacker/cbor/v2"
)

// encoding is how commands, rows and results are written: CBOR in its core
// deterministic form [RFC 8949 section 4.2.1], in which values that can say
// themselves as text do. It is made on first use.
type encoding struct {
	write cbor.UserBufferEncMode
	read  cbor.DecMode
	// asked writes questions, which have moments in them, to tell one from another.
	asked cbor.UserBufferEncMode
}

// The bounds of what is read. A command with 5,000 numbers has 5,000 elements.
const (
	maxElements = 1 << 17
	maxPairs    = 1 << 10
	maxNesting  = 16
)

var theEncoding = sync.OnceValue(func() encoding {
	w := cbor.CoreDetEncOptions()
	w.TextMarshaler = cbor.TextMarshalerTextString
	write, err := w.UserBufferEncMode()
	mustBeOptions(err)
	w.Time = cbor.TimeRFC3339NanoUTC
	asked, err := w.UserBufferEncMode()
	mustBeOptions(err)
	read, err := cbor.DecOptions{
		TextUnmarshaler:   cbor.TextUnmarshalerTextString,
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		IndefLength:       cbor.IndefLengthForbidden,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
		UTF8:              cbor.UTF8RejectInvalid,
		TagsMd:            cbor.TagsForbidden,
		MaxArrayElements:  maxElements,
		MaxMapPairs:       maxPairs,
		MaxNestedLevels:   maxNesting,
	}.DecMode()
	mustBeOptions(err)
	return encoding{write, read, asked}
})

func mustBeOptions(err error) {
	if err != nil {
		panic("engine: the options of the encoding contradict each other: " + err.Error())
	}
}
