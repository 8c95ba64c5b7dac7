package dev.trestle.simulation;

import static java.util.stream.Collectors.toMap;

import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeSpec.MergeSource;
import dev.trestle.core.Hash;
import dev.trestle.core.Labels;
import dev.trestle.core.merge.IndexRun;
import dev.trestle.core.render.Registries;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Anchors and tags, and the promises about them: what is merged is still tagged, and no tag moves back. It loses digests, and refuses
 * what {@code trestle merge} refuses.
 */
final class FakeRegistry {
    /** @param order of the merges' creation: a tag that a later merge has set must not be set by an earlier one */
    record Index(
            String digest, Map<String, String> children, List<String> missing, String spec, int order, IndexRun run) {}

    /** What became of a merge. */
    sealed interface Merged {
        record As(String digest) implements Merged {}

        record Gone(List<String> platforms) implements Merged {}

        record Superseded(Optional<Long> by) implements Merged {}

        record Limited(String by) implements Merged {}
    }

    private final boolean alone;
    private final Map<String, String> anchors = new TreeMap<>();
    private final Map<String, String> pushedFor = new HashMap<>();
    private final Map<String, Index> tags = new HashMap<>();
    /** By build. */
    private final Map<String, Integer> lastRelease = new HashMap<>();
    /** Every merge, in the order in which they ran. */
    final List<ManifestMerge> merged = new ArrayList<>();

    private final Set<String> lost = new HashSet<>();
    private final Set<String> limited = new HashSet<>();
    /** Pushes and merges that were answered 429. */
    int refused;

    FakeRegistry(boolean alone) {
        this.alone = alone;
    }

    /** From now on this host answers 429, or does so no more. */
    void limit(String host, boolean limits) {
        if (limits) {
            limited.add(host);
        } else {
            limited.remove(host);
        }
    }

    /** @return the host that answers 429 */
    Optional<String> refuses(Collection<String> hosts) {
        var busy = hosts.stream().filter(limited::contains).findFirst();
        busy.ifPresent(_ -> refused++);
        return busy;
    }

    void push(Pod leg, String digest) {
        var owner = legOf(leg);
        anchors.put(owner, digest);
        pushedFor.put(digest, owner);
        lost.remove(digest);
    }

    List<String> anchored() {
        return anchors.values().stream().distinct().toList();
    }

    void lose(String digest) {
        lost.add(digest);
    }

    boolean hasLost(String digest) {
        return lost.contains(digest);
    }

    private static String legOf(Pod pod) {
        return pod.getMetadata().getLabels().get(Labels.BUILD) + "/"
                + pod.getMetadata().getLabels().get(Labels.LEG);
    }

    Merged merge(ManifestMerge merge, int order) {
        var busy = refuses(Registries.of(merge.getSpec()));
        if (busy.isPresent()) {
            return new Merged.Limited(busy.get());
        }
        var children = childrenOf(merge);
        children.forEach((platform, digest) -> checkOwner(legOf(merge, platform), digest));
        var gone = children.keySet().stream()
                .filter(platform -> lost.contains(children.get(platform)))
                .toList();
        if (!gone.isEmpty()) {
            return new Merged.Gone(gone);
        }
        children.forEach((platform, digest) -> checkHeld(legOf(merge, platform), digest));
        return tag(merge, children, order);
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

    /** A merge that the cluster has long given up. No tag need hold its children any more: nothing has collected them yet. */
    void mergeLate(ManifestMerge merge, int order) {
        var children = childrenOf(merge);
        if (children.values().stream().noneMatch(lost::contains)) {
            tag(merge, children, order);
        }
    }

    private Merged tag(ManifestMerge merge, Map<String, String> children, int order) {
        var run = IndexRun.of(IndexRun.annotations(
                        Objects.requireNonNull(merge.getSpec().run())))
                .orElseThrow();
        var index = new Index(
                "sha256:" + Hash.of(List.of(children.toString(), run.toString())),
                children,
                merge.getSpec().run().missing(),
                Objects.requireNonNull(merge.getMetadata().getAnnotations().get(Labels.SPEC)),
                order,
                run);
        var references = merge.getSpec().targets().stream()
                .flatMap(target -> target.tags().stream().map(tag -> target.repository() + ":" + tag))
                .toList();
        for (var reference : references) {
            var held = tags.get(reference);
            if (held != null && !held.digest().equals(index.digest()) && !run.mayFollow(held.run())) {
                return new Merged.Superseded(Optional.of(held.run().number()));
            }
        }
        checkRelease(merge);
        merged.add(merge);
        references.forEach(reference -> move(reference, index));
        return new Merged.As(index.digest());
    }

    private void move(String reference, Index index) {
        var held = tags.get(reference);
        if (alone && held != null && held.order() > index.order()) {
            checkLate(reference, held, index);
        } else {
            tags.put(reference, index);
        }
    }

    /** A merge that was made once more may have set the tag when the first of its name runs late: the index is the same. */
    private void checkLate(String reference, Index held, Index late) {
        if (!held.digest().equals(late.digest())) {
            throw new AssertionError("invariant 4: tag '%s' moves back".formatted(reference));
        }
    }

    private void checkOwner(String leg, String digest) {
        if (!leg.equals(pushedFor.get(digest))) {
            throw new AssertionError("invariant 2: '%s' merges a digest of '%s'".formatted(leg, pushedFor.get(digest)));
        }
    }

    private void checkHeld(String leg, String digest) {
        if (alone && !isHeld(leg, digest)) {
            throw new AssertionError("invariant 3: no tag holds '%s' of leg '%s'".formatted(digest, leg));
        }
    }

    private boolean isHeld(String leg, String digest) {
        return digest.equals(anchors.get(leg))
                || tags.values().stream().anyMatch(index -> index.children().containsValue(digest));
    }

    @Nullable
    Index index(String reference) {
        return tags.get(reference);
    }

    private static String legOf(ManifestMerge merge, String platform) {
        return merge.getMetadata().getLabels().get(Labels.BUILD) + "/" + platform.replace('/', '-');
    }

    private static Map<String, String> childrenOf(ManifestMerge merge) {
        return new TreeMap<>(
                merge.getSpec().sources().stream().collect(toMap(MergeSource::platform, FakeRegistry::digestOf)));
    }

    private static String digestOf(MergeSource source) {
        return source.image().substring(source.image().indexOf('@') + 1);
    }
}
