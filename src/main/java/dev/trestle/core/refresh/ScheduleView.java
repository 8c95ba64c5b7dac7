package dev.trestle.core.refresh;

/** What is known of a base's schedule. */
public sealed interface ScheduleView {
    /** It has none. */
    record None() implements ScheduleView {}

    record Valid(Schedule schedule) implements ScheduleView {}

    /** @param message what is wrong with it, and what is allowed */
    record Invalid(String message) implements ScheduleView {}
}
