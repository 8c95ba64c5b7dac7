package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A git repository at a moving ref, or at one commit that GitOps pins. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.ref) != has(self.revision)",
        message = "exactly one of 'ref' (a branch or tag to follow) and 'revision' (a commit) must be set")
public record GitSource(
        @Required
        @Size(min = 1, max = 2048)
        @ValidationRule(
                value = "self.matches('^https?://[^/@ ]+/[^ ?#]+[.]git$')",
                message = "must be an http or https URL that ends in '.git', without credentials, query or fragment")
        @JsonPropertyDescription("URL of the repository: http or https, ending in '.git', without credentials.")
        String url,

        @Nullable
        @Size(min = 1, max = 255)
        @ValidationRule(
                value = "self.matches('^refs/(heads|tags)/[A-Za-z0-9][A-Za-z0-9._/+-]*$') && !self.contains('..')",
                message = "must be a full ref such as 'refs/heads/main' or 'refs/tags/v1.2.0'")
        @JsonPropertyDescription(
                "The branch or tag to follow, as a full ref: 'refs/heads/main'. The operator looks for new commits.")
        String ref,

        @Nullable
        @Pattern("^[0-9a-f]{40}$")
        @Size(min = 40, max = 40)
        @JsonPropertyDescription("A commit (40 hexadecimal digits) to build, instead of following a ref.")
        String revision) {}
