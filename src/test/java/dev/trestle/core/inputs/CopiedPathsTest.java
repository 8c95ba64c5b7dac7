package dev.trestle.core.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.BuildArg;
import dev.trestle.core.dockerfile.Dockerfile;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CopiedPathsTest {

    static Stream<Arguments> instructions() {
        return Stream.of(
                reads("a copied file", "COPY go.mod /app/", "go.mod"),
                reads("several sources", "COPY go.mod go.sum /app/", "go.mod", "go.sum"),
                reads("whatever the case", "copy go.mod /app/", "go.mod"),
                reads("one path once", "COPY a /x\nCOPY a /y", "a"),
                reads("the whole context", "COPY . /app", "."),
                reads("the whole context, from its top", "COPY / /app", "."),
                reads("a path as people write it", "COPY ./a//b/ /app", "a/b"),
                reads("a path from the context's top", "COPY /a /app", "a"),
                reads("nothing above the context", "COPY ../../a /app", "a"),
                reads("nothing of another stage", "COPY --from=builder /out /app"),
                reads("flags are no sources", "COPY --link --chown=1:1 --chmod=755 a /app", "a"),
                reads("parents keep their pivot", "COPY --parents ./a/./b/*.txt /app", "a/b/*.txt"),
                reads("what is excluded counts too", "COPY --exclude=*.md a /app", "a"),
                reads("globs", "COPY src/*.go p?.txt /app", "src/*.go", "p?.txt"),
                reads("classes of characters", "COPY a[0-9].txt /app", "a?.txt"),
                reads("the JSON form", "COPY [\"a file\", \"b\", \"/app\"]", "a file", "b"),
                reads("a bracket that is no JSON", "COPY [ab].txt /app", "?.txt"),
                reads("quotes", "COPY \"a\" 'b' /app", "a", "b"),
                reads("an added file", "ADD a.tar.gz /", "a.tar.gz"),
                reads("nothing of an address", "ADD --checksum=sha256:1 https://example.org/a.tar.gz /"),
                reads("nothing of an address in an argument", "ARG URL=https://example.org\nADD ${URL}/a /"),
                reads("nothing of a git repository", "ADD git@example.org:a/b.git /src"),
                reads("an announced copy", "ONBUILD COPY a /app", "a"),
                reads("a destination alone is none", "COPY /app"),
                reads("a bind mount", "RUN --mount=type=bind,source=a.sh,target=/a.sh sh /a.sh", "a.sh"),
                reads("a bind mount's short names", "RUN --mount=type=bind,src=a,dst=/a ls", "a"),
                reads("bind is the default type", "RUN --mount=source=a,target=/a ls", "a"),
                reads("a bind mount of all", "RUN --mount=type=bind,target=/src ls", "."),
                reads("nothing of another stage's mount", "RUN --mount=type=bind,from=b,source=/a,target=/a ls"),
                reads("nothing of caches and secrets", "RUN --mount=type=cache,target=/c --mount=type=secret,id=s ls"),
                reads("several mounts", "RUN --mount=source=a,target=/a --mount=source=b,target=/b ls", "a", "b"),
                reads("a command's own flags are no mounts", "RUN tool --mount=source=a,target=/a"));
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                reads("a continued line", "COPY a \\\n  b \\  \n  /app", "a", "b"),
                reads("comments and empty lines within it", "COPY a \\\n# c \\\n\n  b /app", "a", "b"),
                reads("a comment is no instruction", "# COPY a /app"),
                reads("a comment is not continued", "# x \\\nCOPY a /app", "a"),
                reads("an escaped escape continues nothing", "RUN echo \\\\\nCOPY a /app", "a"),
                reads("another escape", "# escape=`\nFROM x\nCOPY a `\n b /app", "a", "b"),
                reads("Windows' line ends", "COPY a \\\r\n b /app\r\n", "a", "b"),
                reads("a byte order mark", "\uFEFF# escape=`\nFROM x\nCOPY a ` \n b /app", "a", "b"),
                reads("a heredoc's text", "RUN <<EOT bash\nCOPY a /app\nEOT\nCOPY b /app", "b"),
                reads("a heredoc as a file", "COPY <<EOF /etc/x\nCOPY a /app\nEOF\nCOPY b /app", "b"),
                reads("a quoted heredoc", "RUN cat <<'EOF' > x\nCOPY a /app\nEOF\nCOPY b /app", "b"),
                reads("a heredoc with tabs", "RUN <<-EOF\n\tls\n\tEOF\nCOPY b /app", "b"),
                reads("two heredocs", "RUN cat <<A <<B\n1\nA\nCOPY a /x\nB\nCOPY b /app", "b"),
                reads("a shift is no heredoc", "RUN echo $((1<<2)) $(( 1 << 2 ))\nCOPY b /app", "b"),
                reads("a quoted one is none", "RUN echo \"x <<EOF\"\nCOPY b /app", "b"));
    }

    static Stream<Arguments> variables() {
        return Stream.of(
                reads("an argument's default", "ARG D=a\nCOPY ${D}/x /app", "a/x"),
                reads("what the build gives", "ARG GIVEN=a\nCOPY $GIVEN/x /app", "given/x"),
                reads("also without a default", "ARG GIVEN\nCOPY $GIVEN/x /app", "given/x"),
                reads("only where it is declared", "COPY src/$GIVEN/x /app", "src/**"),
                reads("several in one line", "ARG A=a B=\"b\"\nCOPY $A/$B /app", "a/b"),
                reads("one in another", "ARG A=a\nARG B=${A}/b\nCOPY $B /app", "a/b"),
                reads("a declared one without a value is empty", "ARG D\nCOPY x$D /app", "x"),
                reads("a default in its place", "ARG D\nCOPY ${D:-a}/x /app", "a/x"),
                reads("no default in the place of a value", "ARG D=b\nCOPY ${D:-a}/x /app", "b/x"),
                reads("an empty value and a default", "ARG D=\"\"\nCOPY ${D:-a}/${D-b}x /app", "a/x"),
                reads("something if there is a value", "ARG D=b\nCOPY x${D:+/y} /app", "x/y"),
                reads("nothing if there is none", "ARG D\nCOPY x${D:+/y} /app", "x"),
                reads("a variable within a default", "ARG D\nARG E=e\nCOPY ${D:-a/${E}}/x /app", "a/e/x"),
                reads("the environment", "ENV D=a E='b c'\nCOPY $D/x \"$E\" /app", "a/x", "b c"),
                reads("the environment's old form", "ENV D a\nCOPY $D/x /app", "a/x"),
                reads("the environment hides arguments", "ENV D=e\nARG D=a\nCOPY $D /app", "e"),
                reads("no variable in single quotes", "ARG D=a\nCOPY '$D' /app", "$D"),
                reads("an escaped dollar", "ARG D=a\nCOPY \\$D /app", "$D"),
                reads("in a mount", "ARG D=a\nRUN --mount=source=$D/x,target=/x ls", "a/x"),
                reads("in a JSON form", "ARG D=a\nCOPY [\"$D\", \"/app\"]", "a"),
                reads("the platform is unknown", "ARG TARGETARCH\nCOPY bin/app-$TARGETARCH /app", "bin/app-**"),
                reads("its folder", "ARG TARGETARCH\nCOPY bin/${TARGETARCH}/app /app", "bin/**"),
                reads("all of the context", "ARG TARGETARCH\nCOPY ${TARGETARCH} /app", "."),
                reads("any folder", "ARG TARGETARCH\nCOPY ${TARGETARCH}/app /app", "**/app"),
                reads(
                        "of more than one",
                        "ARG TARGETOS\nARG TARGETARCH\nCOPY $TARGETOS-$TARGETARCH/bin/ /app",
                        "**/bin"),
                reads("nothing of what goes up", "ARG TARGETARCH\nCOPY ${TARGETARCH}/../app /app", "."),
                reads("what depends on an unknown one", "ARG TARGETARCH\nENV D=b/$TARGETARCH\nCOPY $D/x /", "b/**"),
                reads("what nobody has declared", "COPY a/${HOME}/x /app", "a/**"),
                reads("a form that is not understood", "ARG D=a\nCOPY b/${D%x} /app", "b/**"));
    }

    static Stream<Arguments> stages() {
        return Stream.of(
                reads("all stages", "FROM x AS a\nCOPY a /\nFROM y\nCOPY b /", "a", "b"),
                reads("an argument holds in its stage", "ARG D=a\nFROM y\nCOPY src/$D /", "src/**"),
                reads("a global one must be declared", "ARG G=a\nFROM x\nARG G\nCOPY $G /", "a"),
                reads("a stage's own default is nearer", "ARG G=a\nFROM x\nARG G=b\nCOPY $G /", "b"),
                reads("a stage on a stage", "FROM x AS One\nARG D=a\nENV E=b\nFROM one\nCOPY $D/$E /", "a/b"),
                reads("also by an argument", "ARG B=one\nFROM x AS one\nENV E=b\nFROM ${B} AS two\nCOPY $E /", "b"),
                reads("flags of FROM", "FROM --platform=$BUILDPLATFORM x AS one\nENV E=b\nFROM one\nCOPY $E /", "b"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource({"instructions", "lines", "variables"})
    void ofAStage(String what, String text, List<String> paths) {
        assertThat(paths(
                        "\uFEFF".equals(text.substring(0, 1)) || text.startsWith("# escape")
                                ? text
                                : "FROM x\n" + text))
                .isEqualTo(paths);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("stages")
    void ofADockerfile(String what, String text, List<String> paths) {
        assertThat(paths("ARG G=g\n" + text)).isEqualTo(paths);
    }

    @Test
    void morePathsThanAreLookedUpCannotBeTold() {
        assertThat(of(copies(2_000), List.of())).isPresent();
        assertThat(of(copies(2_001), List.of())).isEmpty();
        assertThat(of(copies(100).replace("f", "f*"), List.of())).isPresent();
        assertThat(of(copies(101).replace("f", "f*"), List.of())).isEmpty();
    }

    @Test
    void anotherFrontendCannotBeTold() {
        assertThat(of("# syntax=docker/dockerfile:1.7\nFROM x\nCOPY a /", List.of()))
                .isPresent();
        assertThat(of("# syntax=example.org/own:1\nFROM x\nCOPY a /", List.of()))
                .isEmpty();
    }

    private static Optional<SequencedSet<String>> of(String text, List<BuildArg> buildArgs) {
        return CopiedPaths.of(Dockerfile.of(text), buildArgs);
    }

    private static String copies(int count) {
        return IntStream.range(0, count).mapToObj("COPY f%d /app\n"::formatted).collect(Collectors.joining());
    }

    private static List<String> paths(String text) {
        return List.copyOf(of(text, List.of(new BuildArg("GIVEN", "given"))).orElseThrow());
    }

    private static Arguments reads(String what, String text, String... paths) {
        return arguments(what, text, List.of(paths));
    }
}
