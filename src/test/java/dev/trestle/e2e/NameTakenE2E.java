package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.Condition;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.Reason;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.render.Owner;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Trestle would make has the name of what somebody else has made: no event ever tells of that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SharesCluster
class NameTakenE2E {
    private static final String NAME = "by-hand";

    private final TestCluster cluster;

    NameTakenE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void aMergeSaysSoAndGoesOnWhenTheNameIsFree() {
        job(suspended()).create();
        var merge = cluster.client().resource(merge()).inNamespace(cluster.namespace());
        merge.create();

        await().atMost(LIMIT)
                .until(() -> conditions(merge.get())
                        .anyMatch(condition -> condition.reason() == Reason.Refused
                                && condition.message().startsWith("Job 'by-hand' is there already")));
        job(suspended()).delete();

        await().atMost(LIMIT).until(() -> {
            var made = job(suspended()).get();
            return made != null && Owner.owns(merge.get(), made);
        });
    }

    private Resource<Job> job(Job job) {
        return cluster.client().resource(job).inNamespace(cluster.namespace());
    }

    private static Stream<Condition> conditions(ManifestMerge merge) {
        return merge.getStatus() == null ? Stream.of() : merge.getStatus().conditions().stream();
    }

    private static Job suspended() {
        return new JobBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withSuspend(true)
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("other")
                .withImage("registry.example/other")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static ManifestMerge merge() {
        return Serialization.unmarshal("""
                apiVersion: trestle.dev/v1alpha1
                kind: ManifestMerge
                metadata: {name: %s}
                spec:
                  sources: [{platform: linux/amd64, image: "registry.example/app@sha256:%s"}]
                  targets: [{repository: registry.example/app, tags: [latest]}]
                """.formatted(NAME, "0".repeat(64)), ManifestMerge.class);
    }
}
