package dev.trestle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.Trestle;
import dev.trestle.core.offline.Specs;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads BackendBuilds and BaseImages from YAML and JSON files, as {@code kubectl apply -R -f} would. */
final class SpecFiles {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String API_VERSION = Trestle.GROUP + "/" + Trestle.VERSION;

    private final List<BackendBuild> builds = new ArrayList<>();
    private final List<BaseImage> bases = new ArrayList<>();
    private int releases;
    private final Map<String, Integer> ignored = new TreeMap<>();

    /** A file has another form than it should; the message names it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /** @param paths files, and folders with all that is in them */
    static SpecFiles of(List<Path> paths) throws Unreadable {
        var files = new SpecFiles();
        for (var path : paths) {
            for (var file : filesIn(path)) {
                files.read(file);
            }
        }
        if (files.builds.isEmpty() && files.bases.isEmpty()) {
            throw new Unreadable("No BackendBuild%s and no BaseImage in %s. Give files or folders of them with '-f'."
                    .formatted(files.releases == 0 ? "" : " besides those of releases", paths));
        }
        return files;
    }

    Specs specs() {
        return new Specs(builds, bases);
    }

    /** How many objects of other kinds there were, by kind. */
    Map<String, Integer> ignored() {
        return ignored;
    }

    /** How many builds follow the tags of releases: no commit builds them. */
    int releases() {
        return releases;
    }

    private static List<Path> filesIn(Path path) throws Unreadable {
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.equals(path) || file.toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Unreadable("'%s' cannot be read. Give a file or a folder with '-f'.".formatted(path));
        }
    }

    private void read(Path file) throws Unreadable {
        try {
            var text = Files.readString(file);
            var alias = YamlAlias.firstIn(text);
            if (alias.isPresent()) {
                throw new Unreadable("'%s', %s".formatted(file, alias.get()));
            }
            var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text);
            while (documents.hasNextValue()) {
                add(file, documents.nextValue());
            }
        } catch (JsonProcessingException e) {
            throw new Unreadable("'%s' is no valid YAML: %s".formatted(file, e.getOriginalMessage()));
        } catch (IOException e) {
            throw new Unreadable("'%s' cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    private void add(Path file, JsonNode document) throws Unreadable {
        if (!document.isObject()) {
            return;
        }
        var kind = document.path("kind").asText("no kind");
        if (kind.equals("List")) {
            for (var item : document.path("items")) {
                add(file, item);
            }
        } else if (!document.path("apiVersion").asText().equals(API_VERSION)) {
            ignored.merge(kind, 1, Integer::sum);
        } else if (kind.equals("BackendBuild")) {
            add(object(file, document, BackendBuild.class));
        } else if (kind.equals("BaseImage")) {
            bases.add(object(file, document, BaseImage.class));
        } else {
            ignored.merge(kind, 1, Integer::sum);
        }
    }

    private void add(BackendBuild build) {
        if (build.getSpec().source().git().followsReleases()) {
            releases++;
        } else {
            builds.add(build);
        }
    }

    private static <T extends CustomResource<?, ?>> T object(Path file, JsonNode document, Class<T> kind)
            throws Unreadable {
        var name = document.path("metadata").path("name").asText();
        if (name.isEmpty() || !document.path("spec").isObject()) {
            throw new Unreadable(
                    "'%s': a %s has no 'metadata.name' or no 'spec'.".formatted(file, kind.getSimpleName()));
        }
        if (!document.at("/spec/source/git/url").isTextual()) {
            throw new Unreadable(
                    "'%s': %s '%s' has no 'spec.source.git.url'.".formatted(file, kind.getSimpleName(), name));
        }
        try {
            var object = YAML.treeToValue(document, kind);
            var unknown = UnknownField.firstIn("spec", document.path("spec"), YAML.valueToTree(object.getSpec()));
            if (unknown.isPresent()) {
                throw new Unreadable("'%s': %s '%s' has a field '%s', which there is not. docs/api.md has them all."
                        .formatted(file, kind.getSimpleName(), name, unknown.get()));
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new Unreadable("'%s': %s '%s' is not valid: %s. 'kubectl apply --dry-run=server' says more."
                    .formatted(file, kind.getSimpleName(), name, e.getOriginalMessage()));
        }
    }
}
