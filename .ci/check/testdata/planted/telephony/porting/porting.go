// Package porting is pure, and asks the time none the less.
package porting

import "time"

// Overdue is reached by nobody; the clock may not be read all the same.
func Overdue(date time.Time) bool { return time.Since(date) > 0 } // want "time.Since"
