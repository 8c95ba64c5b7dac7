package dev.trestle.e2e;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.BuildArg;
import dev.trestle.api.ImageTarget;
import dev.trestle.api.Leg;
import dev.trestle.api.Source;
import java.util.List;

/** BackendBuilds as a user would write them. */
public final class Builds {
    private Builds() {}

    public static BackendBuild named(String name, BackendBuildSpec spec) {
        var build = new BackendBuild();
        build.getMetadata().setName(name);
        build.setSpec(spec);
        return build;
    }

    /** For {@code Dockerfile.crossed}: the command runs in the leg once the gate is open. */
    public static List<BuildArg> crossedArgs(TestCluster cluster, Gate gate, String value, String command) {
        return List.of(
                cluster.nonce(),
                new BuildArg("VALUE", value),
                new BuildArg("COMMAND", command),
                new BuildArg("GATE", gate.address()));
    }

    /** One native leg, no base, no cache. */
    public static BackendBuildSpec onAmd64(Source source, String dockerfile, List<BuildArg> args, ImageTarget image) {
        return onLegs(source, dockerfile, args, List.of(Leg.on("linux/amd64")), image);
    }

    /** No base, no cache. */
    static BackendBuildSpec onLegs(
            Source source, String dockerfile, List<BuildArg> args, List<Leg> legs, ImageTarget image) {
        return BackendBuildSpecBuilder.builder()
                .source(source)
                .dockerfile(dockerfile)
                .buildArgs(args)
                .legs(legs)
                .image(image)
                .build();
    }
}
