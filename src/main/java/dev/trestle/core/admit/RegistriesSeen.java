package dev.trestle.core.admit;

import java.time.Instant;
import java.util.List;

/** Who asks which registry, as the operator knows it, late by a moment. */
@FunctionalInterface
public interface RegistriesSeen {
    /** Legs and merges that ask this registry or have asked it, each once; none when it has answered nobody 429 for long. */
    List<RegistryUse> usesOf(String registry, Instant now);
}
