package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which images are merged, and under which tags. It never changes: another merge is another object. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "self == oldSelf", message = "a merge never changes; create another ManifestMerge")
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record ManifestMergeSpec(
        @Required @Size(min = 1, max = 16) @JsonPropertyDescription("One image per platform, by digest.")
        List<MergeSource> sources,

        @Required
        @Size(min = 1, max = 8)
        @JsonPropertyDescription("Repositories and the tags that the index gets in each.")
        List<MergeTarget> targets,

        @Nullable
        @JsonPropertyDescription(
                "The run that it is of. A tag that holds an image of a later run of the same build is left alone, and the merge fails. Default: none, as of a merge by hand, which overwrites.")
        MergeRun run,

        @Nullable
        @Pattern(Schema.SUBDOMAIN)
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
                "Name of a Secret of type kubernetes.io/dockerconfigjson in the same namespace. The merge's pod mounts it.")
        String pushSecret) {

    public ManifestMergeSpec {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
    }

    /** One leg's image. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record MergeSource(
            @Required
            @Size(min = 1, max = 32)
            @Pattern(Schema.IMAGE_PLATFORM)
            @JsonPropertyDescription("The platform that the image must be for; checked against its config.")
            String platform,

            @Required
            @Pattern(Schema.IMAGE_BY_DIGEST)
            @Size(min = 74, max = 384)
            @JsonPropertyDescription("The image as 'repository@sha256:…': what its leg pushed.")
            String image) {}

    /** One repository and its tags. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record MergeTarget(
            @Required
            @Pattern(Schema.REPOSITORY)
            @Size(min = 3, max = 255)
            @JsonPropertyDescription("Repository that receives the index.")
            String repository,

            @Required @Size(min = 1, max = 16) @JsonPropertyDescription("Tags of the index in this repository.")
            List<@Pattern(Schema.TAG) @Size(min = 1, max = 128) String> tags) {

        public MergeTarget {
            tags = List.copyOf(tags);
        }
    }
}
