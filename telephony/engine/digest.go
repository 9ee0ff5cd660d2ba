package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

// Digest is a fingerprint of all domain rows: two engines, or one at two
// moments, have the same exactly if their rows are the same.
type Digest [sha256.Size]byte

// String returns the digest in hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// Digest reads the whole state and returns its fingerprint, table by table and
// row by row in the order of keys.
func (e *Engine) Digest() Digest {
	m := e.machine.now.Load()
	h := sha256.New()
	for table, row := range e.machine.db.Walk(m.snapshot) {
		hashPart(h, []byte(table))
		encoded, err := theEncoding().write.Marshal(row)
		if err != nil {
			panic("engine: a row that cannot be encoded: " + err.Error())
		}
		hashPart(h, encoded)
	}
	return Digest(h.Sum(nil))
}

// hashPart adds a part with its length, so that no two lists of parts read the
// same.
func hashPart(h hash.Hash, part []byte) {
	n := uint64(len(part))
	h.Write([]byte{byte(n >> 56), byte(n >> 48), byte(n >> 40), byte(n >> 32), byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
	h.Write(part)
}
