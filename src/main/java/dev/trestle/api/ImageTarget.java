package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the image is published: one push, one digest, in every repository. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record ImageTarget(
        @Required
        @Size(min = 1, max = 8)
        @JsonPropertyDescription(
                "Repositories that all receive the same digest, such as 'quay.io/acme/backends'; without a tag.")
        List<@Pattern(Schema.REPOSITORY) @Size(min = 3, max = 255) String> repositories,

        @Required
        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
                "Tags of the merged image, set in every repository. Variables: ${branch}, ${shortRevision}, ${week} (ISO 8601, such as 2026-W47) ${timestamp} (such as 20261121191502, which grows), and ${gitTag} when a pattern of tags is followed.")
        List<@Pattern(Schema.TAG_TEMPLATE) @Size(min = 1, max = 128) String> tags,

        @Nullable
        @Pattern(Schema.SUBDOMAIN)
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
                "Name of a Secret of type kubernetes.io/dockerconfigjson in the same namespace, with passwords, identity tokens or "
                        + "registry tokens. It serves what the build reads, too. Pods mount it; the operator never reads it.")
        String pushSecret) {

    public ImageTarget {
        repositories = List.copyOf(repositories);
        tags = List.copyOf(tags);
    }
}
