package reader

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

// Read tells what a Dockerfile reads. It never fails: the paths of a Dockerfile that is beyond a limit, or is not valid, cannot be told.
func Read(request Request) (answer Answer) {
	defer func() {
		if thrown := recover(); thrown != nil {
			answer = cannotTell(reason(thrown))
		}
	}()
	if why := unreadable(request); why != "" {
		return cannotTell(why)
	}
	reading, err := parse(request)
	if err != nil {
		return cannotTell(refused(err).why)
	}
	return reading.answer()
}

// refused is what this version of BuildKit does not take; another frontend might.
func refused(err error) untold {
	return untold{"BuildKit cannot read it: " + short(err.Error())}
}

func cannotTell(why string) Answer { return Answer{Paths: []string{}, CannotTell: why} }

func reason(thrown any) string {
	if limit, ok := thrown.(untold); ok {
		return limit.why
	}
	return "its reader failed: " + short(fmt.Sprint(thrown))
}

// short is the beginning of a message, which may have the Dockerfile's own text in it.
func short(message string) string {
	const most = 200
	clean := strings.Join(strings.Fields(strings.ToValidUTF8(message, "?")), " ")
	if len(clean) <= most {
		return clean
	}
	return strings.ToValidUTF8(clean[:most], "") + "…"
}

func unreadable(request Request) string {
	if len(request.Dockerfile) > mostBytes {
		return fmt.Sprintf("it is longer than %d bytes", mostBytes)
	}
	if nesting(request.Dockerfile) > mostNesting {
		return fmt.Sprintf("its variables stand in each other more than %d deep", mostNesting)
	}
	return foreign(request.Dockerfile, request.Arguments)
}

// reading is one request's state.
type reading struct {
	request  Request
	limit    *budget
	lex      *shell.Lex
	global   scope
	stages   []*stage
	declared map[string]*Declared
	paths    paths
}

// stage is one FROM with what follows it.
type stage struct {
	instructions.Stage
	// bases are the stages that it may be built on; external says that it may be built on an image from elsewhere.
	bases    []*stage
	external bool
	scratch  bool
	// triggers are what its ONBUILD instructions do in the stages that are built on it.
	triggers []instructions.Command
	reached  bool
	end      scope
}

func parse(request Request) (*reading, error) {
	file, err := parser.Parse(bytes.NewReader([]byte(request.Dockerfile)))
	if err != nil {
		return nil, err
	}
	if len(file.AST.Children) > mostInstructions {
		panic(untold{fmt.Sprintf("it has more than %d instructions", mostInstructions)})
	}
	stages, arguments, err := instructions.Parse(file.AST, nil)
	switch {
	case err != nil:
		return nil, err
	case len(stages) == 0:
		return nil, fmt.Errorf("it has no stage")
	case len(stages) > mostStages:
		panic(untold{fmt.Sprintf("it has more than %d stages", mostStages)})
	}
	reading := &reading{
		request:  request,
		limit:    &budget{},
		lex:      shell.NewLex(file.EscapeToken),
		declared: map[string]*Declared{},
	}
	reading.global = reading.predefined(stages)
	if err := reading.globals(arguments); err != nil {
		return nil, err
	}
	return reading, reading.link(stages)
}

// predefined are the arguments that BuildKit itself sets. Which platform is built, and where, is the leg's.
func (r *reading) predefined(stages []instructions.Stage) scope {
	scope := emptyScope()
	for _, name := range []string{"PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT"} {
		scope.variables["BUILD"+name] = anyText
		scope.variables["TARGET"+name] = anyText
	}
	target := r.request.Target
	if target == "" {
		target = stages[len(stages)-1].Name
	}
	if target == "" {
		target = "default"
	}
	scope.variables["TARGETSTAGE"] = known(target)
	for name := range scope.variables {
		scope.variables[name] = r.given(name, scope.variables[name])
	}
	return scope
}

// given are the values that the build gives an argument, and, if it may give none, those that it has otherwise.
func (r *reading) given(name string, otherwise values) values {
	argument, ok := r.request.Arguments[name]
	if !ok {
		return otherwise
	}
	var all values
	for _, text := range argument.Values {
		all = all.or(known(text))
	}
	if argument.Image {
		all = all.or(known(anImage))
	}
	if argument.Unknown {
		all = all.or(anyText)
	}
	if argument.Unset || len(all) == 0 {
		all = all.or(otherwise)
	}
	return all
}

// globals are the ARGs before the first stage. One without a value changes nothing.
func (r *reading) globals(arguments []instructions.ArgCommand) error {
	for _, argument := range arguments {
		for _, pair := range argument.Args {
			before := r.global.get(pair.Key)
			now := before
			if pair.Value != nil && r.mayBeUnset(pair.Key) {
				texts, err := r.expand(r.global, *pair.Value)
				if err != nil {
					return err
				}
				now = allKnown(texts)
			}
			if given := r.given(pair.Key, now); pair.Value != nil || r.isGiven(pair.Key) {
				r.global.variables[pair.Key] = given
			}
			r.declare(pair.Key, !r.global.get(pair.Key).mayBeUnset())
		}
	}
	return nil
}

func (r *reading) isGiven(name string) bool {
	_, ok := r.request.Arguments[name]
	return ok
}

// mayBeUnset tells whether the build may do without the argument.
func (r *reading) mayBeUnset(name string) bool {
	argument, ok := r.request.Arguments[name]
	return !ok || argument.Unset
}

func (r *reading) expand(scope scope, word string) ([]string, error) {
	return expand(r.limit, r.lex, word, scope.get)
}

func allKnown(texts []string) values {
	var all values
	for _, text := range texts {
		all = all.or(known(text))
	}
	return all
}

