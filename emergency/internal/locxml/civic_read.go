package locxml

import (
	"strings"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/telephony"
)

// ReadCivic reads a civic address, its elements in any order, and returns what
// is wrong with it, in that order. Elements without a value are as good as
// absent. A street in A6, where old documents have it, is the street if there
// is no other. What no field holds is in Other; what cannot be kept, elements
// inside elements and an A6 beside a street, is not understood.
func ReadCivic(n *xmltree.Node) (c Civic, notUnderstood []xmltree.Name, problems []*telephony.Error) {
	c.Language = n.Lang()
	seen := make(map[xmltree.Name]bool)
	street := "" // of A6
	for _, child := range n.Children {
		e := Element{CivicName(child.Name), child.Token()}
		switch {
		case len(child.Children) > 0:
			notUnderstood = append(notUnderstood, child.Name)
			continue
		case seen[e.Name]:
			problems = append(problems, repeated(e.Name))
			continue
		case e.Name == country:
			e.Value = strings.ToUpper(e.Value)
		}
		seen[e.Name] = true
		if e.Value == "" {
			continue
		}
		problems = append(problems, checkValue(e)...)
		if e.Name == a6 {
			street = e.Value
		} else if !c.put(e) {
			notUnderstood = append(notUnderstood, child.Name)
		}
	}
	switch {
	case street == "":
	case c.Address.Street == "":
		c.Address.Street = street
	default:
		notUnderstood = append(notUnderstood, a6)
	}
	return c, notUnderstood, problems
}

// put stores the value of an element where it belongs, if it belongs anywhere.
func (c *Civic) put(e Element) bool {
	if f, ok := emergency.FieldOfCivic(e.Name.Space, e.Name.Local); ok {
		c.Address = c.Address.With(f, e.Value)
		return true
	}
	if text := placeText(&c.Location, e.Name); text != nil {
		*text = e.Value
		return true
	}
	if !isOther(e.Name) {
		return false
	}
	c.Other = append(c.Other, e)
	return true
}
