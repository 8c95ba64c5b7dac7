package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An image that a base is built FROM, as it was last seen. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record UpstreamImage(
        @Required @Size(max = 384) @JsonPropertyDescription("The image by tag, as the spec names it.")
        String image,

        @Required @Pattern(Schema.DIGEST) @Size(max = 71) @JsonPropertyDescription("What the tag held.")
        String digest) {}
