// Command wordcount counts the words of its arguments.
package main

import (
	"os"
	"strconv"
	"strings"

	"quickstart/shared/report"
)

func main() {
	words := strings.Fields(strings.Join(os.Args[1:], " "))
	report.Line("wordcount", strconv.Itoa(len(words))+" words")
}
