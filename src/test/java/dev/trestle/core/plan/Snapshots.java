package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.MergePods;
import dev.trestle.core.config.RepositoryRights;
import dev.trestle.runtime.ConfigurationFile;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Of builds alone: no base, no pods, no merges, nothing known of the source. */
final class Snapshots {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private Snapshots() {}

    static Snapshot of(BackendBuild build) {
        return of(build, RepositoryRights.UNRESTRICTED);
    }

    static Snapshot of(BackendBuild build, RepositoryRights rights) {
        return of(build, new SourceView.Unresolved(), List.of(), configuration(rights), NOW);
    }

    /** With a source and pods. */
    static Snapshot of(
            BackendBuild build, SourceView source, List<Pod> pods, Configuration configuration, Instant now) {
        return new Snapshot(
                build,
                source,
                new BaseView.None(),
                Claims.NONE,
                Optional.empty(),
                pods,
                List.of(),
                Optional.empty(),
                configuration,
                now);
    }

    /** Of one pool, in YAML's flow style. */
    static Configuration configuration(String pool) {
        try {
            return ConfigurationFile.parse("{builderImage: b, mergeImage: m, pools: [%s]}".formatted(pool));
        } catch (ConfigurationFile.Invalid e) {
            throw new AssertionError(e);
        }
    }

    static Configuration configuration(RepositoryRights rights) {
        return new Configuration(
                "b",
                "m",
                new Configuration.Git(60),
                new Configuration.Upstream(60),
                Configuration.Outward.NONE,
                List.of(),
                List.of(),
                Configuration.Untrusted.DEFAULT,
                3,
                rights,
                MergePods.DEFAULT);
    }
}
