package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A value for an ARG of the Dockerfile. Never a secret: build arguments stand in provenance and in logs. */
public record BuildArg(
        @Required
        @Pattern(Schema.ARG)
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("Name of the ARG in the Dockerfile.")
        String name,

        @Required
        @Size(max = 4096)
        @JsonPropertyDescription("Its value. It is recorded in the image's provenance, so it must not be a secret.")
        String value) {}
