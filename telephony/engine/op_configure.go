package engine

import (
	"slices"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// configureCommand sets the figures that all commands after it are decided by.
// It is the first of every log, so that a log can be replayed from itself.
type configureCommand struct {
	Settings Settings
	Products []licensing.Entry // the catalogue, in its order
}

func configureWith(s Settings) configureCommand {
	return configureCommand{Settings: s, Products: slices.Collect(s.Catalogue.All())}
}

func (configureCommand) op() Op         { return OpConfigure }
func (r configureCommand) content() any { return r }

func (r configureCommand) check() error {
	_, err := r.settings()
	return err
}

// settings returns the settings with the catalogue made of its entries.
func (r configureCommand) settings() (Settings, error) {
	s := r.Settings
	catalogue, err := licensing.NewCatalogue(r.Products...)
	if err != nil {
		return Settings{}, err
	}
	s.Catalogue = catalogue
	return s, s.checkSound()
}

func (r configureCommand) apply(s *step) (any, *telephony.Error) {
	settings, err := r.settings()
	must(err) // it was checked before it became a command
	s.settings = &settings
	s.oldRequests = 0 // what is kept how long may have changed
	clear(s.fullUntil)
	s.event(Event{Type: Configured})
	return nil, nil
}
