package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
)

// A record is one line of a CSV file, by column.
type record struct {
	at    string // where it stands, such as "people.csv:3"
	cells map[string]string
}

// fail says where something went wrong.
func (r record) fail(err error) error { return fmt.Errorf("%s: %w", r.at, err) }

// failIn says in which column, too.
func (r record) failIn(column string, err error) error {
	return fmt.Errorf("%s: %s: %w", r.at, column, err)
}

// readRecords reads a CSV file whose first line names the columns, in any order.
// A column that is neither required nor optional is refused: it is more likely
// a slip of the pen than something to pass over.
func readRecords(file string, r io.Reader, required, optional []string) ([]record, error) {
	lines := csv.NewReader(skipBOM(r))
	header, err := lines.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: the file is empty; its first line names the columns", file)
	}
	if err != nil {
		return nil, placed(file, err)
	}
	if err := checkHeader(header, required, optional); err != nil {
		return nil, fmt.Errorf("%s:1: %w", file, err)
	}
	var records []record
	for {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return records, nil
		}
		if err != nil {
			return nil, placed(file, err)
		}
		line, _ := lines.FieldPos(0)
		rec := record{at: fmt.Sprintf("%s:%d", file, line), cells: make(map[string]string, len(header))}
		for i, column := range header {
			rec.cells[column] = cells[i]
		}
		records = append(records, rec)
	}
}

func checkHeader(header, required, optional []string) error {
	for i, column := range header {
		if slices.Contains(header[:i], column) {
			return fmt.Errorf("column %q stands twice", column)
		}
		if !slices.Contains(required, column) && !slices.Contains(optional, column) {
			return fmt.Errorf("unknown column %q", column)
		}
	}
	for _, column := range required {
		if !slices.Contains(header, column) {
			return fmt.Errorf("there is no column %q", column)
		}
	}
	return nil
}

// placed writes an error of the CSV reader as file:line.
func placed(file string, err error) error {
	var syntax *csv.ParseError
	if errors.As(err, &syntax) {
		return fmt.Errorf("%s:%d: %w", file, syntax.Line, syntax.Err)
	}
	return fmt.Errorf("%s: %w", file, err)
}

// skipBOM skips the mark that spreadsheets put before UTF-8 text.
func skipBOM(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if mark, _ := b.Peek(3); string(mark) == "\uFEFF" {
		b.Discard(3)
	}
	return b
}

// parseAll parses every record and reports all that is wrong, not the first
// alone.
func parseAll[T any](records []record, parse func(record) (T, error)) ([]T, error) {
	var all []T
	var faults []error
	for _, r := range records {
		parsed, err := parse(r)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		all = append(all, parsed)
	}
	return all, errors.Join(faults...)
}
