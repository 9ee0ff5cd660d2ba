package engine_test

import (
	"context"
	"sync"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

// The world that the commands are about: all numbers are set aside for fiction.
var (
	inSeattle  = telephony.Area{Country: "US", Region: "WA", City: "Seattle"}
	inRedmond  = telephony.Area{Country: "US", Region: "WA", City: "Redmond"}
	inBellevue = telephony.Area{Country: "US", Region: "WA", City: "Bellevue"} // has few numbers
	inParis    = telephony.Area{Country: "FR", City: "Paris"}
	inLyon     = telephony.Area{Country: "FR", City: "Lyon"} // has none at first
	inLondon   = telephony.Area{Country: "GB", City: "London"}
	inBritain  = telephony.Area{Country: "GB"}
)

func stock(numbers string, a telephony.Area, k telephony.Kind) engine.Stock {
	r, err := telephony.ParseRange(numbers)
	if err != nil {
		panic(err)
	}
	return engine.Stock{Range: r, Area: a, Kind: k}
}

// firstStock shares blocks between areas and kinds, and crosses from a block
// into the next.
var firstStock = []engine.Stock{
	stock("+14255550100..+14255550119", inSeattle, telephony.UserNumber),
	stock("+14255550120..+14255550129", inRedmond, telephony.UserNumber),
	stock("+14255550130..+14255550134", inSeattle, telephony.UserNumber),
	stock("+14255550190..+14255550192", inBellevue, telephony.UserNumber),
	stock("+33199000990..+33199001009", inParis, telephony.UserNumber),
	stock("+442079460000..+442079460011", inLondon, telephony.UserNumber),
	stock("+442079460012..+442079460019", inLondon, telephony.TollNumber),
	stock("+448081570000..+448081570004", inBritain, telephony.TollFreeNumber),
}

// laterStock comes in the course of things, if it can.
var laterStock = []engine.Stock{
	stock("+14255550135..+14255550139", inRedmond, telephony.UserNumber),
	stock("+14255550140..+14255550145", inSeattle, telephony.TollNumber),
	stock("+33199001010..+33199001012", inLyon, telephony.UserNumber),
	stock("+14255550152..+14255550154", inRedmond, telephony.UserNumber), // which somebody may port in
	stock("+14255550118..+14255550122", inSeattle, telephony.UserNumber), // in stock already
	stock("+33199000980..+33199001020", inParis, telephony.UserNumber),   // in stock in part, in two blocks
	stock("+442079460020..+442079460021", inParis, telephony.UserNumber), // of another country
	stock("+442079460020..+442079460021", inLondon, 0),
	stock("+442079460020..+442079460021", telephony.Area{Country: "gb"}, telephony.UserNumber),
	stock("+442079460020..+442079460021", telephony.Area{Country: "GB", Region: "ldn"}, telephony.UserNumber),
	{Area: inLondon, Kind: telephony.UserNumber},
}

// The places of the prepared addresses.
const (
	pike10, pike12, rivoli, theMall = 0, 1, 2, 3
	noSuch                          = 4 // does not exist
	pikeAve                         = 5 // another street than Pike St, by a field that cannot be edited
	lyon                            = 6
	rivoli6                         = 7
	pike10Early                     = 8 // checked long before
)

// prepared returns addresses as the authority checked them, in the United States,
// in France and in Britain, and one that does not exist.
var prepared = sync.OnceValue(func() []emergency.Checked {
	streets := emergency.NewStreets("streets")
	post := emergency.Dispatch{ID: "post", Name: "Dispatch", URI: "sip:sos@dispatch.example"}
	for _, s := range []emergency.Street{
		{Country: "US", State: "WA", City: "Seattle", PostalCodes: []string{"98101"}, Name: "Pike", Suffix: "St", Low: 1, High: 99, Dispatch: post},
		{Country: "US", State: "WA", City: "Seattle", PostalCodes: []string{"98101"}, Name: "Pike", Suffix: "Ave", Low: 1, High: 99, Dispatch: post},
		{Country: "FR", City: "Lyon", PostalCodes: []string{"69001"}, TypePrefix: "Rue", Name: "de la Gare", Low: 1, High: 99, Dispatch: post},
		{Country: "FR", City: "Paris", PostalCodes: []string{"75001"}, TypePrefix: "Rue", Name: "de Rivoli", Low: 1, High: 99, Dispatch: post},
		{Country: "GB", City: "London", PostalCodes: []string{"SW1A 1AA"}, Name: "The Mall", Low: 1, High: 99, Dispatch: post},
	} {
		if err := streets.Add(s); err != nil {
			panic(err)
		}
	}
	pike := emergency.Address{Country: "US", State: "WA", City: "Seattle", PostalCode: "98101", Street: "Pike", StreetSuffix: "St", HouseNumber: "10", Company: "Contoso"}
	other, missing, avenue := pike, pike, pike
	other.HouseNumber, missing.HouseNumber, avenue.StreetSuffix = "12", "1000", "Ave"
	rue := emergency.Address{Country: "FR", City: "Paris", PostalCode: "75001", StreetTypePrefix: "Rue", Street: "de Rivoli", HouseNumber: "4", Company: "Contoso"}
	rue6 := rue
	rue6.HouseNumber = "6"
	var all []emergency.Checked
	for i, a := range []emergency.Address{pike, other,
		rue,
		{Country: "GB", City: "London", PostalCode: "SW1A 1AA", Street: "The Mall", HouseNumber: "6", Company: "Contoso"},
		missing, avenue,
		{Country: "FR", City: "Lyon", PostalCode: "69001", StreetTypePrefix: "Rue", Street: "de la Gare", HouseNumber: "1", Company: "Contoso"},
		rue6, pike,
	} {
		at := time.Unix(1e9, 0)
		if i == pike12 || i == rivoli || i == lyon {
			at = time.Unix(1.76e9, 0)
		}
		if i == pike10Early {
			at = time.Unix(9e8, 0)
		}
		checked, err := emergency.Checker{Authority: streets}.Check(context.Background(), a, at)
		if err != nil || checked.IsAccepted() != (i != noSuch) {
			panic("the prepared addresses are not as they should be: " + checked.Verdict().String())
		}
		all = append(all, checked)
	}
	return all
})

var (
	licencesAround = []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan, licensing.InternationalCallingPlan,
		licensing.DomesticCallingPlan120, licensing.EnterpriseE5, licensing.TeamsPhoneWithCallingPlan,
		licensing.AudioConferencing, licensing.EnterpriseE3, licensing.CommunicationsCredits, "NO-SUCH"}
	areasStocked   = []telephony.Area{inSeattle, inSeattle, inRedmond, inBellevue, inParis, inParis, inLondon, inLondon, inBritain}
	areasAround    = []telephony.Area{inLyon, {Country: "US", Region: "WA", City: "Nowhere"}, {Country: "xx"}, {Country: "US", Region: "wa"}, {}}
	prefixesAround = []string{"1425555012", "1425555010", "142555501", "1", "33199000", "33199001", "33", "44207946000", "44", "4480815700001", "999"}
)

