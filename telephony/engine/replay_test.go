package engine_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"example.com/callingplan/telephony/engine"
)

// replayFile names, to a process that the test below starts, the log to apply.
const replayFile = "CALLINGPLAN_REPLAY_LOG"

// TestReplayInOtherProcesses: processes that start afresh, with other numbers of
// processors and other ways to collect garbage, come to the same digests of log
// and rows as the run that wrote the log.
//
// Of one's own: CALLINGPLAN_REPLAY_LOG=file go test -run '^TestReplayInOtherProcesses$' -v
// applies a log in any build, so that architectures can be compared.
func TestReplayInOtherProcesses(t *testing.T) {
	if path := os.Getenv(replayFile); path != "" {
		fmt.Println(replayedFrom(t, path))
		return
	}
	s := recorded(t, max(1, *seedFlag), asDrawn)
	path := filepath.Join(t.TempDir(), "log")
	var log []byte
	for _, c := range s.tape.commands {
		log = binary.BigEndian.AppendUint32(log, uint32(len(c)))
		log = append(log, c...)
	}
	if err := os.WriteFile(path, log, 0o600); err != nil {
		t.Fatal(err)
	}
	m, _ := applied(t, s.tape.read(t))
	want := endLine(endOf(m))
	for _, env := range [][]string{{"GOMAXPROCS=1", "GOGC=off"}, {"GOMAXPROCS=2", "GOGC=10"}, {"GOMAXPROCS=8", "GOGC=100", "TZ=Asia/Kolkata", "LC_ALL=tr_TR"}} {
		child := exec.Command(os.Args[0], "-test.run=^TestReplayInOtherProcesses$")
		child.Env = append(append(os.Environ(), env...), replayFile+"="+path)
		out, err := child.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", env, err, out)
		}
		if !bytes.Contains(out, []byte(want+"\n")) {
			t.Errorf("%v: got\n%s\nwant\n%s", env, out, want)
		}
	}
}

func endLine(e end) string {
	return fmt.Sprintf("replayed: index %d time %d chain %s rows %s", e.index, e.at, e.chain, e.rows)
}

// replayedFrom applies the log in a file.
func replayedFrom(t *testing.T, path string) string {
	log, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var commands []engine.Command
	for len(log) > 0 {
		n := binary.BigEndian.Uint32(log)
		var c engine.Command
		if err := c.UnmarshalBinary(log[4 : 4+n]); err != nil {
			t.Fatal(err)
		}
		commands, log = append(commands, c), log[4+n:]
	}
	m, _ := applied(t, commands)
	return endLine(endOf(m))
}
