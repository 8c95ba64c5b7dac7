package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed state of a base: its image, its age, and the build that makes it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record BaseImageStatus(
        @Nullable
        @Min(-1)
        @Max(Schema.MAX_INTEGER)
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1 before the first look.")
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Ready, Fresh, UpToDate, Building, LastBuildSucceeded; Reconciling and Stalled as kstatus means them.")
        List<Condition> conditions,

        @Nullable
        @Size(max = 63)
        @JsonProperty("build")
        @JsonPropertyDescription("The BackendBuild that builds this base.")
        String buildName,

        @Nullable @JsonPropertyDescription("The image that consumers get, per platform by digest.")
        PublishedImage image,

        @Nullable
        @Size(max = 40)
        @JsonPropertyDescription(
                "When the oldest leg of the published image was built, RFC 3339: the base's age counts from here.")
        String builtAt,

        @Nullable @Size(max = 40) @JsonPropertyDescription("When its schedule rebuilds it next, RFC 3339.")
        String nextAt,

        @Nullable
        @Size(max = Schema.REBUILD_REQUEST)
        @JsonPropertyDescription("The schedule that 'nextAt' is of: its expression and its time zone.")
        String schedule,

        @Nullable
        @Size(max = 40)
        @JsonPropertyDescription("The last occurrence of a schedule that asked for a rebuild, RFC 3339.")
        String scheduledAt,

        @Nullable @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Builds that are made on it.")
        Integer consumers,

        @Nullable
        @Min(0)
        @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription("Builds of it that failed since the last good one.")
        Integer failuresInARow,

        @Nullable @Size(max = 40) @JsonPropertyDescription("When the last of them ended, RFC 3339.")
        String lastFailureAt,

        @Nullable
        @Size(max = 256)
        @JsonPropertyDescription("The last request to rebuild that was taken up: the annotation's value.")
        String rebuildRequest,

        @Size(max = 16) @JsonPropertyDescription("The images that it is built FROM, as they were last seen.")
        List<UpstreamImage> upstream) {

    public BaseImageStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        upstream = upstream == null ? List.of() : List.copyOf(upstream);
    }

    /** The status of a base that the operator has not reconciled yet. */
    public static BaseImageStatus unseen() {
        return BaseImageStatusBuilder.builder().build();
    }
}
