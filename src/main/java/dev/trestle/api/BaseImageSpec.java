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

/** How a base is made, for which platforms, and how old it may get. */
@ValidationRule(value = Schema.BASE_ARG_RULE, message = Schema.BASE_ARG_MESSAGE, fieldPath = ".buildArgs")
@ValidationRule(value = Schema.TRUST_RULE, message = Schema.TRUST_MESSAGE, fieldPath = ".trust")
@ValidationRule(value = Schema.PULL_REQUEST_RULE, message = Schema.PULL_REQUEST_MESSAGE, fieldPath = ".pullRequest")
@ValidationRule(value = Schema.NO_SECRET_RULE, message = Schema.NO_SECRET_MESSAGE, fieldPath = ".image.pushSecret")
@ValidationRule(
        value = Schema.NO_GIT_SECRET_RULE,
        message = Schema.NO_GIT_SECRET_MESSAGE,
        fieldPath = ".source.git.secret")
@ValidationRule(value = Schema.NO_CACHE_WRITE_RULE, message = Schema.NO_CACHE_WRITE_MESSAGE, fieldPath = ".cache.write")
@ValidationRule(value = Schema.SUFFIX_ROOM_RULE, message = Schema.SUFFIX_ROOM_MESSAGE, fieldPath = ".image.tags")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record BaseImageSpec(
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

        @Nullable @JsonPropertyDescription("The base that this base is itself made on.")
        ParentBase base,

        @Required
        @Size(min = 1, max = 16)
        @JsonPropertyDescription("The platforms that consumers need, each built natively.")
        List<@Pattern(Schema.PLATFORM) @Size(min = 1, max = 32) String> platforms,

        @Required @JsonPropertyDescription("Where the base is published.")
        ImageTarget image,

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
        List<@Pattern(Schema.UPSTREAM) @Size(min = 1, max = 384) String> upstream,

        @Nullable
        @JsonPropertyDescription(
                "'Trusted' (the default), or 'Untrusted' for what anybody may have proposed: no Secret is mounted, no cache is written, and every tag ends in '-pr<pullRequest>'. It cannot be raised.")
        Trust trust,

        @Nullable
        @Min(1)
        @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription("Number of the pull request that an untrusted build is of; its tags end in it.")
        Integer pullRequest,

        @Nullable
        @JsonPropertyDescription(
                "The mainline's BaseImage, whose legs are taken over where all that they are made of is equal; the others are built.")
        Baseline baseline,

        @Nullable @JsonPropertyDescription("True starts nothing new; what runs is finished. Default: false.")
        Boolean suspend) {

    public BaseImageSpec {
        buildArgs = buildArgs == null ? List.of() : List.copyOf(buildArgs);
        platforms = List.copyOf(platforms);
        upstream = upstream == null ? List.of() : List.copyOf(upstream);
    }

    /** Whether nothing new is started. */
    public boolean suspended() {
        return Boolean.TRUE.equals(suspend);
    }
}
