package engine

import (
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// checkQuota reports why so many numbers more of a kind would pass the quota. It
// is on the path of every reservation, so it does not explain the quota.
func checkQuota(s *Settings, owned []licensing.Holding, k telephony.Kind, u useRow, asked int64) error {
	class := licensing.ClassOf(k)
	q := licensing.Quota{Class: class, Limit: s.Quota.Limit(s.Catalogue, owned, class), Acquired: u.Acquired - u.Ported, Held: u.Held}
	return q.Check(asked)
}

// quotaOf returns the quota of a kind with its explanation.
func quotaOf(s *Settings, owned []licensing.Holding, k telephony.Kind, u useRow) licensing.Quota {
	return s.Quota.Quota(s.Catalogue, owned, licensing.ClassOf(k), licensing.Use{Acquired: u.Acquired - u.Ported, Held: u.Held, Ported: u.Ported})
}
