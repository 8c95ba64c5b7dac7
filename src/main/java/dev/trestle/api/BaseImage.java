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

/** A base with an age, which consumers build FROM. It builds through a BackendBuild of its own. */
@Group(Trestle.GROUP)
@Version(Trestle.VERSION)
@Kind("BaseImage")
@Plural("baseimages")
@ShortNames("bimg")
@JsonClassDescription(
        "A base with an age: what BackendBuilds are built FROM. It builds through a BackendBuild of its own.")
@ValidationRule(
        value = "self.metadata.name.size() <= 41 && !self.metadata.name.contains('.')",
        message =
                "'metadata.name' must be at most 41 characters without '.': its build is named '<metadata.name>-base'")
@ValidationRule(
        value =
                "[self.metadata.name + '-base-linux-'].all(anchor, !self.spec.image.tags.exists(tag, tag.startsWith(anchor)))",
        message =
                "must not begin with '<metadata.name>-base-linux-', such as 'python-base-linux-amd64' for the base 'python': legs keep their images under such tags",
        fieldPath = ".spec.image.tags")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 0)
@AdditionalPrinterColumn(
        name = "Fresh",
        jsonPath = ".status.conditions[?(@.type==\"Fresh\")].status",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 0)
@AdditionalPrinterColumn(
        name = "Built",
        jsonPath = ".status.builtAt",
        type = AdditionalPrinterColumn.Type.DATE,
        priority = 0)
@AdditionalPrinterColumn(
        name = "Next",
        jsonPath = ".status.nextAt",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 0)
@AdditionalPrinterColumn(
        name = "Consumers",
        jsonPath = ".status.consumers",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 0)
@AdditionalPrinterColumn(
        name = "Digest",
        jsonPath = ".status.image.digest",
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
public class BaseImage extends CustomResource<BaseImageSpec, BaseImageStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
