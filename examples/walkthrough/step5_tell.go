package main

import (
	"context"
	"embed"
	"io/fs"
	"path"
	"strings"
	"sync"
	"text/template"

	"example.com/callingplan/telephony/engine"
)

//go:embed messages/*.tmpl
var messageFiles embed.FS

// messages are the templates by language, "en" from messages/en.tmpl.
var messages = sync.OnceValue(func() map[string]*template.Template {
	names, err := fs.Glob(messageFiles, "messages/*.tmpl")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	all := make(map[string]*template.Template)
	for _, name := range names {
		language := strings.TrimSuffix(path.Base(name), ".tmpl")
		all[language] = template.Must(template.ParseFS(messageFiles, name))
	}
	return all
})

// A message is what a template is filled in with.
type message struct {
	Name, ID, Number        string
	Company, Place, Street  string
	City, State, PostalCode string
	Disclaimer              string // what to know of emergency calls, in English
}

// tell is the fifth step: tell people their numbers, and look at what was done.
func (w *walk) tell(ctx context.Context) error {
	w.out.heading("Step 5. Tell people their numbers")
	view, err := w.org.View(ctx)
	if err != nil {
		return err
	}
	for _, p := range w.in.people {
		known, err := view.Person(p.spec.ID)
		if err != nil {
			return err
		}
		if !known.Voice {
			continue
		}
		if err := w.tellOne(ctx, view, p); err != nil {
			return p.fail(err)
		}
	}
	if err := w.toDo(ctx); err != nil {
		return err
	}
	return w.dashboard(ctx)
}

// tellOne writes to one person in their language.
func (w *walk) tellOne(ctx context.Context, view *engine.View, p person) error {
	own, err := view.Own(p.spec.ID)
	if err != nil {
		return err
	}
	address := own.Address.Record.Address
	var text strings.Builder
	err = messages()[p.language].Execute(&text, message{
		Name: own.Name, ID: string(p.spec.ID), Number: grouped(own.Number),
		Company: address.Company, Place: own.Place.Place.Place, Street: streetLine(address),
		City: address.City, State: address.State, PostalCode: address.PostalCode,
		Disclaimer: own.Disclaimer,
	})
	if err != nil {
		return err
	}
	w.out.block(text.String())
	return w.org.MarkTold(ctx, engine.Told{Person: p.spec.ID})
}
