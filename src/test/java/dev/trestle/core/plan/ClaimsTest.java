package dev.trestle.core.plan;

import static dev.trestle.core.plan.BuildBuilder.aBuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BuildArg;
import dev.trestle.core.SpecBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final BuildArg PY312 = new BuildArg("PYTHON", "3.12");
    private static final BuildArg PY313 = new BuildArg("PYTHON", "3.13");
    private static final BuildArg CPU = new BuildArg("DEVICE", "cpu");

    @Test
    void equalClaimsMakeOneBaseForAllTheirPlatforms() {
        var claims = Claims.of(
                "python",
                List.of(
                        claiming("b", "10:01", PY312),
                        aBuild("team", "a")
                                .createdAt("10:00")
                                .with(spec -> spec.claiming("python", PY312).legs("linux/arm64"))
                                .build()));

        var base = claims.base().orElseThrow();
        assertThat(base.getMetadata().getName()).isEqualTo("python");
        assertThat(base.getSpec().platforms()).containsExactly("linux/amd64", "linux/arm64");
        assertThat(base.getSpec().image().tags()).containsExactly("python");
        assertThat(base.getMetadata().getOwnerReferences()).extracting("name").containsExactly("a", "b");
    }

    @Test
    void theOrderOfArgumentsIsNoDifference() {
        var claims =
                Claims.of("python", List.of(claiming("a", "10:00", PY312, CPU), claiming("b", "10:01", CPU, PY312)));

        assertThat(claims.others()).isEmpty();
    }

    @Test
    void ofTwoThatDifferTheElderHasTheBase() {
        var younger = claiming("a", "10:01", PY313);
        var claims = Claims.of("python", List.of(younger, claiming("b", "10:00", PY312)));

        assertThat(claims.base().orElseThrow().getSpec().buildArgs()).containsExactly(PY312);
        assertThat(claims.collisionOf(younger).orElseThrow().sentence())
                .isEqualTo(
                        "Base 'python' is claimed by the elder build 'b' with buildArgs '[{\"name\":\"PYTHON\",\"value\":\"3.12\"}]',"
                                + " but by 'a' with '[{\"name\":\"PYTHON\",\"value\":\"3.13\"}]'."
                                + " Make the claims equal, or give one of them another name.");
    }

    @Test
    void anotherRepositoryIsAnotherBase() {
        var fork = aBuild("team", "b")
                .createdAt("10:01")
                .with(spec ->
                        spec.claiming("python", PY312).following("https://git.example/fork.git", "refs/heads/main"))
                .build();
        fork.getMetadata().setUid("uid-b");
        var claims = Claims.of("python", List.of(claiming("a", "10:00", PY312), fork));

        assertThat(claims.collisionOf(fork))
                .hasValueSatisfying(collision -> assertThat(collision.field()).isEqualTo("source"));
    }

    /** So a Secret can be renamed one build after the other. */
    @Test
    void theBaseIsReadWithTheEldersSecretWhateverTheOthersName() {
        var claims = Claims.of("python", List.of(reading("a", "10:00", "old"), reading("b", "10:01", "new")));

        assertThat(claims.others()).isEmpty();
        assertThat(claims.base().orElseThrow().getSpec().source().git().secret())
                .isEqualTo("old");
    }

    @Test
    void nobodyClaimsNothing() {
        assertThat(Claims.of("python", List.of()).base()).isEmpty();
    }

    /** Any set of claims in any order gives the same bases, and the same builds are refused. */
    @Test
    void theOrderOfArrivalNeverMatters() {
        for (var seed = 0; seed < 300; seed++) {
            var chance = new Random(seed);
            var builds = randomBuilds(chance);
            var expected = outcome(builds);
            for (var shuffle = 0; shuffle < 5; shuffle++) {
                var shuffled = new ArrayList<>(builds);
                Collections.shuffle(shuffled, chance);
                assertThat(outcome(shuffled)).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    /** Once the elder is there, who comes later changes neither the recipe nor who was refused before. */
    @Test
    void whoComesLaterNeverTakesABase() {
        for (var seed = 0; seed < 300; seed++) {
            var builds = randomBuilds(new Random(seed));
            builds.sort(ByAge.ELDER_FIRST);
            for (var known = 1; known < builds.size(); known++) {
                var before = outcome(builds.subList(0, known));
                var after = outcome(builds);
                before.forEach((name, then) -> {
                    var now = Objects.requireNonNull(after.get(name));
                    assertThat(now.recipe()).isEqualTo(then.recipe());
                    assertThat(now.refused()).containsAll(then.refused());
                });
            }
        }
    }

    private record Outcome(Object recipe, List<String> refused) {}

    private static Map<String, Outcome> outcome(List<BackendBuild> builds) {
        var names = builds.stream()
                .map(build -> Claims.claimOf(build).orElseThrow().name())
                .distinct();
        return names.collect(Collectors.toMap(
                name -> name,
                name -> {
                    var claims = Claims.of(name, builds);
                    return new Outcome(
                            claims.base()
                                    .map(BaseImage::getSpec)
                                    .map(spec -> List.of(spec.buildArgs(), String.valueOf(spec.dockerfile())))
                                    .orElseThrow(),
                            claims.others().stream()
                                    .map(build -> build.getMetadata().getName())
                                    .toList());
                },
                (one, _) -> one,
                TreeMap::new));
    }

    private static List<BackendBuild> randomBuilds(Random chance) {
        return new ArrayList<>(IntStream.range(0, 2 + chance.nextInt(10))
                .mapToObj(number -> {
                    var args = List.of(PY312, PY313, CPU).get(chance.nextInt(3));
                    var build = aBuild("team", "build-" + number)
                            .createdAt("1%d:0%d".formatted(chance.nextInt(3), chance.nextInt(4)))
                            .with(spec -> spec.claiming("base-" + chance.nextInt(3), args))
                            .build();
                    build.getMetadata().setUid("uid-" + number);
                    return build;
                })
                .toList());
    }

    private static BackendBuild reading(String name, String time, String secret) {
        var build = claiming(name, time, PY312);
        build.setSpec(
                SpecBuilder.aSpec().gitSecret(secret).claiming("python", PY312).build());
        return build;
    }

    private static BackendBuild claiming(String name, String time, BuildArg... args) {
        var build = aBuild("team", name)
                .createdAt(time)
                .with(spec -> spec.claiming("python", args))
                .build();
        build.getMetadata().setUid("uid-" + name);
        return build;
    }
}
