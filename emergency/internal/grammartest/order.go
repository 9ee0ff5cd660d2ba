package grammartest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// sequences are the children of elements, by local name, in the order in which
// the grammars have them. A "/" stands between what may be mixed.
var sequences = map[string]string{
	"presence": "tuple device/person",
	"tuple":    "status timestamp",
	"status":   "geopriv",
	"device":   "geopriv deviceID timestamp",
	"person":   "geopriv timestamp",
	"geopriv":  "location-info usage-rules method",

	"location-info": "Point/Circle confidence civicAddress",
	"usage-rules":   "retransmission-allowed retention-expiry",
	"Point":         "pos",
	"Circle":        "pos radius",
	"civicAddress": "country A1 A2 A3 A4 A5 PRM PRD RD STS POD POM RDSEC RDBR RDSUBBR HNO HNS LMK LOC FLR NAM PC " +
		"BLD UNIT ROOM SEAT PLC PCN POBOX ADDCODE PN MP STP HNP *",

	"findService":                    "location service",
	"listServices":                   "service",
	"listServicesByLocation":         "location service",
	"location":                       "civicAddress/Point/Circle",
	"findServiceResponse":            "mapping locationValidation warnings path locationUsed",
	"listServicesResponse":           "serviceList warnings path",
	"listServicesByLocationResponse": "serviceList warnings path locationUsed",
	"getServiceBoundaryResponse":     "serviceBoundary warnings path",
	"mapping":                        "displayName service serviceBoundary/serviceBoundaryReference uri serviceNumber",
	"locationValidation":             "valid invalid unchecked *",
}

// CheckOrder reports the first element of a document that is not where the
// grammars have it.
func CheckOrder(doc []byte) error {
	type level struct {
		name  string
		place int
	}
	var open []level
	for d := xml.NewDecoder(bytes.NewReader(doc)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(open) > 0 {
				parent := &open[len(open)-1]
				if sequence, ok := sequences[parent.name]; ok {
					place := placeOf(sequence, t.Name.Local)
					if place < parent.place {
						return fmt.Errorf("%s is out of order in %s", t.Name.Local, parent.name)
					}
					parent.place = place
				}
			}
			open = append(open, level{name: t.Name.Local})
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

// placeOf returns the place of an element in a sequence, -1 if it has none.
func placeOf(sequence, local string) int {
	steps := strings.Fields(sequence)
	for i, step := range steps {
		if slices.Contains(strings.Split(step, "/"), local) {
			return i
		}
	}
	if steps[len(steps)-1] == "*" {
		return len(steps) - 1
	}
	return -1
}
