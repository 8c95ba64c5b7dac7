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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sources of an image and its repositories. The API server refuses wrong input, with a message that names the allowed values. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = Schema.BASE_ARG_RULE, message = Schema.BASE_ARG_MESSAGE, fieldPath = ".buildArgs")
@ValidationRule(value = Schema.REFRESH_ARG_RULE, message = Schema.REFRESH_ARG_MESSAGE, fieldPath = ".refresh")
@ValidationRule(value = Schema.BRANCH_RULE, message = Schema.BRANCH_MESSAGE, fieldPath = ".image.tags")
@ValidationRule(value = Schema.TRUST_RULE, message = Schema.TRUST_MESSAGE, fieldPath = ".trust")
@ValidationRule(value = Schema.PULL_REQUEST_RULE, message = Schema.PULL_REQUEST_MESSAGE, fieldPath = ".pullRequest")
@ValidationRule(value = Schema.NO_SECRET_RULE, message = Schema.NO_SECRET_MESSAGE, fieldPath = ".image.pushSecret")
@ValidationRule(
        value = Schema.NO_GIT_SECRET_RULE,
        message = Schema.NO_GIT_SECRET_MESSAGE,
        fieldPath = ".source.git.secret")
@ValidationRule(value = Schema.NO_CACHE_WRITE_RULE, message = Schema.NO_CACHE_WRITE_MESSAGE, fieldPath = ".cache.write")
@ValidationRule(value = Schema.SUFFIX_ROOM_RULE, message = Schema.SUFFIX_ROOM_MESSAGE, fieldPath = ".image.tags")
@ValidationRule(
        value = Schema.NO_CLAIM_SECRET_RULE,
        message = Schema.NO_CLAIM_SECRET_MESSAGE,
        fieldPath = ".base.claim.pushSecret")
@ValidationRule(value = Schema.TAG_REF_RULE, message = Schema.TAG_REF_MESSAGE, fieldPath = ".image.tags")
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
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
                "What becomes of a run when commits arrive before it has ended: 'Latest' (the default) finishes it and then builds the newest, 'Replace' gives it up for the newest, 'Every' finishes it and then builds each of them.")
        RunPolicy runPolicy,

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
                "The mainline's BackendBuild, whose legs are taken over where all that they are made of is equal; the others are built.")
        Baseline baseline,

        @Nullable
        @JsonPropertyDescription(
                "What becomes of the image when a leg fails for good: 'KeepPrevious' (the default) leaves the tags as they are, 'PublishPartial' publishes the legs that are built.")
        OnLegFailure onLegFailure,

        @Nullable
        @Min(0)
        @Max(31_536_000)
        @JsonPropertyDescription(
                "Seconds after the end of its last run at which this object is deleted, with its pods and merges; images stay. For a pull request's build that nobody else deletes. Default: never.")
        Long ttlSecondsAfterFinished,

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

    public Trust effectiveTrust() {
        return trust == null ? Trust.Trusted : trust;
    }

    public boolean trusted() {
        return effectiveTrust() == Trust.Trusted;
    }

    /** Name of the BaseImage that it is made on; the claim of an untrusted build is a base of its own pull request. */
    public Optional<String> baseName() {
        if (base == null) {
            return Optional.empty();
        }
        return Optional.of(base.claim() == null ? base.name() : base.claim().name() + variant());
    }

    /** The suffix of every tag that the build writes: none when it is trusted, else such as {@code -pr9746}. */
    public String variant() {
        return trusted() ? "" : "-pr" + pullRequest;
    }

    public OnLegFailure effectiveOnLegFailure() {
        return onLegFailure == null ? OnLegFailure.KeepPrevious : onLegFailure;
    }

    public boolean suspended() {
        return suspend != null && suspend;
    }
}
