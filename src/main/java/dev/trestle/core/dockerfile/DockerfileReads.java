package dev.trestle.core.dockerfile;

import java.util.List;

/** Which files of its build context a Dockerfile reads. */
public sealed interface DockerfileReads {
    /**
     * These, and no others.
     *
     * @param paths relative to the context, each once; {@code .} is the whole context. {@code *} and {@code ?} stay within a name,
     *     {@code **} crosses folders; a path without a wildcard is a file, or a folder with all that is in it
     * @param commitTime whether the image has the time of a source for its own, so that it depends on the commit
     * @param declared the ARGs of the stages that the build needs, by name
     */
    record Paths(List<String> paths, boolean commitTime, List<Declared> declared) implements DockerfileReads {
        public Paths {
            paths = List.copyOf(paths);
            declared = List.copyOf(declared);
        }
    }

    /** It cannot be told, so it may be the whole context. */
    record Unknown(String why) implements DockerfileReads {}

    /**
     * An ARG.
     *
     * @param hasValue whether a default, the build or BuildKit gives it one
     * @param inEnvironment whether the value of an ENV has it
     */
    record Declared(String name, boolean hasValue, boolean inEnvironment) {}
}
