package dev.trestle.simulation;

import static java.util.stream.Collectors.toMap;

import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeSpec.MergeSource;
import dev.trestle.core.Hash;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Anchors and tags, and the two promises about them: what is merged is still tagged, and no tag moves back. */
final class FakeRegistry {
    /** @param order of the merges' creation: a tag that a later merge has set must not be set by an earlier one */
    record Index(String digest, Map<String, String> children, int order) {}

    private final boolean strict;
    private final Map<String, String> anchors = new HashMap<>();
    private final Map<String, String> pushedFor = new HashMap<>();
    private final Map<String, String> inputsOf = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private final Map<String, Index> tags = new HashMap<>();

    FakeRegistry(boolean strict) {
        this.strict = strict;
    }

    void push(Pod leg, String digest) {
        var owner = legOf(leg);
        anchors.put(owner, digest);
        pushedFor.put(digest, owner);
        inputsOf.put(digest, leg.getMetadata().getLabels().get(Labels.FINGERPRINT));
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
        for (var target : merge.getSpec().targets()) {
            for (var tag : target.tags()) {
                var before = tags.get(target.repository() + ":" + tag);
                if (strict && before != null && before.order() > order) {
                    throw new AssertionError("invariant 4: tag '%s' moves back".formatted(tag));
                }
                tags.put(target.repository() + ":" + tag, new Index(digest, children, order));
            }
        }
        return digest;
    }

    private void checkChild(String leg, String digest) {
        if (!leg.equals(pushedFor.get(digest))) {
            throw new AssertionError("invariant 2: '%s' merges a digest of '%s'".formatted(leg, pushedFor.get(digest)));
        }
        var anchored = anchors.get(leg);
        var held = digest.equals(anchored)
                || wasOutrun(digest, anchored)
                || tags.values().stream().anyMatch(index -> index.children().containsValue(digest));
        if (strict && !held) {
            throw new AssertionError("invariant 3: no tag holds '%s' of leg '%s'".formatted(digest, leg));
        }
    }

    /** This pod's image may be made again: somebody took the pod away before the operator had written down what it built. */
    void excuse(Pod leg) {
        lost.add(leg.getMetadata().getLabels().get(Labels.FINGERPRINT));
    }

    /**
     * Two holes that are known: inputs that go A, B, A before A is merged may merge A's image after B's leg has taken the anchor; and a
     * leg whose pod was taken away may be built again after its first image went into a merge. Until the registry collects that image,
     * which takes hours, the merge finds it; a merge that does not says so and fails.
     */
    private boolean wasOutrun(String digest, @Nullable String anchored) {
        var inputs = inputsOf.get(digest);
        return !Objects.equals(inputs, inputsOf.get(anchored)) || lost.contains(inputs);
    }

    @Nullable
    Index index(String reference) {
        return tags.get(reference);
    }

    private static String digestOf(MergeSource source) {
        return source.image().substring(source.image().indexOf('@') + 1);
    }
}
