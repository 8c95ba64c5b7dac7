package dev.trestle.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.Input;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatus;
import dev.trestle.core.plan.Action.CancelLeg;
import dev.trestle.core.plan.Action.StartLeg;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An upgrade of the operator alone builds nothing that has not changed, and misses nothing that has (invariant 11, docs/adr/0016). */
class UpgradeTest {
    private static final String OTHER = "ff".repeat(20);

    @ParameterizedTest
    @ValueSource(strings = {"declared-published", "undeclared-published", "whole-published"})
    void anUpgradeBuildsNothing(String name) throws Exception {
        assertThat(Stored.of(name).decide().actions()).isEmpty();
        assertThat(Stored.of(name).pushedNothing().decide().actions())
                .as("at a later commit of the same files")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"declared-published", "undeclared-published", "whole-published"})
    void theRecordIsReadAgainOnceAndKeepsItsFingerprint(String name) throws Exception {
        var stored = Stored.of(name);
        var before = built(stored.build.getStatus());
        assertThat(stored.passWithoutSource())
                .as("nothing is written before the repository has been read")
                .isEqualTo(Stored.of(name).build.getStatus());

        var after = built(stored.pass());

        assertThat(after.fingerprint()).as("so that a rollback builds nothing").isEqualTo(before.fingerprint());
        assertThat(after.inputsVersion()).isEqualTo(Input.VERSION);
        assertThat(after.digest()).isEqualTo(before.digest());
        var status = stored.build.getStatus();
        assertThat(stored.pass()).as("one write, not two").isEqualTo(status);
        assertThat(stored.passWithoutSource()).as("after a restart").isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "declared-published, backend/main.go, Source backend/**",
        "declared-published, scripts/run.sh, Source scripts/run.sh",
        "declared-published, requirements-cuda.txt, Source requirements*.txt",
        "declared-published, conf/db.yaml, Source conf",
        "undeclared-published, Dockerfile.app, Source Dockerfile.app",
        "undeclared-published, third/lib, Source third/lib",
        "whole-published, docs/index.md, Source .",
    })
    void whatChangesBuildsAndIsNamedAloneBeforeAndAfterTheRecordWasReadAgain(String name, String path, String input)
            throws Exception {
        assertThat(reasons(Stored.of(name).pushed(path, OTHER)))
                .hasSize(1)
                .allSatisfy(reason -> assertThat(reason).startsWith(input + " "));
        var upgraded = Stored.of(name);
        upgraded.pass();
        assertThat(reasons(upgraded.pushed(path, OTHER)))
                .hasSize(1)
                .allSatisfy(reason -> assertThat(reason).startsWith(input + " "));
    }

    @Test
    void whatTheImageIsNotMadeOfBuildsNothing() throws Exception {
        assertThat(Stored.of("declared-published")
                        .pushed("docs/index.md", OTHER)
                        .decide()
                        .actions())
                .isEmpty();
    }

    @Test
    void aFolderThatACopiedGlobSelectsForTheFirstTimeBuilds() throws Exception {
        assertThat(reasons(Stored.of("declared-published").pushed("requirements-gpu.txt/lock", OTHER)))
                .anyMatch(reason -> reason.startsWith("Source requirements*.txt/** none -> "));
    }

    /** Version 1 did not know that git writes files as {@code .gitattributes} says. */
    @Test
    void whatOnlyThePresentVersionKnowsCountsOnceTheRecordWasReadAgain() throws Exception {
        var upgraded = Stored.of("declared-published");
        upgraded.pass();
        assertThat(reasons(upgraded.pushed(".gitattributes", OTHER)))
                .hasSize(1)
                .allSatisfy(reason -> assertThat(reason).startsWith("Source .gitattributes "));
    }

    @Test
    void anArgumentThatChangesBuilds() throws Exception {
        var stored = Stored.of("declared-published").editing("value: \"cart\"", "value: \"till\"");
        assertThat(reasons(stored))
                .hasSize(1)
                .allSatisfy(reason -> assertThat(reason).startsWith("BuildArgs "));
    }

    @Test
    void aGlobThatIsDeclaredMeanwhileBuilds() throws Exception {
        var stored = Stored.of("declared-published").editing("\"!**/*.md\"", "\"docs/**\"");
        assertThat(reasons(stored)).anyMatch(reason -> reason.startsWith("Source docs/** none -> "));
    }

    @Test
    void whatIsBeingBuiltGoesOn() throws Exception {
        var stored = Stored.of("declared-building");
        assertThat(stored.decide().actions())
                .noneMatch(action -> action instanceof StartLeg || action instanceof CancelLeg);
        assertThat(stored.pass().legs()).extracting(LegStatus::state).containsOnly(LegState.Queued);
    }

    @Test
    void theNewestCommitAloneReplacesARun() throws Exception {
        var policy = "runPolicy: \"Replace\"\nbuildArgs:";
        assertThat(Stored.of("declared-building")
                        .editing("buildArgs:", policy)
                        .decide()
                        .actions())
                .noneMatch(action -> action instanceof StartLeg || action instanceof CancelLeg);
        assertThat(Stored.of("declared-building")
                        .editing("buildArgs:", policy)
                        .pushed("backend/main.go", OTHER)
                        .decide()
                        .actions())
                .filteredOn(CancelLeg.class::isInstance)
                .hasSize(2);
    }

    @Test
    void whatHasFailedIsNotBuiltAgain() throws Exception {
        var stored = Stored.of("declared-failed");
        assertThat(stored.decide().actions()).isEmpty();
        assertThat(stored.pass().legs()).extracting(LegStatus::state).containsExactly(LegState.Built, LegState.Failed);
        assertThat(Stored.of("declared-failed")
                        .pushed("backend/main.go", OTHER)
                        .decide()
                        .actions())
                .filteredOn(StartLeg.class::isInstance)
                .hasSize(2);
    }

    /** What a newer operator has recorded under a fingerprint of its own, with an input that this one does not know. */
    @ParameterizedTest
    @ValueSource(strings = {"declared-published", "undeclared-published", "whole-published"})
    void aRollbackBuildsNothingAndLeavesTheRecordToTheNewerOperator(String name) throws Exception {
        var stored = Stored.of(name);
        stored.pass();
        stored.fromTheFuture();
        assertThat(stored.decide().actions()).isEmpty();
        assertThat(built(stored.pass()).inputsVersion()).isEqualTo(Input.VERSION + 1);
    }

    /** A status that was written by hand names no pods. */
    @Test
    void aFingerprintThatIsNoneIsNotKept() throws Exception {
        var stored = Stored.of("declared-published").recording("[0-9a-f]{64}\"", "x\"");
        assertThat(stored.decide().actions())
                .filteredOn(StartLeg.class::isInstance)
                .hasSize(2);
    }

    private static List<String> reasons(Stored stored) throws Exception {
        assertThat(stored.decide().actions())
                .filteredOn(StartLeg.class::isInstance)
                .hasSize(2);
        return stored.pass().legs().getFirst().reasons();
    }

    private static BuiltLeg built(BackendBuildStatus status) {
        return Objects.requireNonNull(status.legs().getFirst().built());
    }
}
