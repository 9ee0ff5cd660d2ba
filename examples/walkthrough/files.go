package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

//go:embed data/*.csv
var builtIn embed.FS

// paths are the files given by flags; those that are empty are built in.
type paths struct {
	people, numbers, addresses, streets string
}

// files is what the four files say.
type files struct {
	people  []person
	stock   []stock
	offices []office
	streets []street
}

// A person is a line of people.csv.
type person struct {
	record
	spec     engine.PersonSpec
	language string         // in which they are told their number
	created  time.Time      // when the account was made; zero for when the walk starts
	office   string         // of addresses.csv
	place    string         // where in the office; may be empty
	area     telephony.Area // where the number is to be from
}

// A stock is a line of numbers.csv: a range of the provider's numbers.
type stock struct {
	record
	engine.Stock
}

// An office is a line of addresses.csv, as somebody typed it.
type office struct {
	record
	name    string
	address emergency.Address
}

// A street is a line of streets.csv, which stands for what an authority knows.
type street struct {
	record
	emergency.Street
}

// readFiles reads all four files, and reports what is wrong in all of them.
func readFiles(p paths) (files, error) {
	var in files
	var errs [4]error
	in.people, errs[0] = readFile(p.people, "people.csv", parsePerson, []string{"id", "name", "language",
		"usage_location", "created", "office", "place", "area", "on_premises_number"}, nil)
	in.stock, errs[1] = readFile(p.numbers, "numbers.csv", parseStock, []string{"first", "last", "area", "kind"}, nil)
	in.offices, errs[2] = readFile(p.addresses, "addresses.csv", parseOffice, []string{"office", "country"}, addressColumns())
	in.streets, errs[3] = readFile(p.streets, "streets.csv", parseStreet, []string{"country", "street", "dispatch_id"},
		[]string{"state", "city", "postal_codes", "pre_directional", "street_type_prefix", "street_suffix",
			"post_directional", "low", "high", "side", "dispatch_name", "dispatch_uri"})
	if err := errors.Join(errs[:]...); err != nil {
		return files{}, err
	}
	return in, in.checkReferences()
}

// readFile reads the file at path, or the one that is built in under that name.
func readFile[T any](path, name string, parse func(record) (T, error), required, optional []string) ([]T, error) {
	var file fs.File
	var err error
	if path == "" {
		file, err = builtIn.Open("data/" + name)
	} else {
		name = path
		file, err = os.Open(path)
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	records, err := readRecords(name, file, required, optional)
	if err != nil {
		return nil, err
	}
	return parseAll(records, parse)
}

// checkReferences makes sure that an office has one address, and that people
// work in one of the offices and want numbers from where there are some.
func (in files) checkReferences() error {
	var errs []error
	offices := make(map[string]bool)
	for _, o := range in.offices {
		if offices[o.name] {
			errs = append(errs, o.failIn("office", fmt.Errorf("%q stands twice", o.name)))
		}
		offices[o.name] = true
	}
	areas := make(map[telephony.Area]bool)
	for _, s := range in.stock {
		if s.Kind == telephony.UserNumber {
			areas[s.Area] = true
		}
	}
	for _, p := range in.people {
		if !offices[p.office] {
			errs = append(errs, p.failIn("office", fmt.Errorf("%q is none of the addresses", p.office)))
		}
		if !areas[p.area] {
			errs = append(errs, p.failIn("area", fmt.Errorf("the provider has no user numbers in %s", p.area)))
		}
	}
	return errors.Join(errs...)
}
