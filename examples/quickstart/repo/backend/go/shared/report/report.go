// Package report prints the line by which every Go backend names itself.
package report

import (
	"os"
	"runtime"
)

// Set by the linker: the version in backend.proto, and the platform of the node that compiled the backend.
var (
	contract = "unknown"
	builtOn  = "unknown"
)

// Line writes the backend's name, its platform, where it was built, the contract it keeps and its answer, in one line.
func Line(backend, answer string) {
	os.Stdout.WriteString(backend + " on " + runtime.GOOS + "/" + runtime.GOARCH + ", built on " + builtOn +
		", contract " + contract + ": " + answer + "\n")
}
