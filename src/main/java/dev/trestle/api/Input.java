package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One input of a leg and its value, short enough to be shown: a commit, a digest, a hash. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Input(
        @Required @JsonPropertyDescription("Which kind of input.")
        InputKind kind,

        @Nullable @Size(max = 512) @JsonPropertyDescription("Which one of its kind: a path or a glob.")
        String name,

        @Required @Size(max = 512) @JsonPropertyDescription("Its value when the leg was built.")
        String value) {

    public Input(InputKind kind, String value) {
        this(kind, null, value);
    }
}
