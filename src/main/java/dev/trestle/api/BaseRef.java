package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The name of a BaseImage in the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BaseRef(
        @Required @Pattern(Schema.LABEL) @Size(min = 1, max = 41) @JsonPropertyDescription("Name of the BaseImage.")
        String name) {}
