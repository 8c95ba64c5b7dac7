package dev.trestle.core.dockerfile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Dockerfile that has been read, to be asked for several builds. */
public final class Dockerfile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String DOCKERS_FRONTEND = "(docker\\.io/)?docker/dockerfile(-upstream)?([:@].*)?";

    private final Directives directives;
    private final List<Instruction> instructions;

    private Dockerfile(Directives directives, List<Instruction> instructions) {
        this.directives = directives;
        this.instructions = instructions;
    }

    /** Any text is accepted; what is wrong in it is for the build to tell. */
    public static Dockerfile of(String text) {
        var plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        var directives = Directives.of(plain);
        return new Dockerfile(directives, Instructions.of(plain, directives.escape()));
    }

    /**
     * What it reads of its build context, in its order: by {@code COPY}, by {@code ADD} and by bind mounts of {@code RUN}.
     *
     * @param given the build arguments, by name
     * @return empty when it cannot be told, since another frontend than Docker's reads it
     */
    public Optional<List<ContextPath>> reads(Map<String, String> given) {
        return directives
                        .syntax()
                        .filter(image -> !image.matches(DOCKERS_FRONTEND))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(ContextReads.of(instructions, directives.escape(), given));
    }
}
