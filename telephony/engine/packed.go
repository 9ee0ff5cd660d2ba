package engine

import (
	"encoding/binary"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// packed is entries of the log one after the other as they are kept: written
// out, without a pointer among them. A hundred thousand entries as values would
// be most of what there is for the garbage collector to go through, again and
// again, while next to nobody reads them.
type packed struct {
	data []byte
	ends []int // where each entry ends in data
}

// add writes an entry out, but for its index.
func (p *packed) add(e *Entry) {
	b := binary.AppendVarint(p.data, e.At.UnixNano())
	b = append(b, e.Chain[:]...)
	for _, text := range [...]string{string(e.Tenant), e.Actor, e.RequestID, string(e.Op), string(e.Refused)} {
		b = packText(b, text)
	}
	b = binary.AppendUvarint(b, uint64(len(e.Events)))
	for i := range e.Events {
		b = packEvent(b, &e.Events[i])
	}
	p.data, p.ends = b, append(p.ends, len(b))
}

// append adds an entry as it stands written out elsewhere.
func (p *packed) append(entry []byte) {
	p.data = append(p.data, entry...)
	p.ends = append(p.ends, len(p.data))
}

// clear empties it, to be filled anew. Nobody else may have it.
func (p *packed) clear() { p.data, p.ends = p.data[:0], p.ends[:0] }

// begin returns where an entry begins.
func (p packed) begin(i int) int {
	if i == 0 {
		return 0
	}
	return p.ends[i-1]
}

// entry returns an entry, given its index.
func (p packed) entry(i int, index uint64) Entry {
	r := unpacker{string(p.data[p.begin(i):p.ends[i]])}
	e := Entry{Index: index, At: unix(r.signed())}
	copy(e.Chain[:], r.take(len(e.Chain)))
	for _, into := range [...]*string{(*string)(&e.Tenant), &e.Actor, &e.RequestID, (*string)(&e.Op), (*string)(&e.Refused)} {
		*into = r.text()
	}
	if n := r.count(); n > 0 {
		e.Events = make([]Event, n)
	}
	for i := range e.Events {
		r.event(&e.Events[i])
	}
	return e
}

// What an event has: a bit for each of its texts, in the order of texts, then
// these.
const (
	hasNumbers uint64 = 1 << (eventTexts + iota)
	hasProducts
	hasQuantity
	hasKind
	hasVerb
)

const eventTexts = 15

// texts returns the event's fields that are texts.
func (e *Event) texts() [eventTexts]*string {
	return [...]*string{(*string)(&e.Type), (*string)(&e.Tenant), (*string)(&e.Person), (*string)(&e.Reservation), &e.Reference,
		(*string)(&e.Address), (*string)(&e.Location), (*string)(&e.Country),
		(*string)(&e.Area.Country), &e.Area.Region, &e.Area.City, (*string)(&e.Service), (*string)(&e.Why),
		(*string)(&e.Order), &e.Carrier}
}

func packEvent(b []byte, e *Event) []byte {
	texts, has := e.texts(), uint64(0)
	for i, text := range texts {
		if *text != "" {
			has |= 1 << i
		}
	}
	if len(e.Numbers) > 0 {
		has |= hasNumbers
	}
	if len(e.Products) > 0 {
		has |= hasProducts
	}
	if e.Quantity != 0 {
		has |= hasQuantity
	}
	if e.Kind != 0 {
		has |= hasKind
	}
	if e.Verb != 0 || e.Reason != 0 {
		has |= hasVerb
	}
	b = binary.AppendUvarint(b, has)
	for _, text := range texts {
		if *text != "" {
			b = packText(b, *text)
		}
	}
	if has&hasNumbers != 0 {
		b = packNumbers(b, e.Numbers)
	}
	if has&hasProducts != 0 {
		b = binary.AppendUvarint(b, uint64(len(e.Products)))
		for _, product := range e.Products {
			b = packText(b, string(product))
		}
	}
	if has&hasQuantity != 0 {
		b = binary.AppendVarint(b, e.Quantity)
	}
	if has&hasKind != 0 {
		b = append(b, byte(e.Kind))
	}
	if has&hasVerb != 0 {
		b = append(b, byte(e.Verb), byte(e.Reason))
	}
	return b
}

func packText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// packNumbers writes each number as its distance from the one before: most
// lists ascend, and in short steps.
func packNumbers(b []byte, numbers telephony.NumberList) []byte {
	b = binary.AppendUvarint(b, uint64(len(numbers)))
	last := uint64(0)
	for _, n := range numbers {
		b = binary.AppendVarint(b, int64(n.Word()-last))
		last = n.Word()
	}
	return b
}

// unpacker reads what was packed, from the front. The texts that it gives share
// its memory.
type unpacker struct{ rest string }

func (r *unpacker) event(e *Event) {
	has := r.unsigned()
	for i, text := range e.texts() {
		if has&(1<<i) != 0 {
			*text = r.text()
		}
	}
	if has&hasNumbers != 0 {
		e.Numbers = r.numbers()
	}
	if has&hasProducts != 0 {
		e.Products = make([]licensing.Product, r.count())
		for i := range e.Products {
			e.Products[i] = licensing.Product(r.text())
		}
	}
	if has&hasQuantity != 0 {
		e.Quantity = r.signed()
	}
	if has&hasKind != 0 {
		e.Kind = telephony.Kind(r.take(1)[0])
	}
	if has&hasVerb != 0 {
		both := r.take(2)
		e.Verb, e.Reason = porting.Verb(both[0]), porting.Reason(both[1])
	}
}

func (r *unpacker) numbers() telephony.NumberList {
	numbers := make(telephony.NumberList, r.count())
	last := uint64(0)
	for i := range numbers {
		last += uint64(r.signed())
		n, err := telephony.NumberFromWord(last)
		must(err)
		numbers[i] = n
	}
	return numbers
}

func (r *unpacker) take(n int) string {
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

func (r *unpacker) text() string { return r.take(r.count()) }
func (r *unpacker) count() int   { return int(r.unsigned()) }

func (r *unpacker) unsigned() (v uint64) {
	for shift := 0; ; shift += 7 {
		b := r.take(1)[0]
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return v
		}
	}
}

func (r *unpacker) signed() int64 {
	v := r.unsigned()
	return int64(v>>1) ^ -int64(v&1)
}
