package pidflo

import (
	"log/slog"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/locxml"
)

// A Shape is a position in the plane with its uncertainty: a point, or a circle
// around one [RFC 5491]. The zero Shape is none. It is a comparable value.
type Shape struct {
	centre emergency.Position
	radius float64
}

// Point returns the shape of a position without uncertainty; of no position
// none.
func Point(p emergency.Position) Shape { return Shape{centre: p} }

// Circle returns the circle of that many metres around a position. Errors, in
// order of precedence: [ErrShape] where there is no position, or the radius is
// not above 0 and at most half way round the earth.
func Circle(p emergency.Position, radius float64) (Shape, error) {
	if problem := (locxml.Shape{Centre: p, Radius: radius}).Check(); problem != nil {
		return Shape{}, problem
	}
	if radius == 0 || p.IsZero() {
		return Shape{}, shapeError("a circle has a centre and a radius above 0")
	}
	return Shape{p, radius}, nil
}

// IsZero reports whether there is no position.
func (s Shape) IsZero() bool { return s.centre.IsZero() }

// Centre returns the position.
func (s Shape) Centre() emergency.Position { return s.centre }

// Radius returns the radius in metres, 0 for a point.
func (s Shape) Radius() float64 { return s.radius }

// String names the kind of shape and not where it is.
func (s Shape) String() string {
	switch {
	case s.IsZero():
		return "none"
	case s.radius == 0:
		return "point"
	}
	return "circle"
}

// GoString is what %#v prints: the masked form.
func (s Shape) GoString() string { return "pidflo.Shape{" + s.String() + "}" }

// LogValue keeps the coordinates out of structured logs.
func (s Shape) LogValue() slog.Value { return slog.StringValue(s.String()) }

// A Confidence says how sure it is that the holder is inside the shape
// [RFC 7459]. The zero Confidence says nothing, which readers take for 95 per
// cent.
type Confidence struct {
	Percent      float64 // above 0 and below 100; 0 says nothing
	Distribution Distribution
}

// A Distribution is how probability is spread over a shape [RFC 7459].
type Distribution uint8

// The distributions.
const (
	UnknownDistribution Distribution = iota
	NormalDistribution
	RectangularDistribution // the same everywhere in the shape
)

// String returns "unknown", "normal" or "rectangular", as documents have it.
func (d Distribution) String() string {
	if d > RectangularDistribution {
		return "invalid"
	}
	return [...]string{"unknown", "normal", "rectangular"}[d]
}
