package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One input of a leg and its value, short enough to be shown: a commit, a digest, a hash. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Input(
        @Required @JsonPropertyDescription("Which input.") InputKind kind,

        @Required @Size(max = 512) @JsonPropertyDescription("Its value when the leg was built.")
        String value) {}
