/** Schedules as people write them, through cron-utils. */
@NullMarked
package dev.trestle.schedule;

import org.jspecify.annotations.NullMarked;
