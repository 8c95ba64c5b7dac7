package dev.trestle.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Comments of the main code name their subjects, as the Kubernetes documentation does: no sentence begins with "What" or "Who", and no
 * pronoun stands for the user, the operator or the registry.
 *
 * @see <a href="https://kubernetes.io/docs/contribute/style/style-guide/">Kubernetes documentation style guide</a>
 */
class WordsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern COMMENT = Pattern.compile("^\\s*(?:/\\*\\*|\\*|//)(.*)$");
    private static final Pattern BANNED = Pattern.compile(
            "\\b(?:[Nn]obody|[Ss]omebody|[Aa]nybody|[Ww]hoever|[Aa]new|Whatever|What|Who|ha(?:s|ve|d) had enough)\\b");

    @Test
    void commentsNameTheirSubjects() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).flatMap(WordsTest::faults))
                    .isEmpty();
        }
    }

    private static Stream<String> faults(Path file) {
        var lines = linesOf(file);
        return IntStream.range(0, lines.size())
                .filter(i -> hasFault(lines.get(i)))
                .mapToObj(i -> "%s:%d: %s".formatted(file, i + 1, lines.get(i).strip()));
    }

    private static boolean hasFault(String line) {
        var comment = COMMENT.matcher(line);
        return comment.matches() && BANNED.matcher(comment.group(1)).find();
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
