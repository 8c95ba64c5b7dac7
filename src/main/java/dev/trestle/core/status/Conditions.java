package dev.trestle.core.status;

import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Reason;
import dev.trestle.api.Schema;
import dev.trestle.core.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects an object's conditions. A condition's transition time moves only when its status does. A condition that is not set is gone:
 * so it is with {@code Reconciling} and {@code Stalled}, which are there only while they are true.
 *
 * @see <a href="https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md">kstatus</a>
 */
final class Conditions {
    private final List<Condition> last;
    private final long generation;
    private final String now;
    private final List<Condition> next = new ArrayList<>();

    Conditions(List<Condition> last, long generation, Instant now) {
        this.last = last;
        this.generation = generation;
        this.now = timestamp(now);
    }

    Conditions set(String type, ConditionStatus status, Reason reason, String message) {
        var since = lastOf(type)
                .filter(condition -> condition.status() == status && condition.observedGeneration() >= 0)
                .map(Condition::lastTransitionTime)
                .orElse(now);
        next.add(
                new Condition(type, status, generation, since, reason, Text.atMost(Schema.CONDITION_MESSAGE, message)));
        return this;
    }

    Conditions set(String type, Finding finding) {
        return set(type, finding.status(), finding.reason(), finding.message());
    }

    Conditions setIf(boolean holds, String type, Finding finding) {
        return holds ? set(type, ConditionStatus.True, finding.reason(), finding.message()) : this;
    }

    Conditions setUnless(boolean holds, String type, Finding finding) {
        return holds ? this : set(type, finding);
    }

    /** Takes a condition over as it was. */
    Conditions keep(Condition condition) {
        next.add(condition);
        return this;
    }

    Optional<Condition> lastOf(String type) {
        return last.stream().filter(condition -> condition.type().equals(type)).findFirst();
    }

    List<Condition> all() {
        return List.copyOf(next);
    }

    /** Whole seconds, as Kubernetes writes times. */
    static String timestamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
