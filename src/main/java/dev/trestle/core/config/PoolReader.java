package dev.trestle.core.config;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one of {@code pools}. */
final class PoolReader {
    static final List<String> KEYS = List.of(
            "name",
            "platforms",
            "nodeSelector",
            "tolerations",
            "resources",
            "largerResources",
            "scratch",
            "security",
            "runtimeClassName",
            "dnsPolicy",
            "priorityClassName",
            "podLabels",
            "podAnnotations",
            "queueDeadlineSeconds",
            "startDeadlineSeconds",
            "buildDeadlineSeconds",
            "drainSeconds",
            "maxRunning",
            "waveBudget");
    private static final List<String> RESOURCE_KEYS = List.of("requests", "limits");
    private static final List<String> TOLERATION_KEYS =
            List.of("key", "operator", "value", "effect", "tolerationSeconds");

    private static final long DEFAULT_START_SECONDS = 900L;
    private static final long DEFAULT_BUILD_SECONDS = 6 * 3_600L;
    private static final long LEAST_DEADLINE_SECONDS = 60L;
    private static final long MOST_DEADLINE_SECONDS = 7 * 24 * 3_600L;
    /** Long enough for BuildKit to stop its containers; a leg that is given up need not finish. */
    private static final long DEFAULT_DRAIN_SECONDS = 10;
    /** With none, the API server forgets a pod whose node still runs it. */
    private static final long LEAST_DRAIN_SECONDS = 1;

    private static final long MOST_DRAIN_SECONDS = 3_600;
    private static final long MOST_LEGS = 10_000;

    private PoolReader() {}

    static Pool read(Section section) throws ConfigurationRefused {
        return new Pool(
                section.required("name", Form.LABEL),
                platforms(section),
                section.map("nodeSelector", Form.TEXT),
                tolerations(section),
                resources(section, "resources").orElseGet(ResourceRequirements::new),
                resources(section, "largerResources"),
                section.optional("scratch", Form.QUANTITY),
                section.optional("security", Form.SECURITY)
                        .map(Pool.Security::valueOf)
                        .orElse(Pool.Security.UserNamespace),
                section.optional("runtimeClassName", Form.SUBDOMAIN),
                section.optional("dnsPolicy", Form.DNS_POLICY),
                section.optional("priorityClassName", Form.SUBDOMAIN),
                section.map("podLabels", Form.TEXT),
                section.map("podAnnotations", Form.TEXT),
                deadlines(section),
                Duration.ofSeconds(section.number("drainSeconds", LEAST_DRAIN_SECONDS, MOST_DRAIN_SECONDS)
                        .orElse(DEFAULT_DRAIN_SECONDS)),
                limits(section));
    }

    private static Deadlines deadlines(Section section) throws ConfigurationRefused {
        return new Deadlines(
                seconds(section, "queueDeadlineSeconds").map(Duration::ofSeconds),
                Duration.ofSeconds(seconds(section, "startDeadlineSeconds").orElse(DEFAULT_START_SECONDS)),
                Duration.ofSeconds(seconds(section, "buildDeadlineSeconds").orElse(DEFAULT_BUILD_SECONDS)));
    }

    private static Optional<Long> seconds(Section section, String key) throws ConfigurationRefused {
        return section.number(key, LEAST_DEADLINE_SECONDS, MOST_DEADLINE_SECONDS);
    }

    /** None may be 0, which would hold legs back for ever. */
    private static Limits limits(Section section) throws ConfigurationRefused {
        return new Limits(
                section.number("maxRunning", 1, MOST_LEGS).map(Long::intValue),
                section.number("waveBudget", 1, MOST_LEGS).map(Long::intValue));
    }

    private static List<String> platforms(Section section) throws ConfigurationRefused {
        var platforms = section.list("platforms", Form.PLATFORM);
        if (platforms.isEmpty()) {
            throw new ConfigurationRefused(
                    "'%s' is empty; name at least one, such as 'linux/amd64'.".formatted(section.placeOf("platforms")));
        }
        return platforms;
    }

    static List<Toleration> tolerations(Section section) throws ConfigurationRefused {
        var tolerations = new ArrayList<Toleration>();
        for (var given : section.sections("tolerations", TOLERATION_KEYS)) {
            tolerations.add(new Toleration(
                    given.optional("effect", Form.EFFECT).orElse(null),
                    given.optional("key", Form.TEXT).orElse(null),
                    given.optional("operator", Form.OPERATOR).orElse(null),
                    given.number("tolerationSeconds", 0, Integer.MAX_VALUE).orElse(null),
                    given.optional("value", Form.TEXT).orElse(null)));
        }
        return tolerations;
    }

    static Optional<ResourceRequirements> resources(Section section, String key) throws ConfigurationRefused {
        var resources = section.section(key, RESOURCE_KEYS);
        if (resources.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ResourceRequirementsBuilder()
                .withRequests(quantities(resources.get(), "requests"))
                .withLimits(quantities(resources.get(), "limits"))
                .build());
    }

    private static Map<String, Quantity> quantities(Section resources, String key) throws ConfigurationRefused {
        var quantities = new LinkedHashMap<String, Quantity>();
        resources.map(key, Form.QUANTITY).forEach((name, amount) -> quantities.put(name, new Quantity(amount)));
        return quantities;
    }
}
