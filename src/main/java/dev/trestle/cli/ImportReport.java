package dev.trestle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.core.matrix.Finding;
import dev.trestle.core.matrix.MatrixImport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of an import, for people and for programs.
 *
 * @param findings of the matrix and of the repository
 */
record ImportReport(MatrixImport imported, List<Finding> findings) {
    ImportReport {
        findings = List.copyOf(findings);
    }

    List<Finding> conflicts() {
        return findings.stream().filter(finding -> finding.kind().isConflict()).toList();
    }

    List<Finding> warnings() {
        return findings.stream().filter(finding -> !finding.kind().isConflict()).toList();
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.kind().isError());
    }

    void print(PrintWriter out, String folder, int removed) {
        var counts = imported.counts();
        out.printf(
                "%d images with %d legs, from %d rows: %d of two platforms, %d of one%n",
                counts.builds(), counts.linuxLegs(), counts.linuxRows(), counts.twoPlatform(), counts.onePlatform());
        out.printf("%d external legs, from %d rows%n", counts.externalLegs(), counts.darwinRows());
        out.printf("%d bases%n", counts.bases());
        out.printf(
                "Wrote %d BackendBuilds%s and %d BaseImages to %s%s%n",
                imported.builds().size(),
                counts.releases() == 0 ? "" : ", %d more of releases,".formatted(counts.releases()),
                imported.bases().size(),
                folder,
                removed == 0 ? "" : "; removed %d files of an earlier import".formatted(removed));
        print(out, "Conflicts", conflicts());
        print(out, "Warnings", warnings());
    }

    private static void print(PrintWriter out, String title, List<Finding> findings) {
        if (!findings.isEmpty()) {
            out.printf("%n%s (%d):%n", title, findings.size());
            findings.forEach(finding -> out.printf("- %s: %s%n", finding.kind(), finding.message()));
        }
    }

    String json() {
        var counts = imported.counts();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("linuxRows", counts.linuxRows())
                .put("darwinRows", counts.darwinRows())
                .put("builds", counts.builds())
                .put("linuxLegs", counts.linuxLegs())
                .put("externalLegs", counts.externalLegs())
                .put("twoPlatform", counts.twoPlatform())
                .put("onePlatform", counts.onePlatform())
                .put("bases", counts.bases())
                .put("releases", counts.releases());
        var conflicts = json.putArray("conflicts");
        conflicts().forEach(finding -> add(conflicts, finding));
        var warnings = json.putArray("warnings");
        warnings().forEach(finding -> add(warnings, finding));
        return json.toPrettyString();
    }

    private static void add(ArrayNode array, Finding finding) {
        var one = array.addObject().put("kind", finding.kind().name()).put("name", finding.name());
        if (!finding.field().isEmpty()) {
            one.put("field", finding.field());
        }
        put(one, "values", finding.values());
        put(one, "between", finding.between());
        one.put("message", finding.message());
    }

    private static void put(ObjectNode json, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(json.putArray(key)::add);
        }
    }

    ImportReport with(List<Finding> more) {
        var all = new ArrayList<>(findings);
        all.addAll(more);
        return new ImportReport(imported, all);
    }
}
