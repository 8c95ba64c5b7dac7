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

/** What an image is made of and where it goes. Wrong input is refused by the API server, with a message that says what is allowed. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = Schema.BASE_ARG_RULE, message = Schema.BASE_ARG_MESSAGE, fieldPath = ".buildArgs")
@ValidationRule(value = Schema.REFRESH_ARG_RULE, message = Schema.REFRESH_ARG_MESSAGE, fieldPath = ".refresh")
@ValidationRule(value = Schema.BRANCH_RULE, message = Schema.BRANCH_MESSAGE, fieldPath = ".image.tags")
@JsonIgnoreProperties(ignoreUnknown = true)
public record BackendBuildSpec(
        @Required @JsonPropertyDescription("Where the files come from.")
        Source source,

        @Nullable
        @Size(min = 1, max = 512)
        @ValidationRule(value = Schema.PATH_RULE, message = Schema.PATH_MESSAGE)
        @ValidationRule(value = Schema.FILE_RULE, message = Schema.FILE_MESSAGE)
        @JsonPropertyDescription("Path of the Dockerfile in the repository. Default: 'Dockerfile'.")
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

        @Size(max = 64) @JsonPropertyDescription("Build arguments, one per name.")
        List<BuildArg> buildArgs,

        @Nullable @JsonPropertyDescription("The base image that the build is made on.")
        BaseUse base,

        @Required @Size(min = 1, max = 16) @JsonPropertyDescription("One leg per platform of the image.")
        List<Leg> legs,

        @Required @JsonPropertyDescription("Where the merged image is published.")
        ImageTarget image,

        @Nullable @JsonPropertyDescription("BuildKit's registry cache. Default: none.")
        Cache cache,

        @Nullable @JsonPropertyDescription("A rebuild that is wanted although nothing has moved. Default: none.")
        Refresh refresh,

        @Nullable
        @JsonPropertyDescription(
                "What becomes of a run when commits arrive before it has ended: 'Latest' (the default) finishes it and then builds the newest, 'Replace' gives it up for the newest.")
        RunPolicy runPolicy,

        @Nullable @JsonPropertyDescription("True starts nothing new; what runs is finished. Default: false.")
        Boolean suspend) {

    public BackendBuildSpec {
        buildArgs = buildArgs == null ? List.of() : List.copyOf(buildArgs);
        legs = List.copyOf(legs);
    }

    public String effectiveDockerfile() {
        return dockerfile == null ? "Dockerfile" : dockerfile;
    }

    public String effectiveContext() {
        return context == null ? "." : context;
    }

    public boolean suspended() {
        return suspend != null && suspend;
    }
}
