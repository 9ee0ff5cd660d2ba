package emergency

import (
	"encoding/binary"
	"fmt"
	"log/slog"
	"math"
	"strconv"
	"strings"

	"example.com/callingplan/telephony"
)

// The causes of a refused position.
const (
	// ErrPosition: a coordinate is out of range.
	ErrPosition telephony.Code = "position_invalid"
	// ErrPositionForm: an encoded position is not two coordinates. One alone is none.
	ErrPositionForm telephony.Code = "position_malformed"
)

// perDegree is how many units a degree has: coordinates are kept in 1e-7
// degrees, about a centimetre, which 32 bits hold.
const perDegree = 10_000_000

// A Position is a point on the WGS 84 ellipsoid. The zero Position is none at
// all; the point at latitude 0, longitude 0 is another value. A Position has
// both coordinates or neither [lis].
type Position struct {
	lat, lon int32 // 1e-7 degrees
	set      bool
}

// NewPosition returns the position of a latitude within ±90 and a longitude
// within ±180 degrees, rounded to 1e-7 degrees. Its error is [ErrPosition].
func NewPosition(lat, lon float64) (Position, error) {
	if !(math.Abs(lat) <= 90) || !(math.Abs(lon) <= 180) { // written so that NaN fails
		return Position{}, &telephony.Error{Code: ErrPosition, Field: FieldPosition.String(),
			Detail: "a latitude is within ±90 and a longitude within ±180 degrees", Fix: "give degrees, latitude first"}
	}
	return Position{
		lat: int32(math.Round(lat * perDegree)),
		lon: int32(math.Round(lon * perDegree)),
		set: true,
	}, nil
}

// IsZero reports whether there is no position.
func (p Position) IsZero() bool { return !p.set }

// Lat returns the latitude in degrees, north positive.
func (p Position) Lat() float64 { return float64(p.lat) / perDegree }

// Lon returns the longitude in degrees, east positive.
func (p Position) Lon() float64 { return float64(p.lon) / perDegree }

// String returns latitude and longitude in degrees, such as
// "47.6062000,-122.3321000", and "" for no position.
func (p Position) String() string {
	if !p.set {
		return ""
	}
	return degrees(p.lat) + "," + degrees(p.lon)
}

func degrees(v int32) string {
	sign, n := "", int64(v)
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%07d", sign, n/perDegree, n%perDegree)
}

// LogValue keeps the coordinates out of structured logs.
func (p Position) LogValue() slog.Value {
	if !p.set {
		return slog.StringValue("none")
	}
	return slog.StringValue("set")
}

// MarshalText writes the form of String.
func (p Position) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads two decimal numbers of degrees with a comma between, or
// nothing for no position. Errors, in order of precedence: [ErrPositionForm],
// [ErrPosition].
func (p *Position) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Position{}
		return nil
	}
	const longest = 64
	first, second, ok := strings.Cut(string(text[:min(len(text), longest)]), ",")
	lat, err1 := strconv.ParseFloat(strings.TrimSpace(first), 64)
	lon, err2 := strconv.ParseFloat(strings.TrimSpace(second), 64)
	if !ok || err1 != nil || err2 != nil || len(text) > longest {
		return &telephony.Error{Code: ErrPositionForm, Field: FieldPosition.String(),
			Detail: "a position is two numbers of degrees with a comma between", Fix: "give both, or nothing"}
	}
	at, err := NewPosition(lat, lon)
	if err != nil {
		return err
	}
	*p = at
	return nil
}

// MarshalBinary writes nothing for no position, else latitude and longitude as
// big-endian 32-bit integers of 1e-7 degrees.
func (p Position) MarshalBinary() ([]byte, error) {
	if !p.set {
		return []byte{}, nil
	}
	b := binary.BigEndian.AppendUint32(nil, uint32(p.lat))
	return binary.BigEndian.AppendUint32(b, uint32(p.lon)), nil
}

// UnmarshalBinary reads what MarshalBinary writes. Errors, in order of
// precedence: [ErrPositionForm], [ErrPosition].
func (p *Position) UnmarshalBinary(data []byte) error {
	if len(data) == 0 {
		*p = Position{}
		return nil
	}
	const encoded = 8
	if len(data) != encoded {
		return &telephony.Error{Code: ErrPositionForm, Field: FieldPosition.String(),
			Detail: "a position is encoded in eight bytes", Figures: []telephony.Figure{{Name: "bytes", Value: int64(len(data))}}}
	}
	lat := int32(binary.BigEndian.Uint32(data[:4]))
	lon := int32(binary.BigEndian.Uint32(data[4:]))
	at, err := NewPosition(float64(lat)/perDegree, float64(lon)/perDegree)
	if err != nil {
		return err
	}
	*p = at
	return nil
}
