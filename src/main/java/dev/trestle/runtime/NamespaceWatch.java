package dev.trestle.runtime;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.ManifestMerge;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the namespaces that the operator is to watch can be read. A user who may delete the RoleBinding of one of them must not
 * stop the builds of the others: the operator SDK would end at the start, and tells nothing later.
 */
final class NamespaceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(NamespaceWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(30);
    /** All that informers watch there. */
    private static final List<Class<? extends HasMetadata>> WATCHED =
            List.of(BackendBuild.class, BaseImage.class, ManifestMerge.class, Pod.class, Job.class);

    private final Function<String, Optional<String>> read;
    private volatile NamespaceStates states;

    /**
     * @param namespaces to watch; none for all
     * @param read says why a namespace cannot be read; empty when it can
     */
    NamespaceWatch(Set<String> namespaces, Function<String, Optional<String>> read) {
        this.read = read;
        this.states = NamespaceStates.none(namespaces);
    }

    /** Asks the API server for one object of each kind. */
    static Function<String, Optional<String>> by(KubernetesClient client) {
        return namespace -> WATCHED.stream()
                .flatMap(kind -> refusal(client, kind, namespace).stream())
                .findFirst();
    }

    private static Optional<String> refusal(
            KubernetesClient client, Class<? extends HasMetadata> kind, String namespace) {
        try {
            client.resources(kind)
                    .inNamespace(namespace)
                    .list(new ListOptionsBuilder().withLimit(1L).build());
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_NOT_FOUND ->
                    Optional.of(String.valueOf(e.getMessage()));
                default -> throw e; // the API server is away: that says nothing of the namespace
            };
        }
    }

    boolean isReadable(String namespace) {
        return states.isReadable(namespace);
    }

    /**
     * Looks for the first time.
     *
     * @return the namespaces that can be read; all of them when none can, since an operator without any has nothing to do
     * @throws KubernetesClientException when the API server does not answer
     */
    Set<String> first() {
        var next = states.after(answers(false));
        var all = states.unreadable().keySet();
        states = next.followed().isEmpty() ? new NamespaceStates(next.unreadable(), all) : next;
        return states.followed();
    }

    /** Looks every 30 s, and has {@code follow} follow other namespaces when that has changed. */
    void every(ScheduledExecutorService executor, Consumer<Set<String>> follow) {
        if (!states.unreadable().isEmpty()) {
            var _ = executor.scheduleWithFixedDelay(
                    () -> look(follow), PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Throws nothing: an executor never again runs a task that has thrown. */
    void look(Consumer<Set<String>> follow) {
        try {
            var next = states.after(answers(true));
            if (!next.followed().equals(states.followed())) {
                follow.accept(next.followed());
            }
            states = next;
        } catch (RuntimeException | Error e) {
            LOG.atWarn().setCause(e).log("Namespaces not looked at; the next look comes as usual");
        }
    }

    private Map<String, Optional<String>> answers(boolean tolerant) {
        var answers = new HashMap<String, Optional<String>>();
        for (var namespace : states.unreadable().keySet()) {
            try {
                var why = read.apply(namespace);
                answers.put(namespace, why);
                tell(namespace, why);
            } catch (KubernetesClientException e) {
                if (!tolerant) {
                    throw e;
                }
            }
        }
        return answers;
    }

    private void tell(String namespace, Optional<String> why) {
        if (why.isPresent() && isReadable(namespace)) {
            LOG.atError()
                    .addKeyValue("namespace", namespace)
                    .addKeyValue("why", why.get())
                    .log("Namespace cannot be read; the others are served, and it is tried again every 30 s");
        } else if (why.isEmpty() && !isReadable(namespace)) {
            LOG.atInfo().addKeyValue("namespace", namespace).log("Namespace can be read again");
        }
    }
}
