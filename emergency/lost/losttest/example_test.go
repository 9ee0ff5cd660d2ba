package losttest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
)

// What an embedder does while the county's server is busy can be tested: an
// outage is no verdict on the address.
func ExampleServer_Behave() {
	county := losttest.New(emergency.NewStreets("county"))
	web := httptest.NewServer(county) // in a test: url := county.Start(t)
	defer web.Close()
	client, err := lost.New(lost.Config{Server: web.URL})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.Close()

	address := emergency.Address{Country: "US", State: "WA", City: "Fernhill", Street: "Oak", StreetSuffix: "St", HouseNumber: "1"}
	county.Behave(losttest.Status(503))
	_, err = client.Validate(context.Background(), address)
	fmt.Println(errors.Is(err, lost.ErrBusy))

	county.Behave(losttest.Behaviour{})
	answer, err := client.Validate(context.Background(), address)
	fmt.Println(answer.NotFound == emergency.AddressNotFound, err)
	// Output:
	// true
	// true <nil>
}
