package dev.trestle.runtime;

import java.nio.file.Path;
import java.util.Set;

/**
 * What the operator is started with.
 *
 * @param configuration the configuration file
 * @param namespaces watched; empty for all
 * @param port of probes and metrics
 * @param instance name of this operator in its events: its pod
 */
public record Settings(Path configuration, Set<String> namespaces, int port, String instance) {

    public Settings {
        namespaces = Set.copyOf(namespaces);
    }
}
