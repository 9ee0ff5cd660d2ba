package telephony

import (
	"slices"
	"strings"
	"unicode"
)

// The bounds of the tags of a number [tag].
const (
	MaxTags     = 50 // tags of one number
	MaxTagRunes = 50 // characters of one tag
)

// The causes of refused tags, beside ErrText.
const (
	ErrTagEmpty Code = "tag_empty"
	ErrTagCount Code = "tags_too_many"
)

// Tags are the words by which a tenant sorts its numbers. Small letters and
// capitals make no difference [tag]: each tag is there once, in the spelling it
// first came in, and they are in the order of their letters. Tags are never
// written to; what changes them returns others.
type Tags []string

// NewTags returns the tags of a list, which may be in any order and name a tag
// more than once. Spaces at either end are taken off, runs of them inside made
// one. Its error is of the first tag at fault and one of, in this order:
//
//   - ErrTagEmpty: nothing but spaces; figure place, from 1 on
//   - ErrText: longer than [MaxTagRunes] or not plain text
//   - ErrTagCount: one more than [MaxTags]
func NewTags(field string, list ...string) (Tags, error) { return Tags(nil).With(field, list...) }

// With returns t with the tags of a list added. Errors are those of NewTags.
func (t Tags) With(field string, list ...string) (Tags, error) {
	all := slices.Clone(t)
	for i, tag := range list {
		tag = strings.TrimSpace(tag)
		if tag == "" {
			return nil, &Error{Code: ErrTagEmpty, Field: field, Detail: "a tag has at least one character",
				Figures: []Figure{{"place", int64(i + 1)}}, Fix: "leave it out"}
		}
		if err := CheckText(field, tag, MaxTagRunes); err != nil {
			return nil, err
		}
		tag = plainTag(tag)
		at, there := all.find(tag)
		switch {
		case there:
		case len(all) >= MaxTags:
			return nil, &Error{Code: ErrTagCount, Field: field, Detail: "the number would have too many tags",
				Figures: []Figure{{"place", int64(i + 1)}, {"most", MaxTags}}, Fix: "use fewer tags"}
		default:
			all = slices.Insert(all, at, tag)
		}
	}
	return all, nil
}

// Without returns t without the tags of a list, in any spelling. One that is not
// there makes no difference.
func (t Tags) Without(list ...string) Tags {
	all := slices.Clone(t)
	for _, tag := range list {
		if at, there := all.find(plainTag(tag)); there {
			all = slices.Delete(all, at, at+1)
		}
	}
	return all
}

// Has reports whether the tag is there, in any spelling.
func (t Tags) Has(tag string) bool {
	_, there := t.find(plainTag(tag))
	return there
}

// find returns where the tag is, or where it would be.
func (t Tags) find(tag string) (int, bool) {
	return slices.BinarySearchFunc(t, tag, func(a, b string) int { return strings.Compare(FoldTag(a), FoldTag(b)) })
}

// plainTag leaves one space between words and none around them.
func plainTag(tag string) string { return strings.Join(strings.Fields(tag), " ") }

// FoldTag makes one spelling of all that are the same tag: those that differ in
// small letters and capitals only, as strings.EqualFold compares them, and in
// spaces. It is for keys and not for people to read.
func FoldTag(tag string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}, plainTag(tag))
}
