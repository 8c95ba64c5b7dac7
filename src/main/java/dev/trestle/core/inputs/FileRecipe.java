package dev.trestle.core.inputs;

import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BaseUse;
import dev.trestle.api.BuildArg;
import dev.trestle.api.FromSource;
import dev.trestle.api.Refresh;
import dev.trestle.core.dockerfile.ArgumentValues;
import dev.trestle.core.dockerfile.ArgumentValues.Others;
import dev.trestle.core.dockerfile.DockerfileRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of a spec that decides which files an image is made of.
 *
 * @param inputs declared paths and globs; those with {@code !} take files out
 * @param dockerfile its path, as git has it
 * @param context folder, as git has it; {@code .} for the whole repository
 * @param buildArgs as the Dockerfile gets them
 * @param operatorArgs the arguments that the operator sets itself: the Dockerfile gets them, but which values is not known here
 * @param target the stage that is built; the last one when empty
 */
public record FileRecipe(
        List<String> inputs,
        String dockerfile,
        String context,
        List<BuildArg> buildArgs,
        List<ArgumentValues> operatorArgs,
        Optional<String> target) {
    private static final String KEEP_GIT_FOLDER = "BUILDKIT_CONTEXT_KEEP_GIT_DIR";
    private static final String IMAGE_TIME = "SOURCE_DATE_EPOCH";
    /** A time itself, or none. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+|");

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "True", "TRUE");

    public FileRecipe {
        inputs = List.copyOf(inputs);
        dockerfile = plain(dockerfile);
        context = plain(context);
        buildArgs = List.copyOf(buildArgs);
        operatorArgs = List.copyOf(operatorArgs);
    }

    /** A recipe of the last stage, to which the operator adds no argument. */
    public FileRecipe(List<String> inputs, String dockerfile, String context, List<BuildArg> buildArgs) {
        this(inputs, dockerfile, context, buildArgs, List.of(), Optional.empty());
    }

    /** Whether BuildKit leaves {@code .git} in the context; true is any form that Go's ParseBool takes. */
    boolean keepsGitFolder() {
        return buildArg(KEEP_GIT_FOLDER).filter(TRUE::contains).isPresent();
    }

    /**
     * Whether the image has the commit's time for its own.
     *
     * @see <a href="https://docs.docker.com/reference/dockerfile/#buildkit-built-in-build-args">Dockerfile reference, built-in build ARGs</a>
     */
    boolean takesCommitTime() {
        return buildArg(IMAGE_TIME)
                .filter(value -> !NUMBER.matcher(value).matches())
                .isPresent();
    }

    /** The value of a build argument; of equal names the last counts. */
    private Optional<String> buildArg(String name) {
        return buildArgs.stream()
                .filter(arg -> arg.name().equals(name))
                .reduce((_, last) -> last)
                .map(BuildArg::value);
    }

    /** {@code ./backend//Dockerfile} is {@code backend/Dockerfile}. */
    private static String plain(String path) {
        var names = Stream.of(path.split("/", -1)).filter(name -> !name.isEmpty() && !name.equals("."));
        var plain = names.collect(Collectors.joining("/"));
        return plain.isEmpty() ? "." : plain;
    }

    public static FileRecipe of(BackendBuildSpec spec) {
        return new FileRecipe(
                spec.source().git().inputs(),
                spec.effectiveDockerfile(),
                spec.effectiveContext(),
                spec.buildArgs(),
                operatorArgs(spec),
                Optional.ofNullable(spec.target()));
    }

    /** Asks which files a build of this recipe reads by its Dockerfile. */
    public DockerfileRequest request(String dockerfile) {
        var arguments = new LinkedHashMap<String, ArgumentValues>();
        buildArgs.forEach(arg -> arguments.put(arg.name(), ArgumentValues.of(arg.name(), arg.value())));
        operatorArgs.forEach(arg -> arguments.merge(arg.name(), arg, FileRecipe::either));
        return new DockerfileRequest(dockerfile, List.copyOf(arguments.values()), target);
    }

    /** The operator's argument wins over the build's own where it is set at all. */
    private static ArgumentValues either(ArgumentValues own, ArgumentValues operators) {
        return operators.mayBeUnset()
                ? new ArgumentValues(
                        own.name(),
                        Stream.concat(own.values().stream(), operators.values().stream())
                                .toList(),
                        Collections.max(List.of(own.others(), operators.others())),
                        own.mayBeUnset())
                : operators;
    }

    private static List<ArgumentValues> operatorArgs(BackendBuildSpec spec) {
        var arguments = new ArrayList<ArgumentValues>();
        Optional.ofNullable(spec.base()).ifPresent(base -> arguments.addAll(baseArgs(base)));
        Optional.ofNullable(spec.refresh())
                .map(Refresh::arg)
                .ifPresent(arg -> arguments.add(new ArgumentValues(arg, List.of(), Others.Any, true)));
        return arguments;
    }

    /** A leg gets the one or the other. */
    private static List<ArgumentValues> baseArgs(BaseUse base) {
        var instead = Optional.ofNullable(base.fromSource());
        var image = new ArgumentValues(base.arg(), List.of(), Others.Images, instead.isPresent());
        return Stream.concat(Stream.of(image), instead.map(FileRecipe::insteadOfBase).stream())
                .toList();
    }

    private static ArgumentValues insteadOfBase(FromSource instead) {
        return new ArgumentValues(instead.arg(), List.of(instead.value()), Others.None, true);
    }
}
