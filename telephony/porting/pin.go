package porting

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"example.com/callingplan/telephony"
)

// The causes for which a PIN is refused.
const (
	ErrPINForm  telephony.Code = "port_pin_form"
	ErrPINSalt  telephony.Code = "port_pin_salt_short"
	ErrPINBlank telephony.Code = "port_pin_blank"       // once set it is changed, never blanked
	ErrPINText  telephony.Code = "port_pin_sealed_form" // text that is no sealed PIN
)

// The bounds of a PIN and of what it is sealed with.
const (
	MinPINDigits = 6       // [port]
	MaxPINDigits = 10      // [port]
	SaltBytes    = 16      // the shortest salt
	pinRounds    = 100_000 // tens of milliseconds to seal, once a call
)

// PIN is what somebody entered as a port-out PIN: 6 to 10 digits [port]. It
// shows nowhere, in no print, log or JSON, and there is no way to get it out
// again: Seal it. The zero value is no PIN.
type PIN struct{ digits *string } // behind a pointer, which printing does not follow inside of other values

// ParsePIN reads a PIN, blanks around it aside. Its error is ErrPINForm, which
// tells nothing of what was read but its length.
func ParsePIN(s string) (PIN, error) {
	s = strings.TrimSpace(s)
	digits := len(s) >= MinPINDigits && len(s) <= MaxPINDigits
	for i := 0; i < len(s) && digits; i++ {
		digits = s[i] >= '0' && s[i] <= '9'
	}
	if !digits {
		return PIN{}, &telephony.Error{Code: ErrPINForm, Field: "pin", Detail: "a PIN is 6 to 10 digits",
			Figures: []telephony.Figure{{Name: "bytes", Value: int64(len(s))}}, Fix: "choose one of that form"}
	}
	return PIN{&s}, nil
}

// IsZero reports whether it is no PIN.
func (p PIN) IsZero() bool { return p.digits == nil }

// Format implements fmt.Formatter: three stars whatever the verb.
func (p PIN) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// LogValue masks the PIN in structured logs.
func (p PIN) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText masks the PIN wherever it is encoded; nothing reads it back.
func (p PIN) MarshalText() ([]byte, error) { return []byte(hidden), nil }

const hidden = "***"

// Seal returns the PIN as it is kept and compared: a salt and what PBKDF2 with
// SHA-256 makes of both [RFC 8018]. The salt is the caller's, of random bytes
// and of its own for each tenant: no rule here rolls dice. What somebody gives as
// the PIN is sealed with the salt of the one that is kept, see
// SealedPIN.Salt, and compared with it. Sealing is slow on purpose and belongs
// outside of any lock; commands and logs carry the sealed PIN alone.
//
// A PIN has few digits: the seal keeps it from sight and makes guessing dear, and
// whoever steals what is kept and has the time will find it. Guard that as other
// secrets.
//
// Errors, in order of precedence: ErrPINForm for no PIN; ErrPINSalt for a salt of
// less than 16 bytes or more than 64.
func (p PIN) Seal(salt []byte) (SealedPIN, error) {
	if p.IsZero() {
		return SealedPIN{}, &telephony.Error{Code: ErrPINForm, Field: "pin", Detail: "there is no PIN", Fix: "enter one"}
	}
	if len(salt) < SaltBytes || len(salt) > maxSalt {
		return SealedPIN{}, &telephony.Error{Code: ErrPINSalt, Field: "salt", Detail: "a salt is 16 to 64 bytes",
			Figures: []telephony.Figure{{Name: "bytes", Value: int64(len(salt))}}, Fix: "take 16 random ones"}
	}
	sum, err := pbkdf2.Key(sha256.New, *p.digits, salt, pinRounds, sha256.Size)
	if err != nil {
		return SealedPIN{}, &telephony.Error{Code: ErrPINSalt, Field: "salt", Detail: "the PIN cannot be sealed", Fix: "take 16 random bytes", Err: err}
	}
	return SealedPIN{hex.EncodeToString(salt) + ":" + hex.EncodeToString(sum)}, nil
}

const maxSalt = 64

// SealedPIN is a PIN as it is kept. The zero value is none, which matches
// nothing. It is text where it is stored, "salt:sum" in hexadecimal, and masked
// where it is printed or logged.
type SealedPIN struct{ text string }

// IsZero reports whether it is no PIN.
func (s SealedPIN) IsZero() bool { return s.text == "" }

// Salt returns the salt, for sealing what is to be compared; nil for no PIN.
func (s SealedPIN) Salt() []byte {
	salt, _ := hex.DecodeString(s.saltText())
	return salt
}

func (s SealedPIN) saltText() string {
	salt, _, _ := strings.Cut(s.text, ":")
	return salt
}

// matches reports whether both are the same PIN under the same salt, in a time
// that does not tell how much of them is the same. No PIN matches none.
func (s SealedPIN) matches(other SealedPIN) bool {
	return subtle.ConstantTimeCompare([]byte(s.text), []byte(other.text)) == 1 && !s.IsZero()
}

// sameSalt reports whether both were sealed with one salt, which is no secret.
func (s SealedPIN) sameSalt(other SealedPIN) bool { return s.saltText() == other.saltText() }

// Format implements fmt.Formatter: three stars for any PIN, nothing for none.
func (s SealedPIN) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.masked()) }

// LogValue masks the PIN in structured logs.
func (s SealedPIN) LogValue() slog.Value { return slog.StringValue(s.masked()) }

func (s SealedPIN) masked() string {
	if s.IsZero() {
		return ""
	}
	return hidden
}

// MarshalText implements encoding.TextMarshaler, for storing; no PIN is empty
// text.
func (s SealedPIN) MarshalText() ([]byte, error) { return []byte(s.text), nil }

// UnmarshalText implements encoding.TextUnmarshaler. Its error is ErrPINText.
func (s *SealedPIN) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*s = SealedPIN{}
		return nil
	}
	read := string(text)
	salt, sum, two := strings.Cut(read, ":")
	if !two || !isHex(salt, SaltBytes, maxSalt) || !isHex(sum, sha256.Size, sha256.Size) {
		return &telephony.Error{Code: ErrPINText, Detail: "a sealed PIN is its salt and its sum in hexadecimal", Fix: "give what MarshalText wrote"}
	}
	*s = SealedPIN{read}
	return nil
}

// isHex reports whether the text is that many bytes in small hexadecimal digits.
func isHex(text string, least, most int) bool {
	b, err := hex.DecodeString(text)
	return err == nil && len(b) >= least && len(b) <= most && strings.ToLower(text) == text
}
