package dev.trestle.core;

import dev.trestle.api.Trust;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Labels and annotations on the operator's children. Argo CD's tracking labels are never among them: Argo CD would claim and prune
 * the children.
 */
public final class Labels {
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String TRESTLE = "trestle";
    public static final String COMPONENT = "app.kubernetes.io/component";
    /** Name of the BackendBuild. */
    public static final String BUILD = "trestle.dev/build";
    /** The leg's platform with dashes. */
    public static final String LEG = "trestle.dev/leg";

    public static final String FINGERPRINT = "trestle.dev/fingerprint";
    public static final String ATTEMPT = "trestle.dev/attempt";
    public static final String POOL = "trestle.dev/pool";
    /** On a leg's pod that has the pool's larger resources, as {@code larger}. */
    public static final String SIZE = "trestle.dev/size";
    /** Name of the ManifestMerge. */
    public static final String MERGE = "trestle.dev/merge";
    /** Name of the BaseImage. */
    public static final String BASE = "trestle.dev/base";

    /** On a BaseImage that was made of claims. */
    public static final String CLAIMED = "trestle.dev/claimed";
    /** Annotation of a build or a base: any new value rebuilds it once. */
    public static final String REBUILD = "trestle.dev/rebuild";

    public static final String REBUILD_WITHOUT_CACHE = "trestle.dev/rebuild-without-cache";
    /** Annotation of a build: any new value tries its failed legs once more. */
    public static final String RETRY = "trestle.dev/retry";
    /** Annotation of a build: any new value cancels its running legs. */
    public static final String CANCEL = "trestle.dev/cancel";
    /** Annotation of a build, before an external leg's platform with dashes: the digest that was pushed to its anchor. */
    public static final String EXTERNAL = "external.trestle.dev/";
    /** Prefix of annotations that are requests to the operator. */
    public static final String PREFIX = "trestle.dev/";
    /** On a merge: hash of the spec that its image fulfils. */
    public static final String SPEC = "trestle.dev/spec";

    /** On a merge: hash of its sources and targets, with the tags' variables as the build has them. */
    public static final String CONTENT = "trestle.dev/content";

    /** On a merge: the tag of the release that it publishes. */
    public static final String GIT_TAG = "trestle.dev/git-tag";

    /** The cause of the leg, as {@link dev.trestle.core.inputs.Cause#label} has it. */
    public static final String CAUSE = "trestle.dev/cause";
    /** Annotation of a BaseImage: {@code paused} holds back the rebuilds of its consumers. */
    public static final String WAVE = "trestle.dev/wave";

    /** On pods and merges of a build that is not trusted: its value, for network and admission policies. */
    public static final String TRUST = "trestle.dev/trust";

    public static final String UNTRUSTED = "Untrusted";
    /** The account of untrusted pods: it has no rights and no token, and where it is not, none of them starts. */
    public static final String UNTRUSTED_ACCOUNT = "trestle-untrusted";

    /** Annotation of a leg's pod: hosts of the registries that it asks, with commas between. */
    public static final String REGISTRIES = "trestle.dev/registries";

    public static final String REVISION = "trestle.dev/revision";
    public static final String REASONS = "trestle.dev/reasons";

    /** Keeps Argo CD from refreshing an application at each status change of a child; Argo CD reads it on untracked objects only. */
    public static final SortedMap<String, String> QUIET_ANNOTATIONS =
            sorted(Map.of("argocd.argoproj.io/ignore-resource-updates", "true"));

    /** Keeps a running build where it is, and keeps Argo CD from refreshing an application at each of its status changes. */
    public static final SortedMap<String, String> BUSY_POD_ANNOTATIONS = sorted(Map.of(
            "argocd.argoproj.io/ignore-resource-updates", "true",
            "cluster-autoscaler.kubernetes.io/safe-to-evict", "false",
            "karpenter.sh/do-not-disrupt", "true"));

    private Labels() {}

    /** In the order of the keys, so that an object is written the same each time. */
    public static SortedMap<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** Marks a pod or a merge as untrusted for policies; none for a trusted one. */
    public static Map<String, String> ofTrust(Trust trust) {
        return switch (trust) {
            case Trusted -> Map.of();
            case Untrusted -> Map.of(TRUST, UNTRUSTED);
        };
    }
}
