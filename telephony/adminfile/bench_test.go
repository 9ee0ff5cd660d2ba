package adminfile_test

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
	"example.com/callingplan/telephony/engine"
)

// endless gives a header and then the same row over and over, n bytes in all.
type endless struct {
	head, row string
	left      int
}

func (e *endless) Read(p []byte) (n int, err error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	for n < len(p) && e.left > 0 {
		if e.head == "" {
			e.head = e.row
		}
		k := copy(p[n:min(len(p), n+e.left)], e.head)
		e.head, n, e.left = e.head[k:], n+k, e.left-k
	}
	return n, nil
}

func rowsOf(count int) *endless {
	const head, row = "UserPrincipalName,PhoneNumber,LocationId\n", "adele.vance@contoso.example,+12065550100,l-5c1a2b3-00000001\n"
	return &endless{head: head, row: row, left: len(head) + count*len(row)}
}

// However many rows there are, they are read in the memory of one.
func TestStreamingMemory(t *testing.T) {
	const count = 300_000 // 18 MB
	var peak, rows uint64
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before := m.HeapAlloc
	for _, err := range adminfile.ReadAssignments(rowsOf(count)).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if rows++; rows%100_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
		}
	}
	if rows != count || peak > before+1<<20 {
		t.Errorf("%d rows, %d bytes more than before", rows, int64(peak)-int64(before))
	}
}

func BenchmarkReadAssignments(b *testing.B) {
	b.ReportAllocs()
	limits := adminfile.DefaultLimits()
	limits.Rows, limits.Bytes = b.N, 1<<40
	rows := 0
	for row, err := range adminfile.ReadAssignments(rowsOf(b.N), adminfile.WithLimits(limits)).Rows() {
		if err != nil || row.Value.Number == (telephony.Number{}) {
			b.Fatal(err)
		}
		rows++
	}
	if rows != b.N {
		b.Fatal(rows)
	}
}

func BenchmarkWriteAssignments(b *testing.B) {
	b.ReportAllocs()
	a := adminfile.Assignment{Person: "adele.vance@contoso.example", Number: number("+12065550100"), Location: "l-5c1a2b3-00000001"}
	err := adminfile.WriteAssignments(io.Discard, func(yield func(adminfile.Assignment) bool) {
		for range b.N {
			if !yield(a) {
				return
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
}

// An adversary's file costs no more than its size: quotes that nobody closes,
// a blank line each byte, a problem in each row.
func BenchmarkDamagedFile(b *testing.B) {
	const size = 1 << 20
	for name, row := range map[string]string{"quotes": "a,\"\n", "blank lines": "\n", "stray quotes": "a\"\n", "empty rows": ",\n", "one cell": "a\n", "long": strings.Repeat("x", 100_000) + "\n",
		"hyphens": strings.Repeat("-", 120) + ",1\n"} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			for b.Loop() {
				e := &endless{head: "TelephoneNumber,x\n", row: row, left: size}
				if _, err := adminfile.ReadEntries(e).All(); err == nil && name != "blank lines" && name != "empty rows" {
					b.Fatal("nothing was wrong")
				}
			}
		})
	}
}

// planWorld has as many people and numbers, in hundreds, all of which can go
// together, and the lines of the file that says so.
func planWorld(t testing.TB, hundreds int) (*world, []string) {
	count := 100 * hundreds
	w := newWorld(t, engine.WithLimits(reservation.Limits{Open: 10, Held: 1000, PerRequest: 1000}))
	for _, p := range plans {
		w.must(w.org.BuyLicences(w.ctx, engine.Purchase{Product: p, Quantity: int64(count)}))
	}
	var lines []string
	for i := range hundreds { // the numbers for fiction of as many area codes
		area := telephony.Area{Country: "US", Region: "NY", City: fmt.Sprint("City ", i)}
		w.stock(area, telephony.UserNumber, fmt.Sprintf("+1%d5550100..+1%d5550199", 300+i, 300+i))
		for j, n := range w.acquire(area, 100, "") {
			id := telephony.PersonID(fmt.Sprintf("person-%03d-%02d@contoso.example", i, j))
			w.person(id, "US")
			lines = append(lines, row(id, n, w.us.Default))
		}
	}
	return w, lines
}

// Planning 10,000 rows from the file, and applying them.
func BenchmarkPlan(b *testing.B) {
	w, lines := planWorld(b, 100)
	b.Run("rows=10000", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if p := w.plan(lines...); p.String() != "10000 would assign" {
				b.Fatal(p)
			}
		}
	})
}

func BenchmarkApply(b *testing.B) {
	w, lines := planWorld(b, 10)
	p := w.plan(lines...)
	for b.Loop() {
		if got := p.Apply(w.ctx, w.org).Tally(); got.Of(adminfile.Assigned) != len(lines) {
			b.Fatal(got)
		}
		b.StopTimer()
		for person := range w.view().People(engine.PersonQuery{Assigned: true}) {
			w.must(w.org.Unassign(w.ctx, engine.Unassign{Person: person.ID}))
		}
		p = w.plan(lines...)
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(lines)), "ns/row")
}
