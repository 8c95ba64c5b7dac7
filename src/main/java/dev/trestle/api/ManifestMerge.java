package dev.trestle.api;

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
public class ManifestMerge extends CustomResource<ManifestMergeSpec, ManifestMergeStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
