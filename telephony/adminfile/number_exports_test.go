package adminfile_test

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
	"example.com/callingplan/telephony/engine"
)

// The older exports have the columns of the service, in its order, each with its own
// in it.
func TestOlderExports(t *testing.T) {
	for name, test := range map[string]struct {
		write  func(io.Writer, iter.Seq[adminfile.NumberRecord], ...adminfile.Option) error
		record adminfile.NumberRecord
		want   string
	}{
		"assignments": {adminfile.WriteNumberAssignments, adminfile.NumberRecord{Number: number("+12065550100"), OperatorID: "op", NumberType: "CallingPlan",
			ActivationState: "Activated", Target: "adele", AssignmentCategory: "Primary", AcquiredCapabilities: []string{"UserAssignment", "x"},
			PlaceName: "Fernhill", Address: "a-1", Country: "US", Subdivision: "WA", Location: "l-1", LocationUpdateSupported: "True", NetworkSite: "site",
			PortInOrderStatus: "none", AssignmentStatus: "UserAssigned", PartnerID: "partner-1", PartnerName: "a partner", NumberSource: "Online",
			ReverseNumberLookup: []string{"SkipInternalVoip"}},
			"TelephoneNumber,OperatorId,NumberType,ActivationState,AssignedPstnTargetId,AssignmentCategory,Capability,City,CivicAddressId," +
				"IsoCountryCode,IsoSubdivision,LocationId,LocationUpdateSupported,NetworkSiteId,PortInOrderStatus,PstnAssignmentStatus,PstnPartnerId," +
				"PstnPartnerName,NumberSource,ReverseNumberLookup\n" +
				`+12065550100,op,CallingPlan,Activated,adele,Primary,"UserAssignment,x",Fernhill,a-1,US,WA,l-1,True,site,none,UserAssigned,partner-1,` +
				"a partner,Online,SkipInternalVoip\n"},
		"old list": {adminfile.WriteOldNumbers, adminfile.NumberRecord{Number: number("+12065550100"), ActivationState: "Activated", InventoryType: "Subscriber",
			CityCode: "NOAM-US-NY-NY", LocationName: "2nd floor", Region: "NOAM", SourceType: "Tnm", TargetType: "user", Target: "adele",
			ManagedByServiceDesk: "False", PortInOrderStatus: "none"},
			"Id,ActivationState,InventoryType,CityCode,Location,O365Region,SourceType,TargetType,UserId,IsManagedByServiceDesk,PortInOrderStatus\n" +
				"12065550100,Activated,Subscriber,NOAM-US-NY-NY,2nd floor,NOAM,Tnm,user,adele,False,none\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := test.write(&out, slices.Values([]adminfile.NumberRecord{test.record}), adminfile.WithStyle(adminfile.Machine)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, out.String()); diff != "" {
				t.Error(diff)
			}
			got, problems := readAll(t, adminfile.ReadNumbers(&out))
			if diff := cmp.Diff([]adminfile.NumberRecord{test.record}, got, cmp.Comparer(func(a, b telephony.Number) bool { return a == b })); diff != "" || len(problems) > 0 {
				t.Error(diff, problems)
			}
		})
	}
}

// What an export has no column for is not left out in silence.
func TestOlderExportsRefuseOtherFields(t *testing.T) {
	row := slices.Values([]adminfile.NumberRecord{{Number: number("+12065550100"), AcquisitionDate: "3/1/2026", CityCode: "NOAM-US-NY-NY"}})
	wantProblems(t, problemsOf(t, adminfile.WriteNumberAssignments(io.Discard, row)), problem{2, 0, "AcquisitionDate", adminfile.ErrColumnForeign},
		problem{2, 0, "CityCode", adminfile.ErrColumnForeign})
	wantProblems(t, problemsOf(t, adminfile.WriteOldNumbers(io.Discard, row)), problem{2, 0, "AcquisitionDate", adminfile.ErrColumnForeign})
}

