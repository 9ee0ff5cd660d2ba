package adminfile_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
)

// acquiredHeader is the header of Export-CsAcquiredPhoneNumber.
const acquiredHeader = "TelephoneNumber,OperatorId,NumberType,LocationId,CivicAddressId,NetworkSiteId,AvailableCapabilities," +
	"AcquiredCapabilities,AssignmentStatus,PlaceName,ActivationState,PartnerName,IsoCountryCode,PortInOrderStatus," +
	"CapabilityUpdateSupported,AcquisitionDate,TargetId,TargetType,AssignmentCategory,CallingProfileId,IsoSubdivisionCode," +
	"NumberSource,SupportedCustomerActions,ReverseNumberLookup,RoutingOptions"

// fullRecord has every field that the export of acquired numbers has, each
// different.
var fullRecord = adminfile.NumberRecord{Number: number("+12065550100"), OperatorID: "op-1", NumberType: "CallingPlan",
	Location: "l-1", Address: "a-1", NetworkSite: "site", AvailableCapabilities: []string{"UserAssignment", "ConferenceAssignment"},
	AcquiredCapabilities: []string{"UserAssignment"}, AssignmentStatus: "UserAssigned", PlaceName: "Fernhill", ActivationState: "Activated",
	PartnerName: "a partner", Country: "US", PortInOrderStatus: "none", CapabilityUpdateSupported: "True", AcquisitionDate: "3/1/2026 12:00:00 PM",
	Target: "adele", TargetType: "User", AssignmentCategory: "Primary", CallingProfile: "profile", Subdivision: "WA", NumberSource: "Online",
	CustomerActions: []string{"Release"}, ReverseNumberLookup: []string{"SkipInternalVoip"}, RoutingOptions: "none at all"}

// All 25 columns are there, in the order of the service, and each holds its own.
func TestAcquiredNumbers(t *testing.T) {
	const row = `+12065550100,op-1,CallingPlan,l-1,a-1,site,"UserAssignment,ConferenceAssignment",UserAssignment,UserAssigned,` +
		`Fernhill,Activated,a partner,US,none,True,3/1/2026 12:00:00 PM,adele,User,Primary,profile,WA,Online,Release,SkipInternalVoip,none at all`
	var out bytes.Buffer
	if err := adminfile.WriteNumbers(&out, slices.Values([]adminfile.NumberRecord{fullRecord}), adminfile.WithStyle(adminfile.Machine)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(acquiredHeader+"\n"+row+"\n", out.String()); diff != "" {
		t.Error(diff)
	}
	got, problems := readAll(t, adminfile.ReadNumbers(file(acquiredHeader, row)))
	if len(problems) > 0 || len(got) != 1 {
		t.Fatal(got, problems)
	}
	if diff := cmp.Diff(fullRecord, got[0], cmp.Comparer(func(a, b telephony.Number) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}

// The columns of Get-CsPhoneNumberAssignment [num].
func TestNumberAssignments(t *testing.T) {
	got, problems := readAll(t, adminfile.ReadNumbers(file("#TYPE Microsoft.Teams.ConfigAPI.Cmdlets.Generated.Models.GetPhoneNumberAssignmentResult",
		`"TelephoneNumber","OperatorId","NumberType","ActivationState","AssignedPstnTargetId","AssignmentCategory","Capability","City",`+
			`"CivicAddressId","IsoCountryCode","IsoSubdivision","LocationId","LocationUpdateSupported","NetworkSiteId","PortInOrderStatus",`+
			`"PstnAssignmentStatus","PstnPartnerId","PstnPartnerName","NumberSource","ReverseNumberLookup"`,
		`"+12065550100","op","CallingPlan","Activated","adele","Primary","System.String[]","Fernhill","a-1","US","WA",`+
			`"00000000-0000-0000-0000-000000000000","True","","","UserAssigned","partner-1","a partner","Online","System.String[]"`)))
	want := []adminfile.NumberRecord{{Number: number("+12065550100"), OperatorID: "op", NumberType: "CallingPlan", ActivationState: "Activated",
		Target: "adele", AssignmentCategory: "Primary", PlaceName: "Fernhill", Address: "a-1", Country: "US", Subdivision: "WA",
		LocationUpdateSupported: "True", AssignmentStatus: "UserAssigned", PartnerID: "partner-1", PartnerName: "a partner", NumberSource: "Online"}}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b telephony.Number) bool { return a == b })); diff != "" || len(problems) > 0 {
		t.Error(diff, problems)
	}
}

