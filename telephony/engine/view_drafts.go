package engine

import (
	"iter"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// Draft returns one draft. The error is ErrUnknownDraft.
func (v *View) Draft(id telephony.AddressID) (Draft, error) {
	row, ok := v.tables.drafts.Get(v.rows, addressKey(v.tenant, id))
	if !ok {
		return Draft{}, unknownDraft(id)
	}
	return newDraft(row), nil
}

// Drafts yields the tenant's drafts, by identifier, ascending. Addresses does not
// list them.
func (v *View) Drafts() iter.Seq[Draft] { return v.draftsAfter("") }

// DraftPage returns a page of the drafts, of up to size of them, 0 for 100.
//
// Errors: ErrCursor; ErrRequest for a size below 0 or above 1000.
func (v *View) DraftPage(after Cursor, size int) (Page[Draft], error) {
	list := v.listing(draftNames, nil)
	last, err := after.key(list)
	if err != nil {
		return Page[Draft]{}, err
	}
	return pageOf(list, v.draftsAfter(telephony.AddressID(last)), size, func(d Draft) string { return string(d.ID) }, every)
}

func (v *View) draftsAfter(last telephony.AddressID) iter.Seq[Draft] {
	return func(yield func(Draft) bool) {
		from := accountKey(v.tenant)
		if last != "" {
			from = addressKey(v.tenant, last)
		}
		for row := range v.tables.drafts.Between(v.rows, from, accountKey(v.tenant+1)) {
			if row.ID != last && !yield(newDraft(row)) {
				return
			}
		}
	}
}

// Terms returns the version of the terms of emergency calling in force, 0 for
// none, and what the tenant has acknowledged.
func (v *View) Terms() (inForce emergency.TermsVersion, a emergency.Acknowledgement) {
	return v.settings.Terms, v.terms()
}
