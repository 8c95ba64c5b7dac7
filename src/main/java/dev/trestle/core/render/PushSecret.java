package dev.trestle.core.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Registry credentials as the kubelet mounts them: the operator knows the Secret's name alone (invariant 9). */
record PushSecret(String name) {
    private static final String FOLDER = "/etc/trestle/registry";

    static Optional<PushSecret> of(@Nullable String name) {
        return Optional.ofNullable(name).map(PushSecret::new);
    }

    Volume volume() {
        return new VolumeBuilder()
                .withName("push-secret")
                .withNewSecret()
                .withSecretName(name)
                .addNewItem(".dockerconfigjson", 0444, "config.json")
                .endSecret()
                .build();
    }

    VolumeMount mount() {
        return new VolumeMountBuilder()
                .withName("push-secret")
                .withMountPath(FOLDER)
                .withReadOnly(true)
                .build();
    }

    EnvVar variable() {
        return new EnvVar("DOCKER_CONFIG", FOLDER, null);
    }
}
