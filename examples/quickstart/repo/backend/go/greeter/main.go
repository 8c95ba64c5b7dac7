// Command greeter greets whom its arguments name.
package main

import (
	"os"
	"strings"

	"quickstart/shared/report"
)

func main() {
	name := strings.Join(os.Args[1:], " ")
	if name == "" {
		name = "world"
	}
	report.Line("greeter", "Hello, "+name)
}
