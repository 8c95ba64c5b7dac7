package dev.trestle.runtime;

import dev.trestle.controller.Passes;
import dev.trestle.controller.Passes.UnderWay;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each pass that has been under way for over a minute, with its thread's stack: at first, and again every 5 minutes. A pass takes
 * milliseconds; one that does not end holds a reconcile thread, and delays other objects when there are many.
 */
final class PassWatch {
    /** How old a pass is that is worth an alert. */
    static final Duration LONG = Duration.ofMinutes(1);

    private static final int MOST_FRAMES = 64;
    private static final Duration AGAIN = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(PassWatch.class);

    private final Supplier<Stream<UnderWay>> passes;
    /** How old each pass was when it was last logged. */
    private final Map<String, Duration> logged = new HashMap<>();

    PassWatch(Supplier<Stream<UnderWay>> passes) {
        this.passes = passes;
    }

    /** The age in seconds of the oldest pass that is under way; 0 when there is none. */
    static double longestSeconds(Passes passes) {
        return passes.underWay()
                .map(UnderWay::age)
                .max(Duration::compareTo)
                .map(age -> age.toMillis() / 1000.0)
                .orElse(0.0);
    }

    /** @return the passes that it has logged */
    synchronized List<UnderWay> look() {
        var old = passes.get().filter(pass -> pass.age().compareTo(LONG) > 0).toList();
        logged.keySet().retainAll(old.stream().map(PassWatch::key).collect(Collectors.toSet()));
        var due = old.stream().filter(this::isDue).toList();
        due.forEach(this::log);
        return due;
    }

    private boolean isDue(UnderWay pass) {
        var last = logged.get(key(pass));
        return last == null
                || last.compareTo(pass.age()) > 0
                || pass.age().minus(last).compareTo(AGAIN) >= 0;
    }

    private void log(UnderWay pass) {
        logged.put(key(pass), pass.age());
        LOG.atWarn()
                .addKeyValue("controller", pass.controller())
                .addKeyValue("object", pass.object())
                .addKeyValue("seconds", pass.age().toSeconds())
                .addKeyValue(
                        "stack",
                        Arrays.stream(pass.thread().getStackTrace())
                                .limit(MOST_FRAMES)
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining(" < ")))
                .log("A pass takes over a minute");
    }

    private static String key(UnderWay pass) {
        return pass.controller() + " " + pass.object();
    }
}
