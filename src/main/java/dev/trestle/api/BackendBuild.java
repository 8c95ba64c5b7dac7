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

/** The desired image: one leg per platform, merged under its tags. Its runs are its children, so it can live in Git for ever. */
@Group(Trestle.GROUP)
@Version(Trestle.VERSION)
@Kind("BackendBuild")
@Plural("backendbuilds")
@ShortNames("bb")
@JsonClassDescription(
        "The image that is wanted: built for each platform on a node of its own, merged under its tags, and built again when something that it is made of moves.")
@ValidationRule(
        value = "self.metadata.name.size() <= 46 && !self.metadata.name.contains('.')",
        message = "'metadata.name' must be at most 46 characters without '.': pods and merges are named after it")
@ValidationRule(
        value =
                "[self.metadata.name + '-linux-', self.metadata.name + '-darwin-', self.metadata.name + '-windows-'].all(anchor, !self.spec.image.tags.exists(tag, tag.startsWith(anchor)))",
        message =
                "must not begin with '<metadata.name>-linux-', '-darwin-' or '-windows-', such as 'app-linux-amd64' for the build 'app': legs keep their images under such tags",
        fieldPath = ".spec.image.tags")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 0)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 0)
@AdditionalPrinterColumn(
        name = "Legs",
        jsonPath = ".status.legsBuilt",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 0)
@AdditionalPrinterColumn(
        name = "Built",
        jsonPath = ".status.image.publishedAt",
        type = AdditionalPrinterColumn.Type.DATE,
        priority = 0)
@AdditionalPrinterColumn(
        name = "Digest",
        jsonPath = ".status.image.digest",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Revision",
        jsonPath = ".status.image.revision",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE,
        priority = 0)
public class BackendBuild extends CustomResource<BackendBuildSpec, BackendBuildStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
