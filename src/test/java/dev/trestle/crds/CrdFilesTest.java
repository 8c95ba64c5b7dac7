package dev.trestle.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The generated files in the repository are what the records say. With {@code -Dupdate=true} they are written instead. */
class CrdFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> filesAreUpToDate() {
        return CrdFiles.all().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey().toString(), () -> checkOrUpdate(file)));
    }

    private static void checkOrUpdate(Map.Entry<Path, String> file) throws IOException {
        var path = file.getKey();
        if (Boolean.getBoolean("update")) {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, file.getValue());
        }
        assertThat(path).as("missing: run 'make crds' and commit it").exists();
        assertThat(Files.readString(path))
                .as("'%s' is not what dev.trestle.api says: run 'make crds' and commit it", path)
                .isEqualTo(file.getValue());
    }

    /** The writer drops quotes where it can: 'True' and '-1' must still be read as what they were. */
    @Test
    void yamlReadsBackAsTheSameDefinition() {
        var written = CrdFiles.all().entrySet().stream()
                .filter(file -> file.getKey().startsWith("crds"))
                .map(file -> Serialization.unmarshal(file.getValue(), CustomResourceDefinition.class))
                .toList();
        assertThat((Object) JSON.valueToTree(written)).isEqualTo(JSON.valueToTree(CrdFiles.definitions()));
    }

    /** Client-side apply keeps the object in an annotation, and annotations are limited to 256 KiB. */
    @Test
    void filesFitIntoClientSideApply() {
        assertThat(CrdFiles.all().values())
                .allSatisfy(text ->
                        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(128 * 1024));
    }

    @Test
    void anUnboundedFieldIsAFault() {
        var list = new JSONSchemaProps();
        list.setType("array");
        var text = new JSONSchemaProps();
        text.setType("string");
        text.setPattern("^a$");
        var spec = new JSONSchemaProps();
        spec.setType("object");
        spec.setDescription("What is wanted.");
        spec.setProperties(Map.of("names", list, "text", text));

        assertThat(SchemaFaults.of("spec", spec))
                .containsExactlyInAnyOrder(
                        "'spec.names' has no bound",
                        "'spec.names' has no description",
                        "'spec.names' has no list type",
                        "'spec.text' has no bound",
                        "'spec.text' has no description",
                        "'spec.text' has a pattern without a message");
    }
}
