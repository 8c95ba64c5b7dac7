package dev.trestle.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.ManifestMergeStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** The records as the client reads and writes them. */
class ApiRoundTripTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SPEC = """
            apiVersion: trestle.dev/v1alpha1
            kind: BackendBuild
            metadata:
              name: app
            spec:
              source:
                git:
                  url: https://git.example.com/acme/app.git
                  ref: refs/heads/main
              legs:
                - platform: linux/amd64
              image:
                repositories:
                  - registry.example.com/acme/app
                tags:
                  - latest
            """;

    @Test
    void aNewObjectHasNeitherSpecNorStatus() {
        var build = new BackendBuild();

        assertThat(build.getSpec()).isNull();
        assertThat(build.getStatus()).isNull();
    }

    @Test
    void absentListsAreEmptyAndAbsentFieldsNull() {
        var build = Serialization.unmarshal(SPEC, BackendBuild.class);

        assertThat(build.getSpec().buildArgs()).isEmpty();
        assertThat(build.getSpec().dockerfile()).isNull();
        assertThat(build.getSpec().cache()).isNull();
        assertThat(build.getSpec().suspended()).isFalse();
        assertThat(build.getStatus()).isNull();
    }

    /** What the operator writes back must not have fields that the user did not set: their owners would see a difference. */
    @Test
    void whatIsReadIsWrittenWithoutAFieldMore() {
        assertThat((Object) JSON.valueToTree(Serialization.unmarshal(SPEC, BackendBuild.class)))
                .isEqualTo(Serialization.unmarshal(SPEC, JsonNode.class));
    }

    @Test
    void statusesKeepEveryField() {
        assertThat(again(Samples.buildStatus(), BackendBuildStatus.class)).isEqualTo(Samples.buildStatus());
        assertThat(again(Samples.baseStatus(), BaseImageStatus.class)).isEqualTo(Samples.baseStatus());
        assertThat(again(Samples.mergeStatus(), ManifestMergeStatus.class)).isEqualTo(Samples.mergeStatus());
    }

    @Test
    void theStatusOfTheSchemasDefaultIsRead() {
        var status = Serialization.unmarshal("{\"observedGeneration\": -1}", BackendBuildStatus.class);

        assertThat(status.observedGeneration()).isEqualTo(-1);
        assertThat(status.legs()).isEmpty();
        assertThat(status.conditions()).isEmpty();
    }

    /** After a rollback the operator is older than the CRDs, and one strange field would stop its watch of all objects. */
    @Test
    void unknownFieldsAreIgnored() {
        var newer = SPEC.replace("spec:\n", "spec:\n  trust: Trusted\n")
                .replace("    - platform", "    - emulation: Allowed\n      platform");

        assertThat(Serialization.unmarshal(newer, BackendBuild.class).getSpec().legs())
                .hasSize(1);
    }

    @Test
    void listsCannotBeChanged() {
        var legs = Serialization.unmarshal(SPEC, BackendBuild.class).getSpec().legs();

        assertThatThrownBy(legs::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    private static <T> T again(T value, Class<T> type) {
        return Serialization.unmarshal(Serialization.asJson(value), type);
    }
}
