package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The run that is under way, or the last one. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record RunStatus(
        @Required @Size(max = Schema.REVISION) @JsonPropertyDescription("The commit that all its legs build.")
        String revision,

        @Nullable
        @Size(max = Schema.GIT_TAG)
        @JsonPropertyDescription("The tag of that commit, when a pattern of tags is followed.")
        String gitTag,

        @Nullable @Min(1) @Max(Integer.MAX_VALUE) @JsonPropertyDescription(SKIPPED)
        Integer skipped,

        @Nullable
        @Size(max = 64)
        @JsonPropertyDescription("Hash of where the commit was found, and of which of its files are inputs.")
        String source,

        @Size(max = 128) @JsonPropertyDescription("The inputs that its files are.")
        List<Input> inputs,

        @Required @Size(max = 40) @JsonPropertyDescription("When its first leg was started, RFC 3339.")
        String startedAt,

        @Nullable
        @Size(max = 40)
        @JsonPropertyDescription("When its image was published or a leg had failed for good, RFC 3339.")
        String finishedAt,

        @Nullable @Size(max = 63) @JsonPropertyDescription("Its ManifestMerge.")
        String merge,

        @Nullable @Min(1) @Max(Integer.MAX_VALUE) @JsonPropertyDescription(BuiltLeg.INPUTS_VERSION)
        Integer inputsVersion) {

    static final String SKIPPED =
            "With 'runPolicy: Every', how many commits or releases between the run before and this one are passed over, since more than 50 were pushed meanwhile. Default: 0.";

    public RunStatus {
        inputs = inputs == null ? List.of() : List.copyOf(inputs);
    }

    /** The version of the rule that has found its inputs. */
    public int effectiveInputsVersion() {
        return inputsVersion == null ? 1 : inputsVersion;
    }

    /** The same run, which ends then. */
    public RunStatus endedAt(String time, @Nullable String merge) {
        return new RunStatus(revision, gitTag, skipped, source, inputs, startedAt, time, merge, inputsVersion);
    }
}