// A tenant's numbers go out as each of the exports, in its words, and come back.
func TestTenantNumbersAsOlderExports(t *testing.T) {
	w := newWorld(t)
	desk, err := w.org.AddLocation(w.ctx, engine.Place{Address: w.us.ID, Location: emergency.Location{Place: "2nd floor"}})
	w.must(err)
	w.assign(w.spare[0], "adele", desk.ID)
	w.must(w.org.ConvertNumbers(w.ctx, engine.ConvertNumbers{Numbers: w.spare[1:2], To: telephony.TollNumber}))
	w.must(w.org.AddService(w.ctx, engine.ServiceSpec{ID: "bridge", Kind: telephony.ConferenceBridge}))
	w.must(w.org.AssignService(w.ctx, engine.AssignService{Number: w.spare[1], Service: "bridge"}))
	q := engine.NumberQuery{Assigned: true}
	var assignments, old bytes.Buffer
	w.must(adminfile.WriteNumberAssignments(&assignments, adminfile.TenantNumberAssignments(w.view(), q)))
	w.must(adminfile.WriteOldNumbers(&old, adminfile.TenantOldNumbers(w.view(), q), adminfile.WithStyle(adminfile.Machine)))
	got, problems := readAll(t, adminfile.ReadNumbers(&assignments))
	more, moreProblems := readAll(t, adminfile.ReadNumbers(&old))
	want := []adminfile.NumberRecord{
		{Number: w.spare[0], NumberType: "CallingPlan", ActivationState: "Activated", Target: "adele", AcquiredCapabilities: []string{"UserAssignment"},
			PlaceName: "Seattle", Address: w.us.ID, Country: "US", Subdivision: "WA", Location: desk.ID, AssignmentStatus: "UserAssigned", NumberSource: "Online"},
		{Number: w.spare[1], NumberType: "CallingPlan", ActivationState: "Activated", Target: "bridge", PlaceName: "Seattle", Country: "US", Subdivision: "WA",
			AcquiredCapabilities: []string{"ConferenceAssignment", "VoiceApplicationAssignment"}, AssignmentStatus: "ConferenceAssigned", NumberSource: "Online"},
		{Number: w.spare[0], ActivationState: "Activated", InventoryType: "Subscriber", CityCode: "NOAM-US-WA-Seattle", LocationName: "2nd floor", Region: "NOAM",
			SourceType: "Tnm", Target: "adele", TargetType: "user"},
		{Number: w.spare[1], ActivationState: "Activated", InventoryType: "Service", CityCode: "NOAM-US-WA-Seattle", Region: "NOAM", SourceType: "Tnm",
			Target: "bridge", TargetType: "caa"},
	}
	if diff := cmp.Diff(want, append(got, more...), cmp.Comparer(func(a, b telephony.Number) bool { return a == b })); diff != "" || len(problems)+len(moreProblems) > 0 {
		t.Error(diff, problems, moreProblems)
	}
}

// Ten digits without a plus sign may begin with a country code or not. The country
// of the row decides, an option does, or they are refused; none is taken for a
// number of a country that nobody meant.
func TestBareNumbers(t *testing.T) {
	bare := []problem{{2, 1, "TelephoneNumber", adminfile.ErrNumberBare}}
	for name, test := range map[string]struct {
		row     string
		options []adminfile.Option
		want    string // "" for none
		refused []problem
	}{
		"of North America, as its country says":   {"2065550100,US,", nil, "+12065550100", nil},
		"the same, decorated":                     {"(206) 555-0100,US,", nil, "+12065550100", nil},
		"as its area says":                        {"2065550100,,NOAM-US-WA-Seattle", nil, "+12065550100", nil},
		"free of charge, which is 800 elsewhere":  {"8005550100,US,", nil, "+18005550100", nil},
		"with its country code":                   {"12065550100,US,", nil, "+12065550100", nil},
		"of Denmark, as its country says":         {"4532123456,DK,", nil, "+4532123456", nil},
		"of Denmark, as its area says":            {"4532123456,,EMEA-DK-ALL-ALL", nil, "+4532123456", nil},
		"of Denmark, in groups":                   {"45 32 12 34 56,DK,", nil, "+4532123456", nil},
		"of France, in groups":                    {"33 1 99 00 00 00,FR,", nil, "+33199000000", nil},
		"with its country code, decorated":        {"1 (206) 555-0100,US,", nil, "+12065550100", nil},
		"in groups, of no country":                {"45 32 12 34 56,,", nil, "", bare},
		"of no country":                           {"2065550100,,", nil, "", bare},
		"of no country, with its code":            {"12065550100,,", nil, "+12065550100", nil},
		"of no country, as an option says":        {"2065550100,,", []adminfile.Option{adminfile.WithNumberForm(adminfile.NorthAmerican)}, "+12065550100", nil},
		"of no country, as another says":          {"4532123456,,", []adminfile.Option{adminfile.WithNumberForm(adminfile.CountryCodeFirst)}, "+4532123456", nil},
		"of another country than the row's":       {"2065550100,FR,", nil, "", bare},
		"of Spain, which looks like one of India": {"912345678,ES,", nil, "", bare},
		"marked as text":                          {"'2065550100,US,", nil, "+12065550100", nil},
		"with a plus sign, whatever the row says": {"+2065550100,US,", nil, "+2065550100", nil},
		"of no form at all":                       {"0199000000,FR,", nil, "", []problem{{2, 1, "TelephoneNumber", telephony.ErrCallingCode}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, problems := readAll(t, adminfile.ReadNumbers(file("TelephoneNumber,IsoCountryCode,CityCode", test.row), test.options...))
			wantProblems(t, problems, test.refused...)
			switch {
			case test.want == "" && len(got) > 0, test.want != "" && (len(got) != 1 || got[0].Number != number(test.want)):
				t.Errorf("read as %v", got)
			}
		})
	}
	_, problems := readAll(t, adminfile.ReadAssignments(file("Person,Number", "adele,2065550100", "megan,(206) 555-0100", "diego,12065550100")))
	wantProblems(t, problems, problem{2, 7, "PhoneNumber", adminfile.ErrNumberBare}, problem{3, 7, "PhoneNumber", adminfile.ErrNumberBare})
	_, problems = readAll(t, adminfile.ReadStock(file("First,Last,Country", "2065550100,2065550199,US")))
	wantProblems(t, problems, problem{2, 1, "First", adminfile.ErrNumberBare}, problem{2, 12, "Last", adminfile.ErrNumberBare})
}
