package dev.trestle.api;

/** Why a condition is as it is: one word each, stable API. docs/reasons.md is generated from this enum. */
public enum Reason {
    Published("An image of this generation is merged and tagged."),
    PublishedPartial(
            "An image of this generation is published without the platforms whose legs failed, as 'onLegFailure: PublishPartial' asks; the message names them."),
    Building("Legs are being built."),
    Merging("All legs are built; their index is being made and tagged."),
    ResolvingSource("The commit behind the ref is being looked up."),
    SourceUnavailable("The git repository or the ref cannot be read; it is tried again."),
    WaitingForBase("The base has no image yet for a platform that a leg needs."),
    BaseNotFound("The BaseImage that 'base.ref' names does not exist in the namespace; the build starts when it does."),
    BaseConflict(
            "An elder build claims a base of the same name that is made otherwise; nothing is built until they agree."),
    BaseCycle("The base is made on itself, by way of others; the message has the path."),
    BasePlatformMissing("The base is not built for a platform that a leg needs; add it to the base's 'platforms'."),
    BaseFailed(
            "The base has no image that the build needs and is stalled; the message has the base's own. The build starts when the base is published."),
    BaseSuspended(
            "The base has no image that the build needs and is suspended; the build starts when the base is resumed and published."),
    NoPool("The operator's configuration has no pool for a leg's build platform, or not the pool that the leg names."),
    WaitingForPool("The pool builds as many legs as its configuration allows; the leg starts when its turn comes."),
    WaitingForRegistry(
            "A registry that is needed answers that it is asked too often (429), or a merge has failed for trouble that passes, such as a registry that is down; the message says which, since when, and until when nothing is started that needs it."),
    MergeNotStarted(
            "The merge's Job or its pod does not start, or left nothing: no node takes the pod, its image is not pulled, a Secret is missing, a quota refuses it, or a queue has suspended the Job. The message has the cluster's words."),
    WavePaused("Only the base has moved, and its annotation 'trestle.dev/wave: paused' holds back the rebuild."),
    ReferenceConflict(
            "An elder build already writes one of this build's tags, anchors or cache tags; nothing is built."),
    RepositoryDenied(
            "The operator's configuration does not let the namespace publish to a repository that the spec names; the message says which."),
    NameTaken("An object that this one would have to create exists and belongs to something else."),
    Refused("The API server refuses an object that the operator has to create; it is tried again every 30 seconds."),
    UpstreamUnavailable(
            "Of 'Fresh': an image that the base is built FROM cannot be looked up, so a move of it would go unseen; the message says why. It is tried again."),
    InternalError(
            "The operator itself fails on this object; it is retried at growing intervals of at most 5 minutes. The operator's log has the stack: report it."),
    Suspended("'suspend' is true: nothing new is started."),
    LegFailed("A leg failed; the message says which, in which step, and how. To try it once more: trestle retry."),
    Cancelled(
            "Somebody has cancelled a leg, or a merge that had not begun; it is built again when an input moves, or with: trestle retry."),
    AwaitingReport("A leg is built elsewhere, and nobody has reported its image."),
    MergeFailed("The merge failed; the message says why. The tags still hold what they held."),
    UpToDate("Nothing that the image is made of has moved since it was built."),
    NeverBuilt("No image has been built yet."),
    SpecChanged("The spec has changed since the image was built."),
    SourceChanged("A file that the image is made of has changed since it was built."),
    BaseMoved("The base has changed since the image was built."),
    RefreshDue(
            "A rebuild was asked for since the image was built: by a schedule, a moved upstream image, or somebody."),
    PushesSkipped(
            "Of an event: more than 50 commits or releases were pushed since the last run, and with 'runPolicy: Every' the oldest of them are not built; 'status.run.skipped' counts them."),
    LfsPointers(
            "A file that the image is made of is kept in Git LFS, which BuildKit does not fetch: the image gets its pointer file."),
    IgnoreFileUnused(
            "The Dockerfile copies the whole context, and a '.dockerignore' is there, which has no effect since the context is a git repository."),
    Idle("Nothing is being built."),
    Succeeded("It is done."),
    Fresh("The base is younger than its 'maxAgeSeconds'."),
    ScheduleInvalid("The base's schedule cannot be understood; nothing is rebuilt by it."),
    Stale("The base is older than its 'maxAgeSeconds'."),
    Pending("The work has been handed over and has not ended.");

    private final String meaning;

    Reason(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for the documentation. */
    public String meaning() {
        return meaning;
    }
}
