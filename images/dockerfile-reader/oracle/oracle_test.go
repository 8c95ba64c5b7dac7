// Package oracle compares the reader with BuildKit's own converter: whatever the converter asks of the build context for some values of
// what is not known before a build, the reader's answer must select.
package oracle

import (
	"context"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"

	"trestle.dev/images/dockerfile-reader/reader"
)

var (
	files = flag.Int("files", 5_000, "how many random Dockerfiles")
	seed  = flag.Uint64("seed", uint64(time.Now().UnixNano()), "of the random Dockerfiles")
)

func TestWhatBuildKitReadsIsSelected(t *testing.T) {
	t.Logf("seed %d", *seed)
	random := rand.New(rand.NewPCG(*seed, 0))
	compared, told, extra := 0, 0, 0
	for range *files {
		file := randomFile(random)
		answer := reader.Read(file.request())
		paths, err := file.asked(t)
		if err != nil {
			continue
		}
		compared++
		if answer.CannotTell != "" {
			continue
		}
		told++
		for _, asked := range paths {
			if !selects(answer.Paths, asked) {
				small := file.shrunk(t)
				t.Fatalf("BuildKit asks for %q, the reader tells %q\narguments %v, environment of the image %v, target %q\n%s",
					asked, answer.Paths, small.arguments, small.image, small.target, small.text())
			}
		}
		for _, path := range answer.Paths {
			if !slices.Contains(paths, path) {
				extra++
			}
		}
	}
	t.Logf("%d files, %d that BuildKit builds, %d of them told; %d paths more than BuildKit asks for", *files, compared, told, extra)
	if compared < *files/4 {
		t.Errorf("only %d of %d random files are valid", compared, *files)
	}
}

// file is a Dockerfile with the values that only the build knows.
type file struct {
	lines     []string
	arguments map[string]string
	// hidden are the arguments whose value the reader is not given.
	hidden []string
	image  []string
	target string
}

func (f file) text() string { return strings.Join(f.lines, "\n") + "\n" }

func (f file) request() reader.Request {
	arguments := map[string]reader.Argument{}
	for name, value := range f.arguments {
		arguments[name] = reader.Argument{Values: []string{value}}
	}
	for at, name := range f.hidden {
		arguments[name] = reader.Argument{Unknown: true, Unset: at%2 == 0}
	}
	return reader.Request{Dockerfile: f.text(), Arguments: arguments, Target: f.target}
}

// asked are the paths that the context's copies and mounts have in what BuildKit would run.
func (f file) asked(t *testing.T) ([]string, error) {
	t.Helper()
	caps := pb.Caps.CapSet(pb.Caps.All())
	platform := ocispecs.Platform{OS: "linux", Architecture: "arm64", Variant: "v8"}
	converted, err := dockerfile2llb.Dockerfile2LLB(context.Background(), []byte(f.text()), dockerfile2llb.ConvertOpt{
		Config: dockerui.Config{
			BuildArgs:      copied(f.arguments),
			Target:         f.target,
			BuildPlatforms: []ocispecs.Platform{{OS: "linux", Architecture: "amd64"}},
		},
		TargetPlatform: &platform,
		MetaResolver:   image{env: f.image},
		LLBCaps:        &caps,
	})
	if err != nil {
		return nil, err
	}
	definition, err := converted.State.Marshal(context.Background())
	if err != nil {
		return nil, err
	}
	return contextPaths(definition)
}

func copied(arguments map[string]string) map[string]string {
	copied := map[string]string{}
	for name, value := range arguments {
		copied[name] = value
	}
	return copied
}

// contextPaths finds the operations that have the local source 'context' as an input.
func contextPaths(definition *llb.Definition) ([]string, error) {
	sources := map[string]bool{}
	var ops []*pb.Op
	for _, bytes := range definition.Def {
		op := &pb.Op{}
		if err := op.UnmarshalVT(bytes); err != nil {
			return nil, err
		}
		if source := op.GetSource(); source != nil && strings.HasPrefix(source.Identifier, "local://context") {
			sources[digest.FromBytes(bytes).String()] = true
		}
		ops = append(ops, op)
	}
	var paths []string
	for _, op := range ops {
		isContext := func(input int64) bool {
			return input >= 0 && int(input) < len(op.Inputs) && sources[op.Inputs[input].Digest]
		}
		for _, mount := range op.GetExec().GetMounts() {
			if isContext(mount.Input) && mount.MountType == pb.MountType_BIND {
				paths = append(paths, relative(mount.Selector))
			}
		}
		for _, action := range op.GetFile().GetActions() {
			if one := action.GetCopy(); one != nil && isContext(action.SecondaryInput) {
				paths = append(paths, patterns(one)...)
			}
		}
	}
	return paths, nil
}

func patterns(action *pb.FileActionCopy) []string {
	if len(action.IncludePatterns) == 0 {
		return []string{relative(action.Src)}
	}
	var all []string
	for _, pattern := range action.IncludePatterns {
		all = append(all, relative(path.Join(action.Src, pattern)))
	}
	return all
}

func relative(selector string) string {
	if clean := strings.TrimPrefix(path.Join("/", selector), "/"); clean != "" {
		return clean
	}
	return "."
}

// selects tells whether one of the reader's globs selects all that a path, or a pattern of BuildKit, does.
func selects(globs []string, asked string) bool {
	return slices.ContainsFunc(globs, func(glob string) bool {
		return glob == "." || glob == asked || expression(glob).MatchString(asked)
	})
}

// expression reads a glob as README.md says; what BuildKit calls '[a-c]' is a '?' there.
func expression(glob string) *regexp.Regexp {
	var text strings.Builder
	text.WriteString("^")
	for at := 0; at < len(glob); at++ {
		switch {
		case strings.HasPrefix(glob[at:], "**/"):
			text.WriteString("(?:.*/)?")
			at += 2
		case strings.HasPrefix(glob[at:], "**"):
			text.WriteString(".*")
			at++
		case glob[at] == '*':
			text.WriteString("[^/]*")
		case glob[at] == '?':
			text.WriteString(`(?:\[[^/]*?\]|\\.|[^/])`)
		default:
			text.WriteString(regexp.QuoteMeta(glob[at : at+1]))
		}
	}
	return regexp.MustCompile("(?s)" + text.String() + "(?:/.*)?$")
}

// shrunk leaves out lines as long as something is missed.
func (f file) shrunk(t *testing.T) file {
	t.Helper()
	for at := 0; at < len(f.lines); at++ {
		smaller := f
		smaller.lines = slices.Delete(slices.Clone(f.lines), at, at+1)
		if smaller.misses(t) {
			return smaller.shrunk(t)
		}
	}
	return f
}

func (f file) misses(t *testing.T) bool {
	t.Helper()
	paths, err := f.asked(t)
	answer := reader.Read(f.request())
	return err == nil && answer.CannotTell == "" &&
		slices.ContainsFunc(paths, func(asked string) bool { return !selects(answer.Paths, asked) })
}

// image is that of every image from elsewhere.
type image struct{ env []string }

func (i image) ResolveImageConfig(_ context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	config, err := json.Marshal(ocispecs.Image{
		Platform: ocispecs.Platform{OS: "linux", Architecture: "arm64"},
		Config:   ocispecs.ImageConfig{Env: i.env},
		RootFS:   ocispecs.RootFS{Type: "layers", DiffIDs: []digest.Digest{digest.FromString("layer")}},
	})
	if err != nil {
		return "", "", nil, err
	}
	return ref, digest.FromBytes(config), config, nil
}
