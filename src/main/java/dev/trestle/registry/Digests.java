package dev.trestle.registry;

import dev.trestle.core.merge.Digest;
import java.util.Optional;

/** The digests of tags. */
@FunctionalInterface
public interface Digests {

    /**
     * The digest under a tag or a digest; empty when there is none.
     *
     * @throws RegistryFailure when the registry refuses, or gives no answer
     */
    Optional<Digest> digestOf(Repository repository, String reference);
}
