package dev.trestle.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BuildArg;
import dev.trestle.api.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Two claims of one name that describe different bases.
 *
 * @param field the first field that differs
 * @param theirs its value in the elder's claim
 * @param ours its value in the younger's
 */
public record Collision(String base, String elder, String younger, String field, String theirs, String ours) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VALUE_LENGTH = 200;

    static Optional<Collision> between(BackendBuild elder, BackendBuild younger) {
        var theirs = described(elder);
        var ours = described(younger);
        var fields = new TreeSet<String>();
        theirs.fieldNames().forEachRemaining(fields::add);
        ours.fieldNames().forEachRemaining(fields::add);
        return fields.stream()
                .filter(field -> !theirs.path(field).equals(ours.path(field)))
                .findFirst()
                .map(field -> new Collision(
                        younger.getSpec().baseName().orElseThrow(),
                        elder.getMetadata().getName(),
                        younger.getMetadata().getName(),
                        field,
                        shown(theirs.path(field)),
                        shown(ours.path(field))));
    }

    /** The sources of the base: the claim and the repository. The order of arguments does not matter. */
    private static ObjectNode described(BackendBuild build) {
        var claim = Claims.claimOf(build).orElseThrow();
        ObjectNode described = JSON.valueToTree(claim);
        described.set(
                "buildArgs",
                JSON.valueToTree(claim.buildArgs().stream()
                        .sorted(Comparator.comparing(BuildArg::name))
                        .toList()));
        described.set(
                "upstream", JSON.valueToTree(claim.upstream().stream().sorted().toList()));
        described.set(
                "inputs", JSON.valueToTree(claim.inputs().stream().sorted().toList()));
        var repository =
                new Source(build.getSpec().source().git().withInputs(List.of()).withoutSecret());
        described.set("source", JSON.valueToTree(repository));
        described.put("trust", build.getSpec().effectiveTrust().name());
        return described;
    }

    private static String shown(JsonNode value) {
        var text = value.isMissingNode() ? "nothing" : value.isTextual() ? value.asText() : value.toString();
        return text.length() <= VALUE_LENGTH ? text : text.substring(0, VALUE_LENGTH - 1) + "…";
    }

    public String sentence() {
        return "Base '%s' is claimed by the elder build '%s' with %s '%s', but by '%s' with '%s'. Make the claims equal, or give one of them another name."
                .formatted(base, elder, field, theirs, younger, ours);
    }
}
