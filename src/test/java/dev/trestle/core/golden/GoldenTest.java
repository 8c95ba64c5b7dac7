package dev.trestle.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder of {@code src/test/resources/golden} is one situation: what the operator sees, and all that it then writes. {@code mvn test
 * -Dtest=GoldenTest -Dupdate=true} writes the outputs anew; read the difference before it is committed.
 */
final class GoldenTest {
    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return GoldenCase.folders().stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path folder) throws Exception {
        var golden = GoldenCase.in(folder);
        var outputs = golden.outcome().files();
        if (Boolean.getBoolean("update")) {
            for (var stale : golden.recorded().keySet()) {
                Files.delete(folder.resolve(stale));
            }
            for (var output : outputs.entrySet()) {
                Files.writeString(folder.resolve(output.getKey()), output.getValue());
            }
        }
        assertThat(GoldenCase.in(folder).recorded()).containsExactlyInAnyOrderEntriesOf(outputs);
        assertThat(golden.inputs())
                .as("files that the test reads")
                .allMatch(name -> name.matches("in-(BackendBuild|BaseImage|ManifestMerge|Job|facts|config)\\.yaml"
                        + "|in-(Pod|ManifestMerge|BaseImage|BackendBuild)-[a-z0-9-]+\\.yaml"));
    }
}
