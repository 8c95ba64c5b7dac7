package dev.trestle.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.Condition;
import dev.trestle.cluster.OwnsCluster;
import dev.trestle.e2e.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random and hostile objects, changes, statuses and reports of nodes, {@code -Dfuzz.deeds} of them from {@code -Dfuzz.seed}, through the
 * real API server to the installed operator: each is refused with a message or handled; it does not end, turn in circles, or flood its log.
 */
@OwnsCluster
class FuzzE2E {
    private static final Logger LOG = LoggerFactory.getLogger(FuzzE2E.class);
    private static final Duration SETTLING = Duration.ofMinutes(5);
    private static final Duration CALM = Duration.ofSeconds(30);
    private static final int LONGEST_LINE = 16_384;
    /** What the SDK logs of a pass that ended in an exception; it repeats such a pass, for some errors for ever. */
    private static final String FAILED_PASS = "Uncaught error";

    private final int deeds = Integer.getInteger("fuzz.deeds", 3000);
    private final long seed = Long.getLong("fuzz.seed", 1);

    @Test
    void eachIsRefusedOrHandled() throws Exception {
        LOG.info("seed {}, {} deeds", seed, deeds);
        try (var cluster = TestCluster.open()) {
            var policy = nowhere(cluster);
            try {
                fuzz(cluster);
            } finally {
                cluster.client().resourceList(policy).delete();
            }
        }
    }

    private void fuzz(TestCluster cluster) throws Exception {
        var operator = new OperatorWatch(cluster);
        var logged = operator.log().size();
        var done = new Deeds(cluster, Corpus.read(), new Chance(seed));
        for (var deed = 0; deed < deeds; deed++) {
            done.next();
        }
        LOG.info("seed {}: {}", seed, done);
        assertThat(done.improper()).as("seed %d", seed).isEmpty();
        await().atMost(SETTLING)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(
                        () -> assertThat(unhandled(cluster)).as("seed %d", seed).isEmpty());
        operator.assertSameProcess();
        assertCalm(cluster, operator);
        assertLog(operator.log(), logged, done.taken());
    }

    /** Objects of which the status tells nothing, or not of the present spec. */
    private static List<String> unhandled(TestCluster cluster) {
        var unhandled = new ArrayList<String>();
        for (var build : list(cluster, BackendBuild.class)) {
            var conditions = Optional.ofNullable(build.getStatus()).map(status -> status.conditions());
            if (!tellsOf(build, conditions.orElse(List.of()))) {
                unhandled.add(build.getMetadata().getName());
            }
        }
        for (var base : list(cluster, BaseImage.class)) {
            var conditions = Optional.ofNullable(base.getStatus()).map(status -> status.conditions());
            if (!tellsOf(base, conditions.orElse(List.of()))) {
                unhandled.add(base.getMetadata().getName());
            }
        }
        return unhandled;
    }

    private static boolean tellsOf(HasMetadata object, List<Condition> conditions) {
        return conditions.stream()
                // what is suspended and idle is neither ready nor on its way, and says so in the place of Ready
                .filter(condition ->
                        condition.type().equals("Ready") || condition.type().equals("Suspended"))
                .filter(condition -> !condition.message().isBlank())
                .anyMatch(condition ->
                        condition.observedGeneration() == object.getMetadata().getGeneration());
    }

    private static <T extends HasMetadata> List<T> list(TestCluster cluster, Class<T> kind) {
        return cluster.client()
                .resources(kind)
                .inNamespace(cluster.namespace())
                .list()
                .getItems();
    }

    /** Left alone, nothing of it goes on changing: an object may be looked at again, and written twice at most. */
    private static void assertCalm(TestCluster cluster, OperatorWatch operator) throws Exception {
        var objects = list(cluster, BackendBuild.class).size()
                + list(cluster, BaseImage.class).size();
        var reconciliations = operator.reconciliations();
        try (var changes = new Changes(cluster)) {
            Thread.sleep(CALM);
            assertThat(changes.ofMoreThan(2)).as("objects that go on changing").isEmpty();
        }
        var more = operator.reconciliations() - reconciliations;
        LOG.info("{} reconciliations of {} objects in {} s", more, objects, CALM.toSeconds());
        assertThat(more).as("reconciliations while nothing happened").isLessThan(2L * objects);
    }

    private static void assertLog(List<String> log, int before, int taken) throws IOException {
        var lines = log.subList(Math.min(before, log.size()), log.size());
        LOG.info("{} lines for {} deeds", lines.size(), taken);
        for (var line : lines) {
            var read = OperatorWatch.read(line);
            assertThat(read.path("level").asText()).as(line).isNotEqualTo("ERROR");
            assertThat(read.path("formattedMessage").asText() + read.path("throwable"))
                    .as(line)
                    .doesNotContain(FAILED_PASS);
            assertThat(line).hasSizeLessThan(LONGEST_LINE);
        }
        assertThat(lines.size()).as("lines of log").isLessThan(3 * taken);
    }

    private static List<HasMetadata> nowhere(TestCluster cluster) throws IOException {
        var yaml = Files.readString(Path.of("src/test/resources/fuzz/nowhere.yaml"))
                .replace("$namespace", cluster.namespace());
        return cluster.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .create();
    }
}
