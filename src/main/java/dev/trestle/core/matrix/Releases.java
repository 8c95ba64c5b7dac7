package dev.trestle.core.matrix;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.matrix.Finding.Kind;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The second build of each image, with the same legs. */
final class Releases {
    private Releases() {}

    /** @return sorted by name; none of images whose section says nothing of releases */
    static List<BackendBuild> of(List<Image> images, Findings findings) throws ImportRefused {
        var owners = images.stream().collect(Collectors.toMap(Image::name, Image::name));
        var releases = new TreeMap<String, BackendBuild>();
        for (var image : images) {
            var release = image.first().release();
            if (release.isEmpty()) {
                continue;
            }
            var name = release.get().name();
            var fault = Naming.faultOfBuild(name)
                    .or(() -> Optional.ofNullable(owners.putIfAbsent(name, image.name()))
                            .map(owner -> "its name '%s' is taken by '%s'".formatted(name, owner)));
            if (fault.isPresent()) {
                findings.add(
                        Kind.NotExpressible,
                        image.first().image(),
                        "Left out the release of '%s': %s.".formatted(image.name(), fault.get()));
                continue;
            }
            var tree = new SpecTree(name, release.get().spec(), image.section() + ".release.build");
            releases.put(name, tree.with(image.legs(), image.build().getSpec().suspended()));
        }
        return List.copyOf(releases.values());
    }
}