func (r *reading) declare(name string, hasValue bool) {
	found, ok := r.declared[name]
	switch {
	case ok:
		found.HasValue = found.HasValue || hasValue
	case len(r.declared) < mostDeclared:
		r.declared[name] = &Declared{Name: name, HasValue: hasValue}
	}
}

// link finds what each stage is built on: a name that a stage before it has, else an image.
func (r *reading) link(stages []instructions.Stage) error {
	byName := map[string]*stage{}
	for _, parsed := range stages {
		names, err := r.expand(r.global, parsed.BaseName)
		if err != nil {
			return err
		}
		next := &stage{Stage: parsed}
		for _, name := range names {
			r.base(next, name, byName)
		}
		if next.triggers, err = triggersOf(parsed.Commands); err != nil {
			return err
		}
		r.stages = append(r.stages, next)
		if parsed.Name != "" {
			byName[parsed.Name] = next
		}
	}
	return nil
}

func (r *reading) base(next *stage, name string, byName map[string]*stage) {
	r.limit.spend(len(byName) + 1)
	found, isStage := byName[name]
	switch {
	case isStage:
		next.bases = append(next.bases, found)
	case hasMark(name):
		next.external = true
		for _, candidate := range r.stages {
			if byName[candidate.Name] == candidate && mayBe(name, candidate.Name) && !slices.Contains(next.bases, candidate) {
				next.bases = append(next.bases, candidate)
			}
		}
	case name == "scratch":
		next.scratch = true
	default:
		next.external = true
	}
}

// mayBe tells whether a text with marks in it may come to this name.
func mayBe(text, name string) bool {
	parts := strings.Split(text, mark)
	rest, ok := strings.CutPrefix(name, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1 : len(parts)-1] {
		_, after, ok := strings.Cut(rest, part)
		if !ok {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}

// triggersOf parses what ONBUILD announces as BuildKit does: as a Dockerfile of its own, with the usual escape character.
func triggersOf(commands []instructions.Command) ([]instructions.Command, error) {
	var triggers []instructions.Command
	for _, command := range commands {
		onbuild, ok := command.(*instructions.OnbuildCommand)
		if !ok {
			continue
		}
		file, err := parser.Parse(strings.NewReader(onbuild.Expression))
		if err != nil {
			return nil, err
		}
		if len(file.AST.Children) != 1 {
			return nil, fmt.Errorf("an ONBUILD is not a single instruction")
		}
		trigger, err := instructions.ParseCommand(file.AST.Children[0])
		if err != nil {
			return nil, err
		}
		triggers = append(triggers, trigger)
	}
	return triggers, nil
}

func (r *reading) answer() Answer {
	target, err := r.target()
	if err != nil {
		return cannotTell(err.Error())
	}
	r.reach(target)
	for _, stage := range r.stages {
		if stage.reached {
			r.run(stage)
		}
	}
	return Answer{
		Paths:      r.paths.list(),
		CommitTime: r.takesCommitTime(),
		Declared:   r.arguments(),
	}
}

func (r *reading) target() (*stage, error) {
	if r.request.Target == "" {
		return r.stages[len(r.stages)-1], nil
	}
	if found := r.named(r.request.Target); found != nil {
		return found, nil
	}
	return nil, fmt.Errorf("it has no stage %.80q", r.request.Target)
}

// named is the last stage of a name, whatever its case.
func (r *reading) named(name string) *stage {
	for _, stage := range slices.Backward(r.stages) {
		if stage.Name != "" && stage.Name == strings.ToLower(name) {
			return stage
		}
	}
	return nil
}

// reach marks the stages that the target needs: only those are built.
func (r *reading) reach(target *stage) {
	open := []*stage{target}
	for len(open) > 0 {
		next := open[len(open)-1]
		open = open[:len(open)-1]
		if next.reached {
			continue
		}
		next.reached = true
		open = append(open, next.bases...)
		open = append(open, r.sources(next.Commands)...)
		for _, base := range next.bases {
			open = append(open, r.sources(base.triggers)...)
		}
	}
}

// sources are the stages that COPY, and mounts of RUN, read of.
func (r *reading) sources(commands []instructions.Command) []*stage {
	var sources []*stage
	for _, command := range commands {
		r.limit.spend(len(r.stages))
		switch typed := command.(type) {
		case *instructions.CopyCommand:
			sources = append(sources, r.source(typed.From, true)...)
		case *instructions.RunCommand:
			for _, mount := range instructions.GetMounts(typed) {
				sources = append(sources, r.source(mount.From, false)...)
			}
		}
	}
	return sources
}

func (r *reading) source(from string, mayBeIndex bool) []*stage {
	if index, err := strconv.Atoi(from); mayBeIndex && err == nil {
		if index >= 0 && index < len(r.stages) {
			return r.stages[index : index+1]
		}
		return nil
	}
	if found := r.named(from); found != nil && from != "" {
		return []*stage{found}
	}
	return nil
}

// takesCommitTime tells whether SOURCE_DATE_EPOCH names a source, such as 'context', whose time is the image's; a number is a time itself.
func (r *reading) takesCommitTime() bool {
	epoch := r.given("SOURCE_DATE_EPOCH", r.global.get("SOURCE_DATE_EPOCH"))
	return slices.ContainsFunc(epoch, func(one value) bool {
		_, err := strconv.ParseInt(one.text, 10, 64)
		return one.text != "" && err != nil
	})
}

func (r *reading) arguments() []Declared {
	var all []Declared
	for _, name := range slices.Sorted(maps.Keys(r.declared)) {
		all = append(all, *r.declared[name])
	}
	return all
}
