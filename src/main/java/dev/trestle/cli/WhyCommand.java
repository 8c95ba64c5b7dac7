package dev.trestle.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code trestle why}: the reasons and obstacles of a build's legs. Exits with 1 when it cannot be told. */
@Command(
        name = "why",
        description =
                "Says why each leg of a build was built last: which inputs moved, old -> new; and what it waits for.",
        mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {
    @Mixin
    private NamedBuild named = new NamedBuild();

    @Override
    public Integer call() {
        return named.find((_, build) -> WhyText.print(build, named.out()));
    }
}
