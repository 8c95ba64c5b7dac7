package dev.trestle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.core.inputs.SourceTree;
import dev.trestle.core.matrix.Finding;
import dev.trestle.core.matrix.ImportRefused;
import dev.trestle.core.matrix.Mapping;
import dev.trestle.core.matrix.MatrixImport;
import dev.trestle.core.matrix.SourceCheck;
import dev.trestle.core.matrix.UnsetArguments;
import dev.trestle.dockerfile.DockerfileProgram;
import dev.trestle.source.LocalRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code trestle import}: turns the matrix of a CI system into manifests. Exits with 0 when they build the same as the matrix, 1 when they do
 * so only in part (everything is written, and told), 2 when nothing was written.
 */
@Command(
        name = "import",
        description = "Turns a CI matrix into BackendBuild and BaseImage manifests.",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2)
public final class ImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MATRIX", description = "The matrix: a YAML file with lists of rows.")
    Path matrix = Path.of("");

    @Option(
            names = "--mapping",
            required = true,
            paramLabel = "FILE",
            description = "How its columns become fields: a file, or a folder with a 'mapping.yaml'.")
    Path mapping = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the manifests; files of an earlier import that are no longer needed are removed.")
    Path out = Path.of("");

    @Option(
            names = "--bases",
            paramLabel = "FILE",
            description =
                    "The matrix of the bases, for a mapping that reads one. Default: the file that the mapping names, beside the matrix or beside the mapping.")
    @Nullable
    Path bases;

    @Option(
            names = "--repo",
            paramLabel = "DIR",
            description =
                    "A clone of the source; the import reports Dockerfiles and inputs that its HEAD does not have, and ARGs that are not set.")
    @Nullable
    Path repository;

    @Option(
            names = "--dockerfile-reader",
            paramLabel = "PROGRAM",
            defaultValue = "${env:TRESTLE_DOCKERFILE_READER:-trestle-dockerfile}",
            description =
                    "The program that reads Dockerfiles, for '--repo'. Default: TRESTLE_DOCKERFILE_READER, else 'trestle-dockerfile' in the PATH.")
    Path dockerfileReader = Path.of("trestle-dockerfile");

    @Option(names = "--json", description = "Print counts, conflicts and warnings as JSON.")
    boolean json;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        try {
            var rules = mappingFile();
            var read = Mapping.read(YamlFile.read(rules));
            var imported = MatrixImport.of(read, YamlFile.read(matrix), baseMatrix(read, rules));
            var report = new ImportReport(imported, imported.findings());
            if (repository != null) {
                report = report.with(checked(imported, repository));
            }
            var removed = new ManifestFolder(out).write(imported);
            print(report, removed);
            return report.hasErrors() ? 1 : 0;
        } catch (ImportRefused e) {
            spec.commandLine().getErr().println("trestle import: " + e.getMessage());
            return 2;
        }
    }

    private List<Finding> checked(MatrixImport imported, Path folder) throws ImportRefused {
        try (var clone = LocalRepository.open(folder)) {
            var tree = clone.tree(clone.commit("HEAD"));
            var findings = new ArrayList<>(SourceCheck.of(imported, tree));
            findings.addAll(unsetArguments(imported, tree, clone));
            return findings;
        } catch (LocalRepository.Unreadable e) {
            throw new ImportRefused("Cannot read the repository of '--repo': %s".formatted(e.getMessage()));
        }
    }

    /** Without the program that reads Dockerfiles, all else is checked. */
    private List<Finding> unsetArguments(MatrixImport imported, SourceTree tree, LocalRepository clone) {
        try (var reader = new DockerfileProgram(dockerfileReader, DockerfileProgram.Times.USUAL).verified()) {
            return UnsetArguments.of(imported, path -> tree.objectId(path).flatMap(id -> text(clone, id)), reader);
        } catch (DockerfileProgram.Unusable e) {
            spec.commandLine()
                    .getErr()
                    .println("trestle import: the ARGs of Dockerfiles are not checked. " + e.getMessage());
            return List.of();
        }
    }

    private static Optional<String> text(LocalRepository clone, String id) {
        try {
            return clone.text(id);
        } catch (LocalRepository.Unreadable e) {
            return Optional.empty();
        }
    }

    private Path mappingFile() {
        return Files.isDirectory(mapping) ? mapping.resolve("mapping.yaml") : mapping;
    }

    private Optional<JsonNode> baseMatrix(Mapping read, Path rules) throws ImportRefused {
        if (bases != null) {
            return Optional.of(YamlFile.read(bases));
        }
        if (read.basesFile().isEmpty()) {
            return Optional.empty();
        }
        var name = read.basesFile().get();
        for (var beside : List.of(matrix, rules)) {
            var file = beside.resolveSibling(name);
            if (Files.exists(file)) {
                return Optional.of(YamlFile.read(file));
            }
        }
        return Optional.empty();
    }

    private void print(ImportReport report, int removed) {
        var printer = spec.commandLine().getOut();
        if (json) {
            printer.println(report.json());
        } else {
            report.print(printer, out.toString(), removed);
        }
        printer.flush();
    }
}
