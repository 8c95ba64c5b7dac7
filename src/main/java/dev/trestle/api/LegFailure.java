package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a leg failed, as far as its pod told. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record LegFailure(
        @Required @JsonPropertyDescription("Whose fault it was; decides whether it is tried again.")
        FailureClass failureClass,

        @JsonPropertyDescription("How it failed, in one word; docs/reasons.md has them all.")
        FailureReason reason,

        @Nullable @Size(max = Schema.STEP) @JsonPropertyDescription("The Dockerfile's step, such as 'RUN make'.")
        String step,

        @Nullable @Size(max = Schema.STEP) @JsonPropertyDescription("Where the step stands, such as 'Dockerfile:31'.")
        String location,

        @Nullable
        @Min(Integer.MIN_VALUE)
        @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription("Exit code of the step or of the container.")
        Integer exitCode,

        @Required @Size(max = Schema.LEG_MESSAGE) @JsonPropertyDescription("What happened, in one sentence.")
        String message,

        @Size(max = Schema.LAST_LINES) @JsonPropertyDescription("The last lines that the step printed.")
        List<@Size(max = Schema.LAST_LINE) String> lastLines,

        @Nullable @Size(max = Schema.HOST_LENGTH) @JsonPropertyDescription("The node that it ran on.")
        String node,

        @Nullable
        @Size(max = Schema.HOST_LENGTH)
        @JsonPropertyDescription("The registry that failed it, as host and port.")
        String registry) {

    /** A failure that was written down without a reason has the one that its class allows to say. */
    public LegFailure {
        reason = Objects.requireNonNullElseGet(reason, () -> FailureReason.ofClass(failureClass));
        lastLines = lastLines == null ? List.of() : List.copyOf(lastLines);
    }

    /** A failure of which no step is known. */
    public static LegFailure of(FailureReason reason, @Nullable Integer exitCode, String message) {
        return LegFailureBuilder.builder()
                .failureClass(reason.failureClass())
                .reason(reason)
                .exitCode(exitCode)
                .message(message)
                .build();
    }

    /** The same failure, on this node. */
    public LegFailure on(@Nullable String name) {
        return new LegFailure(failureClass, reason, step, location, exitCode, message, lastLines, name, registry);
    }

    /** The same as another reason explains it, in these words. */
    public LegFailure as(FailureReason better, String words) {
        return new LegFailure(
                better.failureClass(), better, step, location, exitCode, words, lastLines, node, registry);
    }

    /** The classes that a leg's script and a pod's status are sorted into. */
    public enum FailureClass {
        /** The Dockerfile, the source, or a refused push: not tried again until an input moves. */
        @JsonEnumDefaultValue // also the class that only a newer operator knows: its reason decides
        User,
        /** Registry, network, node: tried again. */
        Infrastructure,
        OutOfMemory,
        DiskFull,
        /** The pod ran on a node of another platform than the leg's build platform. */
        WrongPlatform,
        Cancelled,
        DeadlineExceeded
    }
}
