package dev.trestle.core.matrix;

import java.util.List;

/**
 * Something about the matrix that people must know.
 *
 * @param name of its subject: an image, a base, a column, a file
 * @param field the field that differs, or empty
 * @param values the different values, or empty
 * @param between the images or rows that disagree, in the order of the values
 * @param message a sentence that names the thing, the cause and the next step
 */
public record Finding(Kind kind, String name, String field, List<String> values, List<String> between, String message) {

    /** The kind of a finding, and its consequence. */
    public enum Kind {
        /** A row that is in the output only in part or not at all. */
        NotExpressible(true),
        /** Two rows for one platform of one image. */
        Duplicate(true),
        /** Rows of one image that say different things about the image. */
        Disagreement(true),
        /** A text that must be one row's own, such as a cache key, is two rows'. */
        Collision(true),
        /** One base that is claimed in two ways: the operator makes the first only. */
        Claim(true),
        /** A base that differs from a consumer's expectation. It is built all the same. */
        BaseDiffers(true),
        /** A column that no part of the mapping speaks of. */
        UnknownColumn(false),
        /** A number that GitHub's jobs get with other digits than the file has. */
        NumberForm(false),
        /** An ARG of a Dockerfile that matters, and that no build argument sets. */
        UnsetArgument(false),
        /** A list that the matrix does not have. */
        NoRows(false),
        /** A base without a recipe, or a recipe without a consumer. */
        UnusedOrUnknownBase(false),
        /** A Dockerfile or an input that selects no file of the repository. */
        NoSuchFile(false);

        private final boolean conflict;

        Kind(boolean conflict) {
            this.conflict = conflict;
        }

        public boolean isConflict() {
            return conflict;
        }

        /** Whether the manifests differ from the matrix. */
        public boolean isError() {
            return conflict && this != BaseDiffers;
        }
    }

    public Finding {
        values = List.copyOf(values);
        between = List.copyOf(between);
    }

    public static Finding of(Kind kind, String name, String message) {
        return new Finding(kind, name, "", List.of(), List.of(), message);
    }
}
