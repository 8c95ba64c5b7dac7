package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import dev.trestle.core.config.RepositoryName;
import dev.trestle.core.render.TagTemplate;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** Every {@code repository:tag} that a build writes: its tags, its legs' anchors, its legs' cache. No two builds may share one. */
public final class References {
    private References() {}

    public static Set<String> writtenBy(BackendBuild build) {
        var name = build.getMetadata().getName();
        // a build that 'trestle import' makes is applied to a namespace later
        var namespace = Objects.requireNonNullElse(build.getMetadata().getNamespace(), "");
        var spec = build.getSpec();
        var written = new LinkedHashSet<String>();
        for (var named : spec.image().repositories()) {
            var repository = canonical(named);
            spec.image().tags().forEach(tag -> written.add(repository + ":" + tagOf(tag, spec)));
            spec.legs().forEach(leg -> written.add(repository + ":" + Names.anchor(build, leg.platform())));
        }
        var cache = spec.cache();
        if (cache != null && cache.writes() && spec.trusted()) {
            spec.legs()
                    .forEach(leg -> written.add(canonical(cache.repository()) + ":"
                            + Names.cacheTag(namespace, name, Platform.parse(leg.platform()))));
        }
        return written;
    }

    private static String tagOf(String template, BackendBuildSpec spec) {
        return TagTemplate.tag(TagTemplate.ofAllRuns(template, spec.source().git()), spec.variant());
    }

    private static String canonical(String repository) {
        return RepositoryName.canonical(repository);
    }
}
