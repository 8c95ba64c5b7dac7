package dev.trestle.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.api.Schema;
import java.util.regex.Pattern;

/** The form that a text of the configuration must have. The chart's values.schema.json asks for the same. */
enum Form {
    TEXT("(?s).*", "must be a text, in quotes"),
    IMAGE("\\S+", "must be an image, such as 'quay.io/acme/builder:1'"),
    LABEL(
            "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?",
            "must be at most 63 lower case letters, digits and '-', the first and the last a letter or a digit"),
    SUBDOMAIN(
            "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?",
            "must be at most 253 lower case letters, digits, '-' and '.', the first and the last a letter or a digit"),
    PLATFORM(Schema.PLATFORM, String.valueOf(Schema.MESSAGES.get(Schema.PLATFORM))),
    HOST(
            Form.HOST_AND_PORT,
            "must be host and port as in image names, such as 'registry.example:5000', without scheme or path"),
    MIRROR(
            Form.HOST_AND_PORT + "(/[A-Za-z0-9._-]+)*",
            "must be host and port, with a path if need be, such as 'mirror.example/docker', without scheme"),
    REPOSITORY(Schema.REPOSITORY, String.valueOf(Schema.MESSAGES.get(Schema.REPOSITORY))),
    NAMESPACES(
            "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?|[-a-z0-9]{0,62}\\*",
            "must be a namespace, or the beginning of one with '*' at its end, such as 'team-a' or 'pr-*'"),
    REPOSITORIES(
            Form.HOST_AND_PORT + "(/[a-z0-9._-]+)*",
            "must be a registry or a repository, such as 'quay.io/acme', without scheme, tag or digest"),
    FOLDER(
            "/[^\\s:]*",
            "must be the absolute path of a folder, such as '/etc/trestle-git/github', without space or colon"),
    QUANTITY(
            "[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,2}|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?",
            "must be a quantity, such as '20Gi' or '500m'"),
    SECURITY("UserNamespace|Privileged", "must be 'UserNamespace' or 'Privileged'"),
    DNS_POLICY("ClusterFirst|Default", "must be 'ClusterFirst' or 'Default'"),
    OPERATOR("Equal|Exists", "must be 'Equal' or 'Exists'"),
    EFFECT(
            "(NoSchedule|PreferNoSchedule|NoExecute)?",
            "must be 'NoSchedule', 'PreferNoSchedule' or 'NoExecute', or empty for all");

    private static final String HOST_AND_PORT = "[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?";

    private final Pattern pattern;
    private final String rule;

    Form(String pattern, String rule) {
        this.pattern = Pattern.compile(pattern);
        this.rule = rule;
    }

    /** @return the demand, such as {@code must be a quantity …} */
    String rule() {
        return rule;
    }

    /** Only a quantity may be written as a number: elsewhere YAML would turn '1.10' into 1.1. */
    boolean allows(JsonNode value) {
        var readable = value.isTextual() || (this == QUANTITY && value.isNumber());
        return readable && pattern.matcher(value.asText()).matches();
    }
}
