package dev.trestle.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the configuration from its tree, with defaults for all but the images and the pools. docs/configuration.md describes it. */
public final class ConfigurationReader {
    private static final List<String> KEYS = List.of(
            "builderImage",
            "mergeImage",
            "git",
            "upstream",
            "outward",
            "registries",
            "pools",
            "untrusted",
            "retries",
            "repositories",
            "merge");
    private static final List<String> OUTWARD_KEYS = List.of("hosts");
    private static final List<String> POLL_KEYS = List.of("pollSeconds");
    private static final List<String> REGISTRY_KEYS = List.of("host", "plainHttp", "mirrors");

    private static final List<String> RIGHT_KEYS = List.of("namespaces", "allow");

    private static final List<String> UNTRUSTED_KEYS = List.of("frontends");

    private static final long DEFAULT_UPSTREAM_SECONDS = 3_600;
    private static final long DEFAULT_RETRIES = 3;

    private ConfigurationReader() {}

    /** @throws ConfigurationRefused for a key that is not known, or a value that is missing or not allowed; the first that is found */
    public static Configuration read(JsonNode tree) throws ConfigurationRefused {
        var whole = Section.of("", tree, KEYS);
        return new Configuration(
                whole.required("builderImage", Form.IMAGE),
                whole.required("mergeImage", Form.IMAGE),
                GitSection.read(whole),
                new Configuration.Upstream(pollSeconds(whole, "upstream", 10, 86_400, DEFAULT_UPSTREAM_SECONDS)),
                outward(whole),
                registries(whole),
                pools(whole),
                untrusted(whole),
                whole.number("retries", 0, Configuration.MOST_RETRIES)
                        .orElse(DEFAULT_RETRIES)
                        .intValue(),
                repositories(whole),
                MergePods.read(whole));
    }

    private static RepositoryRights repositories(Section whole) throws ConfigurationRefused {
        var rules = new ArrayList<RepositoryRights.Rule>();
        for (var section : whole.sections("repositories", RIGHT_KEYS)) {
            var namespaces = section.list("namespaces", Form.NAMESPACES);
            if (namespaces.isEmpty()) {
                throw new ConfigurationRefused(
                        "'%s' is missing; it %s.".formatted(section.placeOf("namespaces"), Form.NAMESPACES.rule()));
            }
            rules.add(new RepositoryRights.Rule(namespaces, section.list("allow", Form.REPOSITORIES)));
        }
        return new RepositoryRights(rules);
    }

    private static int pollSeconds(Section whole, String key, long least, long most, long otherwise)
            throws ConfigurationRefused {
        var section = whole.section(key, POLL_KEYS);
        var seconds = section.isPresent()
                ? section.get().number("pollSeconds", least, most).orElse(otherwise)
                : otherwise;
        return (int) seconds;
    }

    private static Configuration.Outward outward(Section whole) throws ConfigurationRefused {
        var section = whole.section("outward", OUTWARD_KEYS);
        return section.isPresent()
                ? new Configuration.Outward(Set.copyOf(section.get().list("hosts", Form.HOST)))
                : Configuration.Outward.NONE;
    }

    private static List<Registry> registries(Section whole) throws ConfigurationRefused {
        var registries = new ArrayList<Registry>();
        var hosts = new HashSet<String>();
        for (var section : whole.sections("registries", REGISTRY_KEYS)) {
            var host = section.required("host", Form.HOST);
            refuseTwice(hosts, host, section.placeOf("host"));
            registries.add(new Registry(host, section.flag("plainHttp"), section.list("mirrors", Form.MIRROR)));
        }
        return registries;
    }

    private static List<Pool> pools(Section whole) throws ConfigurationRefused {
        var pools = new ArrayList<Pool>();
        var names = new HashSet<String>();
        for (var section : whole.sections("pools", PoolReader.KEYS)) {
            var pool = PoolReader.read(section);
            refuseTwice(names, pool.name(), section.placeOf("name"));
            pools.add(pool);
        }
        if (pools.isEmpty()) {
            throw new ConfigurationRefused(
                    "'pools' is empty; there must be at least one pool, with 'name' and 'platforms'.");
        }
        return pools;
    }

    /** An empty list allows no frontend but BuildKit's own. */
    private static Configuration.Untrusted untrusted(Section whole) throws ConfigurationRefused {
        var section = whole.section("untrusted", UNTRUSTED_KEYS);
        return section.isPresent() && section.get().has("frontends")
                ? new Configuration.Untrusted(section.get().list("frontends", Form.REPOSITORY))
                : Configuration.Untrusted.DEFAULT;
    }

    static void refuseTwice(Set<String> seen, String value, String place) throws ConfigurationRefused {
        if (!seen.add(value)) {
            throw new ConfigurationRefused(
                    "'%s' is '%s', as is one before it; each may stand once.".formatted(place, value));
        }
    }
}
