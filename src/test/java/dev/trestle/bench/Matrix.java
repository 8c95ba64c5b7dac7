package dev.trestle.bench;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.BuildArg;
import dev.trestle.api.CacheBuilder;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.ImageTargetBuilder;
import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.api.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The image matrix of a large project, as builds pinned to one commit: 71 images for two platforms, 232 for amd64 and 83 for arm64
 * alone. Nothing is fetched or pushed, so its repository and registry need not exist.
 */
final class Matrix {
    private static final int PAIRS = 71;
    private static final int AMD64_ONLY = 232;
    private static final int ARM64_ONLY = 83;
    private static final List<String> ACCELERATORS = List.of("cuda-12", "cuda-13", "rocm", "sycl", "vulkan");
    private static final Leg AMD64 =
            LegBuilder.builder().platform("linux/amd64").pool("kwok-amd64").build();
    private static final Leg ARM64 =
            LegBuilder.builder().platform("linux/arm64").pool("kwok-arm64").build();

    /** A commit that the cluster's git server has: its files are looked at like any other's. */
    private static final Source SOURCE = new Source(GitSourceBuilder.builder()
            .url(variable("TRESTLE_BENCH_REPOSITORY"))
            .revision(variable("TRESTLE_BENCH_COMMIT"))
            .build());

    private Matrix() {}

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(name), () -> "'" + name + "' is not set; run: make bench");
    }

    /** All 386 builds, 457 legs. */
    static List<BackendBuild> builds() {
        var builds = new ArrayList<BackendBuild>();
        numbers(PAIRS).forEach(number -> builds.add(build("cpu", number, List.of(AMD64, ARM64))));
        numbers(AMD64_ONLY).forEach(number -> builds.add(build(accelerator(number), number, List.of(AMD64))));
        numbers(ARM64_ONLY).forEach(number -> builds.add(build("l4t", number, List.of(ARM64))));
        return builds;
    }

    /** One image for amd64 alone. */
    static BackendBuild single(String type, int number) {
        return build(type, number, List.of(AMD64));
    }

    /** A pod's name stands for its leg wherever legs are counted. */
    static Stream<String> legsOf(BackendBuild build) {
        return build.getSpec().legs().stream()
                .map(leg -> legName(build.getMetadata().getName(), leg.platform()));
    }

    static String legName(String build, String platform) {
        return build + " " + platform.replace('/', '-');
    }

    private static IntStream numbers(int count) {
        return IntStream.rangeClosed(1, count);
    }

    private static String accelerator(int number) {
        return ACCELERATORS.get(number % ACCELERATORS.size());
    }

    private static BackendBuild build(String type, int number, List<Leg> legs) {
        var backend = "backend-%03d".formatted(number);
        var name = type + "-" + backend;
        var build = new BackendBuild();
        build.getMetadata().setName(name);
        build.setSpec(BackendBuildSpecBuilder.builder()
                .source(SOURCE)
                .dockerfile("backend/Dockerfile.python")
                .buildArgs(List.of(new BuildArg("BACKEND", backend), new BuildArg("BUILD_TYPE", type)))
                .legs(legs)
                .image(ImageTargetBuilder.builder()
                        .repositories(List.of("registry.bench.invalid/backends"))
                        .tags(List.of("latest-" + name))
                        .build())
                .cache(CacheBuilder.builder()
                        .repository("registry.bench.invalid/cache")
                        .write(true)
                        .build())
                .build());
        return build;
    }
}
