package dev.trestle.controller;

import dev.trestle.api.Reason;
import dev.trestle.core.status.Announcements.Announcement;
import dev.trestle.core.status.Announcements.Kind;
import dev.trestle.core.status.BrokenPass;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the passes of all reconcilers, and tells which are under way. A pass that ends with an {@link Error}, such as a stack overflow,
 * is reported on its object and retried as one that ends with an exception: the operator SDK up to 5.3.2 catches exceptions alone in
 * {@code ReconciliationDispatcher.handleExecution}, and never again runs an object whose pass ends otherwise (no upstream issue yet).
 */
public final class Passes {
    private static final Logger LOG = LoggerFactory.getLogger(Passes.class);

    private final Map<Thread, Running> running = new ConcurrentHashMap<>();
    private final EventRecorder events;
    private final Consumer<String> onBroken;
    private final LongSupplier nanos;

    private record Running(String controller, String object, long began) {}

    /**
     * A pass that is under way.
     *
     * @param object its namespace and name
     */
    public record UnderWay(String controller, String object, Duration age, Thread thread) {}

    /**
     * @param onBroken takes the controller's name when a pass has ended with an error of the operator itself
     * @param nanos the time that passes, as {@link System#nanoTime} tells it
     */
    public Passes(EventRecorder events, Consumer<String> onBroken, LongSupplier nanos) {
        this.events = events;
        this.onBroken = onBroken;
        this.nanos = nanos;
    }

    /** Every pass that is under way. */
    public Stream<UnderWay> underWay() {
        var now = nanos.getAsLong();
        return running.entrySet().stream().map(entry -> {
            var pass = entry.getValue();
            return new UnderWay(pass.controller(), pass.object(), Duration.ofNanos(now - pass.began()), entry.getKey());
        });
    }

    /**
     * Runs one pass.
     *
     * @param report writes to the object's status that its pass is broken, in these words
     * @throws RuntimeException whatever the pass throws, an {@link Error} as a cause: the operator SDK then retries
     */
    <T> T run(String controller, HasMetadata object, Supplier<T> pass, Consumer<String> report) {
        var metadata = object.getMetadata();
        var name = metadata.getNamespace() + "/" + metadata.getName();
        running.put(Thread.currentThread(), new Running(controller, name, nanos.getAsLong()));
        try {
            return pass.get();
        } catch (KubernetesClientException e) { // the API server's answer, which a later pass may not get
            throw e;
        } catch (RuntimeException e) {
            broken(controller, object, e, report);
            throw e;
        } catch (Error e) {
            broken(controller, object, e, report);
            throw new IllegalStateException("The pass over '%s' ended with '%s'".formatted(name, e.getClass()), e);
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    private void broken(String controller, HasMetadata object, Throwable failure, Consumer<String> report) {
        onBroken.accept(controller);
        var message = BrokenPass.message(failure);
        try {
            report.accept(message);
            events.record(object, List.of(new Announcement(Kind.Warning, Reason.InternalError, message)));
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("A broken pass cannot be reported on its object");
        }
    }
}
