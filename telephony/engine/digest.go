package engine

import (
	"crypto/sha256"
	"encoding/hex"

	"example.com/callingplan/telephony"
)

// ErrDigest means that a text is not 64 hexadecimal digits.
const ErrDigest telephony.Code = "digest_invalid"

// String returns the digest in hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText writes the digest in hexadecimal digits.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote. Its error is ErrDigest.
func (d *Digest) UnmarshalText(text []byte) error {
	var read Digest
	if len(text) != hex.EncodedLen(len(read)) {
		return ErrDigest
	}
	if _, err := hex.Decode(read[:], text); err != nil {
		return ErrDigest
	}
	*d = read
	return nil
}

// Digest reads the whole state and returns its fingerprint, table by table and
// row by row in the order of keys: two engines, or one at two moments, have the
// same exactly if all their rows are the same.
func (e *Engine) Digest() Digest {
	m := e.machine.now.Load()
	h := sha256.New()
	for table, row := range e.machine.tables.stateRows(m) {
		h.Write(appendPart(nil, []byte(table)))
		encoded, err := theEncoding().write.Marshal(row)
		if err != nil {
			panic("engine: a row that cannot be encoded: " + err.Error())
		}
		h.Write(appendPart(nil, encoded))
	}
	return Digest(h.Sum(nil))
}
