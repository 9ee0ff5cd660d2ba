package engine

import (
	"crypto/sha256"
	"encoding/hex"
)

// String returns the digest in hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// Digest reads the whole state and returns its fingerprint, table by table and
// row by row in the order of keys: two engines, or one at two moments, have the
// same exactly if all their rows are the same.
func (e *Engine) Digest() Digest {
	m := e.machine.now.Load()
	h := sha256.New()
	for table, row := range e.machine.db.Load().Walk(m.snapshot) {
		h.Write(appendPart(nil, []byte(table)))
		encoded, err := theEncoding().write.Marshal(row)
		if err != nil {
			panic("engine: a row that cannot be encoded: " + err.Error())
		}
		h.Write(appendPart(nil, encoded))
	}
	return Digest(h.Sum(nil))
}
