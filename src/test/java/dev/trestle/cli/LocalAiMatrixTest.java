package dev.trestle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mappings of examples/localai, on snapshots of the matrix that they are for. */
@EnabledIfEnvironmentVariable(
        named = "TRESTLE_LOCALAI_DIR",
        matches = ".+",
        disabledReason =
                "set it to a folder with backend-matrix.yml, backend-matrix-pr9746.yml and base-images-matrix.yml")
final class LocalAiMatrixTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest(name = "{0} with {1}.yaml")
    @CsvSource({
        "backend-matrix.yml, mapping, 457, 62, 386, 71, 315, 29",
        "backend-matrix.yml, prebuilt, 457, 62, 386, 71, 315, 10",
        "backend-matrix-pr9746.yml, mapping, 271, 35, 235, 36, 199, 29",
        "backend-matrix-pr9746.yml, prebuilt, 271, 35, 235, 36, 199, 10",
    })
    void comesOutWhole(String file, String mapping, int linux, int external, int builds, int two, int one, int bases)
            throws IOException {
        var json = json(file, "examples/localai/" + mapping + ".yaml");

        assertThat(List.of("linuxLegs", "externalLegs", "builds", "twoPlatform", "onePlatform", "bases"))
                .map(key -> json.path(key).asInt())
                .containsExactly(linux, external, builds, two, one, bases);
        assertThat(json.path("releases").asInt()).isEqualTo(builds + external); // of Linux and of macOS
        assertThat(json.path("linuxRows")).isEqualTo(json.path("linuxLegs"));
        assertThat(json.path("darwinRows")).isEqualTo(json.path("externalLegs"));
        assertThat(json.path("conflicts").findValuesAsText("kind")).allMatch("BaseDiffers"::equals);
        assertThat(json.path("warnings")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"backend-matrix.yml", "backend-matrix-pr9746.yml"})
    void basesThatDoNotSayTheirUpstreamImageAreInConflict(String file) throws IOException {
        var withoutUpstream = folder.resolve("mapping.yaml");
        var mapping = Files.readString(Path.of("examples/localai/mapping.yaml"));
        Files.writeString(withoutUpstream, mapping.replace("${cuda}-${upstream}", "${cuda}"));

        var json = json(file, withoutUpstream.toString());

        assertThat(json.path("bases").asInt()).isEqualTo(26);
        assertThat(json.path("conflicts").findValuesAsText("field")).containsOnly("buildArgs.BASE_IMAGE");
        assertThat(json.path("conflicts").findValuesAsText("name"))
                .isSubsetOf("cpp-sycl-f32-2404", "golang-hipblas-2404", "python-intel-2404")
                .hasSize(3);
    }

    /** LocalAI's own workflow has the matrix of the bases in a job. */
    @Test
    void theBasesAreReadWhereTheyStandInAWorkflow() throws IOException {
        var given = Path.of(System.getenv("TRESTLE_LOCALAI_DIR"));
        var workflow = folder.resolve("base-images.yml");
        Files.writeString(
                workflow,
                "on: {workflow_dispatch: }\njobs:\n  build:\n    strategy:\n      matrix:\n"
                        + Files.readString(given.resolve("base-images-matrix.yml"))
                                .indent(8));

        var mapping = "examples/localai/prebuilt.yaml";
        var out = folder.resolve("out").toString();
        var matrix = given.resolve("backend-matrix.yml").toString();
        var json = ImportRun.json(matrix, "--mapping", mapping, "--out", out, "--bases", workflow.toString());

        assertThat(json).isEqualTo(json("backend-matrix.yml", mapping));
    }

    /** What the calling workflow gives where no row says otherwise. */
    @ParameterizedTest
    @CsvSource({
        "mapping, gpu-rocm-hipblas-whisper, true",
        "prebuilt, gpu-rocm-hipblas-llama-cpp, true",
        "mapping, cpu-whisper, true",
        "mapping, gpu-rocm-hipblas-vllm, false",
    })
    void graphicsProcessorsOfAmdAreNamed(String mapping, String build, boolean named) throws IOException {
        json("backend-matrix.yml", "examples/localai/" + mapping + ".yaml");

        var text = Files.readString(folder.resolve("out").resolve(build + ".yaml"));
        assertThat(text.contains("gfx908,gfx90a,gfx942,gfx950,gfx1030,gfx1100,gfx1101,gfx1102,gfx1151,gfx1200,gfx1201"))
                .isEqualTo(named);
        assertThat(text.contains("AMDGPU_TARGETS")).isEqualTo(named);
    }

    private JsonNode json(String file, String mapping) throws IOException {
        var matrix = Path.of(System.getenv("TRESTLE_LOCALAI_DIR")).resolve(file);
        return ImportRun.json(
                matrix.toString(),
                "--mapping",
                mapping,
                "--out",
                folder.resolve("out").toString());
    }
}
