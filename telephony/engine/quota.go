package engine

import (
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// licensed returns the use as the rules of licences take it.
func (u useRow) licensed() licensing.Use {
	return licensing.Use{Acquired: u.Acquired - u.Ported, Held: u.Held, Ported: u.Ported}
}

// checkQuota reports why so many numbers more of a kind would pass the quota. It
// is on the path of every reservation, so it does not explain the quota.
func checkQuota(s *Settings, owned []licensing.Holding, k telephony.Kind, u useRow, asked int64) error {
	class := licensing.ClassOf(k)
	return licensing.NewQuota(class, s.Quota.Limit(s.Catalogue, owned, class), u.licensed()).Check(asked)
}

// quotaOf returns the quota of a kind with its explanation.
func quotaOf(s *Settings, owned []licensing.Holding, k telephony.Kind, u useRow) licensing.Quota {
	return s.Quota.Quota(s.Catalogue, owned, licensing.ClassOf(k), u.licensed())
}
