package dev.trestle.core.plan;

import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.FailureReason;
import dev.trestle.api.OnLegFailure;
import dev.trestle.core.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The legs of a run that can be merged now: all its legs, or with {@link OnLegFailure#PublishPartial} those that are done once all others
 * have failed for good. A leg that a user has cancelled has not failed: the image is not published without it.
 *
 * @param missing platforms of the others, in the order of the spec
 */
record Publishable(SortedMap<Platform, BuiltLeg> built, List<String> missing) {

    static Optional<Publishable> of(BackendBuildSpec spec, List<LegStep> legs) {
        var built = new TreeMap<Platform, BuiltLeg>();
        var missing = new ArrayList<String>();
        for (var step : legs) {
            if (step.progress() instanceof LegProgress.Done(var image, var _)) {
                built.put(Platform.parse(step.leg().platform()), image);
            } else if (step.progress() instanceof LegProgress.Failed(var _, var failure)
                    && failure.reason() != FailureReason.Cancelled) {
                missing.add(step.leg().platform());
            }
        }
        var isWhole = built.size() == legs.size();
        var isPart = spec.effectiveOnLegFailure() == OnLegFailure.PublishPartial
                && !built.isEmpty()
                && built.size() + missing.size() == legs.size();
        return isWhole || isPart ? Optional.of(new Publishable(built, List.copyOf(missing))) : Optional.empty();
    }
}
