package dev.trestle.cli;

import dev.trestle.core.dockerfile.DockerfileReader;
import dev.trestle.core.offline.Checkout;
import dev.trestle.core.offline.OfflinePlan;
import dev.trestle.core.offline.Plan;
import dev.trestle.core.offline.Specs;
import dev.trestle.dockerfile.DockerfileProgram;
import dev.trestle.source.LocalRepository;
import dev.trestle.source.LocalRepository.Commit;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code trestle plan}: which legs would be built between two revisions, and why. Needs no cluster. Exits with 0 whether or not there
 * is something to build, with 2 when it cannot tell.
 */
@Command(
        name = "plan",
        description =
                "Says which legs would be built between two revisions of a repository, and why; without a cluster.",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2)
final class PlanCommand implements Callable<Integer> {
    private static final int CANNOT_TELL = 2;

    @Option(
            names = "--repo",
            paramLabel = "DIR",
            defaultValue = ".",
            description =
                    "A clone of the repository that is built, with or without a work tree. Default: ${DEFAULT-VALUE}")
    private Path repository = Path.of(".");

    @Option(names = "--from", required = true, paramLabel = "REV", description = "The revision that was built last.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "REV",
            defaultValue = "HEAD",
            description = "The revision to build. Default: ${DEFAULT-VALUE}")
    private String to = "HEAD";

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE",
            description =
                    "BackendBuilds and BaseImages: a file, or a folder with all that is in it; may be given more than once.")
    private List<Path> files = List.of();

    @Option(
            names = "--before",
            paramLabel = "FILE",
            description = "The same as they were at '--from', when they have changed too. Default: as '-f'.")
    private List<Path> filesBefore = List.of();

    @Option(
            names = "--each",
            description = "Plan every commit between the two against its first parent, as if each had been built.")
    private boolean each;

    @Option(
            names = "--dockerfile-reader",
            paramLabel = "PROGRAM",
            defaultValue = "${env:TRESTLE_DOCKERFILE_READER:-trestle-dockerfile}",
            description =
                    "The program that reads Dockerfiles. Default: TRESTLE_DOCKERFILE_READER, else 'trestle-dockerfile' in the PATH.")
    private Path dockerfileReader = Path.of("trestle-dockerfile");

    @Option(names = "--json", description = "Print JSON, one line for each commit with '--each'.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (var clone = LocalRepository.open(repository);
                var reader = new DockerfileProgram(dockerfileReader, DockerfileProgram.Times.USUAL).verified()) {
            var read = SpecFiles.of(files);
            var after = read.specs();
            var before =
                    filesBefore.isEmpty() ? after : SpecFiles.of(filesBefore).specs();
            note(read, after);
            run(clone, reader, before, after);
            return 0;
        } catch (LocalRepository.Unreadable | SpecFiles.Unreadable | ReadFailed | DockerfileProgram.Unusable e) {
            err().println("trestle plan: " + e.getMessage());
            return CANNOT_TELL;
        }
    }

    private void run(LocalRepository clone, DockerfileReader reader, Specs before, Specs after)
            throws LocalRepository.Unreadable {
        var first = clone.commit(from);
        var last = clone.commit(to);
        var steps = each ? clone.steps(first, last) : List.of(first, last);
        var old = checkout(clone, first, reader);
        for (var at = 1; at < steps.size(); at++) {
            var now = checkout(clone, steps.get(at), reader);
            var plan = OfflinePlan.between(at == 1 ? before : after, old, after, now);
            print(steps.get(at - 1), steps.get(at), plan);
            old = now;
        }
    }

    private static Checkout checkout(LocalRepository clone, Commit commit, DockerfileReader reader)
            throws LocalRepository.Unreadable {
        return new Checkout(commit.id(), clone.tree(commit), id -> text(clone, id), reader);
    }

    private static Optional<String> text(LocalRepository clone, String id) {
        try {
            return clone.text(id);
        } catch (LocalRepository.Unreadable e) {
            throw new ReadFailed(e);
        }
    }

    private void print(Commit old, Commit now, Plan plan) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(each ? PlanJson.ofStep(old, now, plan) : PlanJson.of(plan));
        } else {
            PlanText.print(each ? Optional.of(now) : Optional.empty(), plan, out);
        }
        out.flush();
    }

    /** Notes go to the other stream, so that a reader of the JSON reads nothing else. */
    private void note(SpecFiles read, Specs specs) {
        read.ignored().forEach((kind, count) -> err().printf("Note: %d of kind '%s' ignored.%n", count, kind));
        if (read.releases() > 0) {
            err().printf("Note: %d builds of releases left out; a tag builds them, no commit.%n", read.releases());
        }
        specs.missingBases()
                .forEach(base -> err().printf("Note: base '%s' is in no file; it counts as unmoved.%n", base));
        specs.collisions().forEach(collision -> err().println("Note: " + collision));
        err().flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Carries a failure out of a function that may not throw it. */
    private static final class ReadFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReadFailed(LocalRepository.Unreadable cause) {
            super(cause.getMessage(), cause);
        }
    }
}
