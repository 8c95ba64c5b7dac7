package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The observed state of a build; written in one piece, and only when it differs. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record BackendBuildStatus(
        @Nullable
        @Min(-1)
        @Max(Schema.MAX_INTEGER)
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1 before the first look.")
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Ready, UpToDate, Building, LastBuildSucceeded; Reconciling and Stalled as kstatus means them; SourceWarning while the source has something that does not do what it seems to.")
        List<Condition> conditions,

        @Nullable @Size(max = 16) @JsonPropertyDescription("Built legs of all legs, such as '1/2'.")
        String legsBuilt,

        @Size(max = 16) @JsonPropertyDescription("Each leg.")
        List<LegStatus> legs,

        @Nullable @JsonPropertyDescription("The run under way, or the last one.")
        RunStatus run,

        @Size(max = 5) @JsonPropertyDescription("The runs that have ended, the latest first.")
        List<RunRecord> history,

        @Nullable @JsonPropertyDescription("The image that the tags hold.")
        PublishedImage image,

        @Nullable @JsonPropertyDescription("Requests by annotation that have been acted on.")
        HandledRequests requests) {

    public BackendBuildStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        legs = legs == null ? List.of() : List.copyOf(legs);
        history = history == null ? List.of() : List.copyOf(history);
    }

    /** The observed state of the leg on this platform. */
    public Optional<LegStatus> leg(String platform) {
        return legs.stream().filter(leg -> leg.platform().equals(platform)).findFirst();
    }

    /** The status of a build that the operator has not reconciled yet. */
    public static BackendBuildStatus unseen() {
        return BackendBuildStatusBuilder.builder().build();
    }
}
