package dev.trestle.core.plan;

import dev.trestle.api.UpstreamImage;
import dev.trestle.core.Labels;
import dev.trestle.core.refresh.RefreshToken;
import dev.trestle.core.refresh.ScheduleView;
import dev.trestle.core.refresh.UpstreamView;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What asks for a base to be rebuilt although nothing that it is made of has moved.
 *
 * @param token empty when nothing has asked
 * @param nextAt the schedule's next occurrence
 * @param request the annotation's value, taken up
 * @param upstream digests by image, as far as they have ever been known
 * @param isKnown false until each upstream image has been looked up for the first time
 */
public record BaseRefresh(
        Optional<String> token,
        Optional<Instant> nextAt,
        Optional<String> request,
        SortedMap<String, String> upstream,
        boolean isKnown) {
    private static final int REQUEST_LENGTH = 128;

    public BaseRefresh {
        upstream = Collections.unmodifiableSortedMap(new TreeMap<>(upstream));
    }

    static BaseRefresh of(BaseSnapshot snapshot) {
        var created = Instant.parse(snapshot.base().getMetadata().getCreationTimestamp());
        var scheduled = snapshot.schedule() instanceof ScheduleView.Valid(var schedule)
                ? schedule.lastBetween(created, snapshot.now())
                : Optional.<Instant>empty();
        var next = snapshot.schedule() instanceof ScheduleView.Valid(var schedule)
                ? schedule.nextAfter(snapshot.now())
                : Optional.<Instant>empty();
        var request = request(snapshot);
        var upstream = upstream(snapshot);
        return new BaseRefresh(
                RefreshToken.of(scheduled, request, upstream), next, request, upstream, isKnown(snapshot, upstream));
    }

    /** Cut and on one line: it becomes part of a spec. */
    private static Optional<String> request(BaseSnapshot snapshot) {
        return Optional.ofNullable(snapshot.base().getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Labels.REBUILD))
                .map(value -> value.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(value -> !value.isEmpty())
                .map(value -> value.substring(0, Math.min(REQUEST_LENGTH, value.length())));
    }

    /** A registry that does not answer moves nothing: what was last seen still counts. */
    private static SortedMap<String, String> upstream(BaseSnapshot snapshot) {
        var digests = new TreeMap<String, String>();
        for (var image : snapshot.base().getSpec().upstream()) {
            known(snapshot.upstream().get(image))
                    .or(() -> recorded(snapshot, image))
                    .ifPresent(digest -> digests.put(image, digest));
        }
        return digests;
    }

    private static Optional<String> known(@org.jspecify.annotations.Nullable UpstreamView view) {
        return view instanceof UpstreamView.Known(var digest) ? Optional.of(digest) : Optional.empty();
    }

    private static Optional<String> recorded(BaseSnapshot snapshot, String image) {
        return snapshot.status().upstream().stream()
                .filter(seen -> seen.image().equals(image))
                .map(UpstreamImage::digest)
                .findFirst();
    }

    private static boolean isKnown(BaseSnapshot snapshot, Map<String, String> digests) {
        return snapshot.base().getSpec().upstream().stream()
                .allMatch(image -> digests.containsKey(image)
                        || !Objects.equals(snapshot.upstream().get(image), new UpstreamView.Unresolved()));
    }
}
