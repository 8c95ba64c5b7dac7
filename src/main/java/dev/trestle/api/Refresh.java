package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Asks for a rebuild although nothing that the image is made of has moved. */
@ValidationRule(
        value = "has(self.token) != has(self.period)",
        message = "exactly one of 'period' (rebuild as time passes) and 'token' (rebuild when it changes) must be set")
@ValidationRule(value = "!has(self.arg) || has(self.period)", message = "'arg' receives the period: set 'period' too")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record Refresh(
        @Nullable
        @Pattern(Schema.ONE_LINE)
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "Any text; another one builds every leg once more, without the cache. A BaseImage sets it for its build.")
        String token,

        @Nullable
        @JsonPropertyDescription(
                "How often every leg is built once more: Daily, Weekly or Monthly. When in the period is up to the build's name, so that not all builds are due at once.")
        Period period,

        @Nullable
        @Pattern(Schema.ARG)
        @ValidationRule(value = Schema.ARG_RULE, message = Schema.ARG_MESSAGE)
        @Size(min = 1, max = 128)
        @JsonPropertyDescription(
                "The ARG that receives the period, such as '2026-W47' for a week, so that only what comes after it is built anew. Default: none; everything is built without the cache.")
        String arg) {

    /** How long an image is left alone. */
    public enum Period {
        Daily,
        Weekly,
        Monthly
    }

    public static Refresh of(String token) {
        return RefreshBuilder.builder().token(token).build();
    }
}
