package dev.trestle.crds;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of {@code crd-validation/}: objects that are there before, and the one that the API server must take or refuse.
 *
 * @param existing made before; often none
 * @param mustSay what the refusal contains, from the comment {@code # must say: …}; empty for a valid file
 * @param mustSayToServerSideApply the same for server-side apply, which answers in other words to duplicates and unknown fields
 */
record ValidationCase(
        String name,
        List<GenericKubernetesResource> existing,
        GenericKubernetesResource subject,
        String mustSay,
        String mustSayToServerSideApply) {

    private static final Path ROOT = Path.of("src/test/resources/crd-validation");
    private static final String MUST_SAY = "# must say: ";
    private static final String MUST_SAY_TO_SERVER_SIDE_APPLY = "# must say to server-side apply: ";

    /** The files whose names begin with this word, in order. */
    static List<ValidationCase> named(String word) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.getFileName().toString().startsWith(word))
                    .sorted()
                    .map(ValidationCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A valid file as one of the kinds. */
    static <T> T read(String file, Class<T> kind) {
        try {
            return Serialization.unmarshal(Files.readString(ROOT.resolve(file)), kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ValidationCase read(Path file) {
        try {
            var text = Files.readString(file);
            var objects = Stream.of(text.split("(?m)^---\\n"))
                    .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
                    .toList();
            var mustSay = comment(text, MUST_SAY, "");
            return new ValidationCase(
                    ROOT.relativize(file).toString(),
                    objects.subList(0, objects.size() - 1),
                    objects.getLast(),
                    mustSay,
                    comment(text, MUST_SAY_TO_SERVER_SIDE_APPLY, mustSay));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String comment(String text, String prefix, String otherwise) {
        return text.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElse(otherwise);
    }
}
