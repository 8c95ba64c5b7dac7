package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
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

/** The last good image of a leg, and the inputs that it was made of. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record BuiltLeg(
        @Required @Size(max = 64) @JsonPropertyDescription("Fingerprint of the inputs.")
        String fingerprint,

        @Required @Size(max = 128) @JsonPropertyDescription("What it was made of.")
        List<Input> inputs,

        @Required
        @Pattern(Schema.DIGEST)
        @Size(max = 71)
        @JsonPropertyDescription("What the leg pushed: an index with provenance.")
        String digest,

        @Required @Size(max = 40) @JsonPropertyDescription("When its container ended, RFC 3339.")
        String finishedAt,

        @Nullable @Min(0) @Max(Schema.MAX_INTEGER) @JsonPropertyDescription("How long its container ran.")
        Long seconds,

        @Nullable @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Steps of the Dockerfile.")
        Integer steps,

        @Nullable @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Steps that came from the cache.")
        Integer cachedSteps,

        @Nullable
        @Size(max = 255)
        @JsonPropertyDescription(
                "The baseline's repository that holds it, when it was taken over instead of being built.")
        String takenFrom,

        @Nullable @Min(1) @Max(Integer.MAX_VALUE) @JsonPropertyDescription(INPUTS_VERSION)
        Integer inputsVersion) {

    static final String INPUTS_VERSION =
            "Version of the rule by which the operator has found the inputs: a newer operator compares them by the older rule. Default: 1.";

    public BuiltLeg {
        inputs = List.copyOf(inputs);
    }

    /** Whether the baseline has built it, so that no anchor of the build's own holds it. */
    @JsonIgnore
    public boolean isTakenOver() {
        return takenFrom != null;
    }

    /** The version of the rule that has found its inputs. */
    public int effectiveInputsVersion() {
        return inputsVersion == null ? 1 : inputsVersion;
    }

    /** Whether the other is the record of the same build, even when its inputs were read by another version of the rule. */
    public boolean isSameBuildAs(BuiltLeg other) {
        return fingerprint.equals(other.fingerprint)
                && digest.equals(other.digest)
                && finishedAt.equals(other.finishedAt);
    }

    /** The same image, whose inputs were read again by another version of the rule. Its fingerprint stays: it names the build. */
    public BuiltLeg readAgain(List<Input> inputs, int version) {
        return BuiltLegBuilder.builder(this)
                .inputs(inputs)
                .inputsVersion(version)
                .build();
    }
}
