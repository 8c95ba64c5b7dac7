package dev.trestle.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MappingTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("slips")
    void refusesASlipByItsPlace(String slip, Consumer<ObjectNode> change, List<String> says) {
        var mapping = Given.file("mapping.yaml");
        change.accept(mapping);

        assertThatThrownBy(() -> MatrixImport.of(Mapping.read(mapping), Given.file("matrix.yaml"), Optional.empty()))
                .isInstanceOf(ImportRefused.class)
                .message()
                .contains(says);
    }

    static Stream<Arguments> slips() {
        return Stream.of(
                slip("a key that is none", linux -> linux.put("imge", "x"), "'linux.imge' is no key", "'image'"),
                slip("a key that is missing", linux -> linux.remove("image"), "'linux.image' is missing"),
                slip("a text that is a number", linux -> linux.put("image", 1), "'linux.image' must be a text"),
                slip(
                        "a value that nobody defines",
                        linux -> linux.put("name", "${suffix}"),
                        "'linux.name' uses 'suffix'",
                        "'build'"),
                slip(
                        "a value that is defined later",
                        linux -> linux.withObject("values").withObject("build").put("of", "${pool}"),
                        "'linux.values.build.of' uses 'pool'"),
                slip(
                        "a value with the name of a column",
                        linux -> linux.withObject("values").put("name", "x"),
                        "'linux.values.name' has the name of a column"),
                slip("a place without an end", linux -> linux.put("name", "${build"), "'linux.name' has a '${'"),
                slip(
                        "an expression that is none",
                        linux -> linux.withObject("values")
                                .withObject("build")
                                .putObject("replace")
                                .put("(", ""),
                        "'linux.values.build.replace.(' is no regular expression"),
                slip(
                        "a condition on a value that nobody defines",
                        linux -> linux.withObject("build")
                                .withObject("base")
                                .putObject("when")
                                .put("os", "x"),
                        "'linux.build.base.when.os' uses 'os'"),
                slip(
                        "a field that the API does not have",
                        linux -> linux.withObject("build").put("dockerFile", "x"),
                        "'linux.build.dockerFile' is no field"),
                slip(
                        "a field that the API must have",
                        linux -> linux.withObject("build").remove("source"),
                        "'linux.build.source' is missing"),
                slip(
                        "a part of a field that the API must have",
                        linux -> linux.withObject("build").withObject("base").remove("arg"),
                        "'linux.build.base.arg' is missing"),
                slip(
                        "a release that follows a branch",
                        linux -> linux.withObject("release")
                                .withObject("build")
                                .withObject("source")
                                .withObject("git")
                                .put("ref", "refs/heads/v*"),
                        "'linux.release.build' must follow releases"),
                slip(
                        "a field of a release that the API does not have",
                        linux -> linux.withObject("release").withObject("build").put("dockerFile", "x"),
                        "'linux.release.build.dockerFile' is no field"),
                slip(
                        "a release's value that nobody defines",
                        linux -> linux.withObject("release").withObject("build").put("dockerfile", "${recipe}"),
                        "'linux.release.build.dockerfile' uses 'recipe'"),
                slip(
                        "a bases' name without bases",
                        linux -> linux.putObject("base").put("name", "x"),
                        "'linux.base' names bases"));
    }

    private static Arguments slip(String slip, Consumer<ObjectNode> change, String... says) {
        Consumer<ObjectNode> ofLinux = mapping -> change.accept((ObjectNode) mapping.path("linux"));
        return Arguments.of(slip, ofLinux, List.of(says));
    }

    @ParameterizedTest(name = "''{0}'' with value ''{1}'' is ''{2}''")
    @CsvSource({
        "a-${v}-b, x, a-x-b",
        "a-${v}-b, '', a--b",
        "a-${v?}-b, x, a-x-b",
        "a-${v?}-b, '', ",
        "$${branch}-${v}, x, ${branch}-x",
        "$5-${v}, $1, $5-$1",
    })
    void templates(String template, String value, String expected) {
        assertThat(new Template(template).fill(Map.of("v", value))).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest(name = "''{0}'' is ''{1}''")
    @CsvSource({
        "ubuntu:24.04, plain", // a case
        "quay.io/acme/tool:1.2-devel, tool-1.2", // every replacement, in order
        "other, other", // itself
    })
    void values(String given, String expected) throws ImportRefused {
        var value = Derived.read(new Part("v", Given.yaml("""
                                of: ${image}
                                cases: {"ubuntu:*": plain}
                                replace: {"^.*/": "", "-devel$": "", "^(tool):": "$1-"}
                                """)), Set.of("image"));

        assertThat(value.value(Map.of("image", given))).isEqualTo(expected);
    }
}
