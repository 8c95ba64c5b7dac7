package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.runtime.ConfigurationFile.Invalid;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a wrong configuration is told: where, what is wrong, and what is allowed. */
class ConfigurationRefusalTest {
    private static final String IMAGES = """
            builderImage: ghcr.io/acme/builder:1
            mergeImage: ghcr.io/acme/operator:1
            """;
    private static final String LEAST = IMAGES + """
            pools:
            - name: amd64
              platforms: [linux/amd64]
            """;
    private static final String KEYS =
            "'builderImage', 'mergeImage', 'git', 'upstream', 'outward', 'registries', 'pools', 'untrusted', 'retries', 'repositories', 'merge'";
    private static final String POOL_KEYS =
            "'name', 'platforms', 'nodeSelector', 'tolerations', 'resources', 'largerResources', 'scratch', 'security',"
                    + " 'runtimeClassName',"
                    + " 'dnsPolicy', 'priorityClassName', 'podLabels', 'podAnnotations', 'queueDeadlineSeconds', 'startDeadlineSeconds',"
                    + " 'buildDeadlineSeconds', 'drainSeconds', 'maxRunning', 'waveBudget'";
    private static final String PLATFORM =
            "it must be one of 'linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386',"
                    + " 'linux/ppc64le', 'linux/riscv64', 'linux/s390x'.";
    private static final String LABEL =
            "it must be at most 63 lower case letters, digits and '-', the first and the last a letter or a digit.";
    private static final String HOST =
            "it must be host and port as in image names, such as 'registry.example:5000', without scheme or path.";
    private static final String MIRROR =
            "it must be host and port, with a path if need be, such as 'mirror.example/docker', without scheme.";
    private static final String QUANTITY = "it must be a quantity, such as '20Gi' or '500m'.";
    private static final String NO_POOL =
            "'pools' is empty; there must be at least one pool, with 'name' and 'platforms'.";

