package reader

import (
	"path"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/dfgitutil"
)

const (
	// wholeContext is a source that the Dockerfile writes, such as 'COPY . /app'.
	wholeContext = "."
	// anything is a source that is not known. A build that declares its inputs declares what it needs of the whole
	// context; of what is not known it can't.
	anything = "**"
)

// isRemote tells whether ADD fetches a source instead of reading the context.
func isRemote(source string) bool {
	if strings.HasPrefix(source, "http://") || strings.HasPrefix(source, "https://") {
		return true
	}
	if at := strings.Index(source, mark); at >= 0 {
		return strings.HasPrefix(source, "git://") || strings.HasPrefix(source, "ssh://")
	}
	ref, isGit, err := dfgitutil.ParseGitRef(source)
	return isGit && err == nil && !ref.IndistinguishableFromLocal
}

// glob is the path, or the glob, that selects all that a source may be.
//
// With parents it is a pattern of COPY --parents, which has a syntax of its own.
func glob(source string, parents bool) string {
	if parents && strings.ContainsAny(source, `\!`) {
		return anything
	}
	if isAbsoluteAndUp(source) {
		return anything // what '..' is behind a link depends on where the link leads
	}
	first, last := strings.Index(source, mark), strings.LastIndex(source, mark)
	if first < 0 {
		return orWhole(translated(clean(source)))
	}
	before, after := source[:first], source[last+len(mark):]
	if isUp(source[first:]) {
		return anything
	}
	return unknownBetween(before, after)
}

// unknownBetween is the glob of what begins and ends so. A value of unknown content counts as one that does not go up by '..'.
func unknownBetween(before, after string) string {
	slash := strings.LastIndex(before, "/") + 1
	folder, prefix := translated(clean(before[:slash])), before[slash:]
	if folder != "" {
		folder += "/"
	}
	switch prefix {
	case ".", "..":
		return anything
	case "":
		_, tail, _ := strings.Cut(after, "/")
		if tail = translated(clean(tail)); tail != "" {
			return folder + "**/" + tail
		}
	}
	return orWhole(strings.TrimSuffix(folder+translated(prefix), "**") + "**")
}

func orWhole(glob string) string {
	if glob == "" {
		return wholeContext
	}
	return glob
}

func isAbsoluteAndUp(source string) bool { return strings.HasPrefix(source, "/") && isUp(source) }

func isUp(source string) bool { return slices.Contains(strings.Split(source, "/"), "..") }

// clean is relative to the context's top: nothing of a context is above it.
func clean(source string) string { return strings.TrimPrefix(path.Join("/", source), "/") }

// translated writes a pattern of COPY as a glob: what is no '*' and no '?' but stands for other characters becomes one of them.
//
// Names before the first that has a wildcard are literal, as in BuildKit's copy, escape characters and all.
func translated(pattern string) string {
	names := strings.Split(pattern, "/")
	for at, name := range names {
		if hasWildcard(name) {
			rest := strings.Join(names[at:], "/")
			return strings.Join(append(names[:at:at], wildcards(rest)), "/")
		}
	}
	return pattern
}

func hasWildcard(name string) bool {
	for at := 0; at < len(name); at++ {
		switch name[at] {
		case '\\':
			at++
		case '*', '?', '[':
			return true
		}
	}
	return false
}

func wildcards(pattern string) string {
	var glob strings.Builder
	for at := 0; at < len(pattern); at++ {
		switch pattern[at] {
		case '\\':
			glob.WriteByte('?')
			at++
		case '[':
			end := classEnd(pattern, at)
			if end < 0 {
				return glob.String() + "**"
			}
			glob.WriteString(class(pattern[at:end]))
			at = end - 1
		default:
			glob.WriteByte(pattern[at])
		}
	}
	return glob.String()
}

// class is what '[a-c]' selects, or more: it may be the character between folders.
func class(text string) string {
	crosses, err := path.Match(text, "/")
	if err != nil || crosses {
		return "**"
	}
	return "?"
}

func classEnd(pattern string, begin int) int {
	at := begin + 1
	if at < len(pattern) && pattern[at] == '^' {
		at++
	}
	for first := true; at < len(pattern); first = false {
		switch {
		case pattern[at] == ']' && !first:
			return at + 1
		case pattern[at] == '\\':
			at++
		}
		at++
	}
	return -1
}

// paths are globs, each once and in their order.
type paths struct {
	all   []string
	bytes int
}

func (p *paths) add(glob string) {
	if slices.Contains(p.all, glob) {
		return
	}
	p.all = append(p.all, glob)
	p.bytes += len(glob)
	if len(p.all) > mostPaths || p.bytes > mostPathsBytes || len(glob) > mostPathBytes {
		panic(untold{"it reads too many paths, or one that is too long"})
	}
}

// list is all of them without those that another glob selects too. Beside the whole context they all stay: a build
// that declares its inputs leaves the whole context out, and still needs the paths that are named.
func (p *paths) list() []string {
	var wide []string
	for _, glob := range p.all {
		if strings.HasSuffix(glob, "**") || strings.HasPrefix(glob, "**/") {
			wide = append(wide, glob)
		}
	}
	kept := []string{}
	for _, glob := range p.all {
		if !slices.ContainsFunc(wide, func(other string) bool { return other != glob && covers(other, glob) }) {
			kept = append(kept, glob)
		}
	}
	return kept
}

func covers(wide, glob string) bool {
	if folder, ok := strings.CutSuffix(wide, "**"); ok && !strings.ContainsAny(folder, "*?") {
		return strings.HasPrefix(glob, folder)
	}
	tail, ok := strings.CutPrefix(wide, "**/")
	return ok && !strings.ContainsAny(glob, "*?") && (glob == tail || strings.HasSuffix(glob, "/"+tail))
}
