// The program trestle-dockerfile tells which files Dockerfiles read: one JSON request a line on stdin, one JSON answer a line on stdout.
// README.md has the protocol and the limits.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"syscall"
	"time"

	"trestle.dev/images/dockerfile-reader/reader"
)

const (
	mostRequestBytes = 8 << 20
	mostDataBytes    = 112 << 20 // Go maps its heap 64 MiB at a time: one such piece, and the rest
	softMemoryBytes  = 40 << 20
	mostStackBytes   = 32 << 20
	mostSeconds      = 10 // of processor time for one request
)

func main() {
	limitItself()
	if err := serve(os.Stdin, os.Stdout, watch); err != nil {
		fmt.Fprintln(os.Stderr, "trestle-dockerfile:", err)
		os.Exit(1)
	}
}

// limitItself gives up memory beyond a bound and the right to write files: hostile input could use them.
func limitItself() {
	// Where the pod's memory ends nevertheless, this process goes before the JVM. Only Linux knows it.
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0)
	debug.SetGCPercent(50)
	debug.SetMemoryLimit(softMemoryBytes)
	debug.SetMaxStack(mostStackBytes)
	for resource, most := range map[int]uint64{
		syscall.RLIMIT_DATA:   mostDataBytes,
		syscall.RLIMIT_FSIZE:  0,
		syscall.RLIMIT_CORE:   0,
		syscall.RLIMIT_NOFILE: 16,
	} {
		limit := syscall.Rlimit{Cur: most, Max: most}
		if err := syscall.Setrlimit(resource, &limit); err != nil {
			fmt.Fprintf(os.Stderr, "trestle-dockerfile: the limit %d cannot be set: %v\n", resource, err)
			os.Exit(1)
		}
	}
}

// serve answers every request; an error is one of the protocol.
func serve(in io.Reader, out io.Writer, watch func() (done func())) error {
	lines := bufio.NewReaderSize(in, 64<<10)
	answers := json.NewEncoder(out)
	answers.SetEscapeHTML(false)
	for {
		line, err := readLine(lines)
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		var request reader.Request
		if err := json.Unmarshal(line, &request); err != nil {
			return fmt.Errorf("a request is not valid: %w", err)
		}
		done := watch()
		answer := reader.Read(request)
		done()
		if err := answers.Encode(answer); err != nil {
			return err
		}
	}
}

func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > mostRequestBytes {
			return nil, fmt.Errorf("a request is longer than %d bytes", mostRequestBytes)
		}
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

// watch ends the program when a request takes more processor time than any honest one.
func watch() func() {
	begin := processorTime()
	stop := make(chan struct{})
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(100 * time.Millisecond):
				if processorTime()-begin > mostSeconds*time.Second {
					fmt.Fprintf(os.Stderr, "trestle-dockerfile: a request takes more than %d s\n", mostSeconds)
					os.Exit(3)
				}
			}
		}
	}()
	return func() { close(stop) }
}

func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
