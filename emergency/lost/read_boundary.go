package lost

import (
	"example.com/callingplan/emergency/internal/locxml"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/emergency/pidflo"
	"example.com/callingplan/telephony"
)

// boundary reads one description of an area, all of it or none: a part of it is
// another area.
func (r *answerReader) boundary(n *xmltree.Node) (Boundary, *telephony.Error) {
	b := Boundary{Profile: xmltree.Token(n.Attr("profile"))}
	if !isText(b.Profile) {
		return Boundary{}, answerError(r.op, r.host, "profile", "a text cannot be kept")
	}
	for _, c := range n.Children {
		var problems []*telephony.Error
		switch {
		case locxml.IsCivic(c):
			problems = b.addCivic(c)
		case locxml.IsPolygon(c):
			problems = b.addPolygon(c)
		default:
			problems = b.addCircle(c)
		}
		if err := r.located(problems...); err != nil {
			return Boundary{}, err
		}
	}
	return b, nil
}

func (b *Boundary) addCivic(n *xmltree.Node) []*telephony.Error {
	civic, unknown, problems := locxml.ReadCivic(n)
	b.Civic = append(b.Civic, pidflo.Civic{Address: civic.Address, Location: civic.Location, Language: civic.Language})
	for _, u := range unknown {
		b.NotUnderstood = append(b.NotUnderstood, pidflo.Name(u))
	}
	return problems
}

func (b *Boundary) addPolygon(n *xmltree.Node) []*telephony.Error {
	corners, hollow, problem := locxml.ReadPolygon(n)
	if problem != nil {
		return []*telephony.Error{problem}
	}
	b.Polygons = append(b.Polygons, corners)
	if hollow {
		b.NotUnderstood = append(b.NotUnderstood, pidflo.Name(n.Name))
	}
	return nil
}

func (b *Boundary) addCircle(n *xmltree.Node) []*telephony.Error {
	shape, known, _, problem := locxml.ReadShape(n)
	if problem != nil {
		return []*telephony.Error{problem}
	}
	circle, err := pidflo.Circle(shape.Centre, shape.Radius)
	if !known || err != nil { // a point is no area
		b.NotUnderstood = append(b.NotUnderstood, pidflo.Name(n.Name))
		return nil
	}
	b.Circles = append(b.Circles, circle)
	return nil
}
