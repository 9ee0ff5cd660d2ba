// Package losttest has a LoST server for the tests of those who ask one: it
// answers the four queries of [RFC 5222] over real HTTP, out of any
// [emergency.Authority] such as [emergency.Streets], and can be told to
// misbehave in the ways that servers do.
//
//	server := losttest.New(streets)
//	client, err := lost.New(lost.Config{Server: server.Start(t)})
//
// A test of what an embedder does when the server is slow:
//
//	server.Behave(losttest.Slow(time.Minute))
package losttest
