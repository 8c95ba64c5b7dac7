package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The build argument with which a Dockerfile makes its base by itself. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FromSource(
        @Required
        @Pattern(Schema.ARG)
        @ValidationRule(value = Schema.ARG_RULE, message = Schema.ARG_MESSAGE)
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("Name of the ARG, such as 'BUILDER_TARGET'.")
        String arg,

        @Required
        @Pattern(Schema.ONE_LINE)
        @Size(max = 1024)
        @JsonPropertyDescription("Its value while there is no base, such as 'builder-fromsource'.")
        String value) {}
