package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Where a leg is on its way. */
public enum LegState {
    /** Something it needs is not there yet: a commit, a base, a pool. */
    @JsonEnumDefaultValue // also the state that only a newer operator knows; each pass finds it again
    Waiting,
    /** Its pod exists and has not started to build. */
    Queued,
    Building,
    /** Its image is pushed and anchored. */
    Built,
    Failed
}
