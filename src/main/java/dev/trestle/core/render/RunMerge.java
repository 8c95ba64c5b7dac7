package dev.trestle.core.render;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeSpec;
import dev.trestle.api.ManifestMergeSpec.MergeSource;
import dev.trestle.api.ManifestMergeSpec.MergeTarget;
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
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The merge of one run: its legs' digests under the build's tags, in every repository.
 *
 * @param spec its tags with their variables
 * @param content hash of the spec: equal content has nothing new to publish, whatever its variables stand for now
 */
public record RunMerge(ManifestMergeSpec spec, String content) {

    /** @param legs each leg's image, by platform */
    public static RunMerge of(BackendBuild build, SortedMap<Platform, BuiltLeg> legs) {
        var image = build.getSpec().image();
        var first = image.repositories().getFirst();
        var sources = legs.entrySet().stream()
                .map(leg -> new MergeSource(
                        leg.getKey().toString(),
                        Objects.requireNonNullElse(leg.getValue().takenFrom(), first) + "@"
                                + leg.getValue().digest()))
                .toList();
        var git = build.getSpec().source().git();
        var tags = image.tags().stream()
                .map(tag -> TagTemplate.ofAllRuns(tag, git) + build.getSpec().variant())
                .toList();
        var targets = image.repositories().stream()
                .map(repository -> new MergeTarget(repository, tags))
                .toList();
        var spec = new ManifestMergeSpec(sources, targets, null, image.pushSecret());
        return new RunMerge(spec, contentOf(spec));
    }

    /**
     * The merge as an object.
     *
     * @param before name of the merge that is published now, or empty
     * @param specHash of the build's spec, which the merge's image fulfils
     * @param revision the commit that was built; empty when all legs were built elsewhere
     * @param now stands for the variables of time in the build's tags
     */
    public ManifestMerge named(BackendBuild build, String before, String specHash, String revision, Instant now) {
        var annotations =
                Labels.sorted(Map.of(Labels.SPEC, specHash, Labels.REVISION, revision, Labels.CONTENT, content));
        var merge = new ManifestMerge();
        merge.setMetadata(new ObjectMetaBuilder()
                .withName(Names.merge(build.getMetadata().getName(), content, before))
                .withNamespace(build.getMetadata().getNamespace())
                .withLabels(labels(build))
                .withAnnotations(annotations)
                .withOwnerReferences(Owner.of(build))
                .build());
        merge.setSpec(rendered(build.getSpec(), revision, now));
        return merge;
    }

    private static Map<String, String> labels(BackendBuild build) {
        var labels = new TreeMap<>(Map.of(
                Labels.MANAGED_BY,
                Labels.TRESTLE,
                Labels.BUILD,
                build.getMetadata().getName()));
        if (!build.getSpec().trusted()) {
            labels.put(Labels.TRUST, Labels.UNTRUSTED);
        }
        return labels;
    }

    private ManifestMergeSpec rendered(BackendBuildSpec build, String revision, Instant now) {
        var git = build.source().git();
        var tags = build.image().tags().stream()
                .map(tag -> TagTemplate.render(tag, git, revision, now, build.variant()))
                .distinct()
                .toList();
        var targets = spec.targets().stream()
                .map(target -> new MergeTarget(target.repository(), tags))
                .toList();
        return new ManifestMergeSpec(spec.sources(), targets, spec.run(), spec.pushSecret());
    }

    /** Hash of what a merge puts where. */
    public static String contentOf(ManifestMergeSpec spec) {
        var parts = new ArrayList<String>();
        spec.sources().forEach(source -> parts.addAll(List.of("source", source.platform(), source.image())));
        spec.targets().forEach(target -> {
            parts.addAll(List.of("target", target.repository()));
            parts.addAll(target.tags());
        });
        parts.add(Objects.requireNonNullElse(spec.pushSecret(), ""));
        return Hash.shortOf(16, parts);
    }
}
