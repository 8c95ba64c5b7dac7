package dev.trestle.controller;

import dev.trestle.api.Trestle;
import dev.trestle.core.Hash;
import dev.trestle.core.status.Announcements.Announcement;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records events on the objects that they are about. Only a change becomes an event, and equal events of one generation have one name, so
 * a restart repeats none.
 */
public final class EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final String REPORTER = Trestle.GROUP + "/operator";
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    /** The API server refuses a longer note. */
    private static final int NOTE_LENGTH = 1000;

    private final KubernetesClient client;
    private final Clock clock;
    private final String instance;

    /** @param instance the operator's pod */
    public EventRecorder(KubernetesClient client, Clock clock, String instance) {
        this.client = client;
        this.clock = clock;
        this.instance = instance;
    }

    void record(HasMetadata about, List<Announcement> announcements) {
        announcements.forEach(announcement -> record(about, announcement));
    }

    /** An event that cannot be written is no reason to stop building. */
    private void record(HasMetadata about, Announcement announcement) {
        try {
            client.resource(event(about, announcement)).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && !isOfDyingNamespace(e)) {
                LOG.atWarn()
                        .addKeyValue("reason", announcement.reason())
                        .setCause(e)
                        .log("Event not recorded");
            }
        }
    }

    /** Events there would have no reader. */
    private static boolean isOfDyingNamespace(KubernetesClientException refusal) {
        return Stream.ofNullable(refusal.getStatus())
                .flatMap(status -> Stream.ofNullable(status.getDetails()))
                .flatMap(details -> details.getCauses().stream())
                .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }

    private Event event(HasMetadata about, Announcement announcement) {
        var metadata = about.getMetadata();
        var identity = List.of(
                metadata.getUid(),
                String.valueOf(metadata.getGeneration()),
                announcement.reason().name(),
                announcement.note());
        return new EventBuilder()
                .withNewMetadata()
                .withName(metadata.getName() + "." + Hash.shortOf(12, identity))
                .withNamespace(metadata.getNamespace())
                .endMetadata()
                .withEventTime(new MicroTime(microseconds(clock.instant())))
                .withReportingController(REPORTER)
                .withReportingInstance(instance)
                .withAction("Reconcile")
                .withType(announcement.kind().name())
                .withReason(announcement.reason().name())
                .withNote(cut(announcement.note()))
                .withRegarding(reference(about))
                .build();
    }

    private static ObjectReference reference(HasMetadata about) {
        return new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withName(about.getMetadata().getName())
                .withNamespace(about.getMetadata().getNamespace())
                .withUid(about.getMetadata().getUid())
                .build();
    }

    private static String microseconds(Instant instant) {
        return MICROSECONDS.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static String cut(String note) {
        return note.length() <= NOTE_LENGTH ? note : note.substring(0, NOTE_LENGTH - 3) + "...";
    }
}
