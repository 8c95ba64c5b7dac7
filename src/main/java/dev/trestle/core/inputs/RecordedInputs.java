package dev.trestle.core.inputs;

import static java.util.stream.Collectors.toSet;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.RunStatus;
import java.util.List;
import java.util.Set;

/**
 * Inputs as a status has them. Those of this program's version are compared exactly. Those of another version are compared in the part
 * that both versions know, so that an upgrade of the operator alone builds nothing; see docs/adr/0016.
 *
 * @param version of the rule that has found them
 */
public record RecordedInputs(int version, List<Input> inputs) {
    /** A copied glob is recorded a second time with this behind it, when it selects folders. */
    private static final String IN_FOLDERS = "/**";

    public RecordedInputs {
        inputs = List.copyOf(inputs);
    }

    public static RecordedInputs of(BuiltLeg built) {
        return new RecordedInputs(built.effectiveInputsVersion(), built.inputs());
    }

    public static RecordedInputs of(RunStatus run) {
        return new RecordedInputs(run.effectiveInputsVersion(), run.inputs());
    }

    /**
     * The changes since.
     *
     * @param declared paths and globs of the spec: every version knows them
     */
    public List<Moved> movedTo(List<Input> now, int nowVersion, List<String> declared) {
        var moved = Moved.between(inputs, now);
        return version == nowVersion
                ? moved
                : moved.stream()
                        .filter(input -> isKnownToBoth(input, now, declared))
                        .filter(RecordedInputs::hasOtherContent)
                        .toList();
    }

    public boolean areSameAs(List<Input> now, int nowVersion, List<String> declared) {
        return movedTo(now, nowVersion, declared).isEmpty();
    }

    public boolean areSameAs(LegInputs now, List<String> declared) {
        return areSameAs(now.inputs(), now.version(), declared);
    }

    /** A file that only one version knows is not compared. All other kinds of input are the same in all versions. */
    private boolean isKnownToBoth(Moved input, List<Input> now, List<String> declared) {
        return input.kind() != InputKind.Source
                || (input.from().isPresent() && input.to().isPresent())
                || (input.to().isPresent() && declared.contains(String.valueOf(input.name())))
                || isKnownByItsGlob(input, now);
    }

    /** Every version records the files in folders that a copied glob selects, if there are any. */
    private boolean isKnownByItsGlob(Moved input, List<Input> now) {
        var name = input.name();
        if (name == null || !name.endsWith(IN_FOLDERS)) {
            return false;
        }
        var glob = name.substring(0, name.length() - IN_FOLDERS.length());
        return Glob.hasWildcard(glob)
                && sourceNames(inputs).contains(glob)
                && sourceNames(now).contains(glob);
    }

    private static boolean hasOtherContent(Moved input) {
        var from = input.from().orElse(FileInputs.NOTHING);
        var to = input.to().orElse(FileInputs.NOTHING);
        return !InputsVersion.meanTheSame(input.kind(), from, to);
    }

    private static Set<String> sourceNames(List<Input> inputs) {
        return inputs.stream()
                .filter(input -> input.kind() == InputKind.Source)
                .map(input -> String.valueOf(input.name()))
                .collect(toSet());
    }
}
