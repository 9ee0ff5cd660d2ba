package licensing

import (
	"slices"
	"strconv"

	"example.com/callingplan/telephony"
)

// ErrQuotaPolicy is the cause of a refused quota policy.
const ErrQuotaPolicy telephony.Code = "quota_policy_invalid"

// Count says which licences count towards user numbers. The zero value counts
// none.
type Count uint8

// The ways to count.
const (
	// CountPhoneSystem counts the licences that carry Phone System, as the
	// service's page for getting numbers shows [setup].
	CountPhoneSystem Count = 1 + iota
	// CountCallingPlans counts the Calling Plans. Those that pay as they go add
	// one number each and take no part in the percentage [quota].
	CountCallingPlans
)

// Band is a line of a table of allowances: this many licences or more, up to
// the next band, give this many numbers.
type Band struct {
	From    int64
	Numbers int64
}

// QuotaPolicy says how many numbers licences give. It is all data, so that it
// can be stored and replayed. Its functions are exact over the whole range of
// int64 and saturate at its end; a negative count is zero; and more licences
// never give fewer numbers, under any policy that [QuotaPolicy.Validate] accepts.
// The zero value gives nothing.
type QuotaPolicy struct {
	Rounding     Rounding // of the percentage
	PercentExtra int64    // user numbers on top of one a licence, in percent of licences
	FlatExtra    int64    // user numbers on top of that, once there is a licence
	Count        Count    // the licences that count towards user numbers

	ServiceBands []Band // service numbers, toll and toll-free alike; From ascends

	FreeResourceAccounts    int64 // once there is a seat with Phone System
	SeatsPerResourceAccount int64 // one more for so many seats; 0: none more
}

// DefaultQuotaPolicy returns the service's own: one user number a licence, 10%
// rounded down and 10 more; the table of service numbers; and 25 resource
// accounts with one more for ten seats [quota] [account]. The caller may change what
// it gets.
func DefaultQuotaPolicy() QuotaPolicy {
	return QuotaPolicy{
		Rounding: RoundDown, PercentExtra: 10, FlatExtra: 10, Count: CountPhoneSystem,
		ServiceBands: []Band{
			{1, 5}, {26, 10}, {50, 20}, {100, 30}, {150, 40}, {200, 65}, {500, 90}, {750, 110}, {1000, 125},
			{1250, 135}, {1500, 160}, {2000, 210}, {3000, 420}, {7000, 500}, {10000, 600}, {15000, 700},
			{20000, 1000}, {50000, 1500},
		},
		FreeResourceAccounts: 25, SeatsPerResourceAccount: 10,
	}
}

// Validate reports whether the policy makes sense. Its error is ErrQuotaPolicy;
// its reasons are every fault, in the order of the fields.
func (p QuotaPolicy) Validate() error {
	var reasons []*telephony.Error
	refuse := func(when bool, field, detail string, value int64) {
		if when {
			reasons = append(reasons, &telephony.Error{Code: ErrQuotaPolicy, Field: field, Detail: detail,
				Figures: []telephony.Figure{{Name: "given", Value: value}}})
		}
	}
	refuse(int(p.Rounding) >= len(roundingNames), "Rounding", "there is no such rounding", int64(p.Rounding))
	refuse(p.PercentExtra < 0, "PercentExtra", "a percentage is 0 or more", p.PercentExtra)
	refuse(p.FlatExtra < 0, "FlatExtra", "an extra is 0 or more", p.FlatExtra)
	refuse(p.Count != CountPhoneSystem && p.Count != CountCallingPlans, "Count",
		"say which licences count", int64(p.Count))
	last := Band{}
	for i, b := range p.ServiceBands {
		field := "ServiceBands[" + strconv.Itoa(i) + "]"
		refuse(b.From <= last.From, field+".From",
			"a band starts at 1 licence or more, and above the band before", b.From)
		refuse(b.Numbers < last.Numbers, field+".Numbers",
			"a band gives 0 numbers or more, and no fewer than the band before", b.Numbers)
		last = b
	}
	refuse(p.FreeResourceAccounts < 0, "FreeResourceAccounts", "an allowance is 0 or more", p.FreeResourceAccounts)
	refuse(p.SeatsPerResourceAccount < 0, "SeatsPerResourceAccount", "seats are 0 or more", p.SeatsPerResourceAccount)
	if len(reasons) > 0 {
		return telephony.Join(reasons)
	}
	return nil
}

// UserLimit returns how many user numbers so many licences give, apart from
// those that pay as they go: with the default policy 120 for 100, 65 for 50 and
// none for none [quota].
func (p QuotaPolicy) UserLimit(licences int64) int64 {
	if licences <= 0 {
		return 0
	}
	return add(add(licences, p.percentage(licences)), p.FlatExtra)
}

func (p QuotaPolicy) percentage(licences int64) int64 {
	return mulDiv(max(licences, 0), max(p.PercentExtra, 0), 100, p.Rounding)
}

// ServiceLimit returns how many service numbers of one kind so many licences
// give: those that carry Phone System and those that carry Audio Conferencing,
// added up. Toll and toll-free are two allowances of this size [quota].
func (p QuotaPolicy) ServiceLimit(licences int64) int64 {
	band, _ := p.band(licences)
	return band.Numbers
}

// band returns the band that so many licences reach and its place, or a band of
// nothing at -1.
func (p QuotaPolicy) band(licences int64) (Band, int) {
	for i, b := range slices.Backward(p.ServiceBands) {
		if licences >= b.From && licences > 0 {
			return Band{b.From, max(b.Numbers, 0)}, i
		}
	}
	return Band{}, -1
}

// ResourceAccountLimit returns how many resource accounts so many seats with
// Phone System give: with the default policy 25 for the first seat, 26 for 10, 85
// for 600. There are none for none: the 25 come free to an organisation that has
// at least one licence with Phone System [account].
func (p QuotaPolicy) ResourceAccountLimit(seats int64) int64 {
	if seats <= 0 {
		return 0
	}
	return add(p.FreeResourceAccounts, p.accountsForSeats(seats))
}

func (p QuotaPolicy) accountsForSeats(seats int64) int64 {
	if seats <= 0 || p.SeatsPerResourceAccount <= 0 {
		return 0
	}
	return seats / p.SeatsPerResourceAccount
}
