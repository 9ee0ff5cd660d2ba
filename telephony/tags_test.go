package telephony_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

func TestNewTags(t *testing.T) {
	fifty := make([]string, 50)
	for i := range fifty {
		fifty[i] = fmt.Sprintf("tag %02d", i)
	}
	for name, row := range map[string]struct {
		list  []string
		want  []string
		code  telephony.Code
		place int64
	}{
		"none":                   {nil, nil, "", 0},
		"sorted":                 {[]string{"Sales", "HR"}, []string{"HR", "Sales"}, "", 0},
		"capitals are the same":  {[]string{"hr", "HR", "Hr"}, []string{"hr"}, "", 0},
		"sorted by letters":      {[]string{"b", "A", "a", "B", "c"}, []string{"A", "b", "c"}, "", 0},
		"spaces":                 {[]string{"  Redmond   HQ ", "redmond hq"}, []string{"Redmond HQ"}, "", 0},
		"beyond ASCII":           {[]string{"\u00c4rzte", "\u00e4rzte"}, []string{"\u00c4rzte"}, "", 0},
		"empty":                  {[]string{"a", ""}, nil, telephony.ErrTagEmpty, 2},
		"only spaces":            {[]string{"   "}, nil, telephony.ErrTagEmpty, 1},
		"50 characters":          {[]string{strings.Repeat("\u00e9", 50)}, []string{strings.Repeat("\u00e9", 50)}, "", 0},
		"51 characters":          {[]string{strings.Repeat("x", 51)}, nil, telephony.ErrText, 0},
		"line end":               {[]string{"a\nb"}, nil, telephony.ErrText, 0},
		"invisible":              {[]string{"a\u200bb"}, nil, telephony.ErrText, 0},
		"fifty":                  {fifty, fifty, "", 0},
		"fifty-one":              {append(slices.Clone(fifty), "x"), nil, telephony.ErrTagCount, 51},
		"fifty, and one repeats": {append(slices.Clone(fifty), "TAG 00"), fifty, "", 0},
	} {
		got, err := telephony.NewTags("tags", row.list...)
		wantCode(t, err, row.code)
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: %q, want %q", name, got, row.want)
		}
		if e, ok := err.(*telephony.Error); ok {
			if place, _ := e.Figure("place"); place != row.place || e.Field != "tags" {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// Tags are a set under strings.EqualFold that keeps the first spelling.
func TestTagsAreASet(t *testing.T) {
	tag := rapid.StringOfN(rapid.SampledFrom([]rune("aAbBkK\u212a\u00df\u1e9es\u017f\u0130i ")), 1, 3, -1).
		Filter(func(s string) bool { return strings.TrimSpace(s) != "" })
	same := func(a string) func(string) bool {
		return func(b string) bool {
			return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		var tags telephony.Tags
		var model []string
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			list := rapid.SliceOfN(tag, 0, 3).Draw(t, "list")
			before := slices.Clone(tags)
			old := tags
			if rapid.Bool().Draw(t, "add") {
				var err error
				if tags, err = tags.With("", list...); err != nil {
					t.Fatal(err)
				}
				for _, s := range list {
					if !slices.ContainsFunc(model, same(s)) {
						model = append(model, strings.Join(strings.Fields(s), " "))
					}
				}
			} else {
				tags = tags.Without(list...)
				for _, s := range list {
					model = slices.DeleteFunc(model, same(s))
				}
			}
			if !slices.Equal(before, old) {
				t.Fatalf("%q were written to: %q", before, old)
			}
			got, want := slices.Sorted(slices.Values(tags)), slices.Sorted(slices.Values(model))
			if !slices.Equal(got, want) {
				t.Fatalf("%q, want %q", got, want)
			}
			if ask := tag.Draw(t, "ask"); tags.Has(ask) != slices.ContainsFunc(model, same(ask)) {
				t.Fatalf("%q among %q: %v", ask, tags, tags.Has(ask))
			}
			if again, err := telephony.NewTags("", tags...); err != nil || !slices.Equal(again, tags) {
				t.Fatalf("%q are read as %q, %v", tags, again, err)
			}
		}
	})
}

// Whatever comes in is refused or kept in a form that reads as itself.
func FuzzNewTags(f *testing.F) {
	for _, s := range []string{"", "HR\thr", "a\t\tb", "\u00c4rzte\t\u00e4rzte", "\xff", "Redmond  HQ", "\u200b", "\u0130\ti"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		list := strings.Split(s, "\t")
		tags, err := telephony.NewTags("tags", list...)
		if err != nil {
			if tags != nil {
				t.Fatalf("%q beside %v", tags, err)
			}
			return
		}
		again, err := telephony.NewTags("tags", tags...)
		if err != nil || !slices.Equal(again, tags) || len(tags) > telephony.MaxTags {
			t.Fatalf("%q are read as %q, %v", tags, again, err)
		}
		for _, tag := range list {
			if !tags.Has(tag) {
				t.Fatalf("%q is not among %q", tag, tags)
			}
		}
	})
}
