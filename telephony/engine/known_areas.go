package engine

import (
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// knownAreas is the areas by their ordinals, from 1 on without gaps. Areas are there
// for good, so a later list only goes on further, and what an earlier one shows is
// never written to. It follows from the rows.
type knownAreas []telephony.Area

// of returns the area with that ordinal, the zero Area for one that is not there,
// as damaged data may have.
func (l knownAreas) of(ordinal uint32) telephony.Area {
	if ordinal == 0 || int64(ordinal) > int64(len(l)) {
		return telephony.Area{}
	}
	return l[ordinal-1]
}

// common returns the area of the shelves, the zero Area if they are of several.
func (l knownAreas) common(shelves []shelf) telephony.Area {
	if len(shelves) == 0 {
		return telephony.Area{}
	}
	for _, other := range shelves {
		if other.Area != shelves[0].Area {
			return telephony.Area{}
		}
	}
	return l.of(shelves[0].Area)
}

// listKnown lists the areas anew, up to the first gap.
func listKnown(t *tables, rows memtable.Reader) (l knownAreas) {
	for row := range t.areas.Prefix(rows, nil) {
		if int64(row.Ordinal) != int64(len(l))+1 {
			break
		}
		l = append(l, row.Area)
	}
	return l
}
