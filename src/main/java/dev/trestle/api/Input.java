package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One input of a leg and its value: an object id of git, a digest, a hash. Messages show the first digits of it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Input(
        @Required @JsonPropertyDescription("Which kind of input.")
        InputKind kind,

        @Nullable @Size(max = 512) @JsonPropertyDescription("Which one of its kind: a path or a glob.")
        String name,

        @Required @Size(max = Schema.INPUT_VALUE) @JsonPropertyDescription("Its value when the leg was built.")
        String value) {

    /**
     * The version of the rule that finds inputs in this program; see docs/adr/0016. Version 1 wrote 12 digits of ids and hashes, and no
     * version.
     */
    public static final int VERSION = 2;

    public Input(InputKind kind, String value) {
        this(kind, null, value);
    }
}
