package dev.trestle.api;

/** The fate of a run whose ref moves before it has ended. */
public enum RunPolicy {
    /**
     * It is finished; then the newest commit is built, and those between are skipped. A commit supersedes at once a run whose legs have failed
     * and wait for their next attempts, when it changes the inputs of such a leg.
     */
    Latest,
    /** It is given up for the newest commit. */
    Replace,
    /** It is finished; then each commit that was pushed since is built, in their order. */
    Every
}
