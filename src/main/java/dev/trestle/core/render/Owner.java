package dev.trestle.core.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.stream.Stream;

/** The owner of a child, always by UID: a child of a namesake is another object's. */
public final class Owner {
    private Owner() {}

    static OwnerReference of(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .build();
    }

    /** Whether {@code child} is controlled by exactly this {@code owner}. */
    public static boolean owns(HasMetadata owner, HasMetadata child) {
        return controllers(child)
                .anyMatch(reference ->
                        reference.getUid().equals(owner.getMetadata().getUid()));
    }

    /** Whether {@code child} belongs to a deleted namesake of {@code owner}, until the garbage collector takes it. */
    public static boolean isLeftByNamesake(HasMetadata owner, HasMetadata child) {
        return !owns(owner, child)
                && controllers(child)
                        .anyMatch(reference -> reference.getKind().equals(owner.getKind())
                                && reference
                                        .getName()
                                        .equals(owner.getMetadata().getName()));
    }

    /** Whether {@code found}, which has the name of {@code wanted}, has no owner of its owner's name: the garbage collector leaves it. */
    public static boolean isOfAnother(HasMetadata wanted, HasMetadata found) {
        return controllers(wanted)
                .anyMatch(owner -> controllers(found)
                        .noneMatch(other -> other.getKind().equals(owner.getKind())
                                && other.getName().equals(owner.getName())));
    }

    private static Stream<OwnerReference> controllers(HasMetadata child) {
        return child.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()));
    }
}
