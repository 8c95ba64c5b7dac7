package dev.trestle.registry;

import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.FailureClass;
import dev.trestle.core.merge.IndexRun;
import dev.trestle.core.merge.MergeRefused;
import dev.trestle.core.merge.RawManifest;
import dev.trestle.registry.MergeRequest.Target;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an index under tags, forwards only: a tag that holds an image of a later run of the same build stays, and then all do.
 *
 * <p>Registries have no compare-and-swap: the tag is read right before the first tag is written. That merges of one build are
 * not at work side by side is the operator's part; this one is against those that it has given up and that run all the same.
 */
final class Tagging {

    private static final Logger log = LoggerFactory.getLogger(Tagging.class);

    private final ImageRegistry registry;
    private final RawManifest index;
    private final Optional<IndexRun> run;

    /** @param run of the index; without one, every tag is taken */
    Tagging(ImageRegistry registry, RawManifest index, Optional<IndexRun> run) {
        this.registry = registry;
        this.index = index;
        this.run = run;
    }

    private record Tag(Repository repository, String name) {
        @Override
        public String toString() {
            return repository + ":" + name;
        }
    }

    /** @throws MergeRefused when a tag holds a later run; none has moved then */
    void move(List<Target> targets) {
        var tags = targets.stream()
                .flatMap(target -> target.tags().stream().map(name -> new Tag(target.repository(), name)))
                .toList();
        var behind = Parallel.map(tags, this::behind).stream()
                .flatMap(Optional::stream)
                .toList();
        Parallel.map(behind, this::put);
    }

    /** The tag, unless it holds the index already. Another index is read only then: registries count that as a pull. */
    private Optional<Tag> behind(Tag tag) {
        var held = registry.digestOf(tag.repository(), tag.name());
        if (held.equals(Optional.of(index.digest()))) {
            log.info("'{}' is {} already", tag, index.digest());
            return Optional.empty();
        }
        run.ifPresent(mine -> held.flatMap(digest -> runOf(tag, digest))
                .filter(other -> !mine.mayFollow(other))
                .ifPresent(later -> {
                    throw MergeRefused.superseded(tag.toString(), mine, later);
                }));
        return Optional.of(tag);
    }

    /** Broken content is of no run, and is overwritten. */
    private Optional<IndexRun> runOf(Tag tag, Digest held) {
        try {
            return registry.manifest(tag.repository(), held.value()).flatMap(IndexRun::of);
        } catch (MergeRefused e) {
            log.info("'{}' holds what nobody can read: {}", tag, e.getMessage());
        } catch (RegistryFailure e) {
            if (e.failure() != FailureClass.Invalid) {
                throw e;
            }
            log.info("'{}' holds what nobody can read: {}", tag, e.getMessage());
        }
        return Optional.empty();
    }

    private Tag put(Tag tag) {
        registry.putManifest(tag.repository(), tag.name(), index);
        log.info("'{}' is {} now", tag, index.digest());
        return tag;
    }
}
