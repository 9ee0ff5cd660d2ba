package engine

import (
	"crypto/sha256"
	"encoding/binary"
)

// Digest is a fingerprint, of SHA-256.
type Digest [sha256.Size]byte

// link returns the digest of the log up to an entry: of the digest up to the
// one before, of the command and of what came of it. Two logs have the same
// digest at an index exactly if they are the same up to there.
func link(before Digest, c Command, out Outcome, refused string) Digest {
	command, err := c.MarshalBinary()
	must(err)
	b := make([]byte, 0, len(before)+len(command)+256)
	b = append(b, before[:]...)
	b = binary.BigEndian.AppendUint64(b, out.Index)
	b = binary.BigEndian.AppendUint64(b, uint64(out.At.UnixNano()))
	b = appendPart(b, command)
	b = appendPart(b, []byte(refused))
	b = appendPart(b, encodeResult(out.result))
	return sha256.Sum256(b)
}

// appendPart adds a part with its length, so that no two lists of parts read
// the same.
func appendPart(b, part []byte) []byte {
	return append(binary.BigEndian.AppendUint64(b, uint64(len(part))), part...)
}
