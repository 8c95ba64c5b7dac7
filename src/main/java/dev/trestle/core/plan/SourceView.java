package dev.trestle.core.plan;

import dev.trestle.api.Input;
import dev.trestle.api.RunStatus;
import dev.trestle.core.inputs.RecipeFiles;
import dev.trestle.core.inputs.SourceWarning;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The observed commit of a build's source. */
public sealed interface SourceView {
    /**
     * @param gitTag of that commit, when a pattern of tags is followed: the highest version
     * @param files the inputs that the build's files are, see {@link dev.trestle.core.inputs.FileInputs}
     * @param before commits between the build's last run and this one, the oldest first; none unless the run policy needs them
     * @param skipped how many more there are between the last run and the first of these
     * @param inputsVersion version of the rule that has found the files; an older one's when a status has recorded them
     * @param warnings about the files, for the user; none for recorded files
     */
    record Known(
            String revision,
            Optional<String> gitTag,
            List<Input> files,
            List<Known> before,
            int skipped,
            int inputsVersion,
            List<SourceWarning> warnings)
            implements SourceView {
        public Known {
            warnings = List.copyOf(warnings);
            files = List.copyOf(files);
            before = List.copyOf(before);
        }

        /** A commit alone, read by this program. */
        public Known(String revision, Optional<String> gitTag, List<Input> files) {
            this(revision, gitTag, files, List.of(), 0, Input.VERSION, List.of());
        }

        /** The commit of a run, as the status has recorded it. */
        static Known recorded(RunStatus run) {
            return new Known(
                    run.revision(),
                    Optional.ofNullable(run.gitTag()),
                    run.inputs(),
                    List.of(),
                    Objects.requireNonNullElse(run.skipped(), 0),
                    run.effectiveInputsVersion(),
                    List.of());
        }

        /** A commit alone, with the warnings about its files. */
        public Known(String revision, RecipeFiles files) {
            this(revision, Optional.empty(), files.inputs(), List.of(), 0, Input.VERSION, files.warnings());
        }

        /** The same commit, with the commits that were pushed before it. */
        public Known after(Optional<String> gitTag, List<Known> before) {
            return new Known(revision, gitTag, files, before, skipped, inputsVersion, warnings);
        }

        /** The same commit, and how many before it are not looked at. */
        public Known skipping(int number) {
            return new Known(revision, gitTag, files, before, number, inputsVersion, warnings);
        }
    }

    /** It has not been looked up yet. */
    record Unresolved() implements SourceView {}

    /** It cannot be read; it is tried again. */
    record Unavailable(String message) implements SourceView {}
}
