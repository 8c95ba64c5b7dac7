package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImage;
import dev.trestle.api.LegStatus;
import dev.trestle.api.RunStatus;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.observe.MergeView;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that the next step of one build depends on, read in one go.
 *
 * @param base the base as the build sees it
 * @param claims all claims of the base that this build claims; none when it claims none
 * @param baseImage the base of that name, claimed or user-managed
 * @param pods the build's own leg pods, by owner's UID
 * @param merges the build's own merges, by owner's UID
 * @param conflict an elder build that writes the same reference
 * @param baseline the build that legs may be taken over from
 */
public record Snapshot(
        BackendBuild build,
        SourceView source,
        BaseView base,
        Claims claims,
        Optional<BaseImage> baseImage,
        List<Pod> pods,
        List<MergeView> merges,
        Optional<Conflict> conflict,
        Configuration configuration,
        Instant now,
        Optional<BackendBuild> baseline) {

    public Snapshot {
        pods = List.copyOf(pods);
        merges = List.copyOf(merges);
    }

    /** Without a baseline. */
    public Snapshot(
            BackendBuild build,
            SourceView source,
            BaseView base,
            Claims claims,
            Optional<BaseImage> baseImage,
            List<Pod> pods,
            List<MergeView> merges,
            Optional<Conflict> conflict,
            Configuration configuration,
            Instant now) {
        this(build, source, base, claims, baseImage, pods, merges, conflict, configuration, now, Optional.empty());
    }

    /** The same snapshot with this baseline. */
    public Snapshot withBaseline(Optional<BackendBuild> baseline) {
        return new Snapshot(
                build, source, base, claims, baseImage, pods, merges, conflict, configuration, now, baseline);
    }

    public BackendBuildStatus status() {
        return Objects.requireNonNullElseGet(build.getStatus(), BackendBuildStatus::unseen);
    }

    /** The build's merges, and the image that its tags hold. */
    public MergeHistory history() {
        return new MergeHistory(Optional.ofNullable(status().image()), merges);
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
