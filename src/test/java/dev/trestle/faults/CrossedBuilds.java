package dev.trestle.faults;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.ImageTarget;
import dev.trestle.api.Leg;
import dev.trestle.e2e.Builds;
import dev.trestle.e2e.Gate;
import dev.trestle.e2e.TestCluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds of {@code Dockerfile.crossed}, which stop at the gate and are pushed through the proxy. */
record CrossedBuilds(
        TestCluster cluster,
        Gate gate,
        FaultProxy registry,
        @Nullable String pushSecret) {
    static final String TAG = "v1";

    CrossedBuilds(TestCluster cluster, Gate gate, FaultProxy registry) {
        this(cluster, gate, registry, null);
    }

    CrossedBuilds withPushSecret(String name) {
        return new CrossedBuilds(cluster, gate, registry, name);
    }

    /** A proxy before the test's registry, on a port that the operator knows. */
    static FaultProxy proxy(TestCluster cluster, int port) throws IOException {
        var behind = cluster.repository("").split("/", 2)[0].split(":", 2);
        return new FaultProxy(
                new InetSocketAddress(behind[0], port), () -> new Socket(behind[0], Integer.parseInt(behind[1])));
    }

    /**
     * One of them, under {@link #TAG}.
     *
     * @param images each in a repository of its own
     * @param value tells its image from others
     * @param command run by the leg once the gate is open
     */
    BackendBuild named(
            String name, List<String> images, String value, String command, List<Leg> legs, boolean suspend) {
        var args = Builds.crossedArgs(cluster, gate, value, command);
        var repositories = images.stream()
                .map(image -> "%s/%s/%s".formatted(registry.address(), cluster.namespace(), image))
                .toList();
        var target = new ImageTarget(repositories, List.of(TAG), pushSecret);
        return Builds.named(
                name,
                BackendBuildSpecBuilder.builder()
                        .source(cluster.source())
                        .dockerfile("Dockerfile.crossed")
                        .buildArgs(args)
                        .legs(legs)
                        .image(target)
                        .suspend(suspend ? true : null)
                        .build());
    }
}
