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

/** The image that the tags hold. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record PublishedImage(
        @Required
        @Pattern(Schema.DIGEST)
        @Size(max = 71)
        @JsonPropertyDescription("Digest of the merged index, equal in all repositories.")
        String digest,

        @Required @Size(min = 1, max = 8) @JsonPropertyDescription("Where it is.")
        List<@Size(max = 255) String> repositories,

        @Size(max = 16) @JsonPropertyDescription("Its platforms.")
        List<PlatformImage> platforms,

        @Required @Size(max = 40) @JsonPropertyDescription("When it was published, RFC 3339.")
        String publishedAt,

        @Nullable @Size(max = Schema.REVISION) @JsonPropertyDescription("The commit that it was built from.")
        String revision,

        @Nullable @Size(max = 63) @JsonPropertyDescription("The ManifestMerge that made it.")
        String merge,

        @Nullable
        @Min(1)
        @Max(Schema.MAX_INTEGER)
        @JsonPropertyDescription("Which of the build's merges that was, counted from 1.")
        Long number,

        @Size(max = 16)
        @JsonPropertyDescription("Platforms that it lacks, since their legs failed and a part was published.")
        List<@Size(max = 32) String> missing,

        @Nullable @Size(max = 64) @JsonPropertyDescription("Hash of the spec that it fulfils.")
        String spec,

        @Nullable @Size(max = 64) @JsonPropertyDescription("Hash of what the merge put where.")
        String content) {

    public PublishedImage {
        repositories = List.copyOf(repositories);
        platforms = platforms == null ? List.of() : List.copyOf(platforms);
        missing = missing == null ? List.of() : List.copyOf(missing);
    }
}
