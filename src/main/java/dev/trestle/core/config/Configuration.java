package dev.trestle.core.config;

import dev.trestle.api.Trust;
import dev.trestle.core.config.Pool.Security;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operator's configuration: images, registries and pools.
 *
 * @param builderImage image of a leg's two containers
 * @param mergeImage image of a merge's pod: the operator's own
 * @param untrusted the rights of builds that no maintainer has accepted yet
 * @param retries how often a leg is tried again that failed in a way that may be the build's fault; at most {@link #MOST_RETRIES}
 * @param repositories which namespace may publish where
 */
public record Configuration(
        String builderImage,
        String mergeImage,
        Git git,
        Upstream upstream,
        Outward outward,
        List<Registry> registries,
        List<Pool> pools,
        Untrusted untrusted,
        int retries,
        RepositoryRights repositories,
        MergePods merge) {
    /** Beside those that are not counted, they fit into the attempts that a pod's name can tell. */
    public static final int MOST_RETRIES = 8;

    public Configuration {
        registries = List.copyOf(registries);
        pools = List.copyOf(pools);
    }

    /** Without a restriction of where namespaces publish, and with merges where they go by themselves. */
    public Configuration(
            String builderImage,
            String mergeImage,
            Git git,
            Upstream upstream,
            List<Registry> registries,
            List<Pool> pools,
            Untrusted untrusted,
            int retries) {
        this(
                builderImage,
                mergeImage,
                git,
                upstream,
                Outward.NONE,
                registries,
                pools,
                untrusted,
                retries,
                RepositoryRights.UNRESTRICTED,
                MergePods.DEFAULT);
    }

    /**
     * How git repositories are read.
     *
     * @param pollSeconds how often they are looked at
     * @param hosts the only servers that are asked, each with a port where it is not the scheme's own; none for all
     */
    public record Git(int pollSeconds, List<String> hosts, List<GitCredential> credentials) {
        public Git {
            hosts = List.copyOf(hosts);
            credentials = List.copyOf(credentials);
        }

        /** The servers that the administrator has named. */
        public Set<String> namedHosts() {
            return Stream.concat(hosts.stream(), credentials.stream().map(GitCredential::host))
                    .collect(Collectors.toSet());
        }

        public Git(int pollSeconds) {
            this(pollSeconds, List.of(), List.of());
        }
    }

    /**
     * Hosts that the operator may ask although tenants name them.
     *
     * @param hosts whose addresses are not public and that are asked all the same, each with a port where only that is meant
     */
    public record Outward(Set<String> hosts) {
        public static final Outward NONE = new Outward(Set.of());

        public Outward {
            hosts = Set.copyOf(hosts);
        }
    }

    /** How often the images that bases are built FROM are looked at. */
    public record Upstream(int pollSeconds) {}

    /**
     * The rights of untrusted builds.
     *
     * @param frontends repositories of the frontends that a Dockerfile may name after {@code # syntax=}; none for none
     */
    public record Untrusted(List<String> frontends) {
        public static final Untrusted DEFAULT = new Untrusted(List.of("docker.io/docker/dockerfile"));

        public Untrusted {
            frontends = List.copyOf(frontends);
        }
    }

    /** @return the same, of the pools that may build at this trust: root on a node is not for proposed changes */
    public Optional<Pool> poolFor(Optional<String> name, String buildPlatform, Trust trust) {
        return poolFor(name, buildPlatform, pool -> trust == Trust.Trusted || pool.security() != Security.Privileged);
    }

    /** @return the pool that the leg names, else the first one that builds on this platform */
    public Optional<Pool> poolFor(Optional<String> name, String buildPlatform) {
        return poolFor(name, buildPlatform, _ -> true);
    }

    private Optional<Pool> poolFor(Optional<String> name, String buildPlatform, Predicate<Pool> permitted) {
        return pools.stream()
                .filter(permitted)
                .filter(pool -> name.map(pool.name()::equals).orElse(true))
                .filter(pool -> pool.platforms().contains(buildPlatform))
                .findFirst();
    }

    /** Whether any pool has a limit; when none has, every leg starts as soon as it is due. */
    public boolean limitsPools() {
        return pools.stream().map(Pool::limits).anyMatch(Limits::isBinding);
    }

    /** Every host that the administrator has named: for git, as a registry or mirror, or for any request. In lower case. */
    public Set<String> namedHosts() {
        var ofRegistries = registries.stream()
                .flatMap(registry -> Stream.concat(Stream.of(registry.host()), registry.mirrors().stream()))
                .map(place -> place.split("/", 2)[0]);
        return Stream.of(outward.hosts().stream(), git.namedHosts().stream(), ofRegistries)
                .flatMap(hosts -> hosts)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Hosts that are reached over plain http. */
    public List<String> plainHttpHosts() {
        return registries.stream()
                .filter(Registry::plainHttp)
                .map(Registry::host)
                .toList();
    }
}
