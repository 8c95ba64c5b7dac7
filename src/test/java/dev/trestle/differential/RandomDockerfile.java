package dev.trestle.differential;

import dev.trestle.api.BuildArg;
import dev.trestle.core.dockerfile.ArgumentValues;
import dev.trestle.core.dockerfile.ArgumentValues.Others;
import dev.trestle.differential.Sample.OperatorArg;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Dockerfiles that mostly build, over the files of {@link RandomTree}, with all that decides which of them are read. */
final class RandomDockerfile {
    private static final List<String> VARIABLES = List.of("A", "B", "C", "E");

    private final Random random;
    private final RandomSource sources;
    private final String base;
    private final List<String> lines = new ArrayList<>();
    private int outputs;
    private int stages;
    private char escape = '\\';

    private RandomDockerfile(Random random, String base, boolean module) {
        this.random = random;
        this.base = base;
        this.sources = new RandomSource(random, module);
    }

    /** @param base an image with a shell, and with variables of its own */
    static Sample sample(Random random, String base, boolean module, String path) {
        var dockerfile = new RandomDockerfile(random, base, module);
        var text = dockerfile.text();
        var file = path.endsWith("/Dockerfile") && random.nextInt(8) == 0
                ? path.replace("/Dockerfile", "/dockerfile")
                : path;
        return new Sample(
                path,
                file,
                text,
                random.nextInt(4) == 0 ? "ctx" : ".",
                dockerfile.arguments(),
                dockerfile.operatorArg(),
                dockerfile.target(),
                dockerfile.inputs());
    }

    /** A base's digest, which moves, or what a refresh gives. */
    private Optional<OperatorArg> operatorArg() {
        var name = random.nextInt(2) == 0 ? "D" : any(VARIABLES);
        return switch (random.nextInt(8)) {
            case 0 ->
                Optional.of(new OperatorArg(
                        new BuildArg(name, base), new ArgumentValues(name, List.of(), Others.Images, false)));
            case 1 ->
                Optional.of(new OperatorArg(
                        new BuildArg(name, sources.folder()), new ArgumentValues(name, List.of(), Others.Any, true)));
            case 2 -> {
                var instead = sources.folder();
                yield Optional.of(new OperatorArg(
                        new BuildArg(name, instead),
                        new ArgumentValues(name, List.of(instead, sources.folder()), Others.None, true)));
            }
            default -> Optional.empty();
        };
    }

    private Optional<String> target() {
        return random.nextInt(5) == 0 ? Optional.of(any(List.of("s", "S")) + random.nextInt(stages)) : Optional.empty();
    }

    /** None with '!', which takes out files that the image has: that is the user's word. */
    private List<String> inputs() {
        return random.nextInt(8) == 0 ? List.of(sources.folder() + "/**") : List.of();
    }

    private List<BuildArg> arguments() {
        var arguments = new ArrayList<BuildArg>();
        VARIABLES.stream()
                .filter(_ -> random.nextInt(5) == 0)
                .forEach(name -> arguments.add(new BuildArg(name, random.nextInt(8) == 0 ? "" : sources.folder())));
        if (random.nextInt(40) == 0) {
            arguments.add(new BuildArg("BUILDKIT_CONTEXT_KEEP_GIT_DIR", "1"));
        }
        return arguments;
    }

    private String text() {
        directives();
        IntStream.range(0, random.nextInt(3)).forEach(_ -> lines.add(argument()));
        stages = 1 + random.nextInt(3);
        for (var stage = 0; stage < stages; stage++) {
            stage(stage, stage == stages - 1);
        }
        var text = String.join("\n", lines) + "\n";
        return switch (random.nextInt(20)) {
            case 0 -> text.replace("\n", "\r\n");
            case 1 -> "\uFEFF" + text;
            default -> text;
        };
    }

    private void directives() {
        switch (random.nextInt(12)) {
            case 0 -> {
                lines.add("# escape=`");
                escape = '`';
            }
            case 1 -> {
                lines.add("# check=skip=all");
                lines.add("# escape=`");
                escape = '`';
            }
            case 2 -> {
                lines.add("# unknown=x");
                lines.add("# escape=`");
            }
            case 3 -> lines.add("# a comment");
            default -> {} // none
        }
    }

    private void stage(int number, boolean last) {
        var runs = random.nextInt(8) == 0;
        var onStage = number > 0 && random.nextInt(3) == 0;
        lines.add((random.nextInt(10) == 0 ? "from " : "FROM ")
                + (onStage ? "s" + (number - 1) : runs ? base : random.nextInt(6) == 0 ? "${D:-scratch}" : "scratch")
                + (random.nextInt(4) == 0 && !last ? " as S" : " AS s")
                + number);
        for (var times = 1 + random.nextInt(5); times > 0; times--) {
            lines.add(instruction());
        }
        if (runs && !onStage) {
            lines.add(run());
        }
        if (number > 0 && !onStage) {
            lines.add("COPY --from=s%d / /from%d/".formatted(number - 1, number));
        }
    }

