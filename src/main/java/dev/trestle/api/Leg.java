package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One platform of the image, built by one pod on one pool. */
@ValidationRule(value = Schema.LINUX_RULE, message = Schema.LINUX_MESSAGE)
@ValidationRule(value = Schema.EXTERNAL_RULE, message = Schema.EXTERNAL_MESSAGE)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record Leg(
        @Required
        @Size(min = 1, max = 32)
        @Pattern(Schema.IMAGE_PLATFORM)
        @JsonPropertyDescription("The platform that this leg's image is for, such as 'linux/arm64'.")
        String platform,

        @Nullable
        @Size(min = 1, max = 32)
        @Pattern(Schema.PLATFORM)
        @JsonPropertyDescription(
                "The platform of the node that the leg runs on: BuildKit's BUILDPLATFORM. Default: 'platform', a native build. Set it for a Dockerfile that cross-compiles; the base is then the one for this platform.")
        String buildPlatform,

        @Nullable
        @Pattern(Schema.LABEL)
        @Size(min = 1, max = 63)
        @JsonPropertyDescription(
                "The pool to build on. Default: the first pool of the operator's configuration for the build platform.")
        String pool,

        @Nullable
        @JsonPropertyDescription(
                "True for a leg that is built elsewhere, such as on macOS, and reported in. Default: false.")
        Boolean external) {

    public static Leg on(String platform) {
        return LegBuilder.builder().platform(platform).build();
    }

    @JsonIgnore
    public boolean isExternal() {
        return external != null && external;
    }

    /** The platform of the node that this leg needs. */
    @JsonIgnore
    public String effectiveBuildPlatform() {
        return buildPlatform == null ? platform : buildPlatform;
    }
}
