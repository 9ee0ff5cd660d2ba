package adminfile

import (
	"io"
	"iter"
	"log/slog"
	"strconv"
	"strings"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// CivicAddress is a row of a list of emergency addresses [lis]. It prints and
// logs masked.
type CivicAddress struct {
	// Address is as it was typed: emergency.Checker brings it to its form and
	// says whether it is right.
	Address emergency.Address
	// Status is what the file says of the address. It proves nothing.
	Status          emergency.ValidationState
	DefaultLocation telephony.LocationID // DefaultLocationId
	VoiceUsers      int64                // NumberOfVoiceUsers
}

// String describes the address without disclosing it.
func (a CivicAddress) String() string { return a.Address.String() + ": " + a.Status.String() }

// GoString is what %#v prints: the masked form.
func (a CivicAddress) GoString() string { return "adminfile.CivicAddress{" + a.String() + "}" }

// LogValue keeps the address out of structured logs.
func (a CivicAddress) LogValue() slog.Value { return slog.StringValue(a.String()) }

const (
	latitude  = "Latitude"
	longitude = "Longitude"
)

// addressFormat has the columns of the service, in its order, and behind them
// the parts of a street and a place that it does not tell apart.
func addressFormat() format[CivicAddress] {
	type A = CivicAddress
	return format[CivicAddress]{form: CountryCodeFirst, finish: setPosition, columns: []column[A]{
		fieldColumn("CompanyName", func(a *A) *string { return &a.Address.Company }).named("Company"),
		countryColumn("CountryOrRegion", func(a *A) *telephony.Country { return &a.Address.Country }).named("Country").mustHave(),
		fieldColumn("HouseNumber", func(a *A) *string { return &a.Address.HouseNumber }),
		fieldColumn("HouseNumberSuffix", func(a *A) *string { return &a.Address.HouseNumberSuffix }),
		fieldColumn("PreDirectional", func(a *A) *string { return &a.Address.PreDirectional }),
		fieldColumn("StreetName", func(a *A) *string { return &a.Address.Street }).named("Street"),
		fieldColumn("StreetSuffix", func(a *A) *string { return &a.Address.StreetSuffix }),
		fieldColumn("PostDirectional", func(a *A) *string { return &a.Address.PostDirectional }),
		fieldColumn("City", func(a *A) *string { return &a.Address.City }),
		fieldColumn("CityAlias", func(a *A) *string { return &a.Address.CityAlias }),
		fieldColumn("StateOrProvince", func(a *A) *string { return &a.Address.State }).named("State"),
		fieldColumn("PostalCode", func(a *A) *string { return &a.Address.PostalCode }),
		fieldColumn("Description", func(a *A) *string { return &a.Address.Description }),
		coordinateColumn(latitude, 0),
		coordinateColumn(longitude, 1),
		fieldColumn("Elin", func(a *A) *string { return &a.Address.ELIN }),
		fieldColumn("CompanyTaxId", func(a *A) *string { return &a.Address.CompanyTaxID }),
		statusColumn(),
		idColumn("DefaultLocationId", func(a *A) *telephony.LocationID { return &a.DefaultLocation }),
		countColumn("NumberOfVoiceUsers", func(a *A) *int64 { return &a.VoiceUsers }),

		fieldColumn("County", func(a *A) *string { return &a.Address.County }),
		fieldColumn("District", func(a *A) *string { return &a.Address.District }),
		fieldColumn("StreetPreModifier", func(a *A) *string { return &a.Address.StreetPreModifier }),
		fieldColumn("StreetTypePrefix", func(a *A) *string { return &a.Address.StreetTypePrefix }),
		fieldColumn("StreetPostModifier", func(a *A) *string { return &a.Address.StreetPostModifier }),
		fieldColumn("HouseNumberPrefix", func(a *A) *string { return &a.Address.HouseNumberPrefix }),
	}}
}

// fieldColumn is a column of one text of an address.
func fieldColumn(name string, field func(*CivicAddress) *string) column[CivicAddress] {
	return textColumn(name, telephony.MaxTextRunes, field)
}

// coordinateColumn is a column of degrees: the first or second part of the
// position. Its cells are read together, by setPosition.
func coordinateColumn(name string, part int) column[CivicAddress] {
	return column[CivicAddress]{name: name,
		read: func(_ *CivicAddress, text string, _ options) *telephony.Error {
			text = strings.TrimSpace(text)
			switch {
			case isDecimal(text):
				return nil
			case wasRewritten(text):
				return rewritten("the coordinate")
			}
			return &telephony.Error{Code: ErrCoordinate, Detail: "a coordinate is a decimal number of degrees", Fix: "write it as in -122.3321"}
		},
		write: func(from *CivicAddress, _ options) (string, *telephony.Error) {
			if from.Address.Position.IsZero() {
				return "", nil
			}
			return strings.Split(from.Address.Position.String(), ",")[part], nil
		}}
}

// setPosition makes a position of two coordinates, with a decimal point or a
// decimal comma.
func setPosition(into *CivicAddress, text func(string) string, _ options) []misfit {
	lat, lon := strings.Replace(text(latitude), ",", ".", 1), strings.Replace(text(longitude), ",", ".", 1)
	switch {
	case lat == "" && lon == "":
		return nil
	case lat == "" || lon == "":
		lacking := latitude
		if lon == "" {
			lacking = longitude
		}
		return []misfit{{lacking, &telephony.Error{Code: ErrCoordinateHalf, Detail: "a position has both coordinates or neither", Fix: "fill in both"}}}
	case !isDecimal(lat) || !isDecimal(lon):
		return nil // their columns have said so
	}
	if err := into.Address.Position.UnmarshalText([]byte(lat + "," + lon)); err != nil {
		return []misfit{{latitude, asError(err)}}
	}
	return nil
}

// statuses are the words of the service for the states of validation.
var statuses = [...]string{emergency.NotValidated: "NotValidated", emergency.Validated: "Validated", emergency.Invalid: "Invalid"}

// statusColumn is the column that says whether an address is validated.
func statusColumn() column[CivicAddress] {
	return column[CivicAddress]{name: "ValidationStatus",
		read: func(into *CivicAddress, text string, _ options) *telephony.Error {
			for status, word := range statuses {
				if fold(text) == fold(word) {
					into.Status = emergency.ValidationState(status)
					return nil
				}
			}
			return unknownStatus()
		},
		write: func(from *CivicAddress, _ options) (string, *telephony.Error) {
			if int(from.Status) >= len(statuses) {
				return "", unknownStatus()
			}
			return statuses[from.Status], nil
		}}
}

func unknownStatus() *telephony.Error {
	return &telephony.Error{Code: ErrValidationStatus, Detail: "there is no such state of validation",
		Fix: "say NotValidated, Validated or Invalid, or leave the cell empty"}
}

// countColumn is a column of counts.
func countColumn[T any](name string, field func(*T) *int64) column[T] {
	return column[T]{name: name,
		read: func(into *T, text string, _ options) *telephony.Error {
			n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
			if err != nil || n < 0 {
				return noCount()
			}
			*field(into) = n
			return nil
		},
		write: func(from *T, _ options) (string, *telephony.Error) {
			n := *field(from)
			if n < 0 {
				return "", noCount()
			}
			return strconv.FormatInt(n, 10), nil
		}}
}

func noCount() *telephony.Error {
	return &telephony.Error{Code: ErrCount, Detail: "a count is a whole number from 0 on", Fix: "write it in digits"}
}

// ReadAddresses reads a list of emergency addresses as Get-CsOnlineLisCivicAddress
// gives it to Export-Csv [lis], or any file with some of its columns,
// CountryOrRegion among them, in any order. The parts of an address that the
// service does not tell apart have columns named like the fields of
// emergency.Address.
func ReadAddresses(r io.Reader, options ...Option) *Reader[CivicAddress] {
	return newReader(r, addressFormat(), options)
}

// WriteAddresses writes a list of emergency addresses that ReadAddresses reads.
//
// Errors, in order of precedence: ErrFileOption; ErrFileWrite; for the first row
// that cannot be written, before which all are, with its line and by column
// every one that applies of ErrCellEmpty, telephony.ErrCountry, ErrCellEncoding,
// telephony.ErrText, ErrValidationStatus, telephony.ErrID and ErrCount.
func WriteAddresses(w io.Writer, rows iter.Seq[CivicAddress], options ...Option) error {
	return write(w, addressFormat(), rows, options)
}
