package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A value for an ARG of the Dockerfile. Never a secret: build arguments stand in provenance and in logs. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BuildArg(
        @Required
        @Pattern(Schema.ARG)
        @ValidationRule(value = Schema.ARG_RULE, message = Schema.ARG_MESSAGE)
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("Name of the ARG in the Dockerfile.")
        String name,

        @Required
        @Pattern(Schema.ONE_LINE)
        @Size(max = 4096)
        @JsonPropertyDescription("Its value. It is recorded in the image's provenance, so it must not be a secret.")
        String value) {}