    static Stream<Arguments> wholes() {
        return Stream.of(
                arguments("- a", "The configuration is a list; it must be a mapping with the keys " + KEYS + "."),
                arguments("a", "The configuration is 'a'; it must be a mapping with the keys " + KEYS + "."),
                arguments(
                        LEAST.replace("builderImage: ghcr.io/acme/builder:1\n", ""),
                        "'builderImage' is missing; it must be an image, such as 'quay.io/acme/builder:1'."),
                arguments(
                        LEAST.replace("mergeImage: ghcr.io/acme/operator:1", "mergeImage:"),
                        "'mergeImage' is missing; it must be an image, such as 'quay.io/acme/builder:1'."),
                arguments(
                        LEAST.replace("ghcr.io/acme/builder:1", "' '"),
                        "'builderImage' is missing; it must be an image, such as 'quay.io/acme/builder:1'."),
                arguments(
                        LEAST.replace("ghcr.io/acme/builder:1", "a b"),
                        "'builderImage' is 'a b'; it must be an image, such as 'quay.io/acme/builder:1'."),
                arguments(
                        LEAST.replace("ghcr.io/acme/builder:1", "[a]"),
                        "'builderImage' is a list; it must be an image, such as 'quay.io/acme/builder:1'."),
                arguments(LEAST + "poolz: []", "'poolz' is no key; the keys here are " + KEYS + "."),
                arguments(IMAGES, NO_POOL),
                arguments(IMAGES + "pools: []", NO_POOL),
                arguments(
                        LEAST + "- {name: amd64, platforms: [linux/arm64]}",
                        "'pools[1].name' is 'amd64', as is one before it; each may stand once."));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wholes")
    void aWrongFile(String yaml, String message) {
        assertRefused(yaml, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "git: 60                   | 'git' is 60; it must be a mapping with the keys 'pollSeconds', 'hosts', 'credentials'.",
                "git: {poll: 60}           | 'git.poll' is no key; the keys here are 'pollSeconds', 'hosts', 'credentials'.",
                "git: {hosts: github.com}  | 'git.hosts' is 'github.com'; it must be a list.",
                "git: {pollSeconds: 4}     | 'git.pollSeconds' is 4; it must be a whole number from 5 to 3600.",
                "git: {pollSeconds: 3601}  | 'git.pollSeconds' is 3601; it must be a whole number from 5 to 3600.",
                "untrusted: {frontends: [Dockerfile]} | 'untrusted.frontends[0]' is 'Dockerfile'; it must be a repository in lower case that starts with its registry, such as 'quay.io/acme/app', without scheme, tag or digest.",
                "untrusted: {syntax: []}  | 'untrusted.syntax' is no key; the keys here are 'frontends'.",
                "repositories: [{allow: [a]}] | 'repositories[0].namespaces' is missing; it must be a namespace, or the beginning of one with '*' at its end, such as 'team-a' or 'pr-*'.",
                "repositories: [{namespaces: ['*-a']}] | 'repositories[0].namespaces[0]' is '*-a'; it must be a namespace, or the beginning of one with '*' at its end, such as 'team-a' or 'pr-*'.",
                "repositories: [{namespaces: ['*'], allow: ['quay.io/a:1']}] | 'repositories[0].allow[0]' is 'quay.io/a:1'; it must be a registry or a repository, such as 'quay.io/acme', without scheme, tag or digest.",
                "retries: -1               | 'retries' is -1; it must be a whole number from 0 to 8.",
                "retries: 9                | 'retries' is 9; it must be a whole number from 0 to 8.",
                "retries: 2.7              | 'retries' is 2.7; it must be a whole number from 0 to 8.",
                "retries: many             | 'retries' is 'many'; it must be a whole number from 0 to 8.",
                "retries: '3'              | 'retries' is '3'; it must be a whole number from 0 to 8.",
                "retries: 9999999999999999999 | 'retries' is 9999999999999999999; it must be a whole number from 0 to 8.",
                "retries: [1]              | 'retries' is a list; it must be a whole number from 0 to 8."
            },
            quoteCharacter = '`')
    void aWrongKey(String key, String message) {
        assertRefused(LEAST + key, message);
    }

    static Stream<Arguments> gits() {
        var folder =
                "it must be the absolute path of a folder, such as '/etc/trestle-git/github', without space or colon.";
        var keys = "'host', 'folder', 'plainHttp'.";
        return Stream.of(
                arguments("hosts: [~]", "'git.hosts[0]' is empty; " + HOST),
                arguments("hosts: [a, 'https://b']", "'git.hosts[1]' is 'https://b'; " + HOST),
                arguments("hosts: ['*.example']", "'git.hosts[0]' is '*.example'; " + HOST),
                arguments("credentials: [{folder: /a}]", "'git.credentials[0].host' is missing; " + HOST),
                arguments("credentials: [{host: a}]", "'git.credentials[0].folder' is missing; " + folder),
                arguments("credentials: [{host: a, folder: b}]", "'git.credentials[0].folder' is 'b'; " + folder),
                arguments(
                        "credentials: [{host: a, password: b}]",
                        "'git.credentials[0].password' is no key; the keys here are " + keys),
                arguments(
                        "credentials: [{host: a, folder: /a}, {host: A, folder: /b}]",
                        "'git.credentials[1].host' is 'a', as is one before it; each may stand once."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gits")
    void aWrongGitServer(String key, String message) {
        assertRefused(LEAST + "git: {" + key + "}", message);
    }

    static Stream<Arguments> pools() {
        return Stream.of(
                arguments("~", "'pools[0]' is empty; it must be a mapping with the keys " + POOL_KEYS + "."),
                arguments("{platforms: [linux/amd64]}", "'pools[0].name' is missing; " + LABEL),
                arguments("{name: Fast_1, platforms: [linux/amd64]}", "'pools[0].name' is 'Fast_1'; " + LABEL),
                arguments(
                        "{name: %s, platforms: [linux/amd64]}".formatted("a".repeat(64)),
                        "'pools[0].name' is '%s'; ".formatted("a".repeat(64)) + LABEL),
                arguments("{name: 64, platforms: [linux/amd64]}", "'pools[0].name' is 64; " + LABEL),
                arguments("{name: a}", "'pools[0].platforms' is empty; name at least one, such as 'linux/amd64'."),
                arguments(
                        "{name: a, platforms: []}",
                        "'pools[0].platforms' is empty; name at least one, such as 'linux/amd64'."),
                arguments(
                        "{name: a, platforms: linux/amd64}",
                        "'pools[0].platforms' is 'linux/amd64'; it must be a list."),
                arguments("{name: a, platforms: [~]}", "'pools[0].platforms[0]' is empty; " + PLATFORM),
                arguments("{name: a, platforms: [amd64]}", "'pools[0].platforms[0]' is 'amd64'; " + PLATFORM),
                arguments(
                        "{name: a, platforms: [linux/amd64, 'linux/']}",
                        "'pools[0].platforms[1]' is 'linux/'; " + PLATFORM));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pools")
    void aPoolWithAWrongNameOrPlatform(String pool, String message) {
        assertRefused(IMAGES + "pools: [" + pool + "]", message);
    }

    static Stream<Arguments> poolKeys() {
        var limits = "it must be a whole number from 60 to 604800.";
        var taint = "'key', 'operator', 'value', 'effect', 'tolerationSeconds'.";
        return Stream.of(
                arguments("platform: linux/amd64", ".platform' is no key; the keys here are " + POOL_KEYS + "."),
                arguments("nodeSelector: {a: }", ".nodeSelector.a' is empty; it must be a text, in quotes."),
                arguments("nodeSelector: [a]", ".nodeSelector' is a list; it must be a mapping."),
                arguments("podLabels: {a: ~}", ".podLabels.a' is empty; it must be a text, in quotes."),
                arguments("podLabels: {a: 1.10}", ".podLabels.a' is 1.1; it must be a text, in quotes."),
                arguments("podAnnotations: {a: true}", ".podAnnotations.a' is true; it must be a text, in quotes."),
                arguments("tolerations: [~]", ".tolerations[0]' is empty; it must be a mapping with the keys " + taint),
                arguments("tolerations: [{kye: a}]", ".tolerations[0].kye' is no key; the keys here are " + taint),
                arguments(
                        "tolerations: [{operator: Is}]",
                        ".tolerations[0].operator' is 'Is'; it must be 'Equal' or 'Exists'."),
                arguments(
                        "tolerations: [{effect: Never}]",
                        ".tolerations[0].effect' is 'Never'; it must be 'NoSchedule', 'PreferNoSchedule' or 'NoExecute', or empty for all."),
                arguments(
                        "resources: {limit: {}}",
                        ".resources.limit' is no key; the keys here are 'requests', 'limits'."),
                arguments(
                        "resources: {requests: {memory: lots}}", ".resources.requests.memory' is 'lots'; " + QUANTITY),
                arguments("resources: {requests: {memory: }}", ".resources.requests.memory' is empty; " + QUANTITY),
                arguments("resources: {limits: {cpu: -1}}", ".resources.limits.cpu' is -1; " + QUANTITY),
                arguments("scratch: plenty", ".scratch' is 'plenty'; " + QUANTITY),
                arguments("scratch: 20GiB", ".scratch' is '20GiB'; " + QUANTITY),
                arguments("scratch: -20Gi", ".scratch' is '-20Gi'; " + QUANTITY),
                arguments("scratch: ''", ".scratch' is ''; " + QUANTITY),
                arguments(
                        "security: Rootless", ".security' is 'Rootless'; it must be 'UserNamespace' or 'Privileged'."),
                arguments("dnsPolicy: None", ".dnsPolicy' is 'None'; it must be 'ClusterFirst' or 'Default'."),
                arguments("buildDeadlineSeconds: 0", ".buildDeadlineSeconds' is 0; " + limits),
                arguments("buildDeadlineSeconds: -1", ".buildDeadlineSeconds' is -1; " + limits),
                arguments("drainSeconds: 0", ".drainSeconds' is 0; it must be a whole number from 1 to 3600."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poolKeys")
    void aPoolWithAWrongKey(String key, String message) {
        assertRefused(LEAST + "  " + key, "'pools[0]" + message);
    }

    static Stream<Arguments> registries() {
        return Stream.of(
                arguments("~", "' is empty; it must be a mapping with the keys 'host', 'plainHttp', 'mirrors'."),
                arguments("{plainHttp: true}", ".host' is missing; " + HOST),
                arguments("{host: 'https://a.example'}", ".host' is 'https://a.example'; " + HOST),
                arguments("{host: a.example/team}", ".host' is 'a.example/team'; " + HOST),
                arguments("{host: a.example/}", ".host' is 'a.example/'; " + HOST),
                arguments(
                        "{host: a, plainHttp: 'yes'}",
                        ".plainHttp' is 'yes'; it must be true or false, without quotes."),
                arguments(
                        "{host: a, insecure: true}",
                        ".insecure' is no key; the keys here are 'host', 'plainHttp', 'mirrors'."),
                arguments("{host: a, mirrors: [~]}", ".mirrors[0]' is empty; " + MIRROR),
                arguments("{host: a, mirrors: ['http://b']}", ".mirrors[0]' is 'http://b'; " + MIRROR));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("registries")
    void aWrongRegistry(String registry, String message) {
        assertRefused(LEAST + "registries: [" + registry + "]", "'registries[0]" + message);
    }

    @Test
    void aRegistryThatIsThereTwice() {
        assertRefused(
                LEAST + "registries: [{host: a.example}, {host: a.example, plainHttp: true}]",
                "'registries[1].host' is 'a.example', as is one before it; each may stand once.");
    }

    private static void assertRefused(String yaml, String message) {
        assertThatThrownBy(() -> ConfigurationFile.parse(yaml))
                .isInstanceOf(Invalid.class)
                .hasMessage(message);
    }
}
