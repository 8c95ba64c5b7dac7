package dev.trestle.registry;

import java.util.Optional;

/** The credentials of repositories. */
@FunctionalInterface
public interface Credentials {

    /** The credential that serves this repository best; empty when there is none. */
    Optional<Credential> of(Repository repository);
}
