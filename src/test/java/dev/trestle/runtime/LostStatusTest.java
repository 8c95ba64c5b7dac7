package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BaseImage;
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

    private static BaseImage read(String builtAt) {
        return JSON.unmarshal("""
                {"apiVersion": "trestle.dev/v1alpha1", "kind": "BaseImage", "status": {"builtAt": %s, "legsBuilt": "1/1"},
                 "metadata": {"name": "python"}, "spec": {"dockerfile": "Dockerfile.python", "platforms": ["linux/amd64"], "image": {"repositories": ["registry.example/python"], "tags": ["latest"]}}}
                """.formatted(builtAt), BaseImage.class);
    }
}
