package dev.trestle.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImage;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.FailureReason;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.LegState;
import dev.trestle.api.RunRecord;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LostStatusTest {
    private static final KubernetesSerialization JSON = ApiServerJson.serialization();

    @Test
    void whatCanBeReadIsKept() {
        assertThat(read("\"2026-11-22T10:00:00.5Z\"").getStatus().builtAt()).hasToString("2026-11-22T10:00:00.5Z");
    }

    /** Each of them was taken by an API server of Kubernetes 1.36.3 where its schema asks for a date-time. */
    @ParameterizedTest
    @ValueSource(strings = {"[]", "[\"x\"]", "[null]"})
    void whatCannotBeReadIsLostAndNothingElse(String builtAt) {
        var base = read(builtAt);
        assertThat(base.getStatus()).isNull();
        assertThat(base.getSpec().dockerfile()).isEqualTo("Dockerfile.python");
        assertThat(base.getMetadata().getName()).isEqualTo("python");
    }

    /** A newer operator's status, as one that was rolled back reads it. */
    @Test
    void whatOnlyANewerOperatorKnowsIsLeftOutAlone() {
        var status = JSON.unmarshal("""
                {"observedGeneration": 1, "mood": "good",
                 "conditions": [{"type": "Ready", "status": "Perhaps", "reason": "Published", "message": "m", "lastTransitionTime": "t", "observedGeneration": 1},
                                {"type": "Fresh", "status": "True", "reason": "Polished", "message": "m", "lastTransitionTime": "t", "observedGeneration": 1}, null],
                 "legs": [{"platform": "linux/amd64", "state": "Polishing", "shine": 3, "fingerprint": "f2",
                           "failure": {"failureClass": "Cosmic", "reason": "CosmicRay", "message": "It was hit."},
                           "lost": [{"attempt": 1, "reason": "CosmicRay", "at": "2026-11-21T12:00:00Z"}],
                           "built": {"fingerprint": "f1", "digest": "sha256:d", "finishedAt": "2026-11-21T12:00:00Z", "inputsVersion": 3, "weight": {"kg": 1},
                                     "inputs": [{"kind": "Weather", "value": "rain"}, {"kind": "Source", "name": "Dockerfile", "value": "d0"}]}}],
                 "run": {"revision": "a1", "startedAt": "2026-11-21T12:00:00Z", "inputs": [{"kind": "Weather", "value": "rain"}]},
                 "history": [{"revision": "a1", "startedAt": "2026-11-21T12:00:00Z", "finishedAt": "2026-11-21T12:01:00Z", "result": "Polished"},
                             {"revision": "a0", "startedAt": "2026-11-21T11:00:00Z", "finishedAt": "2026-11-21T11:01:00Z", "result": "Published"}]}
                """, BackendBuildStatus.class);

        assertThat(status.conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.type()).isEqualTo("Ready");
            assertThat(condition.status()).isEqualTo(ConditionStatus.Unknown);
        });
        assertThat(status.legs()).singleElement().satisfies(leg -> {
            assertThat(leg.state()).isEqualTo(LegState.Waiting);
            assertThat(requireNonNull(leg.failure()).reason())
                    .as("it stays failed")
                    .isEqualTo(FailureReason.Unknown);
            assertThat(leg.lost()).hasSize(1);
            assertThat(requireNonNull(leg.built()).inputs())
                    .containsExactly(new Input(InputKind.Source, "Dockerfile", "d0"));
        });
        assertThat(requireNonNull(status.run()).inputs()).isEmpty();
        assertThat(status.history()).extracting(RunRecord::revision).containsExactly("a0");
    }

    private static BaseImage read(String builtAt) {
        return JSON.unmarshal("""
                {"apiVersion": "trestle.dev/v1alpha1", "kind": "BaseImage", "status": {"builtAt": %s, "legsBuilt": "1/1"},
                 "metadata": {"name": "python"}, "spec": {"dockerfile": "Dockerfile.python", "platforms": ["linux/amd64"], "image": {"repositories": ["registry.example/python"], "tags": ["latest"]}}}
                """.formatted(builtAt), BaseImage.class);
    }
}
