package dev.trestle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.trestle.api.MergeRun;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.FailureClass;
import dev.trestle.core.merge.ImagePlatform;
import dev.trestle.core.merge.IndexPlan;
import dev.trestle.core.merge.IndexRun;
import dev.trestle.core.merge.MergeRefused;
import dev.trestle.core.merge.RawManifest;
import dev.trestle.core.merge.TinyImage;
import dev.trestle.registry.MergeRequest.Source;
import dev.trestle.registry.MergeRequest.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The merge against a real registry; see {@link RealRegistry}. */
@SharesCluster
class MergeRegistryIT {

    private static final String NOON = "2026-11-21T12:00:00Z";
    private static final TinyImage AMD64 = TinyImage.of("linux/amd64").attested("built on amd64");
    private static final TinyImage ARM64 = TinyImage.of("linux/arm64").attested("built on arm64");

    private final RealRegistry real = RealRegistry.required();
    private final Repository one = real.repository("one");
    private final Repository two = real.repository("two");
    private ImageRegistry registry = real.client();

    @Test
    void twoLegsBecomeOneIndexInTwoRepositories() {
        real.push(AMD64, one, two);
        real.push(ARM64, one, two);

        var plan = merge(legsIn(one), to(one, "v1", "latest"), to(two, "v1"));

        assertThat(List.of(tagged(one, "v1"), tagged(one, "latest"), tagged(two, "v1")))
                .containsOnly(plan.index());
        assertThat(plan.index().json())
                .contains(AMD64.imageEntry() + "," + ARM64.imageEntry() + "," + AMD64.attestationEntry());
    }

    @Test
    void provenanceIsKeptByteForByte() {
        real.push(AMD64, one);
        real.push(ARM64, one);

        merge(legsIn(one), to(one, "v1"));

        assertThat(registry.manifest(one, AMD64.attestation().digest().value())).contains(AMD64.attestation());
        assertThat(ImageView.of(registry, one, "v1").platforms().getLast().attestations())
                .singleElement()
                .satisfies(shown -> {
                    assertThat(shown.digest()).isEqualTo(ARM64.attestation().digest());
                    assertThat(shown.predicates()).containsExactly("https://slsa.dev/provenance/v1");
                });
    }

    @Test
    void aSingleImageWithoutAttestationsIsMergedToo() {
        var plain = TinyImage.of("linux/arm/v7");
        real.push(plain, one);

        var plan = merge(List.of(source(plain, one)), to(one, "v1"));

        assertThat(tagged(one, "v1")).isEqualTo(TinyImage.index(plain.imageEntry()));
        assertThat(plan.attestations()).isZero();
    }

    @Test
    void aChildThatATargetLacksIsCopiedThere() {
        real.push(AMD64, one, two);
        real.push(ARM64, one);

        merge(legsIn(one), to(one, "v1"), to(two, "v1"));

        assertThat(tagged(two, "v1")).isEqualTo(tagged(one, "v1"));
        assertThat(registry.manifest(two, ARM64.manifest().digest().value())).contains(ARM64.manifest());
        assertThat(registry.blob(two, Digest.of(ARM64.layer()), 100)).hasValue(ARM64.layer());
    }

    @Test
    void aChildIsCopiedFromAnotherHostThroughHere() throws IOException {
        real.push(AMD64, one);
        try (var front = new RegistryFront(real.host(), request -> false)) {
            var elsewhere = Repository.parse(front.host() + "/acme/elsewhere");
            registry = real.client(real.host(), front.host());

            merge(List.of(source(AMD64, one)), to(elsewhere, "v1"));

            assertThat(registry.blob(elsewhere, Digest.of(AMD64.layer()), 100)).hasValue(AMD64.layer());
        }
    }

    @Test
    void aLegThatIsGoneFromItsRepositoryIsReadFromATarget() {
        real.push(AMD64, two);

        merge(List.of(source(AMD64, one)), to(one, "v1"), to(two, "v1"));

        assertThat(tagged(one, "v1")).isEqualTo(tagged(two, "v1"));
    }

