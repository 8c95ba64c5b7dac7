package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a merge. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record ManifestMergeStatus(
        @Nullable
        @Min(-1)
        @Max(Schema.MAX_INTEGER)
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1 before the first look.")
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription("Succeeded, and Ready beside it for kstatus; Stalled when it failed for good.")
        List<Condition> conditions,

        @Nullable @Size(max = 63) @JsonPropertyDescription("The Job that makes the index.")
        String job,

        @Nullable
        @Pattern(Schema.DIGEST)
        @Size(max = 71)
        @JsonPropertyDescription("Digest of the index, equal in all targets.")
        String digest,

        @Nullable @Size(max = 16) @JsonPropertyDescription("Platforms in the index of those asked for, such as '2/2'.")
        String legsMerged,

        @Size(max = 16) @JsonPropertyDescription("The index's platforms.")
        List<PlatformImage> platforms,

        @Size(max = 16)
        @JsonPropertyDescription("Platforms whose image is gone from the registry: their legs are built again.")
        List<@Size(max = 32) String> gone,

        @Nullable
        @Min(0)
        @Max(Schema.MAX_INTEGER)
        @JsonPropertyDescription("Number of the later run that a tag holds, for whose sake no tag has moved.")
        Long supersededBy,

        @Nullable
        @Size(max = 253)
        @JsonPropertyDescription(
                "Registry that answered 429 until the merge gave up; a build's merge is made once more when it may be asked again.")
        String limitedBy,

        @Nullable
        @Size(max = 40)
        @JsonPropertyDescription(
                "When that registry asked to be asked again; without one, when the build makes the merge once more after trouble that passes; while it is under way, when it counts as failed because its Job has no pod. RFC 3339.")
        String retryAt,

        @Nullable @Size(max = 40) @JsonPropertyDescription("When it ended, RFC 3339.")
        String finishedAt) {

    public ManifestMergeStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        platforms = platforms == null ? List.of() : List.copyOf(platforms);
        gone = gone == null ? List.of() : List.copyOf(gone);
    }

    /** The status of a merge that the operator has not reconciled yet. */
    public static ManifestMergeStatus unseen() {
        return ManifestMergeStatusBuilder.builder().build();
    }

    /** The same but for when it is, or may be, made once more. */
    public ManifestMergeStatus withRetryAt(@Nullable String retryAt) {
        return ManifestMergeStatusBuilder.builder(this).retryAt(retryAt).build();
    }
}
