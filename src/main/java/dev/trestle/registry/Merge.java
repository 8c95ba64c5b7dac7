package dev.trestle.registry;

import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.FailureClass;
import dev.trestle.core.merge.IndexPlan;
import dev.trestle.core.merge.IndexRun;
import dev.trestle.core.merge.MergeRefused;
import dev.trestle.core.merge.RawManifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges per-platform images into one index and puts it under every tag of every target.
 *
 * <p>Leg indexes are flattened: image and attestation manifests are kept byte for byte, in platform order, so equal legs give an
 * equal index, with one digest in all targets. A child that is missing in a target is copied there first. Tags move last: all of
 * them after every target has the index, and none when one of them holds a later run of the same build. Doing it again changes nothing.
 *
 * @see IndexPlan
 */
public final class Merge {

    private static final Logger log = LoggerFactory.getLogger(Merge.class);

    private final ImageRegistry registry;
    private final Retry looks;

    /** Works on {@code registry}; {@code looks} says how long to look for a manifest that was pushed a moment ago. */
    public Merge(ImageRegistry registry, Retry looks) {
        this.registry = registry;
        this.looks = looks;
    }

    /**
     * Merges.
     *
     * @return the index that is now under all tags
     * @throws MergeRefused when a child is gone from everywhere, a leg differs from its declaration, or a tag holds a
     *     later run; no tag has moved
     * @throws RegistryFailure when a registry refuses or does not answer; tags may have moved when it was the last step
     */
    public IndexPlan run(MergeRequest request) {
        var reader = new LegReader(registry, looks);
        var legs = reader.readAll(request.sources(), request.repositories());
        var plan = IndexPlan.of(legs.stream().map(LegReader.Read::leg).toList(), request.annotations());
        var children = new HashMap<Digest, Found>();
        legs.forEach(leg -> children.putAll(leg.children()));
        log.info("Index {} of {} platforms, {} attestations", plan.index().digest(), legs.size(), plan.attestations());

        try {
            Parallel.map(request.targets(), target -> store(plan, children, target.repository()));
            new Tagging(registry, plan.index(), IndexRun.of(request.annotations())).move(request.targets());
        } catch (RegistryFailure e) {
            throw unlessGoneMeanwhile(e, reader, request);
        }
        return plan;
    }

    /** A registry takes no index of which a child is gone; a child that was read may have been collected before it was written. */
    private static RegistryFailure unlessGoneMeanwhile(
            RegistryFailure failure, LegReader reader, MergeRequest request) {
        if (failure.failure() == FailureClass.Invalid) {
            reader.readAll(request.sources(), request.repositories());
        }
        return failure;
    }

    private Repository store(IndexPlan plan, Map<Digest, Found> children, Repository target) {
        plan.children().forEach(digest -> provide(known(children, digest), target));
        registry.putManifest(target, plan.index().digest().value(), plan.index());
        requireStored(plan.index(), target);
        return target;
    }

    private static Found known(Map<Digest, Found> children, Digest digest) {
        return Optional.ofNullable(children.get(digest)).orElseThrow();
    }

    private void provide(Found child, Repository target) {
        var digest = child.manifest().digest();
        if (child.repository().equals(target)
                || registry.digestOf(target, digest.value()).isPresent()) {
            return;
        }
        log.info("Copying manifest {} from '{}' to '{}'", digest, child.repository(), target);
        try {
            registry.copyChild(child.repository(), target, child.manifest());
        } catch (RegistryFailure e) {
            throw e.failure() == FailureClass.ChildMissing ? gone(child, e) : e;
        }
    }

    private static MergeRefused gone(Found child, RegistryFailure failure) {
        return MergeRefused.gone(
                List.of(child.leg()), "Leg %s cannot be merged. %s".formatted(child.leg(), failure.getMessage()));
    }

    private void requireStored(RawManifest index, Repository target) {
        looks.run(() -> registry.digestOf(target, index.digest().value())
                .orElseThrow(() -> new Retry.TryAgain(
                        new MergeRefused(
                                FailureClass.Unavailable,
                                "Index %s was put into '%s' and is not there. Try the merge again."
                                        .formatted(index.digest(), target)),
                        Optional.empty())));
    }
}
