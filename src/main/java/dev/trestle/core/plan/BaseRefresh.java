package dev.trestle.core.plan;

import dev.trestle.api.Schema;
import dev.trestle.api.UpstreamImage;
import dev.trestle.core.Labels;
import dev.trestle.core.Text;
import dev.trestle.core.refresh.RefreshToken;
import dev.trestle.core.refresh.UpstreamView;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The reasons to rebuild a base although its inputs have not changed.
 *
 * @param token empty when nothing has asked
 * @param schedule which of its occurrences have come, and when the next does
 * @param request the last request by annotation; it stays when the annotation is removed (docs/adr/0010)
 * @param upstream digests by image, as far as they have ever been known
 * @param isKnown false until each upstream image has been looked up for the first time
 */
public record BaseRefresh(
        Optional<String> token,
        ScheduledRebuild schedule,
        Optional<String> request,
        SortedMap<String, String> upstream,
        boolean isKnown) {
    public BaseRefresh {
        upstream = Collections.unmodifiableSortedMap(new TreeMap<>(upstream));
    }

    static BaseRefresh of(BaseSnapshot snapshot) {
        var schedule = ScheduledRebuild.of(snapshot);
        var request = request(snapshot);
        var upstream = upstream(snapshot);
        return new BaseRefresh(
                RefreshToken.of(schedule.lastAt(), request, upstream),
                schedule,
                request,
                upstream,
                isKnown(snapshot, upstream));
    }

    private static Optional<String> request(BaseSnapshot snapshot) {
        return annotated(snapshot)
                .or(() -> Optional.ofNullable(snapshot.status().rebuildRequest()))
                .or(() -> ScheduledRebuild.tokenOf(snapshot).flatMap(RefreshToken::requestIn));
    }

    /** When the schedule asks for the next rebuild. */
    public Optional<Instant> nextAt() {
        return schedule.nextAt();
    }

    /** The schedule that {@link #nextAt} is of. */
    public Optional<String> scheduleText() {
        return schedule.schedule();
    }

    /** The last occurrence that asked for a rebuild. */
    public Optional<Instant> scheduledAt() {
        return schedule.lastAt();
    }

    /** Cut and on one line: it becomes part of a spec. */
    private static Optional<String> annotated(BaseSnapshot snapshot) {
        return Optional.ofNullable(snapshot.base().getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Labels.REBUILD))
                .map(value -> value.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(value -> !value.isEmpty())
                .map(value -> Text.atMost(Schema.REBUILD_REQUEST, value));
    }

    /** A registry that does not answer changes nothing: the last observed digest still counts. */
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
