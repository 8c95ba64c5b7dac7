package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImage;
import dev.trestle.api.LegStatus;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.RunStatus;
import dev.trestle.core.config.Configuration;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All that the next step of one build depends on, read in one go.
 *
 * @param base what the build sees of its base
 * @param claims all claims of the base that this build claims; none when it claims none
 * @param baseImage the base of that name, whoever made it
 * @param pods the build's own leg pods, by owner's UID
 * @param merges the build's own merges, by owner's UID
 * @param conflict an elder build that writes the same reference
 * @param baseline the build that legs may be taken over from
 * @param admitted names of the pods, and of the merge, that the build may start although pools or registries have limits
 * @param limited registries that have answered 429 and must not be asked by whoever likes, each with what to say of it
 */
public record Snapshot(
        BackendBuild build,
        SourceView source,
        BaseView base,
        Claims claims,
        Optional<BaseImage> baseImage,
        List<Pod> pods,
        List<ManifestMerge> merges,
        Optional<Conflict> conflict,
        Configuration configuration,
        Instant now,
        Optional<BackendBuild> baseline,
        Set<String> admitted,
        Map<String, String> limited) {

    public Snapshot {
        pods = List.copyOf(pods);
        merges = List.copyOf(merges);
        admitted = Set.copyOf(admitted);
        limited = Map.copyOf(limited);
    }

    /** Without a baseline, and with nothing admitted yet. */
    public Snapshot(
            BackendBuild build,
            SourceView source,
            BaseView base,
            Claims claims,
            Optional<BaseImage> baseImage,
            List<Pod> pods,
            List<ManifestMerge> merges,
            Optional<Conflict> conflict,
            Configuration configuration,
            Instant now) {
        this(
                build,
                source,
                base,
                claims,
                baseImage,
                pods,
                merges,
                conflict,
                configuration,
                now,
                Optional.empty(),
                Set.of(),
                Map.of());
    }

    /** The same snapshot with this baseline. */
    public Snapshot withBaseline(Optional<BackendBuild> found) {
        return with(found, admitted, limited);
    }

    /** The same snapshot, in which these pods and merges may start. */
    public Snapshot admitting(Set<String> names) {
        return with(baseline, names, limited);
    }

    /** The same snapshot, in which these registries have had enough. */
    public Snapshot limitedBy(Map<String, String> registries) {
        return with(baseline, admitted, registries);
    }

    private Snapshot with(Optional<BackendBuild> baseline, Set<String> admitted, Map<String, String> limited) {
        return new Snapshot(
                build,
                source,
                base,
                claims,
                baseImage,
                pods,
                merges,
                conflict,
                configuration,
                now,
                baseline,
                admitted,
                limited);
    }

    public BackendBuildStatus status() {
        return Objects.requireNonNullElseGet(build.getStatus(), BackendBuildStatus::unseen);
    }

    public Optional<LegStatus> statusOf(String platform) {
        return status().leg(platform);
    }

    Optional<RunStatus> run() {
        return Optional.ofNullable(status().run());
    }

    public String name() {
        return build.getMetadata().getName();
    }
}
