package dev.trestle.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.core.dockerfile.ArgumentValues;
import dev.trestle.core.dockerfile.ArgumentValues.Others;
import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileReads.Declared;
import dev.trestle.core.dockerfile.DockerfileRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Dockerfiles read, by the real program. Whether BuildKit reads the same is for {@code images/dockerfile-reader/oracle} to tell. */
class DockerfileReadsTest {

    static Stream<Arguments> instructions() {
        return Stream.of(
                reads("a copied file", "COPY go.mod /app/", "go.mod"),
                reads("several sources", "COPY go.mod go.sum /app/", "go.mod", "go.sum"),
                reads("whatever the case", "copy go.mod /app/", "go.mod"),
                reads("one path once", "COPY a /x\nCOPY a /y", "a"),
                reads("the whole context", "COPY . /app", "."),
                reads("the whole context, from its top", "COPY / /app", "."),
                reads("a path beside the whole context", "COPY a /app\nCOPY . /app", "a", "."),
                reads("a path as people write it", "COPY ./a//b/ /app", "a/b"),
                reads("a path from the context's top", "COPY /a /app", "a"),
                reads("nothing above the context", "COPY ../../a /app", "a"),
                reads("nothing of another stage", "COPY --from=builder /out /app"),
                reads("an empty name is no stage", "COPY --from= a /app", "a"),
                reads("flags are no sources", "COPY --link --chown=1:1 --chmod=755 a /app", "a"),
                reads("parents keep their pivot", "COPY --parents ./a/./b/*.txt /app", "a/b/*.txt"),
                reads("parents of many folders", "COPY --parents ./**/go.mod /app", "**/go.mod"),
                reads("parents that are taken out", "COPY --parents !a /app", "**"),
                reads("what is excluded counts too", "COPY --exclude=*.md a /app", "a"),
                reads("globs", "COPY src/*.go p?.txt /app", "src/*.go", "p?.txt"),
                reads("classes of characters", "COPY a[0-9].txt /app", "a?.txt"),
                reads("classes that cross folders", "COPY a[^0-9]b /app", "a**b"),
                reads("a class that does not end", "COPY src/a[0-9 /app", "src/a**"),
                reads("an escape in a glob", "COPY src/\\\\[a*.txt /app", "src/?a*.txt"),
                reads("an escape without a glob", "COPY src/a\\\\b /app", "src/a\\b"),
                reads("the JSON form", "COPY [\"a file\", \"b\", \"/app\"]", "a file", "b"),
                reads("a name with a line break", "COPY [\"a\\nb\", \"/app\"]", "a\nb"),
                reads("a bracket that is no JSON", "COPY [ab].txt /app", "?.txt"),
                reads("quotes", "COPY \"a\" 'b' /app", "a", "b"),
                reads("an added file", "ADD a.tar.gz /", "a.tar.gz"),
                reads("nothing of an address", "ADD --checksum=sha256:1 https://example.org/a.tar.gz /"),
                reads("nothing of an address in an argument", "ARG URL=https://example.org\nADD ${URL}/a /"),
                reads("nothing of a git repository", "ADD git@example.org:a/b.git /src"),
                reads("a path that looks like a host", "ADD github.com/a/b /src", "github.com/a/b"),
                reads("nothing of an announced copy", "ONBUILD COPY a /app"),
                reads("a bind mount", "RUN --mount=type=bind,source=a.sh,target=/a.sh sh /a.sh", "a.sh"),
                reads("a bind mount's short names", "RUN --mount=type=bind,src=a,dst=/a ls", "a"),
                reads("bind is the default type", "RUN --mount=source=a,target=/a ls", "a"),
                reads("a bind mount of all", "RUN --mount=type=bind,target=/src ls", "."),
                reads("nothing of another stage's mount", "RUN --mount=type=bind,from=b,source=/a,target=/a ls"),
                reads("nothing of caches and secrets", "RUN --mount=type=cache,target=/c --mount=type=secret,id=s ls"),
                reads("several mounts", "RUN --mount=source=a,target=/a --mount=source=b,target=/b ls", "a", "b"),
                reads("a mount in capitals", "RUN --mount=TYPE=Bind,SOURCE=a,target=/a ls", "a"),
                reads("a mount in quotes", "RUN --mount=\"type=bind\",\"source=a b\",target=/a ls", "a b"),
                reads("the last source of a mount", "RUN --mount=source=a,src=b,target=/a ls", "b"),
                reads("a mount of unknown type", "RUN --mount=type=$KIND,source=a,target=/a ls", "**"),
                reads("a command's own flags are no mounts", "RUN tool --mount=source=a,target=/a"));
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                reads("a continued line", "COPY a \\\n  b \\  \n  /app", "a", "b"),
                reads("comments and empty lines within it", "COPY a \\\n# c \\\n\n  b /app", "a", "b"),
                reads("a comment is no instruction", "# COPY a /app"),
                reads("a comment is not continued", "# x \\\nCOPY a /app", "a"),
                reads("Windows' line ends", "COPY a \\\r\n b /app\r\n", "a", "b"),
                reads("a heredoc's text", "RUN <<EOT bash\nCOPY a /app\nEOT\nCOPY b /app", "b"),
                reads("a heredoc as a file", "COPY <<EOF /etc/x\nCOPY a /app\nEOF\nCOPY b /app", "b"),
                reads("a quoted heredoc", "RUN cat <<'EOF' > x\nCOPY a /app\nEOF\nCOPY b /app", "b"),
                reads("a heredoc with an escape", "RUN cat <<\\EOF > x\nCOPY a /app\nEOF\nCOPY b /app", "b"),
                reads("a heredoc with a quote in its name", "RUN cat <<\"E'F\" > x\nCOPY a /\nE'F\nCOPY b /app", "b"),
                reads("a heredoc after a space", "RUN cat << EOF\nENV D=x\nCOPY a /app\nEOF\nCOPY b /app", "b"),
                reads("a heredoc with tabs", "RUN <<-EOF\n\tls\n\tEOF\nCOPY b /app", "b"),
                reads("two heredocs", "RUN cat <<A <<B\n1\nA\nCOPY a /x\nB\nCOPY b /app", "b"),
                reads("an announced heredoc", "ONBUILD RUN <<EOF\nCOPY a /app\nEOF\nCOPY b /app", "b"),
                reads("a shift is no heredoc", "RUN echo $((1<<2))\nCOPY b /app", "b"));
    }

    static Stream<Arguments> variables() {
        return Stream.of(
                reads("an argument's default", "ARG D=a\nCOPY ${D}/x /app", "a/x"),
                reads("what the build gives", "ARG GIVEN=a\nCOPY $GIVEN/x /app", "given/x"),
                reads("also without a default", "ARG GIVEN\nCOPY $GIVEN/x /app", "given/x"),
                reads("only where it is declared", "COPY src/$GIVEN/x /app", "src/x", "src/**/x"),
                reads("several in one line", "ARG A=a B=\"b\"\nCOPY $A/$B /app", "a/b"),
                reads("one in another", "ARG A=a\nARG B=${A}/b\nCOPY $B /app", "a/b"),
                reads("one in another of one line", "ARG A=a B=${A}/b\nCOPY $B /app", "a/b"),
                reads("twice, then without a value", "ARG D=a\nARG D\nCOPY f$D /app", "fa"),
                reads("what the image below may have", "ARG D\nCOPY patches/$D.patch /", "patches/**"),
                reads("a default where the image below has none", "ARG D\nCOPY x/${D:-a} /app", "x/**"),
                reads("no default in the place of a value", "ARG D=b\nCOPY ${D:-a}/x /app", "b/x"),
                reads("an empty value and a default", "ARG D=\"\"\nCOPY ${D:-a}/${D-b}x /app", "a/x"),
                reads("something if there is a value", "ARG D=b\nCOPY x${D:+/y} /app", "x/y"),
                reads("something if there may be a value", "ARG D\nCOPY x${D:+/y} /app", "x", "x/y"),
                reads("a variable within a default", "ENV D=\"\"\nARG E=e\nCOPY ${D:-a/${E}}/x /app", "a/e/x"),
                reads("what is cut off", "ARG D=1.2.3\nCOPY v${D%%.*}/${D#*.} ${D//./-} /app", "v1/2.3", "1-2-3"),
                reads("what is cut off of an unknown one", "ARG TARGETARCH\nCOPY v/${TARGETARCH%64} /app", "v", "v/**"),
                reads("the environment", "ENV D=a E='b c'\nCOPY $D/x \"$E\" /app", "a/x", "b c"),
                reads("the environment's old form", "ENV D a\nCOPY $D/x /app", "a/x"),
                reads("the environment of one line", "ENV D=a\nENV D=b E=$D\nCOPY $D$E /app", "ba"),
                reads("the last of ENV and ARG", "ENV D=e\nARG D=a\nCOPY $D /app", "a"),
                reads("the last of ARG and ENV", "ARG D=a\nENV D=e\nCOPY $D /app", "e"),
                reads("the environment over an ARG without a value", "ENV D=e\nARG D\nCOPY $D /app", "e"),
                reads("the build over the environment", "ENV GIVEN=e\nARG GIVEN\nCOPY $GIVEN /app", "given"),
                reads("a variable of unknown name", "ARG D=a\nENV $X=b\nCOPY c/$D /app", "c", "c/**"),
                reads("no variable in single quotes", "ARG D=a\nCOPY '$D' /app", "$D"),
                reads("an escaped dollar", "ARG D=a\nCOPY \\$D /app", "$D"),
                reads("in a mount", "ARG D=a\nRUN --mount=source=$D/x,target=/x ls", "a/x"),
                reads("in a JSON form", "ARG D=a\nCOPY [\"$D\", \"/app\"]", "a"),
                reads("the platform is unknown", "ARG TARGETARCH\nCOPY bin/app-$TARGETARCH /app", "bin/app-**"),
                reads("its folder", "ARG TARGETARCH\nCOPY bin/${TARGETARCH}/app /app", "bin/app", "bin/**/app"),
                reads("all of the context", "ARG TARGETARCH\nCOPY ${TARGETARCH} /app", "**"),
                reads("any folder", "ARG TARGETARCH\nCOPY ${TARGETARCH}/app /app", "**/app"),
                reads("nothing of what goes up", "ARG TARGETARCH\nCOPY ${TARGETARCH}/../app /app", "**"),
                reads(
                        "what depends on an unknown one",
                        "ARG TARGETARCH\nENV D=b/$TARGETARCH\nCOPY $D/x /",
                        "b/x",
                        "b/**/x"),
                reads("what many values make", "COPY a/$A-$B-$C-$D-$E /", "**"),
                reads("the target's name", "ARG TARGETSTAGE\nCOPY $TARGETSTAGE /", "default"));
    }

    static Stream<Arguments> stages() {
        return Stream.of(
                reads(
                        "the stages that the last needs",
                        "FROM x AS a\nCOPY a /\nFROM y AS b\nCOPY b /\nFROM b\nCOPY --from=a / /",
                        "a",
                        "b"),
                reads("no others", "FROM x AS a\nCOPY a /\nFROM y\nCOPY b /", "b"),
                reads("a stage by its number", "FROM x\nCOPY a /\nFROM y\nCOPY --from=0 / /", "a"),
                reads("a stage of a mount", "FROM x AS a\nCOPY a /\nFROM y\nRUN --mount=from=a,target=/a ls", "a"),
                reads("an argument holds in its stage", "ARG D=a\nFROM scratch\nCOPY src/$D /", "src"),
                reads("a global one must be declared", "ARG G=a\nFROM x\nARG G\nCOPY $G /", "a"),
                reads("a stage's own default is nearer", "ARG H=a\nFROM x\nARG H=b\nCOPY $H /", "b"),
                reads("a stage on a stage", "FROM scratch AS One\nARG D=a\nENV E=b\nFROM one\nCOPY $D/$E /", "a/b"),
                reads(
                        "an argument again in a child",
                        "FROM scratch AS one\nARG D=a\nFROM one\nARG D\nCOPY f-$D /",
                        "f-a"),
                reads("the environment again in a child", "FROM x AS a\nENV D=e\nARG D=b\nFROM a\nCOPY $D /", "e"),
                reads("what the image below may have again", "FROM x AS a\nARG D=b\nFROM a\nCOPY f/$D /", "f", "f/**"),
                reads("also by an argument", "ARG B=one\nFROM x AS one\nENV E=b\nFROM ${B} AS two\nCOPY $E /", "b"),
                reads(
                        "any stage that it may be",
                        "FROM scratch AS b-1\nCOPY a /\nFROM b-$TARGETARCH\nCOPY b /",
                        "a",
                        "b"),
                reads("flags of FROM", "FROM --platform=$BUILDPLATFORM x AS one\nENV E=b\nFROM one\nCOPY $E /", "b"),
                reads(
                        "ONBUILD with the parent's last values",
                        "FROM x AS a\nENV D=a\nONBUILD COPY $D /\nENV D=b\nFROM a",
                        "b"),
                reads(
                        "ONBUILD that needs a stage",
                        "FROM x AS s\nCOPY a /\nFROM x AS b\nONBUILD COPY --from=s / /\nFROM b",
                        "a"),
                reads("ONBUILD not twice", "FROM x AS a\nONBUILD COPY a /\nFROM a AS b\nFROM b\nCOPY c /", "c", "a"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource({"instructions", "lines", "variables"})
    void ofAStage(String what, String text, List<String> paths) {
        assertThat(paths("FROM x\n" + text)).containsExactlyElementsOf(paths);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("stages")
    void ofADockerfile(String what, String text, List<String> paths) {
        assertThat(paths("ARG G=g\n" + text)).containsExactlyInAnyOrderElementsOf(paths);
    }

    @Test
    void directivesBeforeTheFirstInstruction() {
        assertThat(paths("# escape=`\nFROM x\nCOPY a `\n b /app")).containsExactly("a", "b");
        assertThat(paths("\uFEFF# escape=`\nFROM x\nCOPY a ` \n b /app")).containsExactly("a", "b");
        assertThat(paths("# syntax=docker/dockerfile:1\n# escape=`\nFROM x\nCOPY a `\n b /app"))
                .containsExactly("a", "b");
        assertThat(paths("# another=1\n# escape=`\nFROM x\nCOPY a \\\n b /app"))
                .as("what is not a directive ends them")
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker/dockerfile:1",
                "docker.io/docker/dockerfile:1.7-labs",
                "docker/dockerfile-upstream:master"
            })
    void dockersOwnFrontend(String frontend) {
        assertThat(paths("# syntax=%s\nFROM x\nCOPY a /".formatted(frontend))).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# syntax=example.org/own:1\nFROM x\nCOPY a /",
                "# syntax=docker/dockerfile:1.3\nFROM x\nCOPY a /",
                "// syntax=example.org/own:1\nFROM x",
                "{\"syntax\": \"example.org/own:1\"}",
                "FROM x\nCOPY [null, \"/x\"]",
                "FROM x\nNONSENSE",
                "FROM x\nCOPY --from=$A a /b\nCOPY ${ /",
                "FROM x\nCOPY a",
                ""
            })
    void cannotBeTold(String text) {
        assertThat(read(text)).isInstanceOf(DockerfileReads.Unknown.class);
    }

    @Test
    void theFrontendThatTheBuildNamesCannotBeTold() {
        var request = request("FROM x\nCOPY a /", ArgumentValues.of("BUILDKIT_SYNTAX", "example.org/own:1"));
        assertThat(ReaderProgram.reads(request))
                .isEqualTo(new DockerfileReads.Unknown(
                        "the frontend \"example.org/own:1\" reads it, which may read other files than Docker's"));
    }

    @Test
    void anArgumentThatTheOperatorSetsHasNotTheDefault() {
        var text =
                "ARG BASE=base/default\nARG WHEN=never\nARG HOW=image\nFROM x\nARG BASE\nARG WHEN\nARG HOW\nCOPY b/$BASE w/$WHEN $HOW /";
        var request = request(
                text,
                new ArgumentValues("BASE", List.of(), Others.Images, false),
                new ArgumentValues("WHEN", List.of(), Others.Any, true),
                new ArgumentValues("HOW", List.of("source"), Others.None, true));
        assertThat(ReaderProgram.reads(request))
                .extracting("paths")
                .isEqualTo(List.of("b/**", "w", "w/**", "source", "image"));
    }

    @Test
    void anImageIsNotAStage() {
        var text = "ARG BASE\nFROM x AS a\nCOPY a /\nFROM $BASE\nCOPY b /";
        assertThat(ReaderProgram.reads(request(text, new ArgumentValues("BASE", List.of(), Others.Images, false))))
                .extracting("paths")
                .isEqualTo(List.of("b"));
        assertThat(ReaderProgram.reads(request(text, new ArgumentValues("BASE", List.of(), Others.Any, false))))
                .extracting("paths")
                .isEqualTo(List.of("a", "b"));
    }

    @Test
    void theTargetDecidesWhichStagesCount() {
        var text = "FROM x AS a\nCOPY a /\nFROM x AS b\nCOPY b /";
        assertThat(ReaderProgram.reads(new DockerfileRequest(text, List.of(), Optional.of("A"))))
                .extracting("paths")
                .isEqualTo(List.of("a"));
        assertThat(ReaderProgram.reads(new DockerfileRequest(text, List.of(), Optional.of("c"))))
                .isEqualTo(new DockerfileReads.Unknown("it has no stage \"c\""));
    }

    @ParameterizedTest(name = "{0}, given {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "'',                              -,          false",
                "'',                              context,    true",
                "'',                              '',         false",
                "'',                              1700000000, false",
                "ARG SOURCE_DATE_EPOCH=context,   -,          true",
                "ARG SOURCE_DATE_EPOCH=context,   1700000000, false",
                "ARG SOURCE_DATE_EPOCH=1,         -,          false",
                "ARG SOURCE_DATE_EPOCH,           -,          false",
                "ARG T=con SOURCE_DATE_EPOCH=$T,  -,          true",
            })
    void theImageMayHaveTheTimeOfItsCommit(String line, @Nullable String given, boolean takes) {
        var arguments = given == null
                ? new ArgumentValues[0]
                : new ArgumentValues[] {ArgumentValues.of("SOURCE_DATE_EPOCH", given)};

        assertThat(ReaderProgram.reads(request(line + "\nFROM x\nCOPY src /", arguments)))
                .extracting("commitTime")
                .isEqualTo(takes);
    }

    @Test
    void declaredArguments() {
        var text = "ARG G=1\nFROM x\nARG G\nARG N\nARG E=1\nARG TARGETARCH\nENV F=$E\nRUN make";
        assertThat(read(text))
                .extracting("declared")
                .isEqualTo(List.of(
                        new Declared("E", true, true),
                        new Declared("G", true, false),
                        new Declared("N", false, false),
                        new Declared("TARGETARCH", true, false)));
    }

    private static List<String> paths(String text) {
        return read(text) instanceof DockerfileReads.Paths told
                ? told.paths()
                : List.of("cannot be told: " + read(text));
    }

    private static DockerfileReads read(String text) {
        return ReaderProgram.reads(request(text, ArgumentValues.of("GIVEN", "given")));
    }

    private static DockerfileRequest request(String text, ArgumentValues... arguments) {
        return new DockerfileRequest(text, List.of(arguments), Optional.empty());
    }

    private static Arguments reads(String what, String text, String... paths) {
        return arguments(what, text, List.of(paths));
    }
}
