package reader

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

// mostChoices is how many combinations of values one word, or the mounts of one RUN, are expanded with.
const mostChoices = 64

// cuts is a form that takes a value apart, such as ${A%%-*} or ${A/x/y}: of a value that is not known, nothing is known afterwards.
var cuts = regexp.MustCompile(`\$\{([\pL\p{Nd}_]+|[@*#?$!-])[/#%]`)

// untold is thrown when a Dockerfile goes beyond a limit, or is not valid.
type untold struct{ why string }

// budget is what a request may still cost, so that the same Dockerfile is told, or cannot be told, on every machine.
type budget struct{ work, kept int }

// keep counts variables that a stage has of its own.
func (b *budget) keep(variables int) {
	b.spend(variables + 1)
	b.kept += variables
	if b.kept > mostKept {
		panic(untold{"its stages have too many variables"})
	}
}

func (b *budget) spend(work int) {
	b.work += work
	if b.work > mostWork {
		panic(untold{"its variables take too much work to expand"})
	}
}

// chooser gives a word the variables' values, one combination after the other.
type chooser struct {
	limit *budget
	of    func(name string) values

	names   []string
	options []values
	picks   []int

	// Of the combination at hand.
	asked map[string]value
	// Of the word at hand.
	length  int
	cut     bool
	product int
	// tainted says that the word has a value of unknown content.
	tainted bool
	// marked says that one of the words since the combination began had.
	marked bool
}

// combinations calls 'try' with each combination of the values of the variables that it asks for.
//
// It returns false when there are too many of them.
func combinations(limit *budget, of func(string) values, try func(*chooser)) bool {
	env := &chooser{limit: limit, of: of}
	for range mostChoices {
		env.asked = map[string]value{}
		env.names, env.options = nil, nil
		env.marked = false
		try(env)
		if !env.advance() {
			return true
		}
	}
	return false
}

// advance goes to the next combination: the last choice that has another option takes it, those after it begin again.
func (c *chooser) advance() bool {
	for at := len(c.names) - 1; at >= 0; at-- {
		if c.picks[at]+1 < len(c.options[at]) {
			c.picks[at]++
			c.picks = c.picks[:at+1]
			return true
		}
	}
	return false
}

// Get is the variable's value in this combination.
func (c *chooser) Get(name string) (string, bool) {
	found, ok := c.asked[name]
	if !ok {
		found = c.pick(name)
		c.asked[name] = found
	}
	c.charge(len(found.text))
	if hasMark(found.text) {
		c.tainted, c.marked = true, true
	}
	return found.text, found.set
}

func (c *chooser) pick(name string) value {
	options := c.of(name)
	at := len(c.names)
	if at == len(c.picks) {
		c.picks = append(c.picks, 0)
	}
	c.names = append(c.names, name)
	c.options = append(c.options, options)
	return options[min(c.picks[at], len(options)-1)]
}

// charge stops what would come to more than a value may be. Only a form that replaces can multiply lengths.
func (c *chooser) charge(length int) {
	c.limit.spend(length + 1)
	c.length += length
	c.product *= length + 1
	if c.length > mostExpansion || (c.cut && c.product > mostExpansion) {
		panic(untold{fmt.Sprintf("the value of a variable comes to more than %d characters", mostExpansion)})
	}
}

// Keys is for suggestions only.
func (c *chooser) Keys() []string { return nil }

// word expands one word with this combination.
func (c *chooser) word(lex *shell.Lex, word string) (string, error) {
	c.limit.spend(len(word) + 1)
	c.length, c.product = len(word), len(word)+1
	c.cut = cuts.MatchString(word)
	c.tainted = false
	text, _, err := lex.ProcessWord(word, c)
	if c.cut && c.tainted {
		return beforeVariable(lex, word) + mark, nil
	}
	return text, err
}

// beforeVariable is what stands before the first variable of a word, if nothing behind it goes up again.
func beforeVariable(lex *shell.Lex, word string) string {
	before, after, _ := strings.Cut(word, "$")
	text, _, err := lex.ProcessWord(before, shell.EnvsFromSlice(nil))
	if err != nil || strings.Contains(after, "..") {
		return ""
	}
	return text
}

// expand gives every text that a word may come to; an error only if it comes to none.
func expand(limit *budget, lex *shell.Lex, word string, of func(string) values) ([]string, error) {
	var texts []string
	var failed error
	all := combinations(limit, of, func(env *chooser) {
		text, err := env.word(lex, word)
		switch {
		case err != nil:
			failed = err
		case !slices.Contains(texts, text):
			texts = append(texts, text)
		}
	})
	if !all || len(texts) > mostValues {
		return []string{mark}, nil
	}
	if len(texts) > 0 {
		return texts, nil
	}
	return nil, failed
}

// nesting is how deep variables stand in each other, told from the text alone.
func nesting(text string) int {
	deepest, depth := 0, 0
	for at := 0; at < len(text); at++ {
		switch {
		case strings.HasPrefix(text[at:], "${"):
			depth++
			deepest = max(deepest, depth)
		case text[at] == '}':
			depth = max(0, depth-1)
		case text[at] == '\n' && (at == 0 || !strings.ContainsRune("\\`\r \t", rune(text[at-1]))):
			depth = 0
		}
	}
	return deepest
}
