package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.trestle.api.LegFailure.FailureClass;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run that has ended. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunRecord(
        @Required @Size(max = Schema.REVISION) @JsonPropertyDescription("The commit that its legs built.")
        String revision,

        @Nullable
        @Size(max = Schema.GIT_TAG)
        @JsonPropertyDescription("The release that it was: the tag of that commit, when a pattern of tags is followed.")
        String gitTag,

        @Nullable @Min(1) @Max(Integer.MAX_VALUE) @JsonPropertyDescription(RunStatus.SKIPPED)
        Integer skipped,

        @Required @Size(max = 40) @JsonPropertyDescription("When its first leg was started, RFC 3339.")
        String startedAt,

        @Required @Size(max = 40) @JsonPropertyDescription("When it had ended, RFC 3339.")
        String finishedAt,

        @Required @JsonPropertyDescription("Published, Failed, Cancelled or Superseded.")
        RunResult result,

        @Nullable
        @Pattern(Schema.DIGEST)
        @Size(max = 71)
        @JsonPropertyDescription("Digest of the image that it published.")
        String digest,

        @Size(max = 16) @JsonPropertyDescription("The legs that it built, or tried to.")
        List<BuiltOrFailed> legs) {

    public RunRecord {
        legs = legs == null ? List.of() : List.copyOf(legs);
    }

    /** How a run ended. */
    public enum RunResult {
        Published,
        Failed,
        Cancelled,
        /** Other inputs took its place before it had ended. */
        Superseded
    }

    /** One leg of the run. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record BuiltOrFailed(
            @Required @Size(max = 32) @JsonPropertyDescription("The leg's platform.")
            String platform,

            @Size(max = 3) @JsonPropertyDescription("The first reasons for which it was built, shortened.")
            List<@Size(max = Schema.SHORT_REASON) String> reasons,

            @Nullable @Pattern(Schema.DIGEST) @Size(max = 71) @JsonPropertyDescription("What it pushed.")
            String digest,

            @Nullable @Min(0) @Max(Schema.MAX_INTEGER) @JsonPropertyDescription("How long its container ran.")
            Long seconds,

            @Nullable @JsonPropertyDescription("Whose fault it was that it failed.")
            FailureClass failureClass) {

        public BuiltOrFailed {
            reasons = reasons == null ? List.of() : List.copyOf(reasons);
        }
    }
}
