// Package reader tells which files of its build context a Dockerfile reads. It parses and expands with BuildKit's own packages and
// follows the rules by which BuildKit's converter (frontend/dockerfile/dockerfile2llb, v0.33.1) moves variables between stages; where a
// value is not known before the build, it follows every value that is possible.
package reader

// Request asks for what one Dockerfile reads.
type Request struct {
	// Dockerfile is its text.
	Dockerfile string `json:"dockerfile"`
	// Arguments are those that the build sets, or may set, by name.
	Arguments map[string]Argument `json:"arguments,omitempty"`
	// Target is the stage to build; empty for the last one.
	Target string `json:"target,omitempty"`
}

// Argument is a build argument, as far as its value is known.
type Argument struct {
	// Values are the possible values.
	Values []string `json:"values,omitempty"`
	// Unset says that the build may do without the argument: then the Dockerfile's own default holds.
	Unset bool `json:"unset,omitempty"`
	// Unknown says that every value is possible.
	Unknown bool `json:"unknown,omitempty"`
	// Image says that every reference of an image by digest is possible.
	Image bool `json:"image,omitempty"`
}

// Answer says what a Dockerfile reads.
type Answer struct {
	// Paths of the build context, in the Dockerfile's order, each once: relative, without './'; '.' is the whole context, beside which
	// those that are named stay. They may be
	// globs: '*' and '?' stay within a name, '**' crosses folders, and '**/a' is 'a' at the top too. A path without a wildcard is a
	// file, or a folder with all that is in it. The paths select never less than the build reads.
	Paths []string `json:"paths"`
	// CannotTell says why the paths are not known; then the build may read the whole context.
	CannotTell string `json:"cannotTell,omitempty"`
	// CommitTime says that the image has the time of a source for its own, by SOURCE_DATE_EPOCH, so that it depends on the commit.
	CommitTime bool `json:"commitTime,omitempty"`
	// Declared are the arguments that the stages declare which the build needs, by name.
	Declared []Declared `json:"declared,omitempty"`
}

// Declared is an ARG.
type Declared struct {
	Name string `json:"name"`
	// HasValue says that a default, the build or BuildKit itself gives it a value.
	HasValue bool `json:"hasValue,omitempty"`
	// InEnvironment says that the value of an ENV has it.
	InEnvironment bool `json:"inEnvironment,omitempty"`
}

// The limits of one request. The paths of a Dockerfile beyond one of them cannot be told.
const (
	mostBytes        = 1 << 20 // of a Dockerfile
	mostInstructions = 5_000
	mostStages       = 500
	mostNesting      = 100     // of ${…${…}…}
	mostWork         = 8 << 20 // characters that are expanded or copied
	mostExpansion    = 1 << 20 // characters that one word may come to
	mostValue        = 64 << 10
	mostKept         = 50_000 // variables of all stages together
	mostPaths        = 2_000
	mostPathBytes    = 4_096
	mostPathsBytes   = 128 << 10
	mostDeclared     = 500
)
