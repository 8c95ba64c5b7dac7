package dev.trestle.cli;

import dev.trestle.core.merge.FailureClass;
import dev.trestle.core.merge.MergeRefused;
import dev.trestle.registry.Backoff;
import dev.trestle.registry.Merge;
import dev.trestle.registry.MergeRequest;
import dev.trestle.registry.MergeRequest.Source;
import dev.trestle.registry.MergeRequest.Target;
import dev.trestle.registry.MergeResult;
import dev.trestle.registry.RegistryFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code trestle merge}: the program of a ManifestMerge's Job. Exits with 0 when all tags hold the index, 1 when trying again cannot
 * help, 2 when it can, 4 when it can but a registry is rate-limiting.
 */
@Command(
        name = "merge",
        description = "Merges per-platform images into one index and tags it.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 1,
        exitCodeOnExecutionException = 2)
public final class MergeCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(MergeCommand.class);
    private static final Path TERMINATION_LOG = Path.of("/dev/termination-log");

    @Option(
            names = "--source",
            required = true,
            paramLabel = "PLATFORM=REPOSITORY@DIGEST",
            description = "An image for one platform; 1 to 32.")
    List<String> sources = List.of();

    @Option(
            names = "--target",
            required = true,
            paramLabel = "REPOSITORY=TAG[,TAG]",
            description = "Where the index and its tags go; 1 to 16.")
    List<String> targets = List.of();

    @Option(names = "--annotation", paramLabel = "KEY=VALUE", description = "An annotation of the index.")
    Map<String, String> annotations = Map.of();

    @Option(
            names = "--result",
            paramLabel = "FILE",
            description = "Receives one line of JSON. Default: /dev/termination-log where it exists, else stdout.")
    @Nullable
    Path result;

    @Mixin
    RegistryOptions registries = new RegistryOptions();

    /** Runs the merge with the credentials of this process's environment. */
    @Override
    public Integer call() throws IOException {
        try {
            var parsedSources = sources.stream().map(Source::parse).toList();
            var parsedTargets = targets.stream().map(Target::parse).toList();
            var merge = new Merge(registries.registry(System.getenv()), RegistryOptions.retry(Backoff.OF_LOOKS));
            var plan = merge.run(new MergeRequest(parsedSources, parsedTargets, annotations));
            write(MergeResult.of(plan));
            return 0;
        } catch (MergeRefused e) {
            return failed(e.failure(), e, MergeResult.of(e));
        } catch (RegistryFailure e) {
            return failed(e.failure(), e, MergeResult.of(e));
        } catch (IllegalArgumentException e) {
            return failed(FailureClass.Invalid, e);
        }
    }

    private int failed(FailureClass failure, RuntimeException cause) throws IOException {
        return failed(failure, cause, MergeResult.of(failure, String.valueOf(cause.getMessage())));
    }

    private int failed(FailureClass failure, RuntimeException cause, String json) throws IOException {
        log.error("Not merged ({}): {}", failure, cause.getMessage());
        write(json);
        return exitCode(failure);
    }

    private static int exitCode(FailureClass failure) {
        return switch (failure) {
            case RateLimited -> 4;
            case Unavailable -> 2;
            case ChildMissing, Superseded, PlatformMismatch, Denied, Invalid -> 1;
        };
    }

    private void write(String json) throws IOException {
        if (result != null) {
            Files.writeString(result, json + "\n");
        } else if (Files.exists(TERMINATION_LOG)) {
            Files.writeString(TERMINATION_LOG, json + "\n");
        } else {
            System.out.println(json);
        }
    }
}