    private String instruction() {
        return switch (random.nextInt(14)) {
            case 0, 1 -> argument();
            case 2, 3 -> environment();
            case 4 -> "ONBUILD " + copy();
            case 5 -> heredoc();
            case 6 -> continued();
            default -> copy();
        };
    }

    private String argument() {
        var name = any(VARIABLES);
        return switch (random.nextInt(7)) {
            case 0, 1 -> "ARG " + name;
            case 6 -> "ARG TARGETARCH TARGETOS=plan9";
            case 2 -> "ARG %s=%s".formatted(name, sources.valueWith(any(VARIABLES)));
            case 3 -> "ARG %s=\"%s\" %s".formatted(name, sources.folder(), any(VARIABLES));
            default -> "ARG %s=%s".formatted(name, sources.folder());
        };
    }

    private String environment() {
        var name = any(VARIABLES);
        return switch (random.nextInt(6)) {
            case 0 -> "ENV %s %s".formatted(name, sources.folder());
            case 1 -> "ENV %s=%s %s=$%s".formatted(name, sources.folder(), any(VARIABLES), name);
            case 2 -> "ENV %s=%s".formatted(name, sources.valueWith(any(VARIABLES)));
            case 3 -> "ENV %s='%s'".formatted(name, sources.folder());
            default -> "ENV %s=%s".formatted(name, sources.folder());
        };
    }

    private String copy() {
        var keyword = random.nextInt(5) == 0 ? "ADD" : random.nextInt(12) == 0 ? "copy" : "COPY";
        var flags = flags(keyword);
        var target = "/o%d/".formatted(outputs++);
        if (flags.equals(" --parents")) {
            return "COPY --parents %s %s".formatted(escaped(sources.pivot()), target);
        }
        if (random.nextInt(6) == 0) {
            return "%s%s [\"%s\", \"%s\"]".formatted(keyword, flags, sources.jsonPath(), target);
        }
        var paths = random.nextInt(4) == 0 ? sources.word() + " " + sources.word() : sources.word();
        return "%s%s %s %s".formatted(keyword, flags, escaped(paths), target);
    }

    private String escaped(String text) {
        return escape == '\\' ? text : text.replace('\\', escape);
    }

    private String flags(String keyword) {
        return switch (random.nextInt(14)) {
            case 0 -> " --chmod=755";
            case 1 -> " --chown=7:8";
            case 2 -> " --link";
            case 3, 4 -> keyword.equals("ADD") ? "" : " --parents";
            case 5 -> " --exclude=*.md --link";
            default -> "";
        };
    }

    private String continued() {
        var comment = random.nextBoolean() ? "  # COPY web /no\n" : "";
        return "COPY %s %c\n%s  %s %c  \n  /o%d/"
                .formatted(escaped(sources.word()), escape, comment, escaped(sources.word()), escape, outputs++);
    }

    private String heredoc() {
        var text = "COPY %s/main.txt /no/\n".formatted(sources.folder());
        return switch (random.nextInt(5)) {
            case 0 -> "COPY <<EOF /o%d/h\n%sEOF".formatted(outputs++, text);
            case 1 -> "COPY <<-'E' /o%d/h\n\t%s\tE".formatted(outputs++, text);
            case 2 -> "COPY <<\"A\" <<B %s /o%d/\n%sA\n%sB".formatted(sources.plain(), outputs++, text, text);
            case 3 -> "ADD <<E$A /o%d/h\n%sE$A".formatted(outputs++, text);
            default -> "LABEL x=\"<<EOF\"";
        };
    }

    private String run() {
        var source = random.nextInt(3) == 0 ? sources.plain() : sources.word();
        var mount = switch (random.nextInt(9)) {
            case 0 -> "type=bind,source=%s,target=/m".formatted(source);
            case 1 -> "type=Bind,src=%s,dst=/m".formatted(source);
            case 2 -> "target=/m,source=%s".formatted(source);
            case 3 -> "\"source=my data\",target=/m";
            case 4 -> "type=bind,target=/m,rw";
            case 5 -> "type=bind,source=$A,destination=/m";
            case 7 -> "from=s0,source=/,target=/m";
            case 6 -> "Type=bind,SOURCE=%s,target=/m,readonly=false".formatted(source);
            default -> "type=cache,target=/m";
        };
        var output = outputs++;
        return switch (random.nextInt(5)) {
            case 0 ->
                "RUN --mount=%s <<EOF\ncp /m /o%d\nEOF\nCOPY %s /p%d/".formatted(mount, output, sources.word(), output);
            case 1 ->
                "RUN --mount=%s cat << EOF\nCOPY %s /p%d/\nEOF\n"
                        .formatted(mount, sources.word(), output)
                        .replace("EOF\n", random.nextBoolean() ? "EOF\n" : "END\n");
            case 2 ->
                "RUN --mount=%s cat <<\\EOF > /x\nCOPY web /no\nEOF\nCOPY %s /p%d/"
                        .formatted(mount, sources.word(), output);
            case 3 -> "RUN --mount=%s [\"/bin/sh\", \"-c\", \"cp /m /o%d\"]".formatted(mount, output);
            default -> "RUN --mount=%s cp /m /o%d".formatted(mount, output);
        };
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
