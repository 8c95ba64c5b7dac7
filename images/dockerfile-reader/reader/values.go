package reader

import (
	"slices"
	"strings"
)

// mark stands in a text for a part of unknown value. It is a code point that no text may have; where one has it nevertheless, the answer
// becomes wider, never narrower.
const mark = "\uFFFE"

// anImage is a reference that no stage can be named.
const anImage = mark + "@sha256:" + mark

// mostValues is how many values of one variable are told apart.
const mostValues = 12

// value is one that a variable may have; without 'set' it has none, as opposed to an empty one.
type value struct {
	set  bool
	text string
}

// values are all that a variable may have.
type values []value

var (
	unset   = values{{}}
	anyText = values{{set: true}, {set: true, text: mark}}
	unknown = values{{}, {set: true}, {set: true, text: mark}}
)

func known(text string) values { return values{{set: true, text: text}} }

func (v values) mayBeUnset() bool { return slices.Contains(v, value{}) }

func (v values) onlySet() values {
	return slices.DeleteFunc(slices.Clone(v), func(one value) bool { return !one.set })
}

// or is the union. Too many values, and too long ones, become any.
func (v values) or(others values) values {
	all := slices.Clone(v)
	for _, other := range others {
		if len(other.text) > mostValue && strings.Contains(other.text, mark) {
			other.text = mark
		}
		if !slices.Contains(all, other) {
			all = append(all, other)
		}
	}
	if len(all) <= mostValues {
		return all
	}
	if all.mayBeUnset() {
		return unknown
	}
	return anyText
}

func hasMark(text string) bool { return strings.Contains(text, mark) }
