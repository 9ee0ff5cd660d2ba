// Package licensing says what licences allow: which products there are, what
// must be owned or held before each, whether the Voice area is open, and how
// many numbers a tenant may have.
//
// It decides and keeps nothing. A caller that keeps counts hands them in as
// [Holding] and [Use], and gets a verdict back:
//
//	c := licensing.Standard()
//	err := c.CheckPurchase(owned, licensing.DomesticCallingPlan, 100)
//	reasons := c.CheckAssign(owned, person, []licensing.Product{licensing.PhoneSystem})
//	err = licensing.DefaultQuotaPolicy().Quota(c, owned, licensing.UserNumbers, use).Check(10)
//
// What would come of a purchase, a return or a change is told by a [Preview], line
// by line, and what becomes of the number of somebody whose licences are taken by
// a [Lapse].
//
// A [Catalogue] and a [QuotaPolicy] are data. The standard ones restate the
// public documentation of the service; an embedder may replace or extend both.
// All arithmetic is exact over the whole range of int64; past its end limits stop
// there and pools of minutes are refused, and nothing wraps round. A zero
// Catalogue, QuotaPolicy or Quota allows nothing.
//
// The facts come from its public pages, named in brackets where they are used:
// [lic] is the one on add-on licensing, [quota] the one on how many numbers a
// tenant can get, [account] the one on the licences of resource accounts, [setup]
// the one on setting up Calling Plans.
package licensing
