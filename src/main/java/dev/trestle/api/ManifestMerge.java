package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** These digests under these tags, immutable. Made by a run of a BackendBuild, or by hand. */
@Group(Trestle.GROUP)
@Version(Trestle.VERSION)
@Kind("ManifestMerge")
@Plural("manifestmerges")
@ShortNames("mm")
@JsonClassDescription(
        "These images, by digest, as one index under these tags. It is made by a run of a BackendBuild, or by hand, and never changes.")
@ValidationRule(
        value = "self.metadata.name.size() <= 63 && !self.metadata.name.contains('.')",
        message = "'metadata.name' must be at most 63 characters without '.': its Job is named after it")
@AdditionalPrinterColumn(
        name = "Succeeded",
        jsonPath = ".status.conditions[?(@.type==\"Succeeded\")].status",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 0)
@AdditionalPrinterColumn(
        name = "Legs",
        jsonPath = ".status.legsMerged",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 0)
@AdditionalPrinterColumn(
        name = "Digest",
        jsonPath = ".status.digest",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 0)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE,
        priority = 0)
public class ManifestMerge extends CustomResource<ManifestMergeSpec, ManifestMergeStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
