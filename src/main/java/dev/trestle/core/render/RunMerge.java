package dev.trestle.core.render;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.ImageTarget;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeSpec;
import dev.trestle.api.ManifestMergeSpec.MergeSource;
import dev.trestle.api.ManifestMergeSpec.MergeTarget;
import dev.trestle.api.ManifestMergeSpecBuilder;
import dev.trestle.api.MergeRun;
import dev.trestle.core.Hash;
import dev.trestle.core.Labels;
import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The merge of one run: its legs' digests under the build's tags, in every repository.
 *
 * @param spec its tags with their variables
 * @param gitTag the release that it publishes, if it is one
 * @param content hash of the spec and the release: equal content has nothing new to publish, whatever its variables stand for now
 */
public record RunMerge(ManifestMergeSpec spec, Optional<String> gitTag, String content) {

    /**
     * @param legs each leg's image, by platform
     * @param missing platforms of the build that are published without
     * @param gitTag the release that it publishes, if it is one
     */
    public static RunMerge of(
            BackendBuild build, SortedMap<Platform, BuiltLeg> legs, List<String> missing, Optional<String> gitTag) {
        var image = build.getSpec().image();
        var first = image.repositories().getFirst();
        var sources = legs.entrySet().stream()
                .map(leg -> new MergeSource(
                        leg.getKey().toString(),
                        Objects.requireNonNullElse(leg.getValue().takenFrom(), first) + "@"
                                + leg.getValue().digest()))
                .toList();
        var git = build.getSpec().source().git();
        var tags = templates(image, gitTag)
                .map(tag -> TagTemplate.ofAllRuns(tag, git) + build.getSpec().variant())
                .toList();
        var targets = image.repositories().stream()
                .map(repository -> new MergeTarget(repository, tags))
                .toList();
        var spec = ManifestMergeSpecBuilder.builder()
                .sources(sources)
                .targets(targets)
                .pushSecret(image.pushSecret())
                .build();
        var content = contentOf(spec, missing);
        return new RunMerge(
                spec,
                gitTag,
                gitTag.map(release -> Hash.shortOf(16, List.of(content, release)))
                        .orElse(content));
    }

    /**
     * The merge as an object.
     *
     * @param before name of the merge that is published now, or empty
     * @param specHash of the build's spec, which the merge's image fulfils
     * @param run which of the build's merges it is; it is no part of the content, so that a published image is not merged again
     * @param now stands for the variables of time in the build's tags
     */
    public ManifestMerge named(BackendBuild build, String before, String specHash, MergeRun run, Instant now) {
        var revision = Objects.requireNonNullElse(run.revision(), "");
        var annotations =
                new TreeMap<>(Map.of(Labels.SPEC, specHash, Labels.REVISION, revision, Labels.CONTENT, content));
        annotations.putAll(Labels.QUIET_ANNOTATIONS);
        gitTag.ifPresent(release -> annotations.put(Labels.GIT_TAG, release));
        var merge = new ManifestMerge();
        merge.setMetadata(new ObjectMetaBuilder()
                .withName(Names.merge(build.getMetadata().getName(), content, before))
                .withNamespace(build.getMetadata().getNamespace())
                .withLabels(labels(build))
                .withAnnotations(annotations)
                .withOwnerReferences(Owner.of(build))
                .build());
        merge.setSpec(rendered(build.getSpec(), run, revision, now));
        return merge;
    }

    private static Map<String, String> labels(BackendBuild build) {
        var labels = new TreeMap<>(Map.of(
                Labels.MANAGED_BY,
                Labels.TRESTLE,
                Labels.BUILD,
                build.getMetadata().getName()));
        labels.putAll(Labels.ofTrust(build.getSpec().effectiveTrust()));
        return labels;
    }

    private ManifestMergeSpec rendered(BackendBuildSpec build, MergeRun run, String revision, Instant now) {
        var git = build.source().git();
        var tags = templates(build.image(), gitTag)
                .map(tag -> TagTemplate.render(tag, git, revision, now, build.variant()))
                .distinct()
                .toList();
        var targets = spec.targets().stream()
                .map(target -> new MergeTarget(target.repository(), tags))
                .toList();
        return new ManifestMergeSpec(spec.sources(), targets, run, spec.pushSecret());
    }

    /** The build's tags with their variables, but for the one that the release is known by. */
    private static Stream<String> templates(ImageTarget image, Optional<String> gitTag) {
        return image.tags().stream()
                .map(tag -> gitTag.map(release -> TagTemplate.ofRelease(tag, release))
                        .orElse(tag));
    }

    /** Hash of a merge's sources and targets. */
    public static String contentOf(ManifestMergeSpec spec) {
        return contentOf(spec, spec.run() == null ? List.of() : spec.run().missing());
    }

    private static String contentOf(ManifestMergeSpec spec, List<String> missing) {
        var parts = new ArrayList<String>();
        spec.sources().forEach(source -> parts.addAll(List.of("source", source.platform(), source.image())));
        spec.targets().forEach(target -> {
            parts.addAll(List.of("target", target.repository()));
            parts.addAll(target.tags());
        });
        parts.add(Objects.requireNonNullElse(spec.pushSecret(), ""));
        missing.forEach(platform -> parts.addAll(List.of("missing", platform)));
        return Hash.shortOf(16, parts);
    }
}
