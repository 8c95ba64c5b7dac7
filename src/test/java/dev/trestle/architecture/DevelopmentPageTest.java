package dev.trestle.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The places that docs/development.md sends a reader to are there. */
class DevelopmentPageTest {
    private static final Path PAGE = Path.of("docs/development.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CLASS = Pattern.compile("(?:[a-z]+\\.)*[A-Z][A-Za-z]+");
    private static final Pattern PACKAGE = Pattern.compile("(?:api|cli|controller|core|runtime)(?:\\.[a-z]+)*");
    private static final Pattern FILE = Pattern.compile("(?!https?:)[A-Za-z.][\\w.-]*(?:/[\\w.-]+)+");

    @Test
    void everyPlaceOfTheTableIsThere() throws IOException {
        var classes = classes();
        var names = namesOfTable();

        assertThat(names)
                .filteredOn(name -> CLASS.matcher(name).matches())
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(classes)
                        .as("classes, of which docs/development.md names '%s'", name)
                        .anyMatch(path -> path.endsWith("/" + name.replace('.', '/') + ".java")));
        assertThat(names)
                .filteredOn(name -> PACKAGE.matcher(name).matches())
                .hasSizeGreaterThan(3)
                .allSatisfy(name -> assertThat(Path.of("src/main/java/dev/trestle", name.replace('.', '/')))
                        .isDirectory());
        assertThat(names)
                .filteredOn(name -> FILE.matcher(name).matches())
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(Path.of(name)).exists());
    }

    private static List<String> namesOfTable() throws IOException {
        try (var lines = Files.lines(PAGE)) {
            return lines.dropWhile(line -> !line.equals("## Where new things go"))
                    .filter(line -> line.startsWith("| "))
                    .flatMap(line -> CODE.matcher(line).results())
                    .map((MatchResult code) -> code.group(1))
                    .toList();
        }
    }

    private static Set<String> classes() throws IOException {
        try (var files = Files.walk(Path.of("src"))) {
            return files.map(Path::toString)
                    .filter(path -> path.endsWith(".java"))
                    .collect(Collectors.toSet());
        }
    }
}
