package dev.trestle.controller;

import dev.trestle.api.BackendBuildStatus;
import dev.trestle.core.plan.Decision;
import dev.trestle.core.plan.Snapshot;

/** Told of each pass over a build, after its status is written: meters and logs come from here. */
@FunctionalInterface
public interface BuildObserver {
    void passed(Snapshot before, Decision decision, BackendBuildStatus after);
}
