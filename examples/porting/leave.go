package main

import (
	"fmt"
	"strings"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

// leave has another carrier ask for a number, first with a wrong PIN; and gives one
// back that was ported in, which leaves for the carrier that it is of.
func (m *move) leave() error {
	m.heading("Another carrier asks for a number")
	pin, err := porting.ParsePIN("808017")
	if err != nil {
		return err
	}
	wrong, err := porting.ParsePIN("123456")
	if err != nil {
		return err
	}
	wanted := telephony.NumberList{telephony.MustParse("+15035550101")}
	for _, ask := range []struct {
		text  string
		pin   porting.PIN
		first func() error
	}{
		{"before there is a PIN", wrong, nil},
		{"with a wrong PIN", wrong, func() error { return m.org.SetPortOutPIN(m.ctx, pin) }},
		{"behind a lock", pin, func() error { return m.org.LockPortOut(m.ctx, engine.PortOutLock{Locked: true}) }},
		{"with the right PIN", pin, func() error { return m.org.LockPortOut(m.ctx, engine.PortOutLock{}) }},
	} {
		if ask.first != nil {
			if err := ask.first(); err != nil {
				return err
			}
		}
		gone, err := m.desk.PortOut(m.ctx, engine.PortOut{Tenant: m.org.ID(), Numbers: wanted, PIN: ask.pin, Carrier: "Tailspin Wireless"})
		if err != nil {
			fmt.Fprintf(m, "  %-22s  %v\n", ask.text+":", err)
			continue
		}
		fmt.Fprintf(m, "  %-22s  %v left\n", ask.text+":", gone.Numbers[0])
	}
	m.heading("A number is given back")
	if err := m.org.Release(m.ctx, engine.Release{Numbers: telephony.NumberList{telephony.MustParse("+15035550107")}}); err != nil {
		return err
	}
	return m.told()
}

// told lists what the tenant's log tells of numbers that came and went.
func (m *move) told() error {
	view, err := m.org.View(m.ctx)
	if err != nil {
		return err
	}
	entries, err := view.Log(0)
	if err != nil {
		return err
	}
	for entry := range entries {
		for _, event := range entry.Events {
			if len(event.Numbers) > 0 || event.Type == engine.PortOutRefused {
				line := fmt.Sprintf("  %-15s  %-20s  %d numbers  %s", day(entry.At), event.Type, max(int64(len(event.Numbers)), event.Quantity), event.Carrier)
				fmt.Fprintln(m, strings.TrimRight(line, " "))
			}
		}
	}
	return nil
}
