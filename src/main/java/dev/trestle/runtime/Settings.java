package dev.trestle.runtime;

import java.nio.file.Path;
import java.util.Set;

/**
 * The settings that the operator starts with.
 *
 * @param configuration the configuration file
 * @param namespaces watched; empty for all
 * @param port of probes and metrics
 * @param webhookPort of webhooks
 * @param webhookSecrets folder with the secrets that webhooks are signed with; it need not exist
 * @param dockerConfig folder with the config.json by which registries are asked for upstream images
 * @param mirrors folder for mirrors of git repositories; may be empty at each start
 * @param dockerfileReader the program that reads Dockerfiles: a path, or a name to look for in the PATH
 * @param proxies hosts of the proxies by which git servers and registries are asked
 * @param instance name of this operator in its events: its pod
 */
public record Settings(
        Path configuration,
        Set<String> namespaces,
        int port,
        int webhookPort,
        Path webhookSecrets,
        Path dockerConfig,
        Path mirrors,
        Path dockerfileReader,
        Set<String> proxies,
        String instance) {

    public Settings {
        namespaces = Set.copyOf(namespaces);
        proxies = Set.copyOf(proxies);
    }
}
