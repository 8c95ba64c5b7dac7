package dev.trestle.controller;

import dev.trestle.core.plan.BasePlan;
import dev.trestle.core.plan.BaseSnapshot;

/** Told of each pass over a base. */
@FunctionalInterface
public interface BaseObserver {
    void passed(BaseSnapshot before, BasePlan.Decision decision);
}
