package dev.trestle.differential;

import dev.trestle.api.BuildArg;
import java.util.List;

/**
 * One Dockerfile that is built.
 *
 * @param dockerfile as the spec names it
 * @param file where it stands, mostly the same
 */
record Sample(String dockerfile, String file, String text, String context, List<BuildArg> buildArgs) {
    Sample withText(String other) {
        return new Sample(dockerfile, file, other, context, buildArgs);
    }
}
