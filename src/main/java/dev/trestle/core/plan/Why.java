package dev.trestle.core.plan;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.Schema;
import dev.trestle.core.Text;
import dev.trestle.core.inputs.LegInputs;
import dev.trestle.core.inputs.Moved;
import dev.trestle.core.inputs.RecordedInputs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a leg is built.
 *
 * @param moved the inputs that differ from its last image; none for the first
 * @param reasons the same as people read it, as many as the status takes
 */
record Why(List<Moved> moved, List<String> reasons) {
    private static final int MOST_REASONS = 8;

    /** @param declared paths and globs of the spec */
    static Why of(Optional<BuiltLeg> built, LegInputs inputs, List<String> declared) {
        if (built.isEmpty()) {
            return new Why(List.of(), List.of("Never built"));
        }
        var moved = RecordedInputs.of(built.get()).movedTo(inputs.inputs(), inputs.version(), declared);
        return built.get().fingerprint().equals(inputs.fingerprint())
                ? new Why(moved, List.of("A build of other inputs has taken the anchor"))
                : new Why(moved, sentences(moved));
    }

    private static List<String> sentences(List<Moved> moved) {
        var sentences = moved.stream().map(Moved::sentence).map(reason -> Text.atMost(Schema.LEG_REASON, reason));
        if (moved.size() <= MOST_REASONS) {
            return sentences.toList();
        }
        var more = "and %d more".formatted(moved.size() - MOST_REASONS + 1);
        return Stream.concat(sentences.limit(MOST_REASONS - 1), Stream.of(more)).toList();
    }
}
