package dev.trestle.runtime;

import dev.trestle.controller.BackendBuildReconciler;
import dev.trestle.controller.BaseGather;
import dev.trestle.controller.BaseImageReconciler;
import dev.trestle.controller.BuildEventSources;
import dev.trestle.controller.BuildGather;
import dev.trestle.controller.Callbacks;
import dev.trestle.controller.EventRecorder;
import dev.trestle.controller.ManifestMergeReconciler;
import dev.trestle.controller.Passes;
import dev.trestle.controller.PoolGate;
import dev.trestle.controller.Stores;
import dev.trestle.core.refresh.UpstreamImage;
import dev.trestle.dockerfile.DockerfileProgram;
import dev.trestle.dockerfile.KnownReads;
import dev.trestle.outward.Guard;
import dev.trestle.outward.GuardedResolver;
import dev.trestle.registry.Backoff;
import dev.trestle.registry.DockerCredentials;
import dev.trestle.registry.Retry;
import dev.trestle.registry.UpstreamClient;
import dev.trestle.registry.UpstreamWatch;
import dev.trestle.schedule.CronSchedule;
import dev.trestle.source.JGitReader;
import dev.trestle.source.Limits;
import dev.trestle.source.Pace;
import dev.trestle.source.Servers;
import dev.trestle.source.SourceWatch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running operator: put together by hand, started, and stopped in order. */
public final class OperatorRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorRuntime.class);
    /**
     * Reconciles at once. The JDK's HTTP client puts all requests on one HTTP/2 connection, whose streams the API server limits; with
     * many more it refuses streams, and the client's silent retries cost seconds.
     */
    private static final int CONCURRENCY = 32;

    private static final Duration CONFIGURATION_PERIOD = Duration.ofSeconds(2);
    /** How long a webhook's body may take. */
    private static final Duration WEBHOOK_PATIENCE = Duration.ofSeconds(10);

    private static final Duration WATCHDOG = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private final OperatorThreads threads = new OperatorThreads();
    private final PrometheusMeterRegistry registry = LibraryMeters.registry();
    private final DockerfileProgram dockerfiles;
    private final KnownReads reads;
    private final Operator operator;
    private final Stores stores;
    private final Guard guard;
    private final NamespaceWatch namespaces;
    private final BaseImageReconciler baseReconciler;
    private final SourceWatch sources;
    private final HttpEndpoints http;
    private final WebhookEndpoint webhooks;
    private volatile boolean stopping;

    /**
     * Starts the operator; returns when its caches are filled.
     *
     * @throws IOException when the configuration cannot be read, or the port is taken
     * @throws ConfigurationFile.Invalid when the configuration is wrong
     * @throws DockerfileProgram.Unusable when the program that reads Dockerfiles does not work
     */
    public OperatorRuntime(Settings settings, KubernetesClient client, Clock clock)
            throws IOException, ConfigurationFile.Invalid {
        var configuration = new ConfigurationWatch(settings.configuration());
        guard = new Guard(
                () -> Stream.concat(configuration.get().namedHosts().stream(), settings.proxies().stream())
                        .collect(Collectors.toSet()),
                URI.create(client.getMasterUrl().toString()));
        GuardedResolver.obey(guard);
        namespaces = new NamespaceWatch(settings.namespaces(), NamespaceWatch.by(client));
        var meters = new Meters(registry);
        stores = new Stores(settings.namespaces().size() < 2, new Callbacks(meters::callbackBroken));
        var eventSources = new BuildEventSources(stores);
        dockerfiles = new DockerfileProgram(settings.dockerfileReader(), DockerfileProgram.Times.USUAL).verified();
        reads = new KnownReads(dockerfiles, threads.dockerfiles());
        sources = new SourceWatch(
                new JGitReader(
                        settings.mirrors(),
                        Limits.USUAL,
                        new Servers(() -> configuration.get().git(), guard)),
                reads,
                new Pace(() -> Duration.ofSeconds(configuration.get().git().pollSeconds()), Math::random),
                eventSources,
                threads.lookTimes(),
                eventSources);
        var events = new EventRecorder(client, clock, settings.instance());
        var passes = new Passes(events, meters::passBroken, System::nanoTime);
        meters.watch(passes);
        meters.countLegs(eventSources::all);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);

        var followed = namespaces.first();
        meters.watch(settings.namespaces(), namespaces);
        operator = operator(
                client, settings, MicrometerMetricsV2.newBuilder(registry).build());
        var gather = new BuildGather(configuration, sources, clock);
        var gate = new PoolGate(configuration, eventSources, clock);
        var poolMeters = new PoolMeters(registry, configuration, gate);
        register(
                new BackendBuildReconciler(
                        gather,
                        gate,
                        eventSources,
                        events,
                        (before, _, after) -> {
                            meters.passed(before, after);
                            BuildLog.passed(before, after);
                        },
                        passes),
                followed);
        var upstreams = upstreams(settings, configuration, this::upstreamMoved);
        baseReconciler =
                new BaseImageReconciler(new BaseGather(stores, CronSchedule::parse, upstreams, clock), events, passes);
        upstreams.forgetAllBut(baseReconciler::upstreams);
        register(baseReconciler, followed);
        var baseMeters = new BaseMeters(registry, baseReconciler::all, eventSources::all);
        var buildMeters = new BuildMeters(registry, eventSources::all);
        register(new ManifestMergeReconciler(configuration, clock, events, passes, stores), followed);

        http = new HttpEndpoints(settings.port(), this::isReady, () -> {
            baseMeters.refresh();
            buildMeters.refresh();
            poolMeters.refresh();
            return registry.scrape();
        });
        webhooks = new WebhookEndpoint(
                settings.webhookPort(),
                settings.webhookSecrets(),
                sources::lookAt,
                threads.background(),
                WEBHOOK_PATIENCE,
                registry);
        var passWatch = new PassWatch(passes::underWay);
        var _ = threads.watchdog()
                .scheduleWithFixedDelay(
                        passWatch::look, WATCHDOG.toMillis(), WATCHDOG.toMillis(), TimeUnit.MILLISECONDS);
        operator.start();
        var _ = threads.background()
                .scheduleWithFixedDelay(gate::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        namespaces.every(threads.background(), new FollowedNamespaces(operator)::follow);
        configuration.every(CONFIGURATION_PERIOD, threads.background(), eventSources::configurationChanged);
        LOG.atInfo().addKeyValue("pools", configuration.get().pools().size()).log("Operator started");
    }

    private UpstreamWatch upstreams(
            Settings settings, ConfigurationWatch configuration, Consumer<UpstreamImage> onChange) {
        var client = new UpstreamClient(
                guard,
                host -> configuration.get().plainHttpHosts().contains(host),
                () -> DockerCredentials.in(settings.dockerConfig()),
                new Retry(Backoff.ONCE, Thread::sleep, () -> 1));
        return new UpstreamWatch(
                client,
                () -> configuration.get().registries(),
                () -> Duration.ofSeconds(configuration.get().upstream().pollSeconds()),
                threads.upstreams(),
                onChange);
    }

    private void upstreamMoved(UpstreamImage image) {
        baseReconciler.wakeThoseFrom(image);
    }

    public int port() {
        return http.port();
    }

    private boolean isReady() {
        return !stopping
                && operator.getRuntimeInfo().isStarted()
                && operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    /**
     * With namespaces, informers reconnect whatever the API server answers: one that is refused must not end the operator. Without, it
     * is right to end, since nothing else is left to serve.
     */
    private static Operator operator(KubernetesClient client, Settings settings, Metrics metrics) {
        return new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withMetrics(metrics)
                .withConcurrentReconciliationThreads(CONCURRENCY)
                .withCloseClientOnStop(false)
                .withStopOnInformerErrorDuringStartup(settings.namespaces().isEmpty())
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5)));
    }

    private <R extends HasMetadata> void register(Reconciler<R> reconciler, Set<String> followed) {
        operator.register(reconciler, new ReconcilerSettings(stores, followed)::applyTo);
    }

    /** Not ready first, so that no client waits for it; then writes under way are finished; then the rest. */
    @Override
    public void close() {
        stopping = true;
        webhooks.close();
        sources.close();
        threads.close();
        operator.stop();
        reads.close();
        dockerfiles.close();
        http.close();
        GuardedResolver.forget(guard);
    }
}