// The columns of Get-CsOnlineTelephoneNumber, whose numbers have no plus sign
// [num].
func TestOldNumberList(t *testing.T) {
	got, problems := readAll(t, adminfile.ReadNumbers(file("#TYPE Microsoft.Skype.EnterpriseVoice.BVDClient.Number",
		"ActivationState,CityCode,Id,InventoryType,IsManagedByServiceDesk,Location,O365Region,PortInOrderStatus,SourceType,TargetType,UserId",
		"Activated,NOAM-US-NY-NY,12125550100,Subscriber,False,New York,NOAM,,Tnm,caa,adele",
		"Activated,EMEA-FR-ALL-PA,33199000000,Service,False,,EMEA,,Tnm,,")))
	want := []adminfile.NumberRecord{{Number: number("+12125550100"), ActivationState: "Activated", CityCode: "NOAM-US-NY-NY", InventoryType: "Subscriber",
		ManagedByServiceDesk: "False", LocationName: "New York", Region: "NOAM", SourceType: "Tnm", TargetType: "caa", Target: "adele"},
		{Number: number("+33199000000"), ActivationState: "Activated", CityCode: "EMEA-FR-ALL-PA", InventoryType: "Service",
			ManagedByServiceDesk: "False", Region: "EMEA", SourceType: "Tnm"}}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b telephony.Number) bool { return a == b })); diff != "" || len(problems) > 0 {
		t.Error(diff, problems)
	}
}

func TestAssignmentTypes(t *testing.T) {
	for _, fine := range []string{"", "CallingPlan", "callingplan", " CallingPlan ", "user", "User"} {
		if _, problems := readAll(t, adminfile.ReadAssignments(file("UserPrincipalName,PhoneNumber,PhoneNumberType,LocationId", "adele,+12065550100,"+fine+",l-1"))); len(problems) > 0 {
			t.Errorf("%q is refused: %v", fine, problems)
		}
	}
	for _, foreign := range []string{"DirectRouting", "OperatorConnect", "service-toll", "CallingPlans"} {
		_, problems := readAll(t, adminfile.ReadAssignments(file("person;number;kind;location", "adele;+12065550100;"+foreign+";l-1")))
		wantProblems(t, problems, problem{2, 20, "PhoneNumberType", adminfile.ErrNumberType})
	}
}

// The columns of Get-CsOnlineLisCivicAddress [lis], with the decimal comma that
// goes with semicolons.
func TestCivicAddresses(t *testing.T) {
	position, err := emergency.NewPosition(47.6062, -122.3321)
	if err != nil {
		t.Fatal(err)
	}
	want := adminfile.CivicAddress{Address: emergency.Address{Company: "Contoso, Ltd", Country: "US", HouseNumber: "410", HouseNumberSuffix: "A",
		PreDirectional: "N", Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE", City: "Fernhill", CityAlias: "Old Fernhill", State: "WA",
		PostalCode: "98099", Description: "head office", Position: position, ELIN: "12065550199", CompanyTaxID: "none"},
		Status: emergency.Validated, DefaultLocation: "l-1", VoiceUsers: 12}
	const columns = "CompanyName;CountryOrRegion;HouseNumber;HouseNumberSuffix;PreDirectional;StreetName;StreetSuffix;PostDirectional;City;CityAlias;" +
		"StateOrProvince;PostalCode;Description;Latitude;Longitude;Elin;CompanyTaxId;ValidationStatus;DefaultLocationId;NumberOfVoiceUsers"
	const row = "Contoso, Ltd;us;410;A;N;5th;Ave;NE;Fernhill;Old Fernhill;WA;98099;head office;%s;12065550199;none;%s;l-1;12"
	for _, degrees := range []string{"47,6062;-122,3321", "47.6062;-122.3321", " 47.6062000 ;-122.33210"} {
		for _, status := range []string{"Validated", "validated", "VALIDATED"} {
			text := strings.Replace(strings.Replace(row, "%s", degrees, 1), "%s", status, 1)
			got, problems := readAll(t, adminfile.ReadAddresses(file(columns, text)))
			if len(problems) > 0 || len(got) != 1 || got[0] != want {
				t.Errorf("%s: %v, %v", text, got, problems)
			}
		}
	}
}

