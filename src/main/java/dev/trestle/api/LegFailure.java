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

/** How a leg failed, as far as its pod told. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record LegFailure(
        @Required @JsonPropertyDescription("Whose fault it was; decides whether it is tried again.")
        FailureClass failureClass,

        @Nullable @Size(max = 512) @JsonPropertyDescription("The Dockerfile's step, such as 'RUN make'.")
        String step,

        @Nullable @Size(max = 512) @JsonPropertyDescription("Where the step stands, such as 'Dockerfile:31'.")
        String location,

        @Nullable
        @Min(Integer.MIN_VALUE)
        @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription("Exit code of the step or of the container.")
        Integer exitCode,

        @Required @Size(max = 1024) @JsonPropertyDescription("What happened, in one sentence.")
        String message,

        @Size(max = 32) @JsonPropertyDescription("The last lines that the step printed.")
        List<@Size(max = 1024) String> lastLines) {

    public LegFailure {
        lastLines = lastLines == null ? List.of() : List.copyOf(lastLines);
    }

    /** The classes that a leg's script and a pod's status are sorted into. */
    public enum FailureClass {
        /** The Dockerfile, the source, or a refused push: not tried again until an input moves. */
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
