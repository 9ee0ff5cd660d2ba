package licensing

import (
	"math/bits"
	"strconv"
	"strings"
)

// Feature is a set of the things a licence carries. The zero value is the empty
// set.
type Feature uint16

// The features of the standard catalogue [lic]. Each is one bit; unions are
// written with |.
const (
	FeaturePhoneSystem       Feature = 1 << iota // call control: a person may have a number
	FeatureAudioConferencing                     // meetings may be joined by telephone
	FeatureCallingPlan                           // a Calling Plan of any sort
	FeatureInternational                         // a Calling Plan with calls abroad
	FeaturePayAsYouGo                            // a Calling Plan without minutes, paid by the call
	FeatureCredits                               // Communications Credits: prepaid money

	allFeatures  = FeatureCredits<<1 - 1
	planFeatures = FeatureInternational | FeaturePayAsYouGo
)

var featureNames = [...]string{
	"Phone System", "Audio Conferencing", "Calling Plan", "international calls", "pay as you go",
	"Communications Credits",
}

// Has reports whether f carries everything of want. Every set has the empty one.
func (f Feature) Has(want Feature) bool { return f&want == want }

// String names the features in a fixed order, as "Phone System + Audio
// Conferencing". The empty set is "nothing"; a bit without a name reads as
// "feature 9", by its place counted from 0.
func (f Feature) String() string {
	if f == 0 {
		return "nothing"
	}
	var names []string
	for rest := f; rest != 0; rest &= rest - 1 {
		bit := bits.TrailingZeros16(uint16(rest))
		if bit < len(featureNames) {
			names = append(names, featureNames[bit])
		} else {
			names = append(names, "feature "+strconv.Itoa(bit))
		}
	}
	return strings.Join(names, " + ")
}
