package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.source.GitReader.Unreadable;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JGitReaderTest {
    private final GitReader heads = new JGitReader(Path.of("target/mirrors"), Limits.USUAL, GitServer.anywhere());

    /** Each is a URL that the API server lets through, and that cannot be. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1:99999/a.git | port out of range:99999",
                "http://[fffff]/a.git         | Invalid host: [fffff]",
                "http://127.0.0.1:1/a.git     | http://127.0.0.1:1/a.git: connection failed: Connection refused",
                "http://git.example.invalid/a | no such host 'git.example.invalid'"
            })
    void aUrlThatLeadsNowhereIsUnreadableAndSaysWhy(String url, String cause) {
        assertThatThrownBy(() -> heads.commitsOf(url, Set.of("refs/heads/main")))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining(cause);
    }
}
