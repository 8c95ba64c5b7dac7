package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Asks for a rebuild although nothing that the image is made of has moved. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Refresh(
        @Required
        @Pattern(Schema.ONE_LINE)
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "Any text; another one builds every leg once more, without the cache. A BaseImage sets it for its build.")
        String token) {}
