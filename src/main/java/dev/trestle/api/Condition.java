package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * One statement about an object, as the Kubernetes API conventions have it.
 *
 * @see <a href="https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties">API conventions</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        @Required
        @Pattern("^[A-Z][A-Za-z]*$")
        @Size(min = 1, max = 63)
        @JsonPropertyDescription("What the condition is about: Ready, UpToDate, Building, …")
        String type,

        @Required @JsonPropertyDescription("True, False, or Unknown while it is being found out.")
        ConditionStatus status,

        @Min(-1)
        @Max(Schema.MAX_INTEGER)
        @JsonPropertyDescription("The generation of the spec that the condition speaks of.")
        long observedGeneration,

        @Required @Size(min = 1, max = 40) @JsonPropertyDescription("When the status last changed, RFC 3339.")
        String lastTransitionTime,

        @Required @JsonPropertyDescription("One word that says why; docs/reasons.md explains each.")
        Reason reason,

        @Required
        @Size(max = Schema.CONDITION_MESSAGE)
        @JsonPropertyDescription("The same for people: what, why, and what to do.")
        String message) {}
