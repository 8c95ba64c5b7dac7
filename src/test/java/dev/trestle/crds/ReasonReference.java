package dev.trestle.crds;

import dev.trestle.api.FailureReason;
import dev.trestle.api.Reason;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/reasons.md: what each reason of a condition means, and each of a failed leg. */
final class ReasonReference {
    private ReasonReference() {}

    static String text() {
        return """
                <!-- Generated from dev.trestle.api.Reason and FailureReason: change it there, then run: make crds -->
                # Reasons

                Why a condition is as it is, in one word. Reasons are part of the API: scripts and alerts may rely on them. The condition's
                message says the same about the object at hand, and what to do.

                | reason | meaning |
                | --- | --- |
                """
                + Stream.of(Reason.values())
                        .map(reason -> "| `" + reason + "` | " + reason.meaning() + " |\n")
                        .collect(Collectors.joining())
                + failures();
    }

    private static String failures() {
        return """

                ## Failed legs

                `status.legs[].failure.reason`, and `lost[].reason` of the attempts before: how a leg failed. A leg that is tried again goes to another
                node when its node is to blame and there is one. [failures.md](failures.md) has more.

                | reason | class | tried again | node to blame | meaning |
                | --- | --- | --- | --- | --- |
                """ + Stream.of(FailureReason.values()).map(ReasonReference::row).collect(Collectors.joining());
    }

    private static String row(FailureReason reason) {
        return "| `%s` | `%s` | %s | %s | %s |\n"
                .formatted(
                        reason,
                        reason.failureClass(),
                        reason.retry().words(),
                        reason.blamesNode() ? "yes" : "",
                        reason.meaning());
    }
}
