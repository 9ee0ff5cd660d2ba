package licensing

import (
	"fmt"
	"math/bits"
)

// Limit returns how many numbers of a class these licences give. It takes no
// memory. No class has none.
func (p QuotaPolicy) Limit(c *Catalogue, owned []Holding, class QuotaClass) int64 {
	var t tally
	for i := range owned {
		if e := c.find(owned[i].Product); e != nil {
			t.count(p.counted(class, e.Features), owned[i].Bought)
		}
	}
	return p.limit(class, t)
}

// Quota returns the quota of a class for these licences and this use, with the
// lines that explain it: products in catalogue order, then what they give.
func (p QuotaPolicy) Quota(c *Catalogue, owned []Holding, class QuotaClass, use Use) Quota {
	var t tally
	var lines []Line
	for _, e := range c.list() {
		bought, _ := count(owned, e.Product)
		if bought == 0 {
			continue
		}
		for rest := p.counted(class, e.Features); rest != 0; rest &= rest - 1 {
			feature := Feature(1) << bits.TrailingZeros16(uint16(rest))
			t.count(feature, bought)
			lines = append(lines, licenceLine(class, e.Name, feature, bought))
		}
	}
	q := NewQuota(class, p.limit(class, t), use)
	q.Lines = append(lines, p.grants(class, t)...)
	return q
}

// tally is how many licences count towards a class: those a formula or table is
// applied to, and those that give one number each.
type tally struct {
	licences int64
	oneEach  int64
}

// count adds licences, once for each feature that counts.
func (t *tally) count(counted Feature, licences int64) {
	for ; counted != 0; counted &= counted - 1 {
		if counted&-counted == FeaturePayAsYouGo {
			t.oneEach = add(t.oneEach, licences)
		} else {
			t.licences = add(t.licences, licences)
		}
	}
}

// counted returns which features of a licence count towards a class. A licence
// counts once for each: E5 carries both features of service numbers and so
// counts twice there.
func (p QuotaPolicy) counted(class QuotaClass, f Feature) Feature {
	switch class {
	case UserNumbers:
		switch {
		case p.Count == CountPhoneSystem:
			return f & FeaturePhoneSystem
		case p.Count != CountCallingPlans || !f.Has(FeatureCallingPlan):
			return 0
		case f.Has(FeaturePayAsYouGo):
			return FeaturePayAsYouGo
		}
		return FeatureCallingPlan
	case TollNumbers, TollFreeNumbers:
		return f & (FeaturePhoneSystem | FeatureAudioConferencing)
	case ResourceAccounts:
		return f & FeaturePhoneSystem
	}
	return 0
}

func (p QuotaPolicy) limit(class QuotaClass, t tally) int64 {
	switch class {
	case UserNumbers:
		return add(p.UserLimit(t.licences), t.oneEach)
	case TollNumbers, TollFreeNumbers:
		return p.ServiceLimit(t.licences)
	case ResourceAccounts:
		return p.ResourceAccountLimit(t.licences)
	}
	return 0
}

// licenceLine says how many licences of a product count, and for what if one
// may count twice.
func licenceLine(class QuotaClass, name string, counted Feature, licences int64) Line {
	line := Line{Label: fmt.Sprintf("%d %s of %s", licences, plural("licence", licences), name)}
	if class == UserNumbers {
		line.Amount = licences
	} else if feature := counted.String(); feature != name {
		line.Label += ", for " + feature
	}
	return line
}

// grants returns the lines of what the licences give together.
func (p QuotaPolicy) grants(class QuotaClass, t tally) []Line {
	if t.licences == 0 {
		return nil
	}
	switch class {
	case UserNumbers:
		return []Line{
			{fmt.Sprintf("%d%% extra, %v", max(p.PercentExtra, 0), p.Rounding), p.percentage(t.licences)},
			{"flat extra", max(p.FlatExtra, 0)},
		}
	case TollNumbers, TollFreeNumbers:
		band, i := p.band(t.licences)
		switch {
		case i < 0:
			return nil
		case i+1 == len(p.ServiceBands):
			return []Line{{fmt.Sprintf("for %d licences or more", band.From), band.Numbers}}
		}
		return []Line{{fmt.Sprintf("for %d to %d licences", band.From, p.ServiceBands[i+1].From-1), band.Numbers}}
	case ResourceAccounts:
		lines := []Line{{"free with the first licence", max(p.FreeResourceAccounts, 0)}}
		if each := p.SeatsPerResourceAccount; each > 0 {
			lines = append(lines, Line{fmt.Sprintf("one for %d %s", each, plural("licence", each)),
				p.accountsForSeats(t.licences)})
		}
		return lines
	}
	return nil
}

func plural(word string, n int64) string {
	if n == 1 {
		return word
	}
	return word + "s"
}
