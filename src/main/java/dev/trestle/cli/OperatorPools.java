package dev.trestle.cli;

import dev.trestle.core.config.Configuration;
import dev.trestle.runtime.ConfigurationFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.stream.Stream;

/** The operator's configuration as the user of a command may read it: many may not. */
final class OperatorPools {
    /** The labels of the chart's and the kustomization's objects. */
    private static final String NAME = "app.kubernetes.io/name";

    private static final String FILE = "config.yaml";

    private OperatorPools() {}

    /** @return empty when there is none, when it must not be read, or when there are several */
    static Optional<Configuration> of(KubernetesClient client) {
        try {
            var files = client.configMaps().inAnyNamespace().withLabel(NAME, "trestle").list().getItems().stream()
                    .map(ConfigMap::getData)
                    .flatMap(data -> Stream.ofNullable(data == null ? null : data.get(FILE)))
                    .toList();
            return files.size() == 1 ? read(files.getFirst()) : Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }

    private static Optional<Configuration> read(String file) {
        try {
            return Optional.of(ConfigurationFile.parse(file));
        } catch (ConfigurationFile.Invalid e) {
            return Optional.empty();
        }
    }
}
