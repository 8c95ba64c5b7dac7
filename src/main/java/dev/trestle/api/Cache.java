package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** BuildKit's registry cache. Each leg has a tag of its own in it: {@code <build>-<os>-<arch>}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record Cache(
        @Required
        @Pattern(Schema.REPOSITORY)
        @Size(min = 3, max = 255)
        @JsonPropertyDescription(
                "Repository that holds the cache; each leg reads and writes the tag '<namespace>-<build>-<platform>' of it, with '_' behind a namespace that has a '-'.")
        String repository,

        @Nullable
        @JsonPropertyDescription(
                "What is exported: 'Max' (every step, the default) or 'Min' (only layers of the result).")
        CacheMode mode,

        @Nullable @JsonPropertyDescription("Whether legs also write the cache. Default: true.")
        Boolean write) {

    /** The extent of BuildKit's export to the cache: {@code mode=max} or {@code mode=min}. */
    public enum CacheMode {
        Max,
        Min
    }

    public CacheMode effectiveMode() {
        return mode == null ? CacheMode.Max : mode;
    }

    public boolean writes() {
        return write == null || write;
    }
}
