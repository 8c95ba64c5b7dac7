package dev.trestle.core.plan;

import dev.trestle.api.Input;
import dev.trestle.api.RunStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What is known of the commit behind a build's source. */
public sealed interface SourceView {
    /**
     * @param gitTag of that commit, when a pattern of tags is followed: the highest version
     * @param files the inputs that the build's files are, see {@link dev.trestle.core.inputs.FileInputs}
     * @param before what was pushed between the build's last run and this, the oldest first; none unless it was asked for
     * @param skipped how many more there are between the last run and the first of these
     * @param inputsVersion version of the rule that has found the files; an older one's when a status has recorded them
     */
    record Known(
            String revision,
            Optional<String> gitTag,
            List<Input> files,
            List<Known> before,
            int skipped,
            int inputsVersion)
            implements SourceView {
        public Known {
            files = List.copyOf(files);
            before = List.copyOf(before);
        }

        /** A commit alone, read by this program. */
        public Known(String revision, Optional<String> gitTag, List<Input> files) {
            this(revision, gitTag, files, List.of(), 0, Input.VERSION);
        }

        /** The commit of a run, as the status has recorded it. */
        static Known recorded(RunStatus run) {
            return new Known(
                    run.revision(),
                    Optional.ofNullable(run.gitTag()),
                    run.inputs(),
                    List.of(),
                    Objects.requireNonNullElse(run.skipped(), 0),
                    run.effectiveInputsVersion());
        }

        /** The same commit, and what was pushed before it. */
        public Known after(Optional<String> gitTag, List<Known> before) {
            return new Known(revision, gitTag, files, before, skipped, inputsVersion);
        }

        /** The same commit, and how many before it are not looked at. */
        public Known skipping(int number) {
            return new Known(revision, gitTag, files, before, number, inputsVersion);
        }
    }

    /** It has not been looked up yet. */
    record Unresolved() implements SourceView {}

    /** It cannot be read; it is tried again. */
    record Unavailable(String message) implements SourceView {}
}
