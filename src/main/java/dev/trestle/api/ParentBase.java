package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The base that a base is itself made on. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ParentBase(
        @Required @JsonPropertyDescription("A BaseImage of the same namespace. The build waits until it has an image.")
        BaseRef ref,

        @Required
        @Pattern(Schema.ARG)
        @ValidationRule(value = Schema.ARG_RULE, message = Schema.ARG_MESSAGE)
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("The ARG that receives 'repository@digest' of the base for the leg's platform.")
        String arg) {}
