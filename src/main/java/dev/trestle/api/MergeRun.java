package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which run of which build a merge is of. It is written into the index's annotations, so that the registry itself tells which of two
 * images is the later one, whatever the cluster has forgotten (invariant 4).
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MergeRun(
        @Required
        @Pattern(Schema.ONE_LINE)
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("The build, as 'namespace/name'.")
        String build,

        @Required
        @Pattern(Schema.ONE_LINE)
        @Size(min = 1, max = 40)
        @JsonPropertyDescription("When the build was created, RFC 3339: one that was created again begins anew.")
        String since,

        @Required @Min(1) @Max(Schema.MAX_INTEGER) @JsonPropertyDescription("1 for the build's first merge, growing.")
        Long number,

        @Nullable
        @Pattern(Schema.COMMIT)
        @Size(min = 1, max = 40)
        @JsonPropertyDescription("The commit that was built.")
        String revision,

        @Size(max = 16)
        @JsonPropertyDescription("Platforms of the build that the index lacks, since their legs failed.")
        List<@Pattern(Schema.IMAGE_PLATFORM) @Size(min = 1, max = 32) String> missing) {

    public MergeRun {
        missing = missing == null ? List.of() : List.copyOf(missing);
    }
}
