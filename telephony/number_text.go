package telephony

import (
	"database/sql/driver"
	"fmt"
	"log/slog"
	"strconv"
)

// AppendTo appends the number's international form, such as +14255550100, to b.
// It appends nothing for the zero Number.
func (n Number) AppendTo(b []byte) []byte {
	if !n.IsValid() {
		return b
	}
	return strconv.AppendUint(append(b, '+'), n.Digits(), 10)
}

// String returns the number's international form, such as +14255550100, or
// "invalid number" for the zero Number. Use Masked where the text is logged.
func (n Number) String() string {
	if !n.IsValid() {
		return "invalid number"
	}
	var buf [MaxDigits + 1]byte
	return string(n.AppendTo(buf[:0]))
}

// Masked returns the country code and the last two digits with the rest hidden,
// such as +1********00.
func (n Number) Masked() string {
	if !n.IsValid() {
		return "invalid number"
	}
	var buf [MaxDigits + 1]byte
	b := n.AppendTo(buf[:0])
	for i := 1 + n.CallingCode().len(); i < len(b)-2; i++ {
		b[i] = '*'
	}
	return string(b)
}

// LogValue masks the number in structured logs.
func (n Number) LogValue() slog.Value { return slog.StringValue(n.Masked()) }

// AppendText implements encoding.TextAppender: the international form, or
// nothing for the zero Number.
func (n Number) AppendText(b []byte) ([]byte, error) { return n.AppendTo(b), nil }

// MarshalText implements encoding.TextMarshaler, by which a Number stands in
// JSON both as a value and as a key. The zero Number gives empty text.
func (n Number) MarshalText() ([]byte, error) {
	return n.AppendTo(make([]byte, 0, MaxDigits+1)), nil
}

// UnmarshalText implements encoding.TextUnmarshaler. Empty text gives the zero
// Number; the errors are those of Parse.
func (n *Number) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = Number{}
		return nil
	}
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*n = parsed
	return nil
}

// Set implements flag.Value: flag.Var(&n, "number", "...").
func (n *Number) Set(s string) error { return n.UnmarshalText([]byte(s)) }

// Value implements driver.Valuer: the international form, or NULL for the zero
// Number.
func (n Number) Value() (driver.Value, error) {
	if !n.IsValid() {
		return nil, nil
	}
	return n.String(), nil
}

// Scan implements sql.Scanner for text in international form, for an integer
// with the country code first, and for NULL, which gives the zero Number. The
// errors are those of Parse, and ErrNumberSyntax for a column of another type.
func (n *Number) Scan(src any) (err error) {
	switch v := src.(type) {
	case nil:
		*n = Number{}
	case string:
		err = n.UnmarshalText([]byte(v))
	case []byte:
		err = n.UnmarshalText(v)
	case int64:
		var parsed Number
		if parsed, err = NumberFromDigits(uint64(max(v, 0))); err == nil {
			*n = parsed
		}
	default:
		err = &Error{Code: ErrNumberSyntax, Detail: fmt.Sprintf("a number cannot be read from a column of type %T", src),
			Fix: "read it from a column of text or of integers"}
	}
	return err
}

// NumberList is a list of numbers that masks itself where it is logged, which a
// plain slice cannot.
type NumberList []Number

// LogValue gives the count and the first few numbers, masked.
func (l NumberList) LogValue() slog.Value {
	shown := make([]string, 0, maxNumbersInText)
	for _, n := range l[:min(len(l), maxNumbersInText)] {
		shown = append(shown, n.Masked())
	}
	return slog.GroupValue(slog.Int("count", len(l)), slog.Any("first", shown))
}
