package dev.trestle.core.render;

import dev.trestle.core.config.Pool.Security;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

/** The rights of each container. */
final class ContainerSecurity {
    private static final long NON_ROOT = 65532;

    private ContainerSecurity() {}

    /**
     * BuildKit needs mounts, namespaces and an unmasked /proc for its steps (SYS_ADMIN), and it brings up the loopback device of a step
     * or frontend that runs in a network namespace of its own (NET_ADMIN): {@code RUN --network=none}, and Docker's frontend images,
     * whose label {@code moby.buildkit.frontend.network.none} asks for it. In a user namespace both capabilities are the pod's own and
     * give no right on the node.
     */
    static SecurityContext ofBuildkitd(Security security) {
        return switch (security) {
            case UserNamespace ->
                new SecurityContextBuilder()
                        .withProcMount("Unmasked")
                        .withNewCapabilities()
                        .addToAdd("SYS_ADMIN", "NET_ADMIN")
                        .endCapabilities()
                        .withNewSeccompProfile()
                        .withType("Unconfined")
                        .endSeccompProfile()
                        .withNewAppArmorProfile()
                        .withType("Unconfined")
                        .endAppArmorProfile()
                        .build();
            case Privileged -> new SecurityContextBuilder().withPrivileged(true).build();
        };
    }

    /** The container that talks to BuildKit and to nothing else of the node: it holds the push credentials. */
    static SecurityContext ofBuild() {
        return ofMerge();
    }

    static SecurityContext ofMerge() {
        return restricted()
                .withRunAsNonRoot(true)
                .withRunAsUser(NON_ROOT)
                .withRunAsGroup(NON_ROOT)
                .build();
    }

    private static SecurityContextBuilder restricted() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile();
    }
}
