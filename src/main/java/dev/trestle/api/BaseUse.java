package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The base that a build is made on, and how its Dockerfile learns of it. */
@ValidationRule(
        value = "has(self.ref) != has(self.claim)",
        message =
                "exactly one of 'ref' (a BaseImage that somebody applied) and 'claim' (a base that is made for it) must be set")
@ValidationRule(
        value = "has(self.fromSource) == (has(self.unavailable) && self.unavailable == 'FromSource')",
        message = "'fromSource' must be set if and only if 'unavailable' is 'FromSource'")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record BaseUse(
        @Nullable @JsonPropertyDescription("A BaseImage of the same namespace.")
        BaseRef ref,

        @Nullable
        @JsonPropertyDescription(
                "What base the build needs. Equal claims of any number of builds make one BaseImage, for all their platforms.")
        BaseClaim claim,

        @Required
        @Pattern(Schema.ARG)
        @ValidationRule(value = Schema.ARG_RULE, message = Schema.ARG_MESSAGE)
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("The ARG that receives 'repository@digest' of the base for the leg's build platform.")
        String arg,

        @Nullable
        @JsonPropertyDescription(
                "What to do while the base has no image for a leg's build platform: 'Wait' (the default) or 'FromSource'.")
        Unavailable unavailable,

        @Nullable @JsonPropertyDescription("The argument that makes the Dockerfile do without the base.")
        FromSource fromSource) {

    /** The behaviour of a leg while its base has no image. */
    public enum Unavailable {
        Wait,
        FromSource
    }

    public static BaseUse of(BaseRef ref, String arg) {
        return BaseUseBuilder.builder().ref(ref).arg(arg).build();
    }

    /** Name of the BaseImage, referred to or claimed. */
    @JsonIgnore
    public String name() {
        return ref == null ? Objects.requireNonNull(claim).name() : ref.name();
    }
}
