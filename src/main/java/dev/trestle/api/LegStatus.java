package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed state of one leg. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record LegStatus(
        @Required @Size(max = 32) @JsonPropertyDescription("The leg's platform.")
        String platform,

        @Required @JsonPropertyDescription("Waiting, Queued, Building, Built or Failed.")
        LegState state,

        @Size(max = 8) @JsonPropertyDescription("Why it is being built, or was: each input that moved, old -> new.")
        List<@Size(max = Schema.LEG_REASON) String> reasons,

        @Nullable @Size(max = 63) @JsonPropertyDescription("The pod that builds it, or built it.")
        String pod,

        @Nullable
        @Size(max = 64)
        @JsonPropertyDescription("Fingerprint of the inputs whose build was started last: it pushes to the anchor.")
        String fingerprint,

        @Nullable
        @Min(0)
        @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription("How many attempts failed before this one, for this fingerprint.")
        Integer lostAttempts,

        @Size(max = 40)
        @JsonPropertyDescription("The attempts of this fingerprint that failed before this one; the last 40 of them.")
        List<LostAttempt> lost,

        @Nullable @Size(max = Schema.LEG_MESSAGE) @JsonPropertyDescription("What it waits for, or what is odd.")
        String message,

        @Nullable @JsonPropertyDescription("How it failed.") LegFailure failure,

        @Nullable @JsonPropertyDescription("Its last good image; kept while a newer one is built or fails.")
        BuiltLeg built) {

    public LegStatus {
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
        lost = lost == null ? List.of() : List.copyOf(lost);
    }
}
