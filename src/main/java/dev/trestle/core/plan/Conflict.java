package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Two builds that would overwrite each other in a registry. The elder keeps on; the younger builds nothing. */
public record Conflict(String reference, String elder) {
    private static final Comparator<BackendBuild> BY_AGE = Comparator.comparing(
                    (BackendBuild build) -> build.getMetadata().getCreationTimestamp())
            .thenComparing(build -> build.getMetadata().getNamespace())
            .thenComparing(build -> build.getMetadata().getName());

    /**
     * @param others builds that write at least one reference that {@code build} writes too; itself may be among them
     * @return the first reference, in the order of the spec, that an elder build writes
     */
    public static Optional<Conflict> of(BackendBuild build, Collection<BackendBuild> others) {
        return others.stream()
                .filter(other -> !isSame(other.getMetadata(), build.getMetadata()))
                .filter(other -> BY_AGE.compare(other, build) < 0)
                .sorted(BY_AGE)
                .flatMap(elder -> sharedWith(build, elder).stream())
                .findFirst();
    }

    private static Optional<Conflict> sharedWith(BackendBuild build, BackendBuild elder) {
        var theirs = References.writtenBy(elder);
        var name =
                elder.getMetadata().getNamespace() + "/" + elder.getMetadata().getName();
        return References.writtenBy(build).stream()
                .filter(theirs::contains)
                .findFirst()
                .map(reference -> new Conflict(reference, name));
    }

    private static boolean isSame(ObjectMeta one, ObjectMeta other) {
        return one.getNamespace().equals(other.getNamespace()) && one.getName().equals(other.getName());
    }

    public String sentence() {
        return "'%s' is already written by the elder build '%s'. Give this build another name, tag or repository, or delete the other."
                .formatted(reference, elder);
    }
}
