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
@ValidationRule(
        value = "!has(self.force) || !self.force || (has(self.ref) && self.ref.contains('*'))",
        message = "'force' rebuilds for a release: set 'ref' to a pattern of tags such as 'refs/tags/v*'")
@JsonIgnoreProperties(ignoreUnknown = true)
@WithBuilder
public record GitSource(
        @Required
        @Size(min = 1, max = 2048)
        @Pattern(Schema.GIT_URL)
        @JsonPropertyDescription("URL of the repository: http or https, ending in '.git', without credentials.")
        String url,

        @Nullable
        @Pattern(Schema.SUBDOMAIN)
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
                "Name of a Secret of type kubernetes.io/basic-auth in the same namespace, for a repository that not everybody may read. The pods of legs mount it and send it to the URL's host alone; the operator never reads it. Steps of the Dockerfile may ask BuildKit for it, so it should be able to read this repository and nothing else.")
        String secret,

        @Nullable
        @Size(min = 1, max = 255)
        @ValidationRule(value = Schema.REF_RULE, message = Schema.REF_MESSAGE)
        @JsonPropertyDescription(
                "The branch or tag to follow, as a full ref: 'refs/heads/main'. The operator looks for new commits. With one '*', as in 'refs/tags/v*', it is the tag of the highest version, and no lower one is built after it.")
        String ref,

        @Nullable
        @Pattern(Schema.COMMIT)
        @Size(min = 1, max = 40)
        @JsonPropertyDescription("A commit (40 hexadecimal digits) to build, instead of following a ref.")
        String revision,

        @Nullable
        @JsonPropertyDescription(
                "For a pattern of tags: true builds every leg of a release anew, though nothing that it is made of has moved. Default: false.")
        Boolean force,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Files that the image is made of: paths and globs such as 'backend/go/**'; one that begins with '!' takes files out. The Dockerfile, and the files that it names, belong to them always. Default: what the Dockerfile copies, as far as it can be told, else the whole context.")
        List<@Pattern(Schema.GLOB) @Size(min = 1, max = 512) String> inputs) {

    public GitSource {
        inputs = inputs == null ? List.of() : List.copyOf(inputs);
    }

    /** The server, with its port if the URL has one. */
    public String host() {
        return url.split("/", 4)[2];
    }

    /** Whether it follows a pattern of tags, and with that releases. */
    public boolean followsReleases() {
        return ref != null && ref.contains("*");
    }

    public boolean forces() {
        return force != null && force;
    }

    /** The same place, and other files of it. */
    public GitSource withInputs(List<String> others) {
        return new GitSource(url, secret, ref, revision, force, others);
    }

    /** The same files of the same place, without the right to read them. */
    public GitSource withoutSecret() {
        return GitSourceBuilder.builder(this).secret(null).build();
    }
}
