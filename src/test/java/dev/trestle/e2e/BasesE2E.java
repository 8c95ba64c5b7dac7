package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.BaseClaimBuilder;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageSpecBuilder;
import dev.trestle.api.BaseRef;
import dev.trestle.api.BaseUse;
import dev.trestle.api.BaseUseBuilder;
import dev.trestle.api.BuildArg;
import dev.trestle.api.CacheBuilder;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.Leg;
import dev.trestle.api.Reason;
import dev.trestle.api.Source;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Bases that nobody applies: claimed, shared, refused when they collide, rebuilt with exactly their consumers, and gone with the last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SharesCluster
class BasesE2E {
    private static final String AMD64 = "linux/amd64";
    private static final int CONSUMERS = 10;
    private static final int BASES = 4;

    private final TestCluster cluster;
    private final Expect expect;

    BasesE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, new TestRegistry());
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void claimsMakeBasesThatLiveAsLongAsTheirConsumers() {
        consumers().forEach(number -> cluster.apply(consumer(number)));
        consumers().forEach(number -> expect.ready(nameOf(number)));
        assertEachBaseIsBuiltOnce();

        cluster.apply(Builds.named("late", specOn(claim("base-0", "Dockerfile.gated"), "late")));
        cluster.await("late", found -> Conditions.is(found, "Ready", ConditionStatus.False));
        var refusal = Conditions.find(cluster.build("late"), "Ready").orElseThrow();
        assertThat(refusal.reason()).isEqualTo(Reason.BaseConflict);
        assertThat(refusal.message())
                .isEqualTo(
                        "Base 'base-0' is claimed by the elder build 'c0' with dockerfile 'Dockerfile.base', but by 'late' with"
                                + " 'Dockerfile.gated'. Make the claims equal, or give one of them another name.");
        assertThat(legs("late")).isEmpty();
        cluster.apply(Builds.named("late", specOn(claim("base-0", "Dockerfile.base"), "late")));
        expect.ready("late");

        consumers().filter(number -> number % BASES == 1).forEach(this::delete);
        await().atMost(LIMIT).until(() -> !isThere("base-1"));
        assertThat(isThere("base-0")).isTrue();

        rebuild("base-2");
        await().atMost(LIMIT).until(() -> legs("c2").size() == 2 && legs("c6").size() == 2);
        List.of("c2", "c6").forEach(this::awaitRebuiltOnNewBase);
        assertThat(legs("base-2-base")).hasSize(2);
        assertThat(List.of("c0", "c3", "c4", "c7", "c8"))
                .allSatisfy(other -> assertThat(legs(other)).hasSize(1));
    }

    @Test
    void aBaseThatIsRebuiltToEqualContentRebuildsNobody() throws IOException, InterruptedException {
        var folder = Files.createDirectories(Path.of("target", "e2e", cluster.namespace() + "-base"));
        Files.copy(Path.of("src/test/resources/e2e/repo/Dockerfile.base"), folder.resolve("Dockerfile.base"));
        var git = new GitRepositories.Local(Objects.requireNonNull(System.getenv("TRESTLE_GIT")));
        var url = git.publish(folder, cluster.namespace() + "-base");
        cluster.apply(byHand(
                "by-hand",
                new Source(GitSourceBuilder.builder()
                        .url(url)
                        .ref("refs/heads/main")
                        .build()),
                null));
        cluster.apply(Builds.named("steady", specOn(BaseUse.of(new BaseRef("by-hand"), "BASE_IMAGE"), "steady")));
        expect.ready("steady");
        var before = Objects.requireNonNull(cluster.base("by-hand").getStatus().image());

        Files.writeString(folder.resolve("Dockerfile.base"), "# A comment makes no other image.\n", APPEND);
        git.publish(folder, cluster.namespace() + "-base");
        await().atMost(LIMIT).until(() -> !Objects.equals(revision(), before.revision()));

        var after = Objects.requireNonNull(cluster.base("by-hand").getStatus().image());
        assertThat(after.platforms().getFirst().digest())
                .isEqualTo(before.platforms().getFirst().digest());
        expect.ready("steady");
        assertThat(legs("steady")).hasSize(1);
    }

    /** {@code Ready} says nothing of it: a routine rebuild never flips it. */
    private void awaitRebuiltOnNewBase(String build) {
        cluster.await(
                build,
                found -> reasonOf(build).startsWith("Base ") && Conditions.is(found, "UpToDate", ConditionStatus.True));
    }

    /** {@code Fresh} turns by time alone, and the shipped alert fires on what the running operator exports. */
    @Test
    void aBaseThatGrowsTooOldIsToldByItsConditionAndByTheAlert() throws IOException, InterruptedException {
        cluster.apply(byHand("aging", cluster.source(), 60L));
        await().atMost(LIMIT).until(() -> Conditions.is(cluster.base("aging"), "Fresh", ConditionStatus.True));
        var folder = Path.of("target", "e2e", cluster.namespace() + "-prometheus");
        try (var prometheus = new Prometheus(folder, cluster.operator().metrics())) {
            await().atMost(LIMIT)
                    .until(() -> prometheus
                            .firing("BaseImageStale", cluster.namespace(), "aging")
                            .toList()
                            .contains("warning"));
        }

        await().atMost(LIMIT).until(() -> Conditions.is(cluster.base("aging"), "Fresh", ConditionStatus.False));
        assertThat(legs("aging-base")).hasSize(1);
    }

    private String revision() {
        return String.valueOf(
                Objects.requireNonNull(cluster.base("by-hand").getStatus().image())
                        .revision());
    }

    private void assertEachBaseIsBuiltOnce() {
        var bases = cluster.client()
                .resources(BaseImage.class)
                .inNamespace(cluster.namespace())
                .withLabel(Labels.CLAIMED)
                .list()
                .getItems();
        assertThat(bases).hasSize(BASES);
        assertThat(bases).allSatisfy(base -> {
            assertThat(legs(base.getMetadata().getName() + "-base")).hasSize(1);
            assertThat(base.getStatus().consumers())
                    .isEqualTo(base.getMetadata().getOwnerReferences().size());
        });
    }

    private static IntStream consumers() {
        return IntStream.range(0, CONSUMERS);
    }

    private static String nameOf(int number) {
        return "c" + number;
    }

    private BackendBuild consumer(int number) {
        return Builds.named(nameOf(number), specOn(claim("base-" + number % BASES, "Dockerfile.base"), nameOf(number)));
    }

    private BackendBuildSpec specOn(BaseUse base, String repository) {
        return BackendBuildSpecBuilder.builder()
                .source(cluster.source())
                .dockerfile("Dockerfile.consumer")
                .buildArgs(List.of(cluster.nonce()))
                .base(base)
                .legs(List.of(Leg.on(AMD64)))
                .image(cluster.image("v1", repository))
                .build();
    }

    private BaseUse claim(String name, String dockerfile) {
        var claim = BaseClaimBuilder.builder()
                .name(name)
                .dockerfile(dockerfile)
                .buildArgs(List.of(cluster.nonce(), new BuildArg("VARIANT", name)))
                .repositories(List.of(cluster.repository("bases")))
                .build();
        return BaseUseBuilder.builder().claim(claim).arg("BASE_IMAGE").build();
    }

    private BaseImage byHand(String name, Source source, @Nullable Long maxAgeSeconds) {
        var base = new BaseImage();
        base.getMetadata().setName(name);
        base.setSpec(BaseImageSpecBuilder.builder()
                .source(source)
                .dockerfile("Dockerfile.base")
                .buildArgs(List.of(cluster.nonce()))
                .platforms(List.of(AMD64))
                .image(cluster.image("v1", name))
                .cache(CacheBuilder.builder()
                        .repository(cluster.repository("cache"))
                        .build())
                .maxAgeSeconds(maxAgeSeconds)
                .build());
        return base;
    }

    private void rebuild(String base) {
        cluster.client()
                .resources(BaseImage.class)
                .inNamespace(cluster.namespace())
                .withName(base)
                .edit(now -> {
                    now.getMetadata().setAnnotations(Map.of(Labels.REBUILD, "please"));
                    return now;
                });
    }

    private void delete(int number) {
        cluster.client().resource(cluster.build(nameOf(number))).delete();
    }

    private boolean isThere(String base) {
        return cluster.client()
                        .resources(BaseImage.class)
                        .inNamespace(cluster.namespace())
                        .withName(base)
                        .get()
                != null;
    }

    private List<Pod> legs(String build) {
        return cluster.pods().labelled(Labels.BUILD, build);
    }

    private String reasonOf(String build) {
        return Conditions.firstLeg(cluster.build(build)).orElseThrow().reasons().getFirst();
    }
}
