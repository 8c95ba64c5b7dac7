package dev.trestle.core.status;

import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Reason;

/** The value of a condition. */
record Finding(ConditionStatus status, Reason reason, String message) {
    static Finding isTrue(Reason reason, String message) {
        return new Finding(ConditionStatus.True, reason, message);
    }

    static Finding isFalse(Reason reason, String message) {
        return new Finding(ConditionStatus.False, reason, message);
    }

    static Finding unknown(Reason reason, String message) {
        return new Finding(ConditionStatus.Unknown, reason, message);
    }
}
