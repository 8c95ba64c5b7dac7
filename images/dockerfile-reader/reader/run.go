package reader

import (
	"slices"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
)

// run goes through a stage once for each of what it may be built on.
func (r *reading) run(stage *stage) {
	var ends []scope
	for _, base := range stage.bases {
		begin := base.end.child(r.limit)
		ends = append(ends, r.steps(begin, base.triggers, stage.Commands))
	}
	if stage.scratch {
		ends = append(ends, r.steps(emptyScope(), stage.Commands))
	}
	if stage.external {
		ends = append(ends, r.steps(externalScope(), stage.Commands))
	}
	stage.end = ends[0]
	for _, end := range ends[1:] {
		stage.end = stage.end.or(end, r.limit)
	}
}

func (r *reading) steps(scope scope, lists ...[]instructions.Command) scope {
	for _, command := range slices.Concat(lists...) {
		r.limit.spend(1)
		switch typed := command.(type) {
		case *instructions.ArgCommand:
			r.argument(&scope, typed)
		case *instructions.EnvCommand:
			r.environment(&scope, typed)
		case *instructions.CopyCommand:
			if typed.From == "" {
				r.copied(scope, typed.SourcePaths, typed.Parents)
			}
		case *instructions.AddCommand:
			r.copied(scope, typed.SourcePaths, false)
		case *instructions.RunCommand:
			r.mounted(scope, typed)
		}
	}
	return scope
}

// argument sets variables in turn. An ARG to which neither the build, nor its own default, nor an ARG before the first stage gives a
// value leaves the variable as it is.
func (r *reading) argument(scope *scope, command *instructions.ArgCommand) {
	for _, pair := range command.Args {
		before := scope.get(pair.Key)
		now := before
		if r.mayBeUnset(pair.Key) {
			switch inherited := r.global.get(pair.Key); {
			case pair.Value != nil:
				now = r.valueOf(*scope, *pair.Value)
			case !inherited.mayBeUnset():
				now = inherited
			default:
				now = before.or(inherited.onlySet())
			}
		}
		now = r.given(pair.Key, now)
		r.declare(pair.Key, !now.mayBeUnset())
		if pair.Key != "BUILDKIT_SBOM_SCAN_CONTEXT" && pair.Key != "BUILDKIT_SBOM_SCAN_STAGE" {
			scope.variables[pair.Key] = now
		}
	}
}

// valueOf is empty of possibilities when the build fails here; then it does not matter.
func (r *reading) valueOf(scope scope, word string) values {
	texts, err := r.expand(scope, word)
	if err != nil {
		return unknown
	}
	return allKnown(texts)
}

// environment sets all variables of one ENV at once: none of its values has another's new value. It sets the image's configuration too.
func (r *reading) environment(scope *scope, command *instructions.EnvCommand) {
	names := make([][]string, len(command.Env))
	all := make([]values, len(command.Env))
	before := *scope
	noting := before
	for at, pair := range command.Env {
		texts, err := r.expand(before, pair.Key)
		if err != nil || len(texts) != 1 || hasMark(texts[0]) {
			scope.scrambled = true
		}
		names[at] = texts
		all[at] = r.noted(noting, pair.Value)
	}
	for at, keys := range names {
		for _, name := range keys {
			scope.variables[name] = all[at]
			scope.image[name] = all[at]
		}
	}
}

// noted is the value of an ENV; it notes which arguments become part of it.
func (r *reading) noted(scope scope, word string) values {
	texts, err := expand(r.limit, r.lex, word, func(name string) values {
		if found, ok := r.declared[name]; ok {
			found.InEnvironment = true
		}
		return scope.get(name)
	})
	if err != nil {
		return unknown
	}
	return allKnown(texts)
}

func (r *reading) copied(scope scope, sources []string, parents bool) {
	for _, source := range sources {
		texts, err := r.expand(scope, source)
		if err != nil {
			panic(refused(err))
		}
		for _, text := range texts {
			if !isRemote(text) {
				r.paths.add(glob(text, parents))
			}
		}
	}
}

// mounted reads the mounts of a RUN with each combination of its variables' values.
func (r *reading) mounted(scope scope, command *instructions.RunCommand) {
	if len(instructions.GetMounts(command)) == 0 {
		return
	}
	var failed error
	valid := false
	all := combinations(r.limit, scope.get, func(env *chooser) {
		err := command.Expand(func(word string) (string, error) { return env.word(r.lex, word) })
		if err != nil && env.marked {
			r.paths.add(anything) // the value that is not known may well be a valid one
		}
		if err != nil {
			failed = err
			valid = valid || env.marked
			return
		}
		valid = true
		for _, mount := range instructions.GetMounts(command) {
			if mount.Type == instructions.MountTypeBind && mount.From == "" {
				r.paths.add(glob(mount.Source, false))
			}
		}
	})
	if !all {
		r.paths.add(anything)
	}
	if !valid {
		panic(refused(failed))
	}
}
