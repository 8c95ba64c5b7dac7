package dev.trestle.core.plan;

import static dev.trestle.core.plan.BuildBuilder.aBuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.admit.Demand;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Admission and decision read the same plan, and the plan evaluates each leg and the merge once. */
@Isolated("the Java Flight Recorder counts the calls of the whole process")
class PlanOnceTest {
    private static final List<String> COUNTED =
            List.of("BuildPlan::of", "LegDecision::of", "KnownInputs::of", "MergeDecision::of");

    @Test
    void aPassWorksOutEachLegOnce(@TempDir Path folder) throws Exception {
        var build = aBuild("shop", "cart")
                .with(spec -> spec.legs("linux/amd64", "linux/arm64"))
                .build();
        var snapshot = Snapshots.of(
                build,
                new SourceView.Known("1f3a", Optional.empty(), List.of()),
                List.of(),
                Snapshots.configuration("{name: any, platforms: [linux/amd64, linux/arm64], maxRunning: 1}"),
                Snapshots.NOW);

        var calls = counted(folder.resolve("calls.jfr"), () -> {
            var plan = BuildPlan.of(snapshot);
            var due = Demand.of(plan.after(Admitted.UNLIMITED));
            assertThat(due).hasSize(2);
            assertThat(plan.decide(Admitted.UNLIMITED.with(Set.of(due.getFirst().pod())))
                            .actions())
                    .hasSize(1);
        });

        assertThat(calls)
                .isEqualTo(Map.of(
                        "BuildPlan::of", 1L, "LegDecision::of", 2L, "KnownInputs::of", 2L, "MergeDecision::of", 1L));
    }

    private static Map<String, Long> counted(Path file, Runnable pass) throws Exception {
        try (var recording = new Recording()) {
            recording
                    .enable("jdk.MethodTiming")
                    .with(
                            "filter",
                            String.join(
                                    ";",
                                    COUNTED.stream()
                                            .map(name -> "dev.trestle.core.plan." + name)
                                            .toList()))
                    .with("period", "endChunk");
            recording.start();
            pass.run();
            recording.stop();
            recording.dump(file);
        }
        var calls = new HashMap<String, Long>();
        for (var event : RecordingFile.readAllEvents(file)) {
            var method = event.<RecordedMethod>getValue("method");
            var type = method.getType().getName();
            calls.put(
                    type.substring(type.lastIndexOf('.') + 1) + "::" + method.getName(), event.getLong("invocations"));
        }
        return calls;
    }
}