    @Test
    void whenALegIsGoneEverywhereNoTagMoves() {
        real.push(AMD64, one, two);
        merge(List.of(source(AMD64, one)), to(one, "v1"), to(two, "v1"));
        var before = tagged(one, "v1");

        assertThatThrownBy(() -> merge(legsIn(one), to(one, "v1"), to(two, "v1")))
                .hasMessageContaining("Leg linux/arm64 cannot be merged: manifest "
                        + ARM64.root().digest())
                .hasMessageContaining("is gone from '%s', '%s'. Build the leg again", one, two)
                .asInstanceOf(InstanceOfAssertFactories.type(MergeRefused.class))
                .returns(FailureClass.ChildMissing, MergeRefused::failure);

        assertThat(List.of(tagged(one, "v1"), tagged(two, "v1"))).containsOnly(before);
    }

    @Test
    void anImageBuiltForAnotherPlatformIsRefused() {
        var wrong = ARM64.builtFor("linux/amd64");
        real.push(AMD64, one);
        real.push(wrong, one);

        assertThatThrownBy(() -> merge(List.of(source(AMD64, one), source(wrong, one)), to(one, "v1")))
                .hasMessageContaining("Leg linux/arm64")
                .asInstanceOf(InstanceOfAssertFactories.type(MergeRefused.class))
                .returns(FailureClass.PlatformMismatch, MergeRefused::failure);

        assertThat(registry.digestOf(one, "v1")).isEmpty();
    }

    @Test
    void aRepeatedMergeWritesNoTag() throws IOException {
        real.push(AMD64, one);
        real.push(ARM64, one);
        try (var front = new RegistryFront(real.host(), request -> false)) {
            var watched = Repository.parse(front.host() + "/" + one.path());
            registry = real.client(front.host());
            merge(run(NOON, 1), legsIn(watched), to(watched, "v1", "latest"));
            var first = front.requests().size();

            merge(run(NOON, 1), legsIn(watched), to(watched, "v1", "latest"));

            var again = front.requests().subList(first, front.requests().size());
            assertThat(front.requests().subList(0, first)).contains("PUT /v2/" + one.path() + "/manifests/v1");
            assertThat(again).noneMatch(request -> request.matches("PUT .*/(v1|latest)"));
        }
    }

    @Test
    void tagsMoveAfterTheIndexIsInEveryTarget() throws IOException {
        real.push(AMD64, one, two);
        try (var front = new RegistryFront(real.host(), request -> false)) {
            var watchedOne = Repository.parse(front.host() + "/" + one.path());
            var watchedTwo = Repository.parse(front.host() + "/" + two.path());
            registry = real.client(front.host());

            merge(List.of(source(AMD64, watchedOne)), to(watchedOne, "v1"), to(watchedTwo, "v1"));

            var puts = front.requests().stream()
                    .filter(request -> request.startsWith("PUT"))
                    .toList();
            assertThat(puts).hasSize(4);
            assertThat(puts.subList(0, 2)).allMatch(put -> put.contains("/manifests/sha256:"));
            assertThat(puts.subList(2, 4)).allMatch(put -> put.endsWith("/manifests/v1"));
        }
    }

    @Test
    void aLateMergeOfAnOlderRunMovesNoTag() {
        real.push(AMD64, one, two);
        real.push(ARM64, one, two);
        merge(run(NOON, 2), legsIn(one), to(one, "v1"), to(two, "v1", "latest"));
        var newer = tagged(one, "v1");

        assertThatThrownBy(() ->
                        merge(run(NOON, 1), List.of(source(AMD64, one)), to(one, "old", "v1"), to(two, "v1", "latest")))
                .hasMessageContaining("Tag '%s:v1' holds run 2 of 'shop/cart' since %s", one, NOON)
                .hasMessageContaining("no tag has moved")
                .asInstanceOf(InstanceOfAssertFactories.type(MergeRefused.class))
                .returns(FailureClass.Superseded, MergeRefused::failure)
                .returns(Optional.of(2L), MergeRefused::supersededBy);

        assertThat(List.of(tagged(one, "v1"), tagged(two, "v1"), tagged(two, "latest")))
                .containsOnly(newer);
        assertThat(registry.digestOf(one, "old")).isEmpty();
    }

