package reader

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/distribution/reference"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// foreign says why a text is not for Docker's frontend of this version; empty when it is.
//
// BuildKit looks at the argument first, then at the directive.
func foreign(text string, given map[string]Argument) string {
	if asked, ok := given["BUILDKIT_SYNTAX"]; ok {
		if asked.Unset || asked.Unknown || asked.Image || len(asked.Values) != 1 {
			return "the frontend that reads it is not known: the argument 'BUILDKIT_SYNTAX' names it"
		}
		name, _, _ := strings.Cut(strings.TrimSpace(asked.Values[0]), " ")
		return foreignName(name)
	}
	if name, _, _, ok := parser.DetectSyntax([]byte(text)); ok {
		return foreignName(name)
	}
	return ""
}

func foreignName(name string) string {
	parsed, err := reference.ParseNormalizedNamed(name)
	if err != nil {
		return fmt.Sprintf("the frontend %.80q is not a valid image", name)
	}
	switch parsed.Name() {
	case "docker.io/docker/dockerfile", "docker.io/docker/dockerfile-upstream":
	default:
		return fmt.Sprintf("the frontend %.80q reads it, which may read other files than Docker's", name)
	}
	if tagged, ok := parsed.(reference.Tagged); ok && isOld(tagged.Tag()) {
		return fmt.Sprintf("the frontend %.80q is older than 1.4 and reads heredocs otherwise", name)
	}
	return ""
}

// isOld tells of a tag that is a version whether it knows no heredocs.
func isOld(tag string) bool {
	version, _, _ := strings.Cut(tag, "-")
	major, rest, ok := strings.Cut(version, ".")
	if !ok {
		return false
	}
	minor, _, _ := strings.Cut(rest, ".")
	number, err := strconv.Atoi(minor)
	return major == "1" && err == nil && number < 4
}
