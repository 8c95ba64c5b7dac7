package dev.trestle.runtime;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.NamespaceChangeable;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceDeleteEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes which namespaces the informers of a running operator follow. The operator SDK's own {@code Controller.changeNamespaces} stops
 * its event processor meanwhile, and up to 5.3.2 an object whose pass ends in that time is never run again; it also fills the caches of
 * what an object owns after those of the objects (no upstream issue yet).
 */
final class FollowedNamespaces {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedNamespaces.class);

    private final Operator operator;

    FollowedNamespaces(Operator operator) {
        this.operator = operator;
    }

    /**
     * Starts and stops informers, so that these namespaces are followed. An object that is no longer followed counts as deleted.
     *
     * @throws RuntimeException when an informer does not start; it is tried again by another call
     */
    void follow(Set<String> namespaces) {
        LOG.atInfo().addKeyValue("namespaces", namespaces).log("Followed namespaces change");
        operator.getRegisteredControllers().forEach(registered -> {
            if (registered instanceof Controller<?> controller) {
                follow(controller, namespaces);
            }
        });
    }

    private static <P extends HasMetadata> void follow(Controller<P> controller, Set<String> namespaces) {
        var manager = controller.getEventSourceManager();
        var own = manager.getControllerEventSource();
        var dropped = own.list(
                        object -> !namespaces.contains(object.getMetadata().getNamespace()))
                .toList();
        Stream.concat(manager.allEventSources().stream().filter(source -> !source.equals(own)), Stream.of(own))
                .filter(NamespaceChangeable.class::isInstance)
                .map(NamespaceChangeable.class::cast)
                .filter(NamespaceChangeable::allowsNamespaceChanges)
                .forEach(source -> source.changeNamespaces(namespaces));
        forget(controller, dropped);
    }

    /** The event processor waits for ever for a pass over an object that is in no cache. */
    private static <P extends HasMetadata> void forget(Controller<P> controller, List<P> dropped) {
        dropped.forEach(object -> controller
                .getEventProcessor()
                .handleEvent(new ResourceDeleteEvent(
                        ResourceAction.DELETED, ResourceID.fromResource(object), object, true)));
    }
}
