package dev.trestle.runtime;

import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.LegStatus;
import dev.trestle.core.plan.Snapshot;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each change that a user may look for later: a leg's state, a published image. */
final class BuildLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.trestle.build");

    private BuildLog() {}

    static void passed(Snapshot before, BackendBuildStatus after) {
        after.legs().stream().filter(leg -> isChanged(before, leg)).forEach(BuildLog::leg);
        var image = after.image();
        var published = before.status().image();
        if (image != null && (published == null || !published.digest().equals(image.digest()))) {
            LOG.atInfo()
                    .addKeyValue("digest", image.digest())
                    .addKeyValue("revision", image.revision())
                    .log("Image published");
        }
    }

    private static boolean isChanged(Snapshot before, LegStatus leg) {
        return before.statusOf(leg.platform())
                .filter(last -> last.state() == leg.state() && Objects.equals(last.pod(), leg.pod()))
                .isEmpty();
    }

    private static void leg(LegStatus leg) {
        LOG.atInfo()
                .addKeyValue("platform", leg.platform())
                .addKeyValue("state", leg.state())
                .addKeyValue("pod", leg.pod())
                .addKeyValue("reasons", leg.reasons())
                .log("Leg changed");
    }
}
