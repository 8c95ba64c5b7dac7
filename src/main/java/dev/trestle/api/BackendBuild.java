package dev.trestle.api;

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
public class BackendBuild extends CustomResource<BackendBuildSpec, BackendBuildStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
