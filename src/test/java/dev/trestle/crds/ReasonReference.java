package dev.trestle.crds;

import dev.trestle.api.Reason;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/reasons.md: what each reason of a condition means. */
final class ReasonReference {
    private ReasonReference() {}

    static String text() {
        return """
                <!-- Generated from dev.trestle.api.Reason: change it there, then run: make crds -->
                # Reasons

                Why a condition is as it is, in one word. Reasons are part of the API: scripts and alerts may rely on them. The condition's
                message says the same about the object at hand, and what to do.

                | reason | meaning |
                | --- | --- |
                """
                + Stream.of(Reason.values())
                        .map(reason -> "| `" + reason + "` | " + reason.meaning() + " |\n")
                        .collect(Collectors.joining());
    }
}
