package telephony

// ErrKeypad is the cause of refused text that has no digits on a keypad.
const ErrKeypad Code = "keypad_letter_unknown"

// keypad gives each letter from A to Z the digit whose key it stands on
// [ITU-T E.161].
const keypad = "22233344455566677778889999"

// KeypadDigit returns the digit, '0' to '9', of the key that a letter from A to
// Z, of either case, stands on: ABC on 2, DEF on 3, GHI on 4, JKL on 5, MNO on
// 6, PQRS on 7, TUV on 8 and WXYZ on 9 [ITU-T E.161]. A digit stands on its own
// key. It reports false for anything else.
func KeypadDigit(c byte) (digit byte, ok bool) {
	switch {
	case c >= '0' && c <= '9':
		return c, true
	case c >= 'a' && c <= 'z':
		return keypad[c-'a'], true
	case c >= 'A' && c <= 'Z':
		return keypad[c-'A'], true
	}
	return 0, false
}

// KeypadDigits returns the digits that are dialled for a word: "Flowers" gives
// "3569377", "4u2" gives "482". Its error is ErrKeypad, with the byte offset, for
// a character that is neither a letter from A to Z nor a digit.
func KeypadDigits(word string) (string, error) {
	digits := make([]byte, len(word))
	for i := range len(word) {
		digit, ok := KeypadDigit(word[i])
		if !ok {
			return "", &Error{Code: ErrKeypad, Detail: "a character is on no key",
				Figures: []Figure{{"at byte", int64(i)}}, Fix: "write letters from A to Z and digits"}
		}
		digits[i] = digit
	}
	return string(digits), nil
}
