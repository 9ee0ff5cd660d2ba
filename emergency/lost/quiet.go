package lost

import (
	"crypto/tls"
	"errors"
	"syscall"
)

// A quiet error is a cause from outside: errors.Is and errors.As find it. Its
// words may repeat what a server sent, so only those are told that cannot.
type quiet struct{ cause error }

// Error returns the words of the operating system, or names the kind of cause.
func (q quiet) Error() string {
	var number syscall.Errno
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(q.cause, &number):
		return number.Error()
	case errors.As(q.cause, &certificate):
		return "the certificate is not trusted"
	}
	return "the words of the cause are withheld"
}

// Unwrap returns the cause.
func (q quiet) Unwrap() error { return q.cause }