func drawSettings(t *rapid.T) modelSettings {
	return modelSettings{
		holdFor: rapid.SampledFrom([]time.Duration{10 * time.Minute, 90 * time.Second, 1}).Draw(t, "hold for"),
		limits: rapid.SampledFrom([]reservation.Limits{reservation.DefaultLimits(), {Open: 3, Held: 12, PerRequest: 8}}).
			Draw(t, "limits"),
		extension: rapid.SampledFrom([]reservation.Extension{{Allowed: true, MaxTotal: 15 * time.Minute}, {}}).Draw(t, "extension"),
		quarantine: rapid.SampledFrom([]time.Duration{0, 7 * time.Minute, 45 * 24 * time.Hour}).
			Draw(t, "quarantine"),
		residential: rapid.SampledFrom([]time.Duration{3 * time.Minute, 0, 45 * 24 * time.Hour}).Draw(t, "residential"),
		inAmerica:   rapid.SampledFrom([]time.Duration{0, 45 * 24 * time.Hour}).Draw(t, "in America"),
		keepClosed:  rapid.SampledFrom([]time.Duration{24 * time.Hour, 12 * time.Minute, 0}).Draw(t, "keep closed"),
		grace:       rapid.SampledFrom([]time.Duration{0, 4 * time.Minute}).Draw(t, "grace"),
		visible:     rapid.SampledFrom([]time.Duration{0, 5 * time.Minute}).Draw(t, "visible after"),
		revalidate:  rapid.SampledFrom([]time.Duration{0, 3650 * 24 * time.Hour}).Draw(t, "revalidate"),
		terms:       rapid.SampledFrom([]emergency.TermsVersion{0, 2}).Draw(t, "terms"),
		await:       rapid.Bool().Draw(t, "await"),
		portOrders:  rapid.SampledFrom([]int{100, 3}).Draw(t, "port orders"),
		portsKept:   rapid.SampledFrom([]int{1000, 2, 0}).Draw(t, "port orders kept"),
	}
}

func (s modelSettings) options(c engine.Clock) []engine.Option {
	limits, rules := engine.DefaultTenantLimits(), engine.DefaultPortRules()
	limits.PortOrders, limits.PortsKept, rules.Guessing = int64(s.portOrders), int64(s.portsKept), modelGuessing
	options := []engine.Option{engine.WithClock(c), engine.WithIDEpoch("m"), engine.WithHoldFor(s.holdFor), engine.WithLimits(s.limits),
		engine.WithExtension(s.extension), engine.WithClosedKept(s.keepClosed, 1000),
		engine.WithQuarantine(s.quarantine), engine.WithQuarantineOf(reservation.Residential, 0, s.residential),
		engine.WithQuarantineOf(reservation.Business, 1, s.inAmerica), engine.WithQuarantineOf(reservation.Residential, 1, s.inAmerica),
		engine.WithVisibleAfter(s.visible), engine.WithRevalidation(s.revalidate), engine.WithTerms(s.terms), engine.WithGrace(s.grace),
		engine.WithTenantLimits(limits), engine.WithPortRules(rules)}
	if s.await {
		options = append(options, engine.WithCarrierActivation(true))
	}
	return options
}
