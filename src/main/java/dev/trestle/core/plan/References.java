package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import dev.trestle.core.render.TagTemplate;
import java.util.LinkedHashSet;
import java.util.Set;

/** Every {@code repository:tag} that a build writes: its tags, its legs' anchors, its legs' cache. No two builds may share one. */
public final class References {
    private References() {}

    public static Set<String> writtenBy(BackendBuild build) {
        var name = build.getMetadata().getName();
        var spec = build.getSpec();
        var written = new LinkedHashSet<String>();
        for (var named : spec.image().repositories()) {
            var repository = canonical(named);
            spec.image()
                    .tags()
                    .forEach(tag -> written.add(repository + ":"
                            + TagTemplate.ofAllRuns(tag, spec.source().git()) + spec.variant()));
            spec.legs().forEach(leg -> written.add(repository + ":" + Names.anchor(build, leg.platform())));
        }
        var cache = spec.cache();
        if (cache != null && cache.writes() && spec.trusted()) {
            spec.legs()
                    .forEach(leg -> written.add(canonical(cache.repository()) + ":"
                            + Names.cacheTag(
                                    build.getMetadata().getNamespace(), name, Platform.parse(leg.platform()))));
        }
        return written;
    }

    /** Docker Hub answers to more than one name. */
    private static String canonical(String repository) {
        return repository.replaceFirst("^(index|registry-1)\\.docker\\.io/", "docker.io/");
    }
}
