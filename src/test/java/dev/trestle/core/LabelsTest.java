package dev.trestle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void areWrittenInTheOrderOfTheirKeys() {
        assertThat(Labels.sorted(Map.of("c", "3", "a", "1", "b", "2")).keySet()).containsExactly("a", "b", "c");
    }

    @Test
    void areNotChangedAfterwards() {
        var labels = Labels.sorted(Map.of("a", "1"));

        assertThatThrownBy(() -> labels.put("b", "2")).isInstanceOf(UnsupportedOperationException.class);
    }

    /** Argo CD takes a child that carries one of these for its own, and prunes it. */
    @Test
    void aBusyPodCarriesNoTrackingOfArgoCd() {
        assertThat(Labels.BUSY_POD_ANNOTATIONS)
                .doesNotContainKeys("argocd.argoproj.io/tracking-id", "argocd.argoproj.io/instance")
                .doesNotContainKeys("app.kubernetes.io/instance");
    }

    /** Cluster Autoscaler and Karpenter each have a word of their own, and it is a text, not a boolean. */
    @Test
    void aBusyPodIsLeftWhereItIs() {
        assertThat(Labels.BUSY_POD_ANNOTATIONS)
                .containsEntry("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
                .containsEntry("karpenter.sh/do-not-disrupt", "true");
    }
}
