package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The name of a BaseImage in the same namespace. */
public record BaseRef(
        @Required @Pattern(Schema.NAME) @Size(min = 1, max = 63) @JsonPropertyDescription("Name of the BaseImage.")
        String name) {}
