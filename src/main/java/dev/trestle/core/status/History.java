package dev.trestle.core.status;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import dev.trestle.api.LegStatus;
import dev.trestle.api.PublishedImage;
import dev.trestle.api.RunRecord;
import dev.trestle.api.RunRecord.BuiltOrFailed;
import dev.trestle.api.RunRecord.RunResult;
import dev.trestle.api.RunStatus;
import dev.trestle.api.Schema;
import dev.trestle.core.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs that have ended, the latest first: written with the status that ends a run, so it costs no write of its own. */
final class History {
    private static final int RUNS = 5;
    private static final int REASONS = 3;

    private final BuildFacts facts;
    private final List<LegStatus> legs;
    private final List<RunRecord> before;

    private History(BuildFacts facts, List<LegStatus> legs) {
        this.facts = facts;
        this.legs = legs;
        this.before = facts.snapshot().status().history();
    }

    /**
     * @param legs as they are after this pass
     * @param run as it is after this pass
     */
    static List<RunRecord> of(BuildFacts facts, List<LegStatus> legs, @Nullable RunStatus run) {
        return new History(facts, legs).after(run);
    }

    private List<RunRecord> after(@Nullable RunStatus run) {
        var last = facts.snapshot().status().run();
        if (last == null || last.finishedAt() != null || run == null) {
            return before;
        }
        if (!run.startedAt().equals(last.startedAt())) {
            return with(record(last, run.startedAt(), RunResult.Superseded));
        }
        return run.finishedAt() == null ? before : with(record(run, run.finishedAt(), result()));
    }

    private List<RunRecord> with(RunRecord ended) {
        var runs = new ArrayList<RunRecord>();
        runs.add(ended);
        before.stream().limit(RUNS - 1).forEach(runs::add);
        return runs;
    }

    private RunRecord record(RunStatus run, String finishedAt, RunResult result) {
        var digest = result == RunResult.Published
                ? facts.image().map(PublishedImage::digest).orElse(null)
                : null;
        var tried = legs.stream().flatMap(leg -> tried(leg).stream()).toList();
        return new RunRecord(
                run.revision(), run.gitTag(), run.skipped(), run.startedAt(), finishedAt, result, digest, tried);
    }

    private RunResult result() {
        if (facts.isCurrent()) {
            return RunResult.Published;
        }
        return legs.stream()
                        .map(LegStatus::failure)
                        .anyMatch(failure -> failure != null && failure.reason() == FailureReason.Cancelled)
                ? RunResult.Cancelled
                : RunResult.Failed;
    }

    private Optional<BuiltOrFailed> tried(LegStatus leg) {
        if (leg.failure() != null) {
            return Optional.of(tried(leg, null, leg.failure()));
        }
        return Optional.ofNullable(leg.built())
                .filter(built -> leg.fingerprint() != null && leg.fingerprint().equals(built.fingerprint()))
                .filter(this::isOfThisRun)
                .map(built -> tried(leg, built, null));
    }

    /** A leg may have ended before its run's start was written down, but not before the end of the run before. */
    private boolean isOfThisRun(BuiltLeg built) {
        return before.isEmpty()
                || Instant.parse(built.finishedAt())
                        .isAfter(Instant.parse(before.getFirst().finishedAt()));
    }

    private static BuiltOrFailed tried(LegStatus leg, @Nullable BuiltLeg built, @Nullable LegFailure failure) {
        return new BuiltOrFailed(
                leg.platform(),
                leg.reasons().stream()
                        .limit(REASONS)
                        .map(reason -> Text.atMost(Schema.SHORT_REASON, reason))
                        .toList(),
                built == null ? null : built.digest(),
                built == null ? null : built.seconds(),
                failure == null ? null : failure.failureClass());
    }
}
