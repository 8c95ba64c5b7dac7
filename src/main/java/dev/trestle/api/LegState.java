package dev.trestle.api;

/** Where a leg is on its way. */
public enum LegState {
    /** Something it needs is not there yet: a commit, a base, a pool. */
    Waiting,
    /** Its pod exists and has not started to build. */
    Queued,
    Building,
    /** Its image is pushed and anchored. */
    Built,
    Failed
}
