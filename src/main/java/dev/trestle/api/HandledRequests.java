package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The last value of each annotation that is a request: another value is another request. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record HandledRequests(
        @Nullable @Size(max = 128) @JsonPropertyDescription("Of 'trestle.dev/rebuild': every leg is built once more.")
        String rebuild,

        @Nullable
        @Size(max = 128)
        @JsonPropertyDescription("Of 'trestle.dev/rebuild-without-cache': every leg is built once more, from nothing.")
        String rebuildWithoutCache,

        @Nullable
        @Size(max = 128)
        @JsonPropertyDescription("Of 'trestle.dev/retry': the legs that have failed are tried once more.")
        String retry,

        @Nullable
        @Size(max = 128)
        @JsonPropertyDescription("Of 'trestle.dev/cancel': what was being built is given up until an input moves.")
        String cancel,

        @Nullable
        @Size(max = 63)
        @JsonPropertyDescription(
                "The merge that was cancelled before it began: it is not made until somebody asks for a retry or a rebuild.")
        String cancelledMerge) {

    public static final HandledRequests NONE = HandledRequestsBuilder.builder().build();
}
