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

/** A git repository at a moving ref, or at one commit that GitOps pins. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.ref) != has(self.revision)",
        message = "exactly one of 'ref' (a branch or tag to follow) and 'revision' (a commit) must be set")
@JsonIgnoreProperties(ignoreUnknown = true)
public record GitSource(
        @Required
        @Size(min = 1, max = 2048)
        @Pattern(Schema.GIT_URL)
        @JsonPropertyDescription("URL of the repository: http or https, ending in '.git', without credentials.")
        String url,

        @Nullable
        @Size(min = 1, max = 255)
        @ValidationRule(value = Schema.REF_RULE, message = Schema.REF_MESSAGE)
        @JsonPropertyDescription(
                "The branch or tag to follow, as a full ref: 'refs/heads/main'. The operator looks for new commits.")
        String ref,

        @Nullable
        @Pattern(Schema.COMMIT)
        @Size(min = 1, max = 40)
        @JsonPropertyDescription("A commit (40 hexadecimal digits) to build, instead of following a ref.")
        String revision,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Files that the image is made of: paths and globs such as 'backend/go/**'; one that begins with '!' takes files out. The Dockerfile, and the files that it names, belong to them always. Default: what the Dockerfile copies, as far as it can be told, else the whole context.")
        List<@Pattern(Schema.GLOB) @Size(min = 1, max = 512) String> inputs) {

    public GitSource {
        inputs = inputs == null ? List.of() : List.copyOf(inputs);
    }

    /** The same place, and other files of it. */
    public GitSource withInputs(List<String> others) {
        return new GitSource(url, ref, revision, others);
    }
}
