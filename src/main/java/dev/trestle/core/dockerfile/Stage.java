package dev.trestle.core.dockerfile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The variables of one stage. {@code ENV} hides {@code ARG}, as in BuildKit. */
final class Stage {
    /**
     * What BuildKit itself gives an {@code ARG} of such a name depends on the leg and on the builder.
     *
     * @see <a href="https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope">Dockerfile reference,
     *     automatic platform ARGs</a>
     */
    private static final Pattern GIVEN_BY_BUILDKIT =
            Pattern.compile("(TARGET|BUILD)(PLATFORM|OS|ARCH|VARIANT|STAGE)|BUILDKIT_.*|SOURCE_DATE_EPOCH"
                    + "|(?i:(HTTP|HTTPS|FTP|NO|ALL)_PROXY)");

    private final Map<String, Optional<Value>> arguments = new HashMap<>();
    private final Map<String, Value> environment = new HashMap<>();

    /** A stage that is made on another has its variables. */
    static Stage on(Stage parent) {
        var stage = new Stage();
        stage.arguments.putAll(parent.arguments);
        stage.environment.putAll(parent.environment);
        return stage;
    }

    /** @param value empty when it is declared and has none */
    void argument(String name, Optional<Value> value) {
        arguments.put(name, value);
    }

    void environment(String name, Value value) {
        environment.put(name, value);
    }

    /** Empty when it has none; a name that nobody has declared may stand in the environment of the image below. */
    Optional<Value> valueOf(String name) {
        return environment.containsKey(name)
                ? Optional.ofNullable(environment.get(name))
                : arguments.getOrDefault(name, Optional.of(Value.UNKNOWN));
    }

    /** The value of an {@code ARG} before the first stage, which a stage takes over by declaring its name. */
    Optional<Value> argument(String name) {
        return arguments.getOrDefault(name, Optional.empty());
    }

    static boolean isGivenByBuildKit(String name) {
        return GIVEN_BY_BUILDKIT.matcher(name).matches();
    }
}
