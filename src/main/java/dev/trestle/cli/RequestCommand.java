package dev.trestle.cli;

import dev.trestle.core.Labels;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Commands that ask one thing of one build: the time is the token that acts once. */
final class RequestCommand {
    private RequestCommand() {}

    /** {@code trestle rebuild}. */
    @Command(
            name = "rebuild",
            description = "Has every leg of a build built once more, although nothing has moved.",
            mixinStandardHelpOptions = true)
    static final class Rebuild implements Callable<Integer> {
        @Mixin
        private NamedBuild named = new NamedBuild();

        @Option(names = "--without-cache", description = "Nothing comes from the cache.")
        private boolean withoutCache;

        @Override
        public Integer call() {
            return ask(
                    named,
                    withoutCache ? Labels.REBUILD_WITHOUT_CACHE : Labels.REBUILD,
                    "Every leg of '%s' is built once more.");
        }
    }

    /** {@code trestle retry}. */
    @Command(
            name = "retry",
            description = "Has the legs of a build that failed, or were cancelled, built once more.",
            mixinStandardHelpOptions = true)
    static final class Retry implements Callable<Integer> {
        @Mixin
        private NamedBuild named = new NamedBuild();

        @Override
        public Integer call() {
            return ask(named, Labels.RETRY, "The failed legs of '%s' are built once more.");
        }
    }

    /** {@code trestle cancel}. */
    @Command(
            name = "cancel",
            description =
                    "Gives up what is being built. The image stays; an input that moves, 'retry' or 'rebuild' builds again.",
            mixinStandardHelpOptions = true)
    static final class Cancel implements Callable<Integer> {
        @Mixin
        private NamedBuild named = new NamedBuild();

        @Override
        public Integer call() {
            return ask(named, Labels.CANCEL, "What is being built of '%s' is given up.");
        }
    }

    private static int ask(NamedBuild named, String annotation, String told) {
        return named.find((resource, _) -> {
            var token =
                    Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS).toString();
            Annotations.set(resource, annotation, token);
            named.out().println(told.formatted(named.name) + " See: trestle why " + named.name);
        });
    }
}
