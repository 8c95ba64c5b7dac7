package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The three values of a Kubernetes condition. */
public enum ConditionStatus {
    True,
    False,
    @JsonEnumDefaultValue // also what only a newer operator knows
    Unknown
}
