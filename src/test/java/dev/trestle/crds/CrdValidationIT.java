package dev.trestle.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trestle.cluster.SharesCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What a real API server says to each file of {@code crd-validation/}: wrong input gets its error at {@code kubectl apply}, not later. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SharesCluster
class CrdValidationIT {
    private final ApiServer server;

    CrdValidationIT() throws IOException {
        server = ApiServer.open();
    }

    @AfterAll
    void close() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> refusesWithAMessageThatHelps() {
        return ValidationCase.named("invalid-").stream()
                .map(file -> DynamicTest.dynamicTest(file.name(), () -> refused(file)));
    }

    @TestFactory
    Stream<DynamicTest> acceptsAndTheSecondApplyChangesNothing() {
        return ValidationCase.named("valid-").stream()
                .map(file -> DynamicTest.dynamicTest(file.name(), () -> accepted(file)));
    }

    /** Both ways that tools take: a create or an update, as kubectl's default, and server-side apply, as Helm 4 and Flux. */
    private void refused(ValidationCase file) {
        assertThat(file.mustSay()).as("'# must say: …' at the top of the file").isNotBlank();
        file.existing().forEach(object -> resource(object).create());
        try {
            var subject = dryRun(file.subject());
            assertThat(refusal(file.existing().isEmpty() ? subject::create : subject::update))
                    .as(file.name())
                    .contains(file.mustSay());
            assertThat(refusal(() -> apply(subject))).as(file.name()).contains(file.mustSayToServerSideApply());
        } finally {
            file.existing().forEach(object -> resource(object).delete());
        }
    }

    private void accepted(ValidationCase file) {
        var subject = file.subject();
        dryRun(subject).create();
        try {
            var first = apply(resource(subject).fieldValidation(Validation.STRICT));
            // the resource version tells nothing here: an operator that watches the cluster writes the status meanwhile
            var second = apply(resource(subject).fieldValidation(Validation.STRICT));
            assertThat(second.getMetadata().getGeneration())
                    .as(file.name())
                    .isEqualTo(first.getMetadata().getGeneration());
        } finally {
            resource(subject).delete();
        }
    }

    private Resource<GenericKubernetesResource> resource(GenericKubernetesResource object) {
        return server.client().resource(object).inNamespace(server.namespaceOf(object.getKind()));
    }

    private NonDeletingOperation<GenericKubernetesResource> dryRun(GenericKubernetesResource object) {
        return resource(object).dryRun().fieldValidation(Validation.STRICT);
    }

    private static GenericKubernetesResource apply(NonDeletingOperation<GenericKubernetesResource> operation) {
        return operation.fieldManager("trestle-tests").forceConflicts().serverSideApply();
    }

    /** An update may be outrun by the status of an operator that watches the cluster; it is sent again then. */
    private static String refusal(ThrowingCallable call) {
        KubernetesClientException refused;
        do {
            refused = catchThrowableOfType(KubernetesClientException.class, call);
            assertThat(refused).as("it was accepted").isNotNull();
        } while (refused.getCode() == HttpURLConnection.HTTP_CONFLICT);
        return String.valueOf(refused.getStatus().getMessage());
    }
}
