package reader

import "maps"

// scope is the environment at one place of a stage: what ARG and ENV have set, and what the image that the stage will be has in its
// configuration. A stage that is built on this one begins with the first, and then has all of the second set over it.
type scope struct {
	variables map[string]values
	image     map[string]values
	// external says that the stage is built on an image from elsewhere, whose configuration is not known.
	external bool
	// scrambled says that a variable of unknown name was set.
	scrambled bool
}

// emptyScope is that of a stage on 'scratch'; BuildKit sets PATH there too.
func emptyScope() scope {
	return scope{variables: map[string]values{}, image: map[string]values{}}
}

func externalScope() scope {
	begin := emptyScope()
	begin.external = true
	return begin
}

func (s scope) get(name string) values {
	if name == "PATH" || s.scrambled {
		return unknown
	}
	if found, ok := s.variables[name]; ok {
		return found
	}
	return s.undeclared()
}

// undeclared is what the image below may have in its configuration.
func (s scope) undeclared() values {
	if s.external {
		return unknown
	}
	return unset
}

func (s scope) imageValue(name string) values {
	if found, ok := s.image[name]; ok {
		return found
	}
	return s.undeclared()
}

// child is the beginning of a stage that is built on this one.
func (s scope) child(limit *budget) scope {
	limit.keep(len(s.variables) + 2*len(s.image))
	child := scope{
		variables: make(map[string]values, len(s.variables)+len(s.image)),
		image:     maps.Clone(s.image),
		external:  s.external,
		scrambled: s.scrambled,
	}
	for name := range s.variables {
		child.variables[name] = s.inherited(name)
	}
	for name := range s.image {
		child.variables[name] = s.inherited(name)
	}
	return child
}

func (s scope) inherited(name string) values {
	inImage := s.imageValue(name)
	if !inImage.mayBeUnset() {
		return inImage
	}
	return s.get(name).or(inImage.onlySet())
}

// or is the end of a stage that may be built on one of several.
func (s scope) or(other scope, limit *budget) scope {
	limit.keep(len(s.variables) + len(s.image) + len(other.variables) + len(other.image))
	return scope{
		variables: union(s.variables, other.variables, s.get, other.get),
		image:     union(s.image, other.image, s.imageValue, other.imageValue),
		external:  s.external || other.external,
		scrambled: s.scrambled || other.scrambled,
	}
}

func union(left, right map[string]values, ofLeft, ofRight func(string) values) map[string]values {
	all := make(map[string]values, len(left)+len(right))
	for name := range left {
		all[name] = ofLeft(name).or(ofRight(name))
	}
	for name := range right {
		all[name] = ofLeft(name).or(ofRight(name))
	}
	return all
}
