package engine

import (
	"crypto/sha256"
	"encoding/binary"

	"example.com/callingplan/telephony"
)

// Digest is a fingerprint, of SHA-256.
type Digest [sha256.Size]byte

// link returns the digest of the log up to an entry: of the digest up to the
// one before, of the command and of what came of it, the figures of a refusal
// included. Two logs have the same digest at an index exactly if they are the
// same up to there.
func (s *step) link(c *prepared, out Outcome, refusal *telephony.Error) Digest {
	must(c.fault)
	b := append(s.scratch[:0], s.chain[:]...)
	for _, n := range [...]uint64{out.Index, uint64(s.now), uint64(c.Version), uint64(c.Stamp)} {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	for _, text := range [...]string{string(c.Op()), string(c.Tenant), c.Actor, c.RequestID, string(codeOf(refusal))} {
		b = appendText(b, text)
	}
	b = appendPart(b, c.body.Bytes())
	if refusal == nil {
		b = appendResult(b, out.result)
	} else {
		b = appendPart(b, encodeResult(newRefusal(refusal)))
	}
	s.scratch = b
	return sha256.Sum256(b)
}

// appendResult adds what a command gave. The results that come by the thousand
// are written out, the others encoded.
func appendResult(b []byte, result any) []byte {
	switch r := result.(type) {
	case nil:
		return b
	case Reservation:
		b = appendText(b, string(r.ID))
		b = binary.BigEndian.AppendUint64(b, uint64(r.Expires.UnixNano()))
		return appendNumbers(append(b, byte(r.State), byte(r.Kind)), r.numbers)
	case Acquired:
		return appendNumbers(appendNumbers(b, r.Numbers), r.Returned)
	}
	return appendPart(b, encodeResult(result))
}

func appendNumbers(b []byte, numbers telephony.NumberList) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(len(numbers)))
	for _, n := range numbers {
		b = binary.BigEndian.AppendUint64(b, n.Word())
	}
	return b
}

func appendText(b []byte, text string) []byte {
	return append(binary.BigEndian.AppendUint64(b, uint64(len(text))), text...)
}

// appendPart adds a part with its length, so that no two lists of parts read
// the same.
func appendPart(b, part []byte) []byte {
	return append(binary.BigEndian.AppendUint64(b, uint64(len(part))), part...)
}
