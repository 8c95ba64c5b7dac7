package dev.trestle.core.admit;

import java.time.Instant;
import java.util.List;

/** The legs and merges that use each registry, as the informers have them, late by a moment. */
@FunctionalInterface
public interface RegistriesSeen {
    /** Legs and merges that ask this registry or have asked it, each once; none when it has not answered 429 for long. */
    List<RegistryUse> usesOf(String registry, Instant now);
}
