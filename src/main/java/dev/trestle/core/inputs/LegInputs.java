package dev.trestle.core.inputs;

import static java.util.stream.Collectors.toSet;

import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BaseUse;
import dev.trestle.api.BuildArg;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.Leg;
import dev.trestle.api.Refresh;
import dev.trestle.api.Schema;
import dev.trestle.core.Hash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that one leg's image is made of. Where it is published is no part of it: another tag needs another merge, not another build.
 *
 * @param version of the rule that has found them, see {@link InputsVersion}
 * @param inputs ordered by kind, one per kind and name
 * @param fingerprint one value for all inputs, 64 hexadecimal digits: a leg is built if and only if this differs from the last one
 *     built (invariant 1)
 */
public record LegInputs(int version, List<Input> inputs, String fingerprint) {
    public LegInputs {
        inputs = List.copyOf(inputs);
    }

    /** Of the present version. */
    public static LegInputs of(BackendBuildSpec spec, Leg leg, List<Input> files, Optional<String> base) {
        return of(InputsVersion.PRESENT, spec, leg, files, base);
    }

    /**
     * @param version of the rule that has found the files
     * @param files the inputs that its files are, see {@link FileInputs}
     * @param base {@code repository@digest} for the leg's build platform, when the build has a base
     */
    public static LegInputs of(int version, BackendBuildSpec spec, Leg leg, List<Input> files, Optional<String> base) {
        var inputs = new ArrayList<>(files);
        inputs.add(new Input(InputKind.Recipe, InputsVersion.cut(version, recipe(spec, leg))));
        inputs.add(new Input(InputKind.BuildArgs, InputsVersion.cut(version, buildArgs(spec))));
        base.or(() -> fromSource(spec)).ifPresent(image -> inputs.add(new Input(InputKind.Base, image)));
        Optional.ofNullable(spec.refresh())
                .map(Refresh::token)
                .ifPresent(token -> inputs.add(new Input(InputKind.Refresh, token)));
        return of(version, inputs);
    }

    private static LegInputs of(int version, List<Input> inputs) {
        return new LegInputs(version, inputs, InputsVersion.fingerprint(version, inputs));
    }

    /** The same, and more. */
    public LegInputs with(List<Input> more) {
        return of(version, Stream.concat(inputs.stream(), more.stream()).toList());
    }

    /** The same inputs, which an earlier record knows by this fingerprint. */
    public LegInputs knownAs(String recorded) {
        return new LegInputs(version, inputs, recorded);
    }

    /** As version 1 of the rule would have written them, if it knows the same ones. */
    public LegInputs asVersion1() {
        return of(
                InputsVersion.FIRST,
                inputs.stream()
                        .map(input ->
                                new Input(input.kind(), input.name(), InputsVersion.cut(InputsVersion.FIRST, input)))
                        .toList());
    }

    /** Whether an image of these may stand for one of the others, whenever and for whichever request it was built. */
    public boolean areMadeOfTheSameAs(RecordedInputs others) {
        return version == others.version() && content(inputs).equals(content(others.inputs()));
    }

    private static Set<Map.Entry<String, String>> content(List<Input> inputs) {
        return inputs.stream()
                .filter(LegInputs::isContent)
                .map(input -> Map.entry(Moved.nameOf(input), contentOf(input)))
                .collect(toSet());
    }

    private static boolean isContent(Input input) {
        return switch (input.kind()) {
            case Source, Recipe, BuildArgs, Base -> true;
            case Refresh, Request -> false;
        };
    }

    /** A base may be kept in more than one repository: its digest counts. */
    private static String contentOf(Input input) {
        return input.kind() == InputKind.Base
                ? input.value().substring(input.value().indexOf('@') + 1)
                : input.value();
    }

    /** A leg that does without its base is another image than one made on it. */
    private static Optional<String> fromSource(BackendBuildSpec spec) {
        return Optional.ofNullable(spec.base())
                .map(BaseUse::fromSource)
                .map(instead -> "%s=%s".formatted(instead.arg(), instead.value()))
                .map(text -> text.length() <= Schema.INPUT_VALUE ? text : "sha256:" + Hash.of(List.of(text)));
    }

    private static String recipe(BackendBuildSpec spec, Leg leg) {
        return Hash.shortOf(
                InputsVersion.DIGITS,
                List.of(
                        spec.effectiveDockerfile(),
                        spec.effectiveContext(),
                        Objects.requireNonNullElse(spec.target(), ""),
                        leg.platform(),
                        leg.effectiveBuildPlatform(),
                        spec.base() == null ? "" : spec.base().arg()));
    }

    private static String buildArgs(BackendBuildSpec spec) {
        return Hash.shortOf(
                InputsVersion.DIGITS,
                spec.buildArgs().stream()
                        .sorted(Comparator.comparing(BuildArg::name))
                        .flatMap(arg -> List.of(arg.name(), arg.value()).stream())
                        .toList());
    }
}
