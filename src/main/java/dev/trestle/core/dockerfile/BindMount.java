package dev.trestle.core.dockerfile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code RUN --mount=type=bind,source=…}: what a step sees of the context without copying it. Bind is the default type and the whole
 * context the default source.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#run---mounttypebind">Dockerfile reference, bind mounts</a>
 */
final class BindMount {
    private static final String FLAG = "--mount=";

    private BindMount() {}

    /** @return the source, as it stands; empty when the flag is something else, or mounts from another stage or image */
    static Optional<String> in(String flag) {
        if (!flag.startsWith(FLAG)) {
            return Optional.empty();
        }
        var options = options(flag.substring(FLAG.length()).replace("\"", ""));
        var isBind = options.getOrDefault("type", "bind").equals("bind");
        var isContext = options.getOrDefault("from", "").isEmpty();
        return isBind && isContext
                ? Optional.of(options.getOrDefault("source", options.getOrDefault("src", ".")))
                : Optional.empty();
    }

    private static Map<String, String> options(String list) {
        var options = new HashMap<String, String>();
        for (var option : list.split(",", -1)) {
            var equals = option.indexOf('=');
            options.put(equals < 0 ? option : option.substring(0, equals), option.substring(equals + 1));
        }
        return options;
    }
}
