package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trestle.source.RepositoryAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookPayloadTest {
    static Stream<Arguments> payloads() {
        return Stream.of(
                arguments("GitHub", """
                        {"ref": "refs/heads/main", "commits": [{"url": "https://github.com/other/x/commit/1", "message": "{"}],
                         "repository": {"id": 1, "owner": {"url": "https://github.com/other/y"}, "html_url": "https://github.com/acme/app",
                          "clone_url": "https://github.com/acme/app.git", "ssh_url": "git@github.com:acme/app.git", "topics": ["url"]},
                         "sender": {"url": "https://github.com/other/z"}}
                        """, Set.of("github.com/acme/app")),
                arguments("GitLab", """
                        {"object_kind": "push", "project": {"git_http_url": "https://gitlab.example/acme/sub/app.git",
                         "git_ssh_url": "ssh://git@gitlab.example:2222/acme/sub/app.git", "web_url": "https://gitlab.example/acme/sub/app",
                         "avatar_url": "https://gitlab.example/other"}, "repository": {"url": "git@gitlab.example:acme/sub/app.git"}}
                        """, Set.of("gitlab.example/acme/sub/app")),
                arguments("Gitea", """
                        {"repository": {"clone_url": "http://git.example:3000/acme/app.git", "ssh_url": "git@git.example:acme/app.git"}}
                        """, Set.of("git.example/acme/app")),
                arguments("a URL alone", """
                        {"url": "https://git.example/acme/app"}""", Set.of("git.example/acme/app")),
                arguments("a repository by its URL", """
                        {"repository": "https://git.example/acme/app"}""", Set.of("git.example/acme/app")),
                arguments("one that speaks of something else", """
                        {"zen": "Keep it logically awesome.", "repository": null, "url": 1}""", Set.of()),
                arguments("one with too long a URL", """
                        {"url": "https://git.example/%s"}""".formatted("a".repeat(2048)), Set.of()),
                arguments("none", "{}", Set.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void theRepositoryThatItSpeaksOf(String what, String payload, Set<String> addresses) throws IOException {
        assertThat(addressesIn(payload).stream().map(RepositoryAddress::value).collect(Collectors.toSet()))
                .as(what)
                .isEqualTo(addresses);
    }

    static List<String> hostile() {
        return List.of("", "[]", "payload=%7B%7D", "{", "{\"a\":" + "[".repeat(10_000), "{\"a\": \"unfinished");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whatIsNoObjectIsRefused(String body) {
        assertThatThrownBy(() -> addressesIn(body)).isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000, 20_000_000})
    void longTextsArePassedOver(int length) throws IOException {
        assertThat(addressesIn(
                        "{\"a\": \"%s\", \"url\": \"https://git.example/acme/app\"}".formatted("x".repeat(length))))
                .hasSize(1);
    }

    private static Set<RepositoryAddress> addressesIn(String payload) throws IOException {
        return WebhookPayload.addresses(new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)));
    }
}
