package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An attempt that failed and was, or is to be, followed by another. The next attempt is decided from these; pods may be gone. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record LostAttempt(
        @Required @Min(1) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Which attempt, 1 for the first.")
        int attempt,

        @Required @JsonPropertyDescription("How it failed; docs/reasons.md has them all.")
        FailureReason reason,

        @Required @Size(max = 64) @JsonPropertyDescription("When.")
        String at,

        @Nullable @Size(max = Schema.HOST_LENGTH) @JsonPropertyDescription("The node that it ran on.")
        String node,

        @Nullable @Size(max = Schema.HOST_LENGTH) @JsonPropertyDescription("The registry that failed it.")
        String registry) {}
