package dev.trestle.core.status;

import dev.trestle.api.LegFailure;
import dev.trestle.api.Schema;
import dev.trestle.core.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failure as a status can hold it: the output of a build, or of a node, is of any length. */
final class FailureText {
    private FailureText() {}

    static LegFailure bounded(LegFailure failure) {
        return new LegFailure(
                failure.failureClass(),
                failure.reason(),
                cut(Schema.STEP, failure.step()),
                cut(Schema.STEP, failure.location()),
                failure.exitCode(),
                Text.atMost(Schema.LEG_MESSAGE, failure.message()),
                last(failure.lastLines()),
                cut(Schema.HOST_LENGTH, failure.node()),
                cut(Schema.HOST_LENGTH, failure.registry()));
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - Schema.LAST_LINES), lines.size()).stream()
                .map(line -> Text.atMost(Schema.LAST_LINE, line))
                .toList();
    }

    private static @Nullable String cut(int limit, @Nullable String text) {
        return text == null ? null : Text.atMost(limit, text);
    }
}
