package dev.trestle.runtime;

import dev.trestle.controller.BackendBuildReconciler;
import dev.trestle.controller.BaseGather;
import dev.trestle.controller.BaseImageReconciler;
import dev.trestle.controller.BuildEventSources;
import dev.trestle.controller.BuildGather;
import dev.trestle.controller.EventRecorder;
import dev.trestle.controller.ManifestMergeReconciler;
import dev.trestle.controller.PoolGate;
import dev.trestle.controller.Trim;
import dev.trestle.core.refresh.UpstreamImage;
import dev.trestle.dockerfile.DockerfileProgram;
import dev.trestle.dockerfile.KnownReads;
import dev.trestle.registry.Backoff;
import dev.trestle.registry.DockerCredentials;
import dev.trestle.registry.HttpImageRegistry;
import dev.trestle.registry.Retry;
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
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    /** Git servers that are asked at once; each may be silent for half a minute. */
    private static final int GIT_AT_ONCE = 8;

    private static final Duration SWEEP = Duration.ofSeconds(5);
    /** The second net under lost events; a pass without news costs no request. */
    private static final Duration FAILSAFE = Duration.ofMinutes(5);

    private final ScheduledExecutorService background =
            Executors.newScheduledThreadPool(4, Thread.ofVirtual().factory());
    /** A registry that hangs holds a thread for half a minute. */
    private final ScheduledExecutorService lookingUp =
            Executors.newScheduledThreadPool(4, Thread.ofVirtual().factory());

    private final ScheduledExecutorService askingGit =
            Executors.newScheduledThreadPool(GIT_AT_ONCE, Thread.ofVirtual().factory());

    /** A Dockerfile takes work: on a carrier thread of virtual ones it would delay others. */
    private final ScheduledExecutorService readingDockerfiles = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("dockerfiles").factory());

    private final PrometheusMeterRegistry registry = LibraryMeters.registry();
    private final DockerfileProgram dockerfiles;
    private final KnownReads reads;
    private final Operator operator;
    private final BaseImageReconciler baseReconciler;
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
        var eventSources = new BuildEventSources();
        dockerfiles = new DockerfileProgram(settings.dockerfileReader(), DockerfileProgram.Times.USUAL).verified();
        reads = new KnownReads(dockerfiles, readingDockerfiles);
        var sources = new SourceWatch(
                new JGitReader(
                        settings.mirrors(),
                        Limits.USUAL,
                        new Servers(
                                () -> configuration.get().git(),
                                URI.create(client.getMasterUrl().toString()))),
                reads,
                new Pace(() -> Duration.ofSeconds(configuration.get().git().pollSeconds()), Math::random),
                askingGit,
                eventSources::sourceChanged);
        sources.forgetAllBut(eventSources::followed);
        var events = new EventRecorder(client, clock, settings.instance());
        var meters = new Meters(registry);
        meters.countLegs(eventSources::all);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);

        operator = operator(client, MicrometerMetricsV2.newBuilder(registry).build());
        var gather = new BuildGather(configuration, sources, clock);
        var gate = new PoolGate(configuration, eventSources, clock);
        var poolMeters = new PoolMeters(registry, configuration, gate);
        register(
                new BackendBuildReconciler(gather, gate, eventSources, events, (before, _, after) -> {
                    meters.passed(before, after);
                    BuildLog.passed(before, after);
                }),
                settings);
        var upstreams = upstreams(settings, configuration, this::upstreamMoved);
        baseReconciler = new BaseImageReconciler(new BaseGather(CronSchedule::parse, upstreams, clock), events);
        upstreams.forgetAllBut(baseReconciler::upstreams);
        register(baseReconciler, settings);
        var baseMeters = new BaseMeters(registry, baseReconciler::all, eventSources::all);
        var buildMeters = new BuildMeters(registry, eventSources::all);
        register(new ManifestMergeReconciler(configuration, clock, events), settings);

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
                background,
                WEBHOOK_PATIENCE,
                registry);
        operator.start();
        var _ = background.scheduleWithFixedDelay(
                gate::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        configuration.every(CONFIGURATION_PERIOD, background, eventSources::configurationChanged);
        LOG.atInfo().addKeyValue("pools", configuration.get().pools().size()).log("Operator started");
    }

    private UpstreamWatch upstreams(
            Settings settings, ConfigurationWatch configuration, Consumer<UpstreamImage> onChange) {
        var client = new HttpImageRegistry(
                host -> configuration.get().plainHttpHosts().contains(host),
                DockerCredentials.in(settings.dockerConfig()),
                new Retry(Backoff.ONCE, Thread::sleep, () -> 1));
        return new UpstreamWatch(
                client,
                () -> configuration.get().registries(),
                () -> Duration.ofSeconds(configuration.get().upstream().pollSeconds()),
                lookingUp,
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

    private static Operator operator(KubernetesClient client, Metrics metrics) {
        return new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withMetrics(metrics)
                .withConcurrentReconciliationThreads(CONCURRENCY)
                .withCloseClientOnStop(false)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5)));
    }

    private <R extends HasMetadata> void register(Reconciler<R> reconciler, Settings settings) {
        operator.register(reconciler, overrider -> configure(overrider, settings));
    }

    /** Never give up on an error: attempts without end, at most five minutes apart. */
    private static <R extends HasMetadata> void configure(
            ControllerConfigurationOverrider<R> overrider, Settings settings) {
        overrider
                .withItemStore(Trim.managedFields())
                .withRetry(new GenericRetry()
                        .withoutMaxAttempts()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setIntervalMultiplier(1.5)
                        .setMaxInterval(FAILSAFE.toMillis()))
                .withReconciliationMaxInterval(FAILSAFE);
        if (settings.namespaces().isEmpty()) {
            overrider.watchingAllNamespaces();
        } else {
            overrider.settingNamespaces(settings.namespaces());
        }
    }

    /** Not ready first, so that nobody waits for it; then what is being written is finished; then the rest. */
    @Override
    public void close() {
        stopping = true;
        webhooks.close();
        background.shutdownNow();
        askingGit.shutdownNow();
        lookingUp.shutdownNow();
        operator.stop();
        reads.close();
        dockerfiles.close();
        http.close();
    }
}
