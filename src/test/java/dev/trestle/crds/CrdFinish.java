package dev.trestle.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.Reason;
import dev.trestle.api.Trestle;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceConversionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionSpec;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Adds to a generated CRD what no annotation of the generator says: category, order of columns, the status before the first look. */
final class CrdFinish {
    private CrdFinish() {}

    /**
     * Finishes the CRD of a kind in place.
     *
     * @throws IllegalStateException naming each field that lacks a bound, a description, a list type or a message
     */
    static CustomResourceDefinition finish(CustomResourceDefinition crd, Class<? extends HasMetadata> kind) {
        crd.getSpec().getNames().setCategories(List.of(Trestle.CATEGORY));
        fillIn(crd.getSpec());
        var version = crd.getSpec().getVersions().getFirst();
        version.setAdditionalPrinterColumns(inDeclaredOrder(version.getAdditionalPrinterColumns(), kind));
        version.getAdditionalPrinterColumns().forEach(CrdFinish::withoutDefaults);
        var root = version.getSchema().getOpenAPIV3Schema();
        describe(root, kind);
        SchemaFinish.spec(SchemaTree.part(root, "spec"));
        SchemaFinish.status(SchemaTree.part(root, "status"));
        var faults = Stream.of("spec", "status")
                .flatMap(part -> SchemaFaults.of(part, SchemaTree.part(root, part)).stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new IllegalStateException(kind.getSimpleName() + ": " + String.join("; ", faults));
        }
        return crd;
    }

    private static void describe(JSONSchemaProps root, Class<? extends HasMetadata> kind) {
        var description = kind.getAnnotation(JsonClassDescription.class);
        if (description == null) {
            throw new IllegalStateException(kind.getSimpleName() + " has no @JsonClassDescription");
        }
        root.setDescription(description.value());
        root.setRequired(List.of("spec"));
        SchemaTree.part(root, "spec").setDescription("What is wanted.");
        var status = SchemaTree.part(root, "status");
        status.setDescription("What the operator has seen and done; it alone writes here.");
        status.setDefault(unseen(kind));
    }

    /**
     * Without a status, tools that wait for a fresh object take it for done: kstatus reads "no status" as current. The conditions are for
     * people, as the Gateway API has them.
     */
    private static ObjectNode unseen(Class<? extends HasMetadata> kind) {
        var status = JsonNodeFactory.instance.objectNode().put("observedGeneration", -1);
        var conditions = status.putArray("conditions");
        (kind == ManifestMerge.class ? List.of("Succeeded", "Ready") : List.of("Ready"))
                .forEach(type -> conditions
                        .addObject()
                        .put("type", type)
                        .put("status", ConditionStatus.Unknown.name())
                        .put("observedGeneration", -1)
                        .put("lastTransitionTime", "1970-01-01T00:00:00Z")
                        .put("reason", Reason.Pending.name())
                        .put("message", "It is not known yet."));
        return status;
    }

    /** As the API server would, so that the live object is equal to the file. */
    private static void fillIn(CustomResourceDefinitionSpec spec) {
        spec.getNames().setListKind(spec.getNames().getKind() + "List");
        spec.setConversion(
                new CustomResourceConversionBuilder().withStrategy("None").build());
    }

    /** The API server drops a priority of 0; tools that compare a manifest with the live object, such as Argo CD, then see a difference. */
    private static void withoutDefaults(CustomResourceColumnDefinition column) {
        if (Integer.valueOf(0).equals(column.getPriority())) {
            column.setPriority(null);
        }
    }

    /** The generator sorts columns by path. */
    private static List<CustomResourceColumnDefinition> inDeclaredOrder(
            List<CustomResourceColumnDefinition> columns, Class<? extends HasMetadata> kind) {
        var declared = Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        return columns.stream()
                .sorted(Comparator.comparingInt(column -> declared.indexOf(column.getName())))
                .toList();
    }
}
