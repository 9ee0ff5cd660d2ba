package main

import (
	"context"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// stepNames are the steps in a word each.
var stepNames = map[engine.Step]string{
	engine.StepLicences: "licences", engine.StepNumbers: "numbers", engine.StepAddress: "address",
	engine.StepAssign: "assign", engine.StepTell: "tell",
}

// toDo shows everybody's five steps, in the order of their country.
func (w *walk) toDo(ctx context.Context) error {
	view, err := w.org.View(ctx)
	if err != nil {
		return err
	}
	w.out.heading("To do")
	rows := [][]string{{"Person", "", "1", "2", "3", "4", "5"}}
	stuck := make(map[string][]*telephony.Error)
	for _, p := range w.in.people {
		tasks, err := view.ToDo(p.spec.ID)
		if err != nil {
			return err
		}
		row := []string{p.spec.Name, string(p.spec.UsageLocation)}
		for _, task := range tasks {
			mark := "[ ] "
			if task.Done {
				mark = "[x] "
			}
			row = append(row, mark+stepNames[task.Step])
		}
		rows = append(rows, row)
		stuck[p.spec.Name] = obstacles(tasks)
	}
	w.out.table(rows...)
	for _, p := range w.in.people {
		if len(stuck[p.spec.Name]) > 0 {
			w.out.say("What stands in %s's way:", p.spec.Name)
		}
		for _, o := range stuck[p.spec.Name] {
			w.out.item("%s", o.Error())
		}
	}
	return nil
}

// obstacles returns what stands in the way of the first step that is not done.
func obstacles(tasks []engine.Task) []*telephony.Error {
	for _, task := range tasks {
		if !task.Done {
			return task.Blocked
		}
	}
	return nil
}

// dashboard shows the tenant at a glance.
func (w *walk) dashboard(ctx context.Context) error {
	view, err := w.org.View(ctx)
	if err != nil {
		return err
	}
	d := view.Dashboard()
	w.out.heading("Dashboard at " + w.now())
	licences := [][]string{{"Licences", "Bought", "Assigned"}}
	for _, h := range d.Licences {
		licences = append(licences, []string{nameOf(h.Product), figure(h.Bought), figure(h.Assigned)})
	}
	w.out.table(licences...)
	numbers := [][]string{{"Numbers", "Quota", "Acquired", "Assigned", "Unassigned", "Held", "Left"}}
	for _, n := range d.Numbers {
		numbers = append(numbers, []string{n.Kind.String(), figure(n.Quota.Limit), figure(n.Acquired), figure(n.Assigned),
			figure(n.Unassigned), figure(n.Held), figure(n.Quota.Left)})
	}
	w.out.table(numbers...)
	w.out.table([]string{"People", "Addresses", "Open reservations"},
		[]string{figure(d.People), figure(d.Addresses), figure(int64(d.OpenReservations))})
	assigned := [][]string{{"Number", "Person", "Emergency location", "Since"}}
	for n := range view.Numbers(engine.NumberQuery{Kind: telephony.UserNumber, Expand: true}) {
		assigned = append(assigned, []string{grouped(n.Number), string(n.Person), placeName(n), clockTime(n.Since)})
	}
	w.out.table(assigned...)
	return nil
}

// placeName says where a number is, with its address expanded.
func placeName(n engine.TenantNumber) string {
	if n.Place == nil || n.Address == nil {
		return ""
	}
	address := n.Address.Record.Address
	if n.Place.Default {
		return streetLine(address) + ", " + address.City
	}
	return streetLine(address) + ", " + n.Place.Place.Place
}
