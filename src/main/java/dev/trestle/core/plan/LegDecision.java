package dev.trestle.core.plan;

import dev.trestle.api.FailureReason;
import dev.trestle.api.Leg;
import dev.trestle.api.LegFailure;
import dev.trestle.api.LegStatus;
import dev.trestle.core.Labels;
import dev.trestle.core.plan.LegProgress.Cancelled;
import dev.trestle.core.plan.LegProgress.Done;
import java.util.Optional;

/** The progress of one leg: its obstacle, else the state that its fingerprint and its pods report. Computed once a pass. */
final class LegDecision {

    private static final LegFailure CANCELLED =
            LegFailure.of(FailureReason.Cancelled, null, "Cancelled by the annotation '%s'.".formatted(Labels.CANCEL));

    private final Snapshot snapshot;
    private final Leg leg;
    private final Optional<LegStatus> last;
    private final Anchor anchor;
    private final GoneImages gone;
    private final Requests requests;

    private LegDecision(Snapshot snapshot, Leg leg) {
        this.snapshot = snapshot;
        this.leg = leg;
        this.last = snapshot.statusOf(leg.platform());
        this.gone = GoneImages.of(snapshot, leg.platform());
        this.anchor = Anchor.of(snapshot, leg.platform(), gone);
        this.requests = Requests.of(snapshot.build());
    }

    /**
     * The two answers differ only in an image whose anchor may have lost it.
     *
     * @param published of an image that is published already: the tags hold it
     * @param toMerge of an image that is to be merged: the anchor must hold it until then
     */
    record Answers(Leg leg, LegProgress published, LegProgress toMerge) {
        private static Answers same(Leg leg, LegProgress progress) {
            return new Answers(leg, progress, progress);
        }

        /** Whether the leg stands where it stands, be its image published or to be merged. */
        boolean areSame() {
            return published.equals(toMerge);
        }
    }

    static Answers of(Snapshot snapshot, Leg leg, Optional<SourceView.Known> source) {
        return new LegDecision(snapshot, leg).at(source);
    }

    private Answers at(Optional<SourceView.Known> source) {
        if (leg.isExternal()) {
            return Answers.same(leg, ExternalLeg.progress(snapshot, leg, source));
        }
        return Obstacle.of(snapshot, leg, source)
                .map(obstacle -> Answers.same(leg, obstacle))
                .orElseGet(() -> unobstructed(source.orElseThrow()));
    }

    /** A cancelled leg stays cancelled until an input changes or a user asks for it. */
    private LegProgress unlessCancelled(LegProgress progress) {
        return requests.cancels() && (progress.isUnderWay() || progress instanceof LegProgress.Held)
                ? progress.planned()
                        .<LegProgress>map(plan -> new Cancelled(plan, CANCELLED))
                        .orElse(progress)
                : progress;
    }

    private Answers unobstructed(SourceView.Known source) {
        var base = Optional.ofNullable(snapshot.base().imageFor(leg.effectiveBuildPlatform()));
        var inputs = KnownInputs.of(snapshot, leg, source, base);
        var built = last.map(LegStatus::built)
                .filter(image -> image.fingerprint().equals(inputs.fingerprint()))
                .map(image -> KnownInputs.readAgain(image, inputs));
        if (built.filter(anchor::keepsRecorded).isPresent()) {
            return Answers.same(leg, new Done(built.get()));
        }
        var unrecorded =
                unlessCancelled(new LegAttempts(snapshot, leg, inputs, anchor, gone).progress(source.revision(), base));
        return new Answers(leg, built.<LegProgress>map(Done::new).orElse(unrecorded), unrecorded);
    }
}
