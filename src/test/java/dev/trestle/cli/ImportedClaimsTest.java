package dev.trestle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseClaim;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseUse;
import dev.trestle.core.plan.Claims;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator makes of the claims that {@code trestle import} writes. */
final class ImportedClaimsTest {
    @TempDir
    Path out = Path.of("");

    @ParameterizedTest(name = "{0}")
    @MethodSource("matrices")
    void comeToAsManyBasesAsTheReportSaysWithoutACollision(Path matrix, Path mapping, String recipe, int ofRecipe)
            throws IOException {
        var report = ImportRun.json(matrix.toString(), "--mapping", mapping.toString(), "--out", out.toString());

        var claims = claims(builds());
        assertThat(claims)
                .hasSize(report.path("bases").asInt())
                .allSatisfy(one -> assertThat(one.others()).isEmpty());
        assertThat(claims.stream().map(Claims::base).flatMap(Optional::stream).map(BaseImage::getSpec))
                .hasSameSizeAs(claims)
                .filteredOn(spec -> Objects.requireNonNull(spec.dockerfile()).endsWith(recipe))
                .hasSize(ofRecipe);
    }

    static Stream<Arguments> matrices() {
        var own = Path.of("src", "test", "resources", "matrix");
        var given = Optional.ofNullable(System.getenv("TRESTLE_LOCALAI_DIR"))
                .map(Path::of)
                .map(folder -> Arguments.of(
                        folder.resolve("backend-matrix.yml"),
                        Path.of("examples", "localai", "mapping.yaml"),
                        ".python",
                        10));
        return Stream.concat(
                Stream.of(Arguments.of(own.resolve("matrix.yaml"), own.resolve("mapping.yaml"), ".go", 2)),
                given.stream());
    }

    /** As the API server would have them. */
    private List<BackendBuild> builds() throws IOException {
        return ImportRun.files(out).entrySet().stream()
                .filter(file -> !file.getKey().endsWith("kustomization.yaml"))
                .map(file -> Serialization.unmarshal(file.getValue(), BackendBuild.class))
                .map(ImportedClaimsTest::created)
                .toList();
    }

    private static BackendBuild created(BackendBuild build) {
        build.getMetadata().setNamespace("acme");
        build.getMetadata().setUid(build.getMetadata().getName());
        build.getMetadata().setCreationTimestamp("2026-11-21T04:00:00Z");
        return build;
    }

    private static List<Claims> claims(List<BackendBuild> builds) {
        return builds.stream()
                .map(build -> Optional.ofNullable(build.getSpec().base()).map(BaseUse::claim))
                .flatMap(Optional::stream)
                .map(BaseClaim::name)
                .distinct()
                .map(name -> Claims.of(name, builds))
                .toList();
    }
}
