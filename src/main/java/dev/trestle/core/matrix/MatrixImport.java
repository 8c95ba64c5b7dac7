package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.core.matrix.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The result of an import.
 *
 * @param builds one for each image, sorted by name
 * @param releases their second builds, likewise
 * @param bases BaseImages that the matrix of the bases describes, sorted by name
 * @param findings in the order of the matrix
 */
public record MatrixImport(
        List<BackendBuild> builds,
        List<BackendBuild> releases,
        List<BaseImage> bases,
        MatrixCounts counts,
        List<Finding> findings) {

    public MatrixImport {
        builds = List.copyOf(builds);
        releases = List.copyOf(releases);
        bases = List.copyOf(bases);
        findings = List.copyOf(findings);
    }

    /**
     * @param matrix the matrix file
     * @param baseMatrix the file that describes the bases; needed only by a mapping that has {@code bases}
     * @throws ImportRefused when the mapping or the file makes no sense as a whole; a row that makes none is found instead
     */
    public static MatrixImport of(Mapping mapping, JsonNode matrix, Optional<JsonNode> baseMatrix)
            throws ImportRefused {
        if (!matrix.isObject()) {
            throw new ImportRefused("Matrix: it must be a mapping with the key '%s'."
                    .formatted(mapping.linux().rows().list()));
        }
        var findings = new Findings();
        var bases = bases(mapping, matrix, baseMatrix, findings);
        var legs = new ArrayList<>(new LegReader(mapping.linux(), bases::imageFor, findings).legs(matrix));
        var linuxRows = mapping.linux().rows().in(matrix).size();
        var darwinRows = 0;
        if (mapping.darwin().isPresent()) {
            var darwin = mapping.darwin().get();
            darwinRows = darwin.rows().in(matrix).size();
            legs.addAll(new LegReader(darwin, bases::imageFor, findings).legs(matrix));
        }
        if (linuxRows + darwinRows == 0) {
            throw new ImportRefused("Matrix: it has no rows in '%s'. Is it the right file?"
                    .formatted(mapping.linux().rows().list()));
        }
        var images = Images.of(legs, findings);
        var builds = images.stream().map(Image::build).toList();
        var releases = Releases.of(images, findings);
        Checks.references(Stream.concat(builds.stream(), releases.stream()).toList(), findings);
        Checks.uniqueTexts(legs, findings);
        Checks.claims(images, findings);
        Checks.asked(legs, bases, findings);
        Checks.recipes(legs, bases, findings);
        return new MatrixImport(
                builds,
                releases,
                bases.images(),
                MatrixCounts.of(linuxRows, darwinRows, images, releases.size()),
                findings.all());
    }

    private static Bases bases(Mapping mapping, JsonNode matrix, Optional<JsonNode> baseMatrix, Findings findings)
            throws ImportRefused {
        if (mapping.bases().isEmpty()) {
            return Bases.NONE;
        }
        if (baseMatrix.isEmpty()) {
            findings.add(
                    Kind.NoRows,
                    mapping.bases().get().file(),
                    "No file describes the bases, so none is written. Name it with '--bases'.");
            return Bases.NONE;
        }
        return Bases.of(mapping.bases().get(), baseMatrix.get(), named(mapping, matrix), findings);
    }

    /** The bases that rows name; findings on the way are found again when the rows are read in full. */
    private static Set<String> named(Mapping mapping, JsonNode matrix) throws ImportRefused {
        var names = new TreeSet<String>();
        new LegReader(mapping.linux(), name -> name, new Findings())
                .legs(matrix)
                .forEach(leg -> names.add(leg.asks()));
        names.remove("");
        return names;
    }
}