    static Stream<Arguments> held() {
        return Stream.of(
                Arguments.of("an earlier run", run(NOON, 1), true),
                Arguments.of("a run of the build before it was created again", run("2026-11-20T12:00:00Z", 7), true),
                Arguments.of("an image of no run", Map.of(), true),
                Arguments.of("another merge of the same number", run(NOON, 2), false),
                Arguments.of("a run of the build as it was created again", run("2026-11-22T12:00:00Z", 1), false));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("held")
    void aTagMovesOnlyForwards(String what, Map<String, String> held, boolean moves) {
        real.push(AMD64, one);
        real.push(ARM64, one);
        merge(held, List.of(source(ARM64, one)), to(one, "v1"));
        var before = tagged(one, "v1");

        var refused = catchThrowable(() -> merge(run(NOON, 2), legsIn(one), to(one, "v1")));

        assertThat(refused == null).isEqualTo(moves);
        assertThat(tagged(one, "v1").equals(before)).isNotEqualTo(moves);
    }

    @Test
    void allThatIsGoneIsNamedAtOnce() {
        real.push(AMD64, one);
        var legs = List.of(source(AMD64, one), source(ARM64, one), source(TinyImage.of("linux/riscv64"), one));

        assertThatThrownBy(() -> merge(legs, to(one, "v1")))
                .hasMessageContaining("Leg linux/arm64 cannot be merged")
                .hasMessageContaining("Leg linux/riscv64 cannot be merged")
                .satisfies(e -> assertThat(gone(e)).containsExactly("linux/arm64", "linux/riscv64"));
    }

    @Test
    void aLegWhoseLayerIsGoneIsNamed() throws IOException {
        real.push(AMD64, one);
        var layer = "HEAD /v2/%s/blobs/%s".formatted(one.path(), Digest.of(AMD64.layer()));
        try (var front = new RegistryFront(
                real.host(), request -> isRequest(request, layer) && RegistryFront.answer(request, 404))) {
            var watched = Repository.parse(front.host() + "/" + one.path());
            registry = real.client(real.host(), front.host());

            assertThatThrownBy(() -> merge(List.of(source(AMD64, watched)), to(two, "v1")))
                    .satisfies(e -> assertThat(gone(e)).containsExactly("linux/amd64"));
        }
        assertThat(registry.digestOf(two, "v1")).isEmpty();
    }

    @Test
    void aLegThatGoesWhileItIsMergedIsNamed() throws IOException {
        real.push(AMD64, one);
        real.push(ARM64, one);
        var collected = new AtomicBoolean();
        var leg = "GET /v2/%s/manifests/%s".formatted(one.path(), ARM64.root().digest());
        try (var front = new RegistryFront(real.host(), request -> {
            if (request.getRequestMethod().equals("PUT")) {
                collected.set(true);
                return RegistryFront.answer(request, 400);
            }
            return collected.get() && isRequest(request, leg) && RegistryFront.answer(request, 404);
        })) {
            var watched = Repository.parse(front.host() + "/" + one.path());
            registry = real.client(front.host());

            assertThatThrownBy(() -> merge(legsIn(watched), to(watched, "v1")))
                    .satisfies(e -> assertThat(gone(e)).containsExactly("linux/arm64"));
        }
    }

    private static boolean isRequest(HttpExchange request, String line) {
        return line.equals(request.getRequestMethod() + " " + request.getRequestURI());
    }

    private static List<String> gone(Throwable refused) {
        return ((MergeRefused) refused)
                .gone().stream().map(ImagePlatform::toString).toList();
    }

    private static Map<String, String> run(String since, long number) {
        return IndexRun.annotations(new MergeRun("shop/cart", since, number, null, List.of()));
    }

    private IndexPlan merge(List<Source> sources, Target... targets) {
        return merge(Map.of(), sources, targets);
    }

    private IndexPlan merge(Map<String, String> annotations, List<Source> sources, Target... targets) {
        var merge = new Merge(registry, real.retry(Backoff.OF_LOOKS));
        return merge.run(new MergeRequest(sources, List.of(targets), annotations));
    }

    private static List<Source> legsIn(Repository repository) {
        return List.of(source(AMD64, repository), source(ARM64, repository));
    }

    private static Source source(TinyImage image, Repository repository) {
        return new Source(
                ImagePlatform.parse(image.platform()), repository, image.root().digest());
    }

    private static Target to(Repository repository, String... tags) {
        return new Target(repository, List.of(tags));
    }

    private RawManifest tagged(Repository repository, String tag) {
        return registry.manifest(repository, tag).orElseThrow();
    }
}
