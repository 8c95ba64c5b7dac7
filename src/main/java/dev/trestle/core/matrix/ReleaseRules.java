package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * How an image gets a second build, which follows the tags of releases: a release is a build of its own.
 *
 * @param name of that build
 * @param build the image's own spec with the mapping's changes
 */
record ReleaseRules(Template name, Skeleton build) {
    private static final String REF = "/source/git/ref";

    /**
     * A release's build as one row has it.
     *
     * @param spec without legs: those are the image's
     */
    record Release(String name, ObjectNode spec) {}

    /** @param build of the image, which the release's changes are laid over */
    static ReleaseRules read(Part part, Part build, Set<String> known, Set<String> inBuild) throws ImportRefused {
        part.only("name", "build");
        var overlay = part.at("build");
        Skeleton.read(overlay, inBuild); // refuses a slip by its own place
        var whole = new Part(overlay.place(), Overlay.of(build.node(), overlay.node()));
        if (!whole.node().at(REF).asText().matches("refs/tags/.*\\*.*")) {
            throw overlay.refused(
                    "must follow releases: set 'source.git.ref' to a pattern of tags such as 'refs/tags/v*'");
        }
        return new ReleaseRules(part.at("name").template(known), Skeleton.read(whole, inBuild));
    }

    Release of(Map<String, String> values) {
        var spec = build.render(values);
        nameClaimedBase(spec);
        return new Release(Naming.ofRelease(name.filled(values)), spec);
    }

    /** The image's own build claims the base; another claim of it would have to name the same ref. */
    private static void nameClaimedBase(ObjectNode spec) {
        if (spec.path("base") instanceof ObjectNode base && base.remove("claim") instanceof ObjectNode claim) {
            base.putObject("ref").put("name", Naming.ofBase(claim.path("name").asText()));
        }
    }
}
