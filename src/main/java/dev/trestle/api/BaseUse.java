package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The base that a build is made on, and how its Dockerfile learns of it. */
public record BaseUse(
        @Required @JsonPropertyDescription("A BaseImage of the same namespace. The build waits until it has an image.")
        BaseRef ref,

        @Required
        @Pattern(Schema.ARG)
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("The ARG that receives 'repository@digest' of the base for the leg's build platform.")
        String arg) {}
