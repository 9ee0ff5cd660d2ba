package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// server is one that this program started.
type server struct {
	cmd  *exec.Cmd
	done chan error
}

// stop ends the server; there may be none.
func (s *server) stop() error {
	if s == nil {
		return nil
	}
	s.cmd.Process.Signal(syscall.SIGINT) // PostgreSQL's word for ending sessions and leaving; Redis takes it too
	select {
	case <-s.done:
	case <-time.After(10 * time.Second):
		s.cmd.Process.Kill()
		<-s.done
	}
	return nil
}

// start runs a server until it takes connections at the port.
func start(ctx context.Context, port int, cmd *exec.Cmd, log string) (*server, error) {
	out, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, done: make(chan error, 1)}
	go func() { s.done <- cmd.Wait() }()
	for range 200 {
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), s.stop())
		case err := <-s.done:
			said, _ := os.ReadFile(log)
			return nil, fmt.Errorf("%s ended: %v: %s", filepath.Base(cmd.Path), err, said)
		case <-time.After(50 * time.Millisecond):
		}
		if c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err == nil {
			c.Close()
			return s, nil
		}
	}
	return nil, errors.Join(fmt.Errorf("%s takes no connections", filepath.Base(cmd.Path)), s.stop())
}

// freePort returns a port of loopback that nothing listened on a moment ago.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func startRedis(ctx context.Context, dir string) (*server, string, error) {
	path, err := exec.LookPath("redis-server")
	if err != nil {
		return nil, "", leftOut{"redis-server is not installed (Debian: apt-get install redis-server), and no -redis was given"}
	}
	port, err := freePort()
	if err != nil {
		return nil, "", err
	}
	cmd := exec.Command(path, "--port", strconv.Itoa(port), "--bind", "127.0.0.1", "--dir", dir,
		"--save", "", "--appendonly", "no", "--daemonize", "no")
	s, err := start(ctx, port, cmd, filepath.Join(dir, "log"))
	return s, net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), err
}

// startPostgres makes a cluster of its own and runs it. Other clients than this
// program's would be let in without a password, but from this machine only.
func startPostgres(ctx context.Context, dir, fsync string) (*server, string, error) {
	initdb, postgres := pgProgram("initdb"), pgProgram("postgres")
	if initdb == "" || postgres == "" {
		return nil, "", leftOut{"PostgreSQL is not installed (Debian: apt-get install postgresql), and no -postgres was given"}
	}
	drop, err := unprivileged(dir)
	if err != nil {
		return nil, "", err
	}
	data := filepath.Join(dir, "data")
	create := exec.CommandContext(ctx, initdb, "-D", data, "-U", "bench", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
	create.Dir = dir
	drop(create)
	if said, err := create.CombinedOutput(); err != nil {
		return nil, "", fmt.Errorf("initdb: %w: %s", err, said)
	}
	port, err := freePort()
	if err != nil {
		return nil, "", err
	}
	args := []string{"-D", data, "-p", strconv.Itoa(port), "-h", "127.0.0.1"}
	for _, c := range []string{"unix_socket_directories=", "fsync=" + fsync, "full_page_writes=" + fsync,
		"shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=30min"} {
		args = append(args, "-c", c)
	}
	cmd := exec.Command(postgres, args...)
	cmd.Dir = dir
	drop(cmd)
	s, err := start(ctx, port, cmd, filepath.Join(dir, "log"))
	return s, fmt.Sprintf("postgres://bench@127.0.0.1:%d/postgres?sslmode=disable", port), err
}

// pgProgram finds one of PostgreSQL's programs, which Debian keeps off the path;
// of several versions the last by name. It is empty if there is none.
func pgProgram(name string) string {
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	found, _ := filepath.Glob(filepath.Join("/usr/lib/postgresql", "*", "bin", name))
	if len(found) == 0 {
		return ""
	}
	return slices.Max(found)
}
