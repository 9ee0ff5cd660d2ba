package adminfile

import (
	"log/slog"
	"strings"

	"example.com/callingplan/telephony"
)

// NumberRecord is a row of a list of a tenant's numbers, as the service exports
// it. Words of the service, such as states and capabilities, are kept as they
// are written, since it adds to them. A record prints and logs masked.
type NumberRecord struct {
	Number                    telephony.Number     // TelephoneNumber, or Id
	OperatorID                string               // of the carrier
	NumberType                string               // CallingPlan, DirectRouting or OperatorConnect
	Location                  telephony.LocationID // LocationId
	Address                   telephony.AddressID  // CivicAddressId
	NetworkSite               string               // NetworkSiteId
	AvailableCapabilities     []string             // what the number could be acquired for
	AcquiredCapabilities      []string             // what it can be used for, or Capability: UserAssignment and others
	AssignmentStatus          string               // or PstnAssignmentStatus: Unassigned, UserAssigned, ConferenceAssigned and others
	PlaceName                 string               // or City
	ActivationState           string               // Activated, AssignmentPending, AssignmentFailed, UpdatePending, UpdateFailed
	PartnerName               string               // or PstnPartnerName
	Country                   telephony.Country    // IsoCountryCode
	PortInOrderStatus         string
	CapabilityUpdateSupported string             // True or False
	AcquisitionDate           string             // as it is written: exports have the local form of whoever made them
	Target                    telephony.PersonID // TargetId, AssignedPstnTargetId or UserId: who or what has the number
	TargetType                string             // User and others
	AssignmentCategory        string             // Primary, Private or Alternate
	CallingProfile            string             // CallingProfileId
	Subdivision               string             // IsoSubdivisionCode or IsoSubdivision
	NumberSource              string             // Online or OnPremises
	CustomerActions           []string           // SupportedCustomerActions
	ReverseNumberLookup       []string
	RoutingOptions            string

	// The rest is in the export of assignments or in the old list only.

	PartnerID               string // PstnPartnerId
	LocationUpdateSupported string // True or False
	InventoryType           string // Subscriber, Service or TollFree
	CityCode                string // an area's name, such as NOAM-US-NY-NY
	LocationName            string // Location: of the emergency location, in words
	Region                  string // O365Region: of the service
	SourceType              string // Tnm or others: how the number came
	ManagedByServiceDesk    string // True or False
}

// String masks the number.
func (n NumberRecord) String() string { return n.Number.Masked() }

// GoString is what %#v prints: the masked form.
func (n NumberRecord) GoString() string { return "adminfile.NumberRecord{" + n.String() + "}" }

// LogValue masks the number in structured logs and leaves out who has it.
func (n NumberRecord) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("number", n.Number), slog.String("location", string(n.Location)))
}

// acquiredColumns are the columns of the export of acquired numbers, in its
// order, with the names the other exports have for the same. They end where it
// does.
func acquiredColumns() []column[NumberRecord] {
	type R = NumberRecord
	text := func(name string, field func(*R) *string) column[R] { return textColumn(name, maxCell, field) }
	return []column[R]{
		listedNumber().named("Id", "PhoneNumber").mustHave(),
		text("OperatorId", func(n *R) *string { return &n.OperatorID }),
		text("NumberType", func(n *R) *string { return &n.NumberType }),
		idColumn("LocationId", func(n *R) *telephony.LocationID { return &n.Location }),
		idColumn("CivicAddressId", func(n *R) *telephony.AddressID { return &n.Address }),
		text("NetworkSiteId", func(n *R) *string { return &n.NetworkSite }),
		listColumn("AvailableCapabilities", func(n *R) *[]string { return &n.AvailableCapabilities }),
		listColumn("AcquiredCapabilities", func(n *R) *[]string { return &n.AcquiredCapabilities }).named("Capability"),
		text("AssignmentStatus", func(n *R) *string { return &n.AssignmentStatus }).named("PstnAssignmentStatus"),
		text("PlaceName", func(n *R) *string { return &n.PlaceName }).named("City"),
		text("ActivationState", func(n *R) *string { return &n.ActivationState }),
		text("PartnerName", func(n *R) *string { return &n.PartnerName }).named("PstnPartnerName"),
		countryColumn("IsoCountryCode", func(n *R) *telephony.Country { return &n.Country }),
		text("PortInOrderStatus", func(n *R) *string { return &n.PortInOrderStatus }),
		text("CapabilityUpdateSupported", func(n *R) *string { return &n.CapabilityUpdateSupported }),
		text("AcquisitionDate", func(n *R) *string { return &n.AcquisitionDate }),
		textColumn("TargetId", maxCell, func(n *R) *telephony.PersonID { return &n.Target }).named("AssignedPstnTargetId", "UserId"),
		text("TargetType", func(n *R) *string { return &n.TargetType }),
		text("AssignmentCategory", func(n *R) *string { return &n.AssignmentCategory }),
		text("CallingProfileId", func(n *R) *string { return &n.CallingProfile }),
		text("IsoSubdivisionCode", func(n *R) *string { return &n.Subdivision }).named("IsoSubdivision"),
		text("NumberSource", func(n *R) *string { return &n.NumberSource }),
		listColumn("SupportedCustomerActions", func(n *R) *[]string { return &n.CustomerActions }),
		listColumn("ReverseNumberLookup", func(n *R) *[]string { return &n.ReverseNumberLookup }),
		text("RoutingOptions", func(n *R) *string { return &n.RoutingOptions }),
	}
}

// otherColumns are those of the export of assignments and of the old list.
func otherColumns() []column[NumberRecord] {
	type R = NumberRecord
	text := func(name string, field func(*R) *string) column[R] { return textColumn(name, maxCell, field) }
	return []column[R]{
		text("PstnPartnerId", func(n *R) *string { return &n.PartnerID }),
		text("LocationUpdateSupported", func(n *R) *string { return &n.LocationUpdateSupported }),
		text("InventoryType", func(n *R) *string { return &n.InventoryType }),
		text("CityCode", func(n *R) *string { return &n.CityCode }),
		text("Location", func(n *R) *string { return &n.LocationName }),
		text("O365Region", func(n *R) *string { return &n.Region }),
		text("SourceType", func(n *R) *string { return &n.SourceType }),
		text("IsManagedByServiceDesk", func(n *R) *string { return &n.ManagedByServiceDesk }),
	}
}

// countryColumn is a column of country codes, in capitals or not.
func countryColumn[T any](name string, field func(*T) *telephony.Country) column[T] {
	return column[T]{name: name,
		read: func(into *T, text string, _ options) *telephony.Error {
			c := telephony.Country(strings.ToUpper(strings.TrimSpace(text)))
			if err := telephony.CheckCountry("", c); err != nil {
				return asError(err)
			}
			*field(into) = c
			return nil
		},
		write: func(from *T, _ options) (string, *telephony.Error) {
			c := *field(from)
			if c == "" {
				return "", nil
			}
			return string(c), asError(telephony.CheckCountry("", c))
		}}
}
