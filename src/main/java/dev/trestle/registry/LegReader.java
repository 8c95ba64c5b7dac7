package dev.trestle.registry;

import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.FetchedLeg;
import dev.trestle.core.merge.ImageConfig;
import dev.trestle.core.merge.ImageManifest;
import dev.trestle.core.merge.ImagePlatform;
import dev.trestle.core.merge.LegRoot;
import dev.trestle.core.merge.MergeRefused;
import dev.trestle.registry.MergeRequest.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a leg's image: its root, and every manifest and config that the index will depend on. */
final class LegReader {

    private static final Logger log = LoggerFactory.getLogger(LegReader.class);
    private static final int CONFIG_LIMIT = 4 << 20;

    private final ImageRegistry registry;
    private final Retry looks;

    LegReader(ImageRegistry registry, Retry looks) {
        this.registry = registry;
        this.looks = looks;
    }

    /** A leg, and where each child that the index will name was found. */
    record Read(FetchedLeg leg, Map<Digest, Found> children) {}

    /**
     * Reads all legs.
     *
     * @throws MergeRefused when something is gone; it names every platform of which that is so
     */
    List<Read> readAll(List<Source> sources, List<Repository> repositories) {
        var gone = new ConcurrentSkipListMap<ImagePlatform, String>();
        var read = Parallel.map(sources, source -> readUnlessGone(source, repositories, gone));
        if (!gone.isEmpty()) {
            throw MergeRefused.gone(List.copyOf(gone.keySet()), String.join(" ", gone.values()));
        }
        return read.stream().flatMap(Optional::stream).toList();
    }

    private Optional<Read> readUnlessGone(
            Source source, List<Repository> repositories, Map<ImagePlatform, String> gone) {
        try {
            return Optional.of(read(source, repositories));
        } catch (MergeRefused e) {
            if (e.gone().isEmpty()) {
                throw e;
            }
            gone.put(source.platform(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /**
     * Reads a leg from its own repository, or, for parts that are gone there, from another one of {@code repositories}.
     *
     * @throws MergeRefused when something is gone from all of them
     */
    private Read read(Source source, List<Repository> repositories) {
        var places = Stream.concat(Stream.of(source.repository()), repositories.stream())
                .distinct()
                .toList();
        var root = LegRoot.of(find(source, source.digest(), places).manifest());
        root.leftOut()
                .forEach(digest -> log.warn(
                        "'{}' has {} of platform unknown/unknown without annotations, as of an attestation that lost them; it is left out",
                        source,
                        digest));
        var children = new HashMap<Digest, Found>();
        var manifests = new HashMap<Digest, ImageManifest>();
        var configs = new HashMap<Digest, ImageConfig>();
        for (var digest : root.images()) {
            var image = child(source, digest, places, children, manifests);
            configs.put(digest, config(source, image));
        }
        root.attestations().forEach(digest -> child(source, digest, places, children, manifests));
        var leg = new FetchedLeg(source.platform(), source.toString(), root, manifests, configs);
        return new Read(leg, children);
    }

    private Found child(
            Source source,
            Digest digest,
            List<Repository> places,
            Map<Digest, Found> children,
            Map<Digest, ImageManifest> manifests) {
        var found = find(source, digest, places);
        children.put(digest, found);
        manifests.put(digest, ImageManifest.of(found.manifest()));
        return found;
    }

    private Found find(Source source, Digest digest, List<Repository> places) {
        return looks.run(() -> look(source, digest, places)
                .orElseThrow(() -> new Retry.TryAgain(missing(source, "manifest", digest, places), Optional.empty())));
    }

    private Optional<Found> look(Source source, Digest digest, List<Repository> places) {
        return places.stream()
                .flatMap(place ->
                        registry
                                .manifest(place, digest.value())
                                .map(raw -> new Found(source.platform(), place, raw))
                                .stream())
                .findFirst();
    }

    private ImageConfig config(Source source, Found image) {
        var digest = ImageManifest.of(image.manifest()).config().digest();
        return registry.blob(image.repository(), digest, CONFIG_LIMIT)
                .map(blob -> ImageConfig.of(digest, blob))
                .orElseThrow(() -> missing(source, "image config", digest, List.of(image.repository())));
    }

    private static MergeRefused missing(Source source, String what, Digest digest, List<Repository> places) {
        var where = new ArrayList<String>();
        places.forEach(place -> where.add("'" + place + "'"));
        return MergeRefused.gone(
                List.of(source.platform()),
                "Leg %s cannot be merged: %s %s is gone from %s. Build the leg again; if it goes again, look at what deletes untagged images there."
                        .formatted(source.platform(), what, digest, String.join(", ", where)));
    }
}