func TestCivicAddressFaults(t *testing.T) {
	const columns = "Country,Latitude,Longitude,ValidationStatus,NumberOfVoiceUsers,City,DefaultLocationId"
	for row, want := range map[string][]problem{
		",,,,,Fernhill,":                           {{2, 1, "CountryOrRegion", adminfile.ErrCellEmpty}},
		"USA,,,,,,":                                {{2, 1, "CountryOrRegion", telephony.ErrCountry}},
		"US,47.6,,,,,":                             {{2, 9, "Longitude", adminfile.ErrCoordinateHalf}},
		"US,,-122.3,,,,":                           {{2, 4, "Latitude", adminfile.ErrCoordinateHalf}},
		"US,91,-122.3,,,,":                         {{2, 4, "Latitude", emergency.ErrPosition}},
		"US,47.6,-181,,,,":                         {{2, 4, "Latitude", emergency.ErrPosition}},
		"US,4.76E+01,-122.3,,,,":                   {{2, 4, "Latitude", adminfile.ErrCellRewritten}},
		"US,NaN,0x10,,,,":                          {{2, 4, "Latitude", adminfile.ErrCoordinate}, {2, 8, "Longitude", adminfile.ErrCoordinate}},
		"US,47°36',here,,,,":                       {{2, 4, "Latitude", adminfile.ErrCoordinate}, {2, 12, "Longitude", adminfile.ErrCoordinate}},
		"US,,,maybe,,,":                            {{2, 6, "ValidationStatus", adminfile.ErrValidationStatus}},
		"US,,,,-1,,":                               {{2, 7, "NumberOfVoiceUsers", adminfile.ErrCount}},
		"US,,,,1.5,,":                              {{2, 7, "NumberOfVoiceUsers", adminfile.ErrCount}},
		"US,,,,99999999999999999999,,":             {{2, 7, "NumberOfVoiceUsers", adminfile.ErrCount}},
		"US,,,,,Fern\u200bhill,":                   {{2, 8, "City", telephony.ErrText}}, // an invisible character
		"US,,,,,\"Fern\nhill\",":                   {{2, 8, "City", telephony.ErrText}},
		"US,,,,," + strings.Repeat("n", 257) + ",": {{2, 8, "City", telephony.ErrText}},
		"US,,,,,,no location":                      {{2, 9, "DefaultLocationId", telephony.ErrID}},
	} {
		got, problems := readAll(t, adminfile.ReadAddresses(file(columns, row, "GB,,,,,London,")))
		wantProblems(t, problems, want...)
		if len(got) != 1 || got[0].Address.City != "London" {
			t.Errorf("behind %q there is %v", row, got)
		}
	}
}

// What cannot be written is refused at its line, with all rows before it
// written.
func TestWriteRefusals(t *testing.T) {
	good := adminfile.NumberRecord{Number: number("+12065550100")}
	for name, test := range map[string]struct {
		bad   func(*adminfile.NumberRecord)
		code  telephony.Code
		field string
	}{
		"no number":             {func(n *adminfile.NumberRecord) { n.Number = telephony.Number{} }, adminfile.ErrCellEmpty, "TelephoneNumber"},
		"not UTF-8":             {func(n *adminfile.NumberRecord) { n.PlaceName = "\xff" }, adminfile.ErrCellEncoding, "PlaceName"},
		"a line end":            {func(n *adminfile.NumberRecord) { n.PlaceName = "Fern\r\nhill" }, telephony.ErrText, "PlaceName"},
		"a separator in a list": {func(n *adminfile.NumberRecord) { n.AcquiredCapabilities = []string{"a,b"} }, adminfile.ErrListItem, "AcquiredCapabilities"},
		"a blank item":          {func(n *adminfile.NumberRecord) { n.AcquiredCapabilities = []string{""} }, adminfile.ErrListItem, "AcquiredCapabilities"},
		"an item that says it is lost": {func(n *adminfile.NumberRecord) { n.AcquiredCapabilities = []string{"System.String[]"} },
			adminfile.ErrListItem, "AcquiredCapabilities"},
		"no identifier":             {func(n *adminfile.NumberRecord) { n.Location = "a b" }, telephony.ErrID, "LocationId"},
		"no country":                {func(n *adminfile.NumberRecord) { n.Country = "XX" }, telephony.ErrCountry, "IsoCountryCode"},
		"a field of another export": {func(n *adminfile.NumberRecord) { n.CityCode = "NOAM-US-NY-NY" }, adminfile.ErrColumnForeign, "CityCode"},
	} {
		bad := good
		test.bad(&bad)
		var out bytes.Buffer
		err := adminfile.WriteNumbers(&out, slices.Values([]adminfile.NumberRecord{good, bad, good}), adminfile.WithStyle(adminfile.Machine))
		if !errors.Is(err, test.code) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		wantProblems(t, problemsOf(t, err), problem{3, 0, test.field, test.code})
		if !strings.HasPrefix(out.String(), acquiredHeader+"\n+12065550100,") || strings.Count(out.String(), "\n") != 2 {
			t.Errorf("%s: before it there is %q", name, out.String())
		}
	}
}

// Everything that keeps a row from being written is said at once.
func TestWriteRefusesWithEveryReason(t *testing.T) {
	row := adminfile.NumberRecord{Location: "a b", Country: "XX", CityCode: "x", SourceType: "y"}
	err := adminfile.WriteNumbers(&bytes.Buffer{}, slices.Values([]adminfile.NumberRecord{row}))
	wantProblems(t, problemsOf(t, err), problem{2, 0, "TelephoneNumber", adminfile.ErrCellEmpty}, problem{2, 0, "LocationId", telephony.ErrID},
		problem{2, 0, "IsoCountryCode", telephony.ErrCountry}, problem{2, 0, "CityCode", adminfile.ErrColumnForeign}, problem{2, 0, "SourceType", adminfile.ErrColumnForeign})
}
