package dev.trestle.core;

import dev.trestle.api.BackendBuild;
import java.util.List;

/** Deterministic names: the same inputs give the same name, so a create that is repeated makes nothing twice (invariant 5). */
public final class Names {
    /** Digits and letters, so that nearly all attempts take one place. */
    private static final int ATTEMPT_RADIX = 36;

    /** Of the fingerprint and the attempt together. */
    private static final int DIGITS = 7;

    private Names() {}

    /**
     * A leg's pod. At most 63 characters, since a BackendBuild's name has at most 46: an attempt of two places leaves fewer to the fingerprint.
     *
     * @param attempt from 1: after 9 come letters
     */
    public static String legPod(String build, Platform platform, String fingerprint, int attempt) {
        var ordinal = Integer.toString(attempt, ATTEMPT_RADIX);
        return "%s-%s-%s-%s"
                .formatted(build, platform.shortName(), fingerprint.substring(0, DIGITS - ordinal.length()), ordinal);
    }

    /**
     * A run's merge. The merge before it is part of the name, so that publishing A, then B, then A again is three merges.
     *
     * @param content hash of the merge's sources and targets
     * @param before name of the published merge, or empty
     */
    public static String merge(String build, String content, String before) {
        return build + "-" + Hash.shortOf(8, List.of(content, before));
    }

    /** The BackendBuild of a BaseImage. */
    public static String buildOfBase(String base) {
        return base + "-base";
    }

    /** The anchor of one of this build's legs. */
    public static String anchor(BackendBuild build, String platform) {
        return anchor(
                build.getMetadata().getName(),
                Platform.parse(platform),
                build.getSpec().variant());
    }

    /**
     * The leg's own tag, which keeps its digest alive in every repository (invariant 3). Stable, so their number is bounded.
     *
     * @param variant of an untrusted build, as {@code -pr9746}, else empty: it never takes the anchor of another (invariant 7)
     */
    public static String anchor(String build, Platform platform, String variant) {
        return build + "-" + platform.dashed() + variant;
    }

    /**
     * The leg's tag in the cache repository. Two builds never share one: {@code a-b} with {@code c} is not {@code a} with {@code b-c}, as the
     * first {@code -} ends a namespace that has none, and {@code _} one that has some; no name in Kubernetes has that sign.
     */
    public static String cacheTag(String namespace, String build, Platform platform) {
        var end = namespace.contains("-") ? "_" : "-";
        return namespace + end + build + "-" + platform.dashed();
    }
}
