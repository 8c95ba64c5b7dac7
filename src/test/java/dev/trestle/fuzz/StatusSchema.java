package dev.trestle.fuzz;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the API server allows in the status of one kind. */
record StatusSchema(JSONSchemaProps root) {

    /**
     * A field of a status.
     *
     * @param path where it is, such as {@code status.legs[].pod}
     * @param isKey whether it tells the entries of a list apart: the API server takes none twice
     */
    record Place(
            String path, ObjectNode parent, String name, JSONSchemaProps schema, boolean isRequired, boolean isKey) {
        JsonNode value() {
            return parent.path(name);
        }
    }

    /** By kind, for each kind that has a status. */
    static Map<String, StatusSchema> ofAllKinds() throws IOException {
        var schemas = new TreeMap<String, StatusSchema>();
        for (var kind : List.of("BackendBuild", "BaseImage", "ManifestMerge")) {
            schemas.put(kind, of(kind));
        }
        return schemas;
    }

    private static StatusSchema of(String kind) throws IOException {
        var file = Path.of("crds", "trestle.dev_" + kind.toLowerCase(Locale.ROOT) + "s.yaml");
        var crd = Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
        var schema = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        return new StatusSchema(requireNonNull(schema.getProperties().get("status")));
    }

    /** Why the API server would refuse this status. */
    List<SchemaFault> faults(JsonNode status) {
        return SchemaFault.of("status", status, root);
    }

    /** All fields that the status has or may have, within what it has. */
    List<Place> places(ObjectNode status) {
        var places = new ArrayList<Place>();
        collect("status", status, root, List.of(), places);
        return places;
    }

    private static void collect(
            String path, JsonNode node, JSONSchemaProps schema, List<String> keys, List<Place> places) {
        switch (node) {
            case ObjectNode object ->
                schema.getProperties().forEach((name, field) -> {
                    var inner = path + "." + name;
                    var isRequired = schema.getRequired().contains(name);
                    places.add(new Place(inner, object, name, field, isRequired, keys.contains(name)));
                    collect(inner, object.path(name), field, List.of(), places);
                });
            // the API server takes a list for a date-time, too
            case ArrayNode items
            when "array".equals(schema.getType()) -> {
                var entry = schema.getItems().getSchema();
                items.forEach(item -> collect(path + "[]", item, entry, schema.getXKubernetesListMapKeys(), places));
            }
            default -> {}
        }
    }
}
