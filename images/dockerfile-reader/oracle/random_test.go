package oracle

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

var (
	names  = []string{"A", "B", "C", "D", "TARGETARCH", "BUILDPLATFORM", "TARGETSTAGE"}
	plain  = []string{"a", "b", "src", "conf.d", "x-1", "lib/y", "z.txt", "1.2.3"}
	stages = []string{"one", "two", "three", "base-arm64"}
)

type maker struct{ random *rand.Rand }

func (m maker) oneOf(all ...string) string { return all[m.random.IntN(len(all))] }

func (m maker) chance(percent int) bool { return m.random.IntN(100) < percent }

func randomFile(random *rand.Rand) file {
	m := maker{random}
	made := file{arguments: map[string]string{}}
	if m.chance(10) {
		made.lines = append(made.lines, m.oneOf("# syntax=docker/dockerfile:1", "# escape=`", "# note"))
	}
	for range m.random.IntN(3) {
		made.lines = append(made.lines, m.arg())
	}
	for at := range 1 + m.random.IntN(4) {
		made.lines = append(made.lines, m.from(at))
		for range m.random.IntN(7) {
			made.lines = append(made.lines, m.instruction(at))
		}
	}
	for _, name := range names {
		if m.chance(12) {
			made.arguments[name] = m.oneOf(plain...)
			if m.chance(30) {
				made.hidden = append(made.hidden, name)
			}
		}
		if m.chance(12) {
			made.image = append(made.image, name+"="+m.oneOf("", m.oneOf(plain...)))
		}
	}
	if m.chance(10) {
		made.target = m.oneOf(stages...)
	}
	return made
}

func (m maker) from(at int) string {
	base := m.oneOf("scratch", "alpine", "alpine", "$A", "base-$TARGETARCH", stages[m.random.IntN(at+1)%len(stages)])
	platform := m.oneOf("", "", "--platform=$BUILDPLATFORM ")
	return fmt.Sprintf("FROM %s%s AS %s", platform, base, stages[at%len(stages)])
}

func (m maker) instruction(at int) string {
	switch m.random.IntN(12) {
	case 0, 1:
		return m.arg()
	case 2, 3:
		return m.env()
	case 4:
		return "ONBUILD " + m.oneOf(m.copy(at), m.env(), m.arg(), m.add())
	case 5:
		return m.run(at)
	case 6:
		return m.heredoc()
	case 7:
		return m.add()
	case 8:
		return m.oneOf("USER 1", "WORKDIR /w", "LABEL a=$A", "SHELL [\"sh\"]", "# a comment", "")
	default:
		return m.copy(at)
	}
}

func (m maker) arg() string {
	name := m.oneOf(names...)
	switch m.random.IntN(4) {
	case 0:
		return "ARG " + name
	case 1:
		return fmt.Sprintf("ARG %s=%s %s=%s", name, m.word(), m.oneOf(names...), m.word())
	default:
		return fmt.Sprintf("ARG %s=%s", name, m.word())
	}
}

func (m maker) env() string {
	switch m.random.IntN(5) {
	case 0:
		return fmt.Sprintf("ENV %s %s", m.oneOf(names...), m.word())
	case 1:
		return fmt.Sprintf("ENV %s=%s %s=%s", m.oneOf(names...), m.word(), m.oneOf(names...), m.word())
	case 2:
		return fmt.Sprintf("ENV $%s=%s", m.oneOf(names...), m.word())
	default:
		return fmt.Sprintf("ENV %s=%s", m.oneOf(names...), m.word())
	}
}

func (m maker) variable() string {
	name := m.oneOf(names...)
	switch m.random.IntN(9) {
	case 0:
		return fmt.Sprintf("${%s:-%s}", name, m.word())
	case 1:
		return fmt.Sprintf("${%s-%s}", name, m.oneOf(plain...))
	case 2:
		return fmt.Sprintf("${%s:+%s}", name, m.oneOf(plain...))
	case 3:
		return fmt.Sprintf("${%s%s%s}", name, m.oneOf("#", "##", "%", "%%"), m.oneOf("*.", ".*", "x-", "?", "*"))
	case 4:
		return fmt.Sprintf("${%s%s%s/%s}", name, m.oneOf("/", "//"), m.oneOf("a", ".", "?"), m.oneOf("", "q", "-"))
	default:
		return m.oneOf("$"+name, "${"+name+"}")
	}
}

func (m maker) word() string {
	var word strings.Builder
	for range 1 + m.random.IntN(2) {
		word.WriteString(m.oneOf(m.oneOf(plain...), m.oneOf(plain...), m.variable(), `"q$A"`, `'$B'`, `\$C`, "-"))
	}
	return word.String()
}

func (m maker) source() string {
	source := m.word()
	for range m.random.IntN(3) {
		source += m.oneOf("/", "/", "-", "") + m.word()
	}
	return m.oneOf("", "", "", "./", "/") + source + m.oneOf("", "", "", "/*", "/?.txt", "[ab]", "/**/z", "/../q", "/")
}

func (m maker) copy(at int) string {
	flags := m.oneOf("", "", "", "--link ", "--parents ", "--chown=$A ", "--exclude=b ")
	if m.chance(15) {
		flags += "--from=" + m.oneOf(stages[at%len(stages)], stages[0], "0", "alpine", "") + " "
	}
	if m.chance(10) {
		return fmt.Sprintf(`COPY %s["%s", "%s", "/t/"]`, flags, m.oneOf("a b", "a", "$A/x", "c\\n"), m.oneOf(plain...))
	}
	return fmt.Sprintf("COPY %s%s %s%s/t/", flags, m.source(), m.oneOf("", m.source()+" "), m.oneOf("", "\\\n  "))
}

func (m maker) add() string {
	return fmt.Sprintf("ADD %s /t/", m.oneOf(m.source(), m.source(), "https://example.org/$A", "git@example.org:a/b.git", "https://example.org/a.git"))
}

func (m maker) run(at int) string {
	mounts := ""
	for range 1 + m.random.IntN(2) {
		kind := m.oneOf("type=bind,", "type=BIND,", "", "type=cache,", "type=tmpfs,", "type=$D,")
		from := m.oneOf("", "", "", "from="+stages[0]+",", "from=alpine,", "from="+stages[at%len(stages)]+",")
		mounts += fmt.Sprintf("--mount=%s%s%s,target=/m%d ", kind, from, m.oneOf("source=", "src=", "Source=")+m.mounted(), m.random.IntN(1000))
	}
	return "RUN " + mounts + m.oneOf("ls", `["ls"]`, "<<E\nCOPY no /\nE")
}

func (m maker) mounted() string {
	return m.oneOf("a", "src/$A", "${B:-b}/c", ".", "$C", "x/${D:+y}")
}

func (m maker) heredoc() string {
	return m.oneOf(
		"RUN <<E\nCOPY no /\nE", "RUN cat << E > /x\nENV A=no\nE", "RUN cat <<\\E\nENV A=no\nE", "RUN <<-E\n\tENV B=no\n\tE",
		"COPY <<E /x\nARG A=no\nE", "COPY <<\"E\" b /x/\nARG A=no\nE", "RUN cat <<E <<F\nENV A=1\nE\nENV A=2\nF")
}
