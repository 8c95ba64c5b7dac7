package dev.trestle.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A base with an age: what consumers build FROM. It builds through a BackendBuild of its own. */
@Group(Trestle.GROUP)
@Version(Trestle.VERSION)
@Kind("BaseImage")
@Plural("baseimages")
@ShortNames("bimg")
public class BaseImage extends CustomResource<BaseImageSpec, BaseImageStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
