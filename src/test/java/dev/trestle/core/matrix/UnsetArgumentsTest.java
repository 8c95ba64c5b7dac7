package dev.trestle.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.dockerfile.DockerfileReader;
import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileReads.Declared;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The reader is a table here; which ARGs a Dockerfile declares is its own tests' matter. */
class UnsetArgumentsTest {
    private static final DockerfileReader READER = request -> request.text().equals("foreign")
            ? new DockerfileReads.Unknown("a frontend of its own")
            : new DockerfileReads.Paths(
                    List.of(),
                    false,
                    List.of(
                            new Declared("FOLDER", true, true),
                            new Declared("TARGETS", true, true),
                            new Declared("FLAGS", false, false),
                            new Declared("TARGETARCH", true, true),
                            new Declared("PLATFORM", true, false)));

    @Test
    void anArgumentThatMattersAndIsNotSetIsTold() throws ImportRefused {
        assertThat(found("from"))
                .filteredOn(finding -> finding.field().equals("backend/Dockerfile.golang"))
                .extracting(Finding::name)
                .contains("TARGETS", "FLAGS")
                .doesNotContain("PLATFORM", "TARGETARCH");
        assertThat(found("from"))
                .allSatisfy(finding -> {
                    assertThat(finding.kind()).isEqualTo(Finding.Kind.UnsetArgument);
                    assertThat(finding.kind().isConflict()).isFalse();
                    assertThat(finding.between()).isNotEmpty();
                })
                .extracting(Finding::message)
                .anyMatch(message ->
                        message.startsWith("ARG 'TARGETS' of 'backend/Dockerfile.golang' becomes part of an ENV"))
                .anyMatch(message -> message.startsWith("ARG 'FLAGS' of 'backend/Dockerfile.golang' has no default"));
    }

    @Test
    void aDockerfileThatIsNotThereOrCannotBeReadHasNone() throws ImportRefused {
        assertThat(found("foreign")).isEmpty();
        assertThat(UnsetArguments.of(Given.layered(_ -> {}), _ -> Optional.empty(), READER))
                .isEmpty();
    }

    private static List<Finding> found(String text) throws ImportRefused {
        return UnsetArguments.of(Given.layered(_ -> {}), _ -> Optional.of(text), READER);
    }
}
