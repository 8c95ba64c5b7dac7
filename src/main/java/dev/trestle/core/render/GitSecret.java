package dev.trestle.core.render;

import dev.trestle.api.GitSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Optional;

/**
 * A git server's credentials as the kubelet mounts them: the operator knows the Secret's name alone (invariant 9). The leg's script
 * gives them to BuildKit, for one host.
 *
 * @param host as the repository's URL has it, with its port
 */
record GitSecret(String name, String host) {
    private static final String VOLUME = "git-secret";
    private static final String FOLDER = "/etc/trestle/git";
    private static final int READ_ONLY = 0444;

    static Optional<GitSecret> of(GitSource git) {
        return Optional.ofNullable(git.secret()).map(name -> new GitSecret(name, git.host()));
    }

    /** All of its keys: 'username' may be missing, and a key that is listed may not. */
    Volume volume() {
        return new VolumeBuilder()
                .withName(VOLUME)
                .withNewSecret()
                .withSecretName(name)
                .withDefaultMode(READ_ONLY)
                .endSecret()
                .build();
    }

    VolumeMount mount() {
        return new VolumeMountBuilder()
                .withName(VOLUME)
                .withMountPath(FOLDER)
                .withReadOnly(true)
                .build();
    }

    List<EnvVar> variables() {
        return List.of(new EnvVar("TRESTLE_GIT_HOST", host, null), new EnvVar("TRESTLE_GIT_CREDENTIALS", FOLDER, null));
    }
}
