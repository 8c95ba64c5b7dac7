package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Collection;
import java.util.Optional;

/** Two builds that would overwrite each other in a registry. The elder keeps on; the younger builds nothing. */
public record Conflict(String reference, String elder) {
    /**
     * @param others builds that write at least one reference that {@code build} writes too; itself may be among them
     * @return the first reference, in the order of the spec, that an elder build writes
     */
    public static Optional<Conflict> of(BackendBuild build, Collection<BackendBuild> others) {
        return others.stream()
                .filter(other -> !isSame(other.getMetadata(), build.getMetadata()))
                .filter(other -> ByAge.TRUSTED_FIRST.compare(other, build) < 0)
                .sorted(ByAge.TRUSTED_FIRST)
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
