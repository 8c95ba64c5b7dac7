package dev.trestle.core.refresh;

/** The observed state of a base's schedule. */
public sealed interface ScheduleView {
    /** It has none. */
    record None() implements ScheduleView {}

    record Valid(Schedule schedule) implements ScheduleView {}

    /** @param message the fault of the schedule, and the allowed forms */
    record Invalid(String message) implements ScheduleView {}
}
