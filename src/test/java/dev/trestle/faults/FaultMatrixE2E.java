package dev.trestle.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.cluster.OwnsCluster;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every fault at its step, on the real cluster. {@code -Dfaults=pod-evicted,step-fails} plays these rows alone; {@code
 * -Dreliability=write} writes the table of docs/reliability.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OwnsCluster
class FaultMatrixE2E {
    private static final Logger LOG = LoggerFactory.getLogger(FaultMatrixE2E.class);
    private static final int AT_ONCE = 4;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ExecutorService rows = Executors.newFixedThreadPool(AT_ONCE);
    private final Map<String, Outcome> passed = new ConcurrentHashMap<>();
    private final List<Fault> alone = Stream.of(OperatorFaults.rows(), ApiFaults.rows(), MachineFaults.rows())
            .flatMap(List::stream)
            .toList();
    private final List<Fault> together = Stream.of(
                    LegFaults.rows(),
                    RegistryFaults.rows(),
                    RequestFaults.rows(),
                    MergeFaults.rows(),
                    StatusFaults.rows())
            .flatMap(List::stream)
            .toList();

    FaultMatrixE2E() {
        Awaitility.setDefaultPollInterval(
                Duration.ofMillis(250)); // rows that wait must not take the machine from those that work
    }

    /** Those that touch nothing but their own build are played at once, the others then one by one. */
    @TestFactory
    List<DynamicTest> comesOutAsExpected() {
        var begun = together.stream()
                .filter(FaultMatrixE2E::isAskedFor)
                .map(fault -> Map.entry(fault, rows.submit(() -> play(fault))))
                .toList();
        return Stream.concat(
                        begun.stream()
                                .map(entry ->
                                        DynamicTest.dynamicTest(entry.getKey().name(), () -> {
                                            try {
                                                entry.getValue().get();
                                            } catch (ExecutionException e) {
                                                throw e.getCause();
                                            }
                                        })),
                        alone.stream()
                                .filter(FaultMatrixE2E::isAskedFor)
                                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> play(fault))))
                .toList();
    }

    private Outcome play(Fault fault) throws Exception {
        try {
            var outcome = fault.play();
            passed.put(fault.name(), outcome);
            LOG.info(
                    "{}: as expected after {} s: {}; {}",
                    fault.name(),
                    outcome.seconds(),
                    outcome.published(),
                    outcome.status());
            return outcome;
        } catch (Exception | Error e) {
            LOG.error("{}: not as expected", fault.name(), e);
            throw e;
        }
    }

    private static boolean isAskedFor(Fault fault) {
        var asked = System.getProperty("faults", "");
        return asked.isEmpty() || Arrays.asList(asked.split(",")).contains(fault.name());
    }

    /** No namespace that was deleted hangs, and no container of its pods runs on. */
    @AfterAll
    void nothingIsLeft() throws IOException {
        rows.shutdownNow();
        if (System.getProperty("reliability", "").equals("write")) {
            writePage();
        }
        var namespaces =
                passed.values().stream().map(outcome -> outcome.namespace()).toList();
        try (var client = new KubernetesClientBuilder().build()) {
            await().atMost(LIMIT)
                    .until(() -> namespaces.stream()
                            .allMatch(name -> client.namespaces().withName(name).get() == null));
        }
        for (var namespace : namespaces) {
            assertThat(Node.containersOf(namespace))
                    .as("containers of '%s', which is deleted", namespace)
                    .isEmpty();
        }
    }

    private void writePage() throws IOException {
        var matrix = Stream.concat(together.stream(), alone.stream()).toList();
        new ReliabilityPage(LocalDate.now(ZoneOffset.UTC), machine())
                .write(
                        matrix,
                        matrix.stream().filter(FaultMatrixE2E::isAskedFor).toList(),
                        passed);
    }

    private static String machine() {
        return "%s with %d cores"
                .formatted(System.getProperty("os.name"), Runtime.getRuntime().availableProcessors());
    }
}
