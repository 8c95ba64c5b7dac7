package dev.trestle.simulation;

import static java.util.stream.Collectors.toMap;

import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeSpec.MergeSource;
import dev.trestle.core.Hash;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Anchors and tags, and the two promises about them: what is merged is still tagged, and no tag moves back. */
final class FakeRegistry {
    /** @param order of the merges' creation: a tag that a later merge has set must not be set by an earlier one */
    record Index(String digest, Map<String, String> children, String spec, int order) {}

    private final boolean alone;
    private final Map<String, String> anchors = new HashMap<>();
    private final Map<String, String> pushedFor = new HashMap<>();
    private final Map<String, Index> tags = new HashMap<>();
    /** By build. */
    private final Map<String, Integer> lastRelease = new HashMap<>();
    /** Every merge, in the order in which they ran. */
    final List<ManifestMerge> merged = new ArrayList<>();

    FakeRegistry(boolean alone) {
        this.alone = alone;
    }

    void push(Pod leg, String digest) {
        var owner = legOf(leg);
        anchors.put(owner, digest);
        pushedFor.put(digest, owner);
    }

    private static String legOf(Pod pod) {
        return pod.getMetadata().getLabels().get(Labels.BUILD) + "/"
                + pod.getMetadata().getLabels().get(Labels.LEG);
    }

    String merge(ManifestMerge merge, int order) {
        var build = merge.getMetadata().getLabels().get(Labels.BUILD);
        var children = merge.getSpec().sources().stream().collect(toMap(MergeSource::platform, FakeRegistry::digestOf));
        children.forEach((platform, digest) -> checkChild(build + "/" + platform.replace('/', '-'), digest));
        var digest = "sha256:"
                + Hash.of(merge.getSpec().sources().stream()
                        .map(MergeSource::image)
                        .toList());
        checkRelease(merge);
        merged.add(merge);
        for (var target : merge.getSpec().targets()) {
            for (var tag : target.tags()) {
                var before = tags.get(target.repository() + ":" + tag);
                if (alone && before != null && before.order() > order) {
                    throw new AssertionError("invariant 4: tag '%s' moves back".formatted(tag));
                }
                tags.put(
                        target.repository() + ":" + tag,
                        new Index(
                                digest,
                                children,
                                Objects.requireNonNull(
                                        merge.getMetadata().getAnnotations().get(Labels.SPEC)),
                                order));
            }
        }
        return digest;
    }

    private void checkRelease(ManifestMerge merge) {
        var tag = merge.getMetadata().getAnnotations().get(Labels.GIT_TAG);
        if (tag == null) {
            return;
        }
        var number = FakeGit.numberOf(tag);
        var before = lastRelease.put(merge.getMetadata().getLabels().get(Labels.BUILD), number);
        if (alone && before != null && before > number) {
            throw new AssertionError("release 'v%d' is published after 'v%d'".formatted(number, before));
        }
    }

    private void checkChild(String leg, String digest) {
        if (!leg.equals(pushedFor.get(digest))) {
            throw new AssertionError("invariant 2: '%s' merges a digest of '%s'".formatted(leg, pushedFor.get(digest)));
        }
        var anchored = anchors.get(leg);
        var held = digest.equals(anchored)
                || tags.values().stream().anyMatch(index -> index.children().containsValue(digest));
        if (alone && !held) {
            throw new AssertionError("invariant 3: no tag holds '%s' of leg '%s'".formatted(digest, leg));
        }
    }

    @Nullable
    Index index(String reference) {
        return tags.get(reference);
    }

    private static String digestOf(MergeSource source) {
        return source.image().substring(source.image().indexOf('@') + 1);
    }
}
