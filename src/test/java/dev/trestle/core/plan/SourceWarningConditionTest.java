package dev.trestle.core.plan;

import static dev.trestle.core.plan.BuildBuilder.aBuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Reason;
import dev.trestle.core.inputs.RecipeFiles;
import dev.trestle.core.inputs.SourceWarning;
import dev.trestle.core.plan.SourceView.Known;
import dev.trestle.core.plan.SourceView.Unavailable;
import dev.trestle.core.status.BuildStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of a repository does not do what it seems to is a condition of its own, beside a build that goes on. */
class SourceWarningConditionTest {
    private static final RecipeFiles LARGE = new RecipeFiles(
            List.of(),
            List.of(),
            List.of(
                    new SourceWarning(Reason.LfsPointers, "A file is large."),
                    new SourceWarning(Reason.IgnoreFileUnused, "A file is unused.")));

    private final BackendBuild build = aBuild("shop", "cart").build();

    @Test
    void isThereWhileItIsTrue() {
        assertThat(warning(new Known("1f3a", LARGE))).hasValueSatisfying(condition -> {
            assertThat(condition.status()).isEqualTo(ConditionStatus.True);
            assertThat(condition.reason()).isEqualTo(Reason.LfsPointers);
            assertThat(condition.message()).isEqualTo("A file is large. A file is unused.");
        });
        assertThat(warning(new Unavailable("down")))
                .as("while the repository cannot be read")
                .isPresent();
        assertThat(warning(new Known("9c0d", new RecipeFiles(List.of(), List.of(), List.of()))))
                .isEmpty();
    }

    private Optional<Condition> warning(SourceView source) {
        var configuration = Snapshots.of(build).configuration();
        var snapshot = Snapshots.of(build, source, List.of(), configuration, Snapshots.NOW);
        build.setStatus(BuildStatus.of(snapshot, BuildPlan.of(snapshot).decide(Admitted.UNLIMITED)));
        return Objects.requireNonNull(build.getStatus()).conditions().stream()
                .filter(condition -> condition.type().equals("SourceWarning"))
                .findFirst();
    }
}
