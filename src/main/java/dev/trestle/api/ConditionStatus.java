package dev.trestle.api;

/** The three values of a Kubernetes condition. */
public enum ConditionStatus {
    True,
    False,
    Unknown
}
