package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.MergePods;
import dev.trestle.core.config.RepositoryRights;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Of builds alone: no base, no pods, no merges, nothing known of the source. */
final class Snapshots {
    private Snapshots() {}

    static Snapshot of(BackendBuild build) {
        return of(build, RepositoryRights.UNRESTRICTED);
    }

    static Snapshot of(BackendBuild build, RepositoryRights rights) {
        return new Snapshot(
                build,
                new SourceView.Unresolved(),
                new BaseView.None(),
                Claims.NONE,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                configuration(rights),
                Instant.parse("2026-11-21T12:00:00Z"));
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
