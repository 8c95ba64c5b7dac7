package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One platform's image manifest: the one that a container runtime pulls, without provenance, so it is equal when the content is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlatformImage(
        @Required @Size(max = 32) @JsonPropertyDescription("The platform.")
        String platform,

        @Required @Pattern(Schema.DIGEST) @Size(max = 71) @JsonPropertyDescription("Digest of its image manifest.")
        String digest,

        @Nullable
        @Min(0)
        @Max(Schema.MAX_INTEGER)
        @JsonPropertyDescription("Compressed size of its layers and config in bytes.")
        Long size) {}
