package dev.trestle.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of a workflow's jobs are those of which GitHub makes jobs. */
class JobMatrixTest {

    @Test
    void theFirstListTurnsSlowest() throws ImportRefused {
        assertThat(rows("""
                os: [linux, mac]
                arch: [amd64, arm64]
                """))
                .containsExactly(
                        row("{os: linux, arch: amd64}"),
                        row("{os: linux, arch: arm64}"),
                        row("{os: mac, arch: amd64}"),
                        row("{os: mac, arch: arm64}"));
    }

    @Test
    void excludeTakesAwayWhatItFits() throws ImportRefused {
        assertThat(rows("""
                os: [linux, mac]
                arch: [amd64, arm64]
                exclude:
                - {os: MAC, arch: amd64}
                - {arch: riscv64}
                """))
                .containsExactly(
                        row("{os: linux, arch: amd64}"),
                        row("{os: linux, arch: arm64}"),
                        row("{os: mac, arch: arm64}"));
    }

    /** The example of GitHub's own documentation, in other words. */
    @Test
    void includeIsLaidOverWhereItChangesNoListAndElseAdded() throws ImportRefused {
        assertThat(rows("""
                fruit: [fig, pear]
                animal: [cow, dog]
                include:
                - {color: green}
                - {color: pink, animal: cow}
                - {fruit: fig, shape: round}
                - {fruit: kiwi}
                - {fruit: kiwi, animal: cow}
                """))
                .containsExactly(
                        row("{fruit: fig, animal: cow, color: pink, shape: round}"),
                        row("{fruit: fig, animal: dog, color: green, shape: round}"),
                        row("{fruit: pear, animal: cow, color: pink}"),
                        row("{fruit: pear, animal: dog, color: green}"),
                        row("{fruit: kiwi}"),
                        row("{fruit: kiwi, animal: cow}"));
    }

    @Test
    void includeAloneIsAListOfRows() throws ImportRefused {
        assertThat(rows("include: [{a: 1}, {a: 1}, {b: 2}]"))
                .containsExactly(row("{a: 1}"), row("{a: 1}"), row("{b: 2}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'${{ fromJson(needs.a.outputs.m) }}'      | 'jobs.a.strategy.matrix' is an expression",
                "{include: '${{ fromJson(x) }}'}           | 'jobs.a.strategy.matrix.include' is an expression",
                "{os: ['${{ inputs.os }}']}                | 'jobs.a.strategy.matrix.os' is an expression",
                "{os: []}                                  | 'jobs.a.strategy.matrix.os' has no values",
                "{os: linux}                               | 'jobs.a.strategy.matrix.os' must be a list",
                "{os: [a], exclude: [{arch: b}]}           | has the key 'arch', which is not a list of the matrix",
                "{include: [a]}                            | 'jobs.a.strategy.matrix.include' must be a list of mappings",
                "5                                         | 'jobs.a.strategy.matrix' must be a mapping",
            })
    void whatCannotBeKnownIsRefusedByItsPlace(String matrix, String message) {
        assertThatThrownBy(() -> new JobMatrix("jobs.a.strategy.matrix", Given.yaml(matrix)).rows())
                .isInstanceOf(ImportRefused.class)
                .hasMessageContaining(message);
    }

    @Test
    void theNumberOfRowsIsBounded() throws ImportRefused {
        assertThat(rows(List.of(100, 100))).hasSize(JobMatrix.MOST_ROWS);
        assertThatThrownBy(() -> rows(List.of(100, 101))).hasMessageContaining("more than 10000 combinations");
        assertThatThrownBy(() -> rows(IntStream.range(0, 200).mapToObj(_ -> 10).toList()))
                .hasMessageContaining("more than 10000 combinations");
        assertThat(new RowPath("r").rows(list(JobMatrix.MOST_ROWS))).hasSize(JobMatrix.MOST_ROWS);
        assertThatThrownBy(() -> new RowPath("r").rows(list(JobMatrix.MOST_ROWS + 1)))
                .hasMessageContaining("more than 10000 rows");
    }

    private static List<JsonNode> rows(List<Integer> sizes) throws ImportRefused {
        var matrix = JsonNodeFactory.instance.objectNode();
        IntStream.range(0, sizes.size()).forEach(i -> {
            var values = matrix.putArray("list" + i);
            IntStream.range(0, sizes.get(i)).forEach(values::add);
        });
        return new JobMatrix("m", matrix).rows();
    }

    private static JsonNode list(int size) {
        var file = JsonNodeFactory.instance.objectNode();
        var rows = file.putArray("r");
        IntStream.range(0, size).forEach(_ -> rows.addObject());
        return file;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "include                       | 2",
                "jobs.*.strategy.matrix        | 2",
                "jobs.b.strategy.matrix        | 1",
                "jobs.b.strategy.matrix.include| 1",
                "jobs.c.strategy.matrix        | 0",
                "includeDarwin                 | 0",
            })
    void aPathFindsTheJobs(String path, int rows) throws ImportRefused {
        var workflow = Given.yaml("""
                jobs:
                  a: {strategy: {matrix: {os: [linux]}}}
                  b: {strategy: {matrix: {include: [{os: mac}]}}}
                  c: {runs-on: ubuntu-latest}
                """);

        assertThat(new RowPath(path).rows(workflow)).hasSize(rows);
    }

    @Test
    void aListOfThatNameComesFirst() throws ImportRefused {
        assertThat(new RowPath("include").rows(Given.yaml("{include: [{a: 1}], jobs: {}}")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "3.10, 3.1",
        "12, 12",
        "1.0, 1",
        "0.0, 0",
        "0.00001, 0.00001",
        "0.000001, 1E-06",
        "123456789012345, 123456789012345",
        "1234567890123456, 1.23456789012346E+15",
        "12345678901234567890, 1.23456789012346E+19",
        "-2.50, -2.5",
    })
    void numbersAreWrittenAsInJobs(BigDecimal number, String text) {
        assertThat(GitHubNumber.inJobs(DecimalNode.valueOf(number))).isEqualTo(text);
    }

    private static List<JsonNode> rows(String matrix) throws ImportRefused {
        return new JobMatrix("m", Given.yaml(matrix)).rows();
    }

    private static JsonNode row(String text) {
        return Given.yaml(text);
    }
}
