package dev.trestle.core.plan;

import dev.trestle.api.Leg;

/** One leg and where it stands. */
public record LegStep(Leg leg, LegProgress progress) {}
