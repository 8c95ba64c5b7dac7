package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A consumer's description of the base that it needs. The base is built from the consumer's own repository and tagged with its name.
 * Claims of one name must agree in every field.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record BaseClaim(
        @Required
        @Pattern(Schema.LABEL)
        @Size(min = 1, max = 41)
        @JsonPropertyDescription("Name of the BaseImage that is made, and the tag of its image.")
        String name,

        @Nullable
        @Size(min = 1, max = 512)
        @ValidationRule(value = Schema.PATH_RULE, message = Schema.PATH_MESSAGE)
        @ValidationRule(value = Schema.FILE_RULE, message = Schema.FILE_MESSAGE)
        @JsonPropertyDescription("Path of the Dockerfile in the consumer's repository. Default: 'Dockerfile'.")
        String dockerfile,

        @Nullable
        @Size(min = 1, max = 512)
        @ValidationRule(value = Schema.PATH_RULE, message = Schema.PATH_MESSAGE)
        @JsonPropertyDescription(
                "Folder of the repository that is the build context. Default: '.', the whole repository.")
        String context,

        @Nullable
        @Size(min = 1, max = 128)
        @Pattern(Schema.STAGE)
        @JsonPropertyDescription("The stage to build. Default: the last one.")
        String target,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Files that the base is made of, as 'spec.source.git.inputs' has them. Default: what the Dockerfile copies, as far as it can be told, else the whole context.")
        List<@Pattern(Schema.GLOB) @Size(min = 1, max = 512) String> inputs,

        @Size(max = 64) @JsonPropertyDescription("Build arguments, one per name.")
        List<BuildArg> buildArgs,

        @Nullable @JsonPropertyDescription("The base that the base is itself made on.")
        ParentBase base,

        @Required
        @Size(min = 1, max = 8)
        @JsonPropertyDescription("Repositories that the base is published in, under its name as tag.")
        List<@Pattern(Schema.REPOSITORY) @Size(min = 3, max = 255) String> repositories,

        @Nullable
        @Pattern(Schema.SUBDOMAIN)
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
                "Name of a Secret of type kubernetes.io/dockerconfigjson in the same namespace. Pods mount it; the operator never reads it.")
        String pushSecret,

        @Nullable @JsonPropertyDescription("BuildKit's registry cache. Default: none.")
        Cache cache,

        @Nullable @JsonPropertyDescription("When it is rebuilt although nothing has moved. Default: never.")
        Schedule schedule,

        @Nullable
        @Min(60)
        @Max(31_536_000)
        @JsonPropertyDescription(
                "Age in seconds after which the base is stale: condition Fresh turns False. Default: it never is.")
        Long maxAgeSeconds,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Images that it is built FROM, such as 'ubuntu:24.04': it is rebuilt when one of them moves.")
        List<@Pattern(Schema.UPSTREAM) @Size(min = 1, max = 384) String> upstream) {

    public BaseClaim {
        inputs = inputs == null ? List.of() : List.copyOf(inputs);
        buildArgs = buildArgs == null ? List.of() : List.copyOf(buildArgs);
        repositories = List.copyOf(repositories);
        upstream = upstream == null ? List.of() : List.copyOf(upstream);
    }
}
