package dev.trestle.core.plan;

import dev.trestle.api.Input;
import java.util.List;

/** What is known of the commit behind a build's source. */
public sealed interface SourceView {
    /**
     * @param files the inputs that the build's files are, see {@link dev.trestle.core.inputs.FileInputs}
     */
    record Known(String revision, List<Input> files) implements SourceView {
        public Known {
            files = List.copyOf(files);
        }
    }

    /** It has not been looked up yet. */
    record Unresolved() implements SourceView {}

    /** It cannot be read; it is tried again. */
    record Unavailable(String message) implements SourceView {}
}
