package dev.trestle.crds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.ManifestMerge;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every file that is made from the records of {@code dev.trestle.api}, as it must be in the repository. */
final class CrdFiles {
    /** The kinds, in the order of the documentation. */
    static final List<Class<? extends HasMetadata>> KINDS =
            List.of(BackendBuild.class, BaseImage.class, ManifestMerge.class);

    private static final String HEADER =
            "# Generated from dev.trestle.api: change the records there, then run: make crds\n";

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .stringQuotingChecker(new QuotesTimes())
            .build()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR));

    private CrdFiles() {}

    /** Path from the root of the repository to content. */
    static Map<Path, String> all() {
        var crds = definitions();
        var files = new LinkedHashMap<Path, String>();
        crds.forEach(crd -> files.put(path(crd), HEADER + yaml(crd)));
        files.put(Path.of("docs/api.md"), ApiReference.of(crds));
        files.put(Path.of("docs/reasons.md"), ReasonReference.text());
        return files;
    }

    /** The finished CRDs, in the order of {@link #KINDS}. */
    static List<CustomResourceDefinition> definitions() {
        return KINDS.stream().map(CrdFiles::definition).toList();
    }

    private static CustomResourceDefinition definition(Class<? extends HasMetadata> kind) {
        var output = new Memory(new ByteArrayOutputStream());
        new CRDGenerator()
                .customResourceClasses(List.of(kind))
                .withOutput(output)
                .detailedGenerate();
        var generated = output.bytes().toString(StandardCharsets.UTF_8);
        return CrdFinish.finish(Serialization.unmarshal(generated, CustomResourceDefinition.class), kind);
    }

    private static Path path(CustomResourceDefinition crd) {
        return Path.of(
                "crds",
                crd.getSpec().getGroup() + "_" + crd.getSpec().getNames().getPlural() + ".yaml");
    }

    private static String yaml(CustomResourceDefinition crd) {
        try {
            return YAML.writeValueAsString(wholeNumbers(YAML.valueToTree(crd)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model keeps bounds as doubles; '16.0' and '9.0E15' are not what people expect to read. */
    private static JsonNode wholeNumbers(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                object.properties().forEach(field -> field.setValue(wholeNumbers(field.getValue())));
                yield object;
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, wholeNumbers(array.get(i)));
                }
                yield array;
            }
            case JsonNode number
            when number.isDouble() && number.canConvertToExactIntegral() -> LongNode.valueOf(number.longValue());
            default -> node;
        };
    }

    /** A time without quotes is no string to some readers of YAML. */
    private static final class QuotesTimes extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || value.matches("\\d{4}-\\d{2}-\\d{2}.*");
        }
    }

    /** Where the generator writes its one file. */
    private record Memory(ByteArrayOutputStream bytes) implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return bytes;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
