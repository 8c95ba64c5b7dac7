package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Another resource of the same kind and namespace: a leg whose files, recipe and base equal that one's is taken from it, not built. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Baseline(
        @Required
        @Pattern(Schema.LABEL)
        @Size(min = 1, max = 63)
        @JsonPropertyDescription("Its name, in the same namespace.")
        String name) {}
