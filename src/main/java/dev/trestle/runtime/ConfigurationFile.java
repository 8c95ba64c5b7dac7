package dev.trestle.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.Pool;
import dev.trestle.core.config.Registry;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operator's configuration file: YAML, with defaults for all but the images and the pools. docs/configuration.md describes it. */
public record ConfigurationFile(
        @Nullable String builderImage,
        @Nullable String mergeImage,
        @Nullable GitSection git,
        @Nullable List<RegistrySection> registries,
        @Nullable List<PoolSection> pools,
        @Nullable Integer retries) {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final int DEFAULT_POLL_SECONDS = 60;
    private static final int DEFAULT_RETRIES = 3;
    private static final long DEFAULT_DEADLINE_SECONDS = 6 * 3600L;

    /** Section {@code git}. */
    public record GitSection(@Nullable Integer pollSeconds) {}

    /** One of {@code registries}. */
    public record RegistrySection(
            @Nullable String host,
            @Nullable Boolean plainHttp,
            @Nullable List<String> mirrors) {}

    /** One of {@code pools}. */
    public record PoolSection(
            @Nullable String name,
            @Nullable List<String> platforms,
            @Nullable Map<String, String> nodeSelector,
            @Nullable List<Toleration> tolerations,
            @Nullable ResourceRequirements resources,
            @Nullable String scratch,
            Pool.@Nullable Security security,
            @Nullable String runtimeClassName,
            @Nullable String dnsPolicy,
            @Nullable String priorityClassName,
            @Nullable Map<String, String> podLabels,
            @Nullable Map<String, String> podAnnotations,
            @Nullable Long buildDeadlineSeconds) {}

    /** The file cannot be used; the message says which key, what is wrong, and what is allowed. */
    public static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String message) {
            super(message);
        }
    }

    /** @throws Invalid when the text is no YAML, has an unknown key, or a value that is not allowed */
    public static Configuration parse(String yaml) throws Invalid {
        try {
            var file = YAML.readValue(yaml, ConfigurationFile.class);
            if (file == null) {
                throw new Invalid(
                        "The configuration is empty; it must have at least 'builderImage', 'mergeImage' and 'pools'.");
            }
            return file.toConfiguration();
        } catch (JsonMappingException e) {
            throw new Invalid("%s: %s".formatted(pathOf(e), e.getOriginalMessage()));
        } catch (JsonProcessingException e) {
            throw new Invalid("Not YAML: " + e.getOriginalMessage());
        }
    }

    private Configuration toConfiguration() throws Invalid {
        var poolSections = orEmpty(pools);
        if (poolSections.isEmpty()) {
            throw new Invalid("'pools' is empty; there must be at least one pool, with 'name' and 'platforms'.");
        }
        var names = new HashSet<String>();
        for (var pool : poolSections) {
            var name = require(pool.name(), "pools[].name");
            if (!names.add(name)) {
                throw new Invalid("'pools' has two pools named '%s'; each name may stand once.".formatted(name));
            }
            if (orEmpty(pool.platforms()).isEmpty()) {
                throw new Invalid(
                        "Pool '%s' has no 'platforms'; name at least one, such as 'linux/amd64'.".formatted(name));
            }
            checkQuantity(pool.scratch(), name);
        }
        for (var registry : orEmpty(registries)) {
            require(registry.host(), "registries[].host");
        }
        return new Configuration(
                require(builderImage, "builderImage"),
                require(mergeImage, "mergeImage"),
                new Configuration.Git(pollSeconds()),
                orEmpty(registries).stream().map(ConfigurationFile::registry).toList(),
                poolSections.stream().map(ConfigurationFile::pool).toList(),
                bounded(retries, DEFAULT_RETRIES, 0, 10, "retries"));
    }

    private int pollSeconds() throws Invalid {
        return bounded(git == null ? null : git.pollSeconds(), DEFAULT_POLL_SECONDS, 5, 3_600, "git.pollSeconds");
    }

    private static Registry registry(RegistrySection section) {
        return new Registry(
                Objects.requireNonNull(section.host()),
                Boolean.TRUE.equals(section.plainHttp()),
                orEmpty(section.mirrors()));
    }

    private static Pool pool(PoolSection section) {
        return new Pool(
                Objects.requireNonNull(section.name()),
                orEmpty(section.platforms()),
                orEmpty(section.nodeSelector()),
                orEmpty(section.tolerations()),
                Objects.requireNonNullElseGet(section.resources(), ResourceRequirements::new),
                Optional.ofNullable(section.scratch()),
                Objects.requireNonNullElse(section.security(), Pool.Security.UserNamespace),
                Optional.ofNullable(section.runtimeClassName()),
                Optional.ofNullable(section.dnsPolicy()),
                Optional.ofNullable(section.priorityClassName()),
                orEmpty(section.podLabels()),
                orEmpty(section.podAnnotations()),
                Objects.requireNonNullElse(section.buildDeadlineSeconds(), DEFAULT_DEADLINE_SECONDS));
    }

    private static String require(@Nullable String value, String key) throws Invalid {
        if (value == null || value.isBlank()) {
            throw new Invalid("'%s' is missing; it must be set.".formatted(key));
        }
        return value;
    }

    private static int bounded(@Nullable Integer value, int otherwise, int least, int most, String key) throws Invalid {
        if (value == null) {
            return otherwise;
        }
        if (value < least || value > most) {
            throw new Invalid("'%s' is %d; it must be from %d to %d.".formatted(key, value, least, most));
        }
        return value;
    }

    private static void checkQuantity(@Nullable String quantity, String pool) throws Invalid {
        if (quantity == null) {
            return;
        }
        try {
            Quantity.getAmountInBytes(new Quantity(quantity));
        } catch (IllegalArgumentException e) {
            throw new Invalid(
                    "Pool '%s': 'scratch' is '%s'; it must be a quantity such as '20Gi'.".formatted(pool, quantity));
        }
    }

    private static String pathOf(JsonMappingException e) {
        var path = new StringBuilder();
        for (var reference : e.getPath()) {
            path.append(
                    reference.getFieldName() == null
                            ? "[" + reference.getIndex() + "]"
                            : (path.isEmpty() ? "" : ".") + reference.getFieldName());
        }
        return path.isEmpty() ? "configuration" : path.toString();
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
